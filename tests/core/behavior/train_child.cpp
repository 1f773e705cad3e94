// train_child PROJECT RUN WRITES STEPS MEMBERS: trains with resumableConfig(), an ensemble of so many
// MEMBERS, or goes on with RUN (0: a new one). Kills itself at the WRITES-th write of SQLite, half of
// which is done, and before the STEPS-th step of the training (0: never). Exit code: 0 done, 10 + code
// of the error otherwise.
#include "core/behavior/training_torch.h"
#include "core/neural/runtime.h"
#include "tests/core/behavior/resumable.h"
#include "tests/support/die_at_write.h"

#include <unistd.h>

#include <csignal>
#include <cstdlib>

using namespace perennial;

int main(int argc, char **argv)
{
    if (argc != 6) {
        return 2;
    }
    const auto number = [argv](int k) { return std::strtol(argv[k], nullptr, 10); };
    auto project = Project::open(argv[1], Project::Access::ReadWrite);
    if (!project) {
        return 10 + static_cast<int>(project.error().code);
    }
    test::dieAtWrite(number(3));
    long stepsLeft = number(4);
    const auto beforeStep = [&](std::size_t) {
        if (stepsLeft > 0 && --stepsLeft == 0) {
            std::raise(SIGKILL);
        }
    };
    prepareTorchRuntime();
    const TrainHooks hooks;
    const Task task;
    BehaviorConfig config = test::resumableConfig();
    config.ensemble = static_cast<int>(number(5));
    net::Training training(*project, config, hooks, task);
    const auto report =
        number(2) > 0 ? training.resume(number(2), beforeStep) : training.run(beforeStep);
    return report ? 0 : 10 + static_cast<int>(report.error().code);
}
