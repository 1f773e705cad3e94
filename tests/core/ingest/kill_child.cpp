// kill_child PROJECT FILE ROWS FD WRITES REPORTS LIMIT: imports FILE in chunks of ROWS rows, and
// writes to FD a byte for every chunk that is committed: from then on it must not be lost. Kills
// itself at the WRITES-th write of SQLite, half of which is done, and at the REPORTS-th report of
// progress (0: never). No file may grow past LIMIT bytes (0: any may): a full disk. Exit code: 0
// done, 10 + code of the error otherwise.
#include "core/ingest/import.h"
#include "tests/support/die_at_write.h"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

using namespace perennial;

namespace {

void limitFiles(long bytes)
{
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{static_cast<rlim_t>(bytes), RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &limit);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 8) {
        return 2;
    }
    const auto number = [argv](int k) { return std::strtol(argv[k], nullptr, 10); };
    if (number(7) > 0) {
        limitFiles(number(7));
    }
    test::dieAtWrite(number(5));
    auto project = Project::open(argv[1], Project::Access::ReadWrite);
    if (!project) {
        return 10 + static_cast<int>(project.error().code);
    }
    ImportOptions options;
    options.path = argv[2];
    options.chunkRows = static_cast<int>(number(3));
    options.recipe.dedupe = Dedupe::Exact;
    const int acknowledge = static_cast<int>(number(4));
    long reportsLeft = number(6);
    std::size_t said = 0;
    const Task task({}, [&](double, std::string_view stage) {
        if (reportsLeft > 0 && --reportsLeft == 0) {
            std::raise(SIGKILL);
        }
        const auto sources = readSources(*project);
        if (stage == "hashing" || !sources || sources->empty()) {
            return;
        }
        for (const auto chunks = readChunks(*project, sources->back().id);
             chunks && said < chunks->size(); ++said) {
            if (write(acknowledge, "c", 1) != 1) {
                std::raise(SIGKILL);
            }
        }
    });
    const auto report = importFile(*project, options, task);
    return report ? 0 : 10 + static_cast<int>(report.error().code);
}
