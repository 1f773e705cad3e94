// import_child PROJECT FILE N [LIMIT]: imports FILE in chunks of 1 000 rows and kills itself when
// the N-th chunk has been committed (0: never). With a limit no file may grow past so many bytes.
// Exit code: 0 done, 10 + code of the error otherwise.
#include "core/ingest/import.h"

#include <sys/resource.h>

#include <csignal>
#include <cstdlib>

using namespace perennial;

int main(int argc, char **argv)
{
    if (argc < 4) {
        return 2;
    }
    if (argc > 4) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{std::strtoul(argv[4], nullptr, 10), RLIM_INFINITY};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    auto project = Project::open(argv[1], Project::Access::ReadWrite);
    if (!project) {
        return 10 + static_cast<int>(project.error().code);
    }
    ImportOptions options;
    options.path = argv[2];
    options.chunkRows = 1000;
    options.recipe.dedupe = Dedupe::Exact;
    const std::size_t wanted = std::strtoul(argv[3], nullptr, 10);
    const Task task({}, [&](double, std::string_view stage) {
        if (stage == "hashing") {
            return; // nothing is registered yet
        }
        const auto sources = readSources(*project);
        const auto chunks = readChunks(*project, sources->back().id);
        if (wanted > 0 && chunks->size() >= wanted) {
            std::raise(SIGKILL);
        }
    });
    const auto report = importFile(*project, options, task);
    return report ? 0 : 10 + static_cast<int>(report.error().code);
}
