// train_child PROJECT RUN WRITES STEPS: trains with resumableConfig(), or goes on with RUN (0: a new
// one). Kills itself at the WRITES-th write of SQLite, half of which is done, and before the STEPS-th
// step of the training (0: never). Exit code: 0 done, 10 + code of the error otherwise.
#include "core/behavior/runtime.h"
#include "core/behavior/training_torch.h"
#include "tests/core/behavior/resumable.h"

#include <sqlite3.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

using namespace perennial;

namespace {

using Write = ssize_t (*)(int, const void *, std::size_t, off_t);

long g_writesLeft = 0;
Write g_write = nullptr;

ssize_t countedWrite(int file, const void *bytes, std::size_t size, off_t offset)
{
    if (g_writesLeft > 0 && --g_writesLeft == 0) {
        [[maybe_unused]] const ssize_t half = g_write(file, bytes, size / 2, offset);
        std::raise(SIGKILL);
    }
    return g_write(file, bytes, size, offset);
}

// SQLite lets a test stand between it and the system.
void countWrites()
{
    sqlite3_initialize();
    sqlite3_vfs *vfs = sqlite3_vfs_find(nullptr);
    for (const char *call : {"pwrite", "pwrite64"}) {
        if (const auto known = vfs->xGetSystemCall(vfs, call); known != nullptr) {
            g_write = reinterpret_cast<Write>(known);
            vfs->xSetSystemCall(vfs, call, reinterpret_cast<sqlite3_syscall_ptr>(&countedWrite));
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 5) {
        return 2;
    }
    const auto number = [argv](int k) { return std::strtol(argv[k], nullptr, 10); };
    auto project = Project::open(argv[1], Project::Access::ReadWrite);
    if (!project) {
        return 10 + static_cast<int>(project.error().code);
    }
    g_writesLeft = number(3);
    if (g_writesLeft > 0) {
        countWrites();
    }
    long stepsLeft = number(4);
    const auto beforeStep = [&](std::size_t) {
        if (stepsLeft > 0 && --stepsLeft == 0) {
            std::raise(SIGKILL);
        }
    };
    prepareTorchRuntime();
    const TrainHooks hooks;
    const Task task;
    net::Training training(*project, test::resumableConfig(), hooks, task);
    const auto report =
        number(2) > 0 ? training.resume(number(2), beforeStep) : training.run(beforeStep);
    return report ? 0 : 10 + static_cast<int>(report.error().code);
}
