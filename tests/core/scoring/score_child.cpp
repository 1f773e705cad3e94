// score_child PROJECT WRITES: scores all users, 16 to a block, for 30 days. Kills itself at the
// WRITES-th write of SQLite, half of which is done (0: never). Exit code: 0 done, 10 + code of the
// error otherwise.
#include "core/neural/runtime.h"
#include "core/scoring/score_users.h"
#include "tests/support/die_at_write.h"

#include <cstdlib>

using namespace perennial;

int main(int argc, char **argv)
{
    if (argc != 3) {
        return 2;
    }
    auto project = Project::open(argv[1], Project::Access::ReadWrite);
    if (!project) {
        return 10 + static_cast<int>(project.error().code);
    }
    prepareTorchRuntime();
    test::dieAtWrite(std::strtol(argv[2], nullptr, 10));
    ScoreOptions options;
    options.horizonDays = 30;
    options.usersPerBlock = 16;
    const auto report = scoreUsers(*project, options, {});
    return report ? 0 : 10 + static_cast<int>(report.error().code);
}
