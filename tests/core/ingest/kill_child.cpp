// kill_child PROJECT FILE ROWS FD WRITES REPORTS LIMIT: imports FILE in chunks of ROWS rows, and
// writes to FD a byte for every chunk that is committed: from then on it must not be lost. Kills
// itself at the WRITES-th write of SQLite, half of which is done, and at the REPORTS-th report of
// progress (0: never). No file may grow past LIMIT bytes (0: any may): a full disk. Exit code: 0
// done, 10 + code of the error otherwise.
#include "core/ingest/import.h"

#include <sqlite3.h>
#include <sys/resource.h>
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
    g_writesLeft = number(5);
    if (g_writesLeft > 0) {
        countWrites();
    }
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
