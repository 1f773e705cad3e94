// bench_import [ROWS=5000000] [plain|exact]: imports a generated event log and has `sqlite3
// .import` read the same file into text columns; prints rows/s, the ratio of CPU times, peak
// memory, bytes a row on disk, and how long recency, frequency and money of all users take.
#include "core/base/rng.h"
#include "core/ingest/import.h"
#include "core/project/database.h"
#include "core/project/purchase_store.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

using namespace perennial;
namespace fs = std::filesystem;

namespace {

double cpuSeconds(const rusage &usage)
{
    const auto seconds = [](const timeval &t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// 500 000 users, 20 000 items; a tenth purchases, the others views and carts without an amount.
void writeLog(const fs::path &path, long rows)
{
    Rng rng(1);
    std::ofstream file(path, std::ios::binary);
    file << "user,item,kind,at,amount\n";
    char line[160];
    for (long k = 0; k < rows; ++k) {
        const bool bought = rng.below(10) == 0;
        char amount[24] = "";
        if (bought) {
            std::snprintf(amount, sizeof amount, "%u.%02u", rng.below(300), rng.below(100));
        }
        const int size = std::snprintf(
            line, sizeof line, "u%u,sku%u,%s,2024-%02u-%02u %02u:%02u:%02u,%s\n",
            rng.below(500'000), rng.below(20'000),
            bought ? "purchase" : (rng.below(2) == 0 ? "view" : "cart"), 1 + rng.below(12),
            1 + rng.below(28), rng.below(24), rng.below(60), rng.below(60), amount);
        file.write(line, size);
    }
}

struct Cost {
    double wall = 0, cpu = 0;
    long peakKilobytes = 0;
};

/// Runs `work` in a process of its own.
template <class Work>
Cost measured(Work work)
{
    std::fflush(stdout); // or the child prints it once more
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
        _exit(work());
    }
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::fprintf(stderr, "failed with status %d\n", status);
        std::exit(1);
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    return {wall.count(), cpuSeconds(usage), usage.ru_maxrss};
}

/// When each stage of an import began.
class Stages {
public:
    void note(std::string_view stage)
    {
        if (m_starts.empty() || m_starts.back().first != stage) {
            m_starts.emplace_back(stage, std::chrono::steady_clock::now());
        }
    }

    void print(long rows)
    {
        note("end");
        for (std::size_t k = 0; k + 1 < m_starts.size(); ++k) {
            const std::chrono::duration<double> wall = m_starts[k + 1].second - m_starts[k].second;
            std::printf("  %-14s %7.2f s wall %26.0f rows/s\n", m_starts[k].first.c_str(),
                        wall.count(), static_cast<double>(rows) / wall.count());
        }
        std::fflush(stdout);
    }

private:
    std::vector<std::pair<std::string, std::chrono::steady_clock::time_point>> m_starts;
};

int importInto(const fs::path &folder, const fs::path &log, bool exact, long rows)
{
    auto project = Project::create(folder / "bench.perennial");
    if (!project) {
        return 1;
    }
    ImportOptions options;
    options.path = log;
    options.recipe.dedupe = exact ? Dedupe::Exact : Dedupe::None;
    Stages stages;
    stages.note("hashing");
    const auto report =
        importFile(*project, options,
                   Task({}, [&](double, std::string_view stage) { stages.note(stage); }));
    stages.print(rows);
    return report && report->totals.balanced() ? 0 : 1;
}

/// Bytes on disk per event: its own row, all tables (dictionaries among them), all indexes.
void printSize(const fs::path &folder, long rows)
{
    Database database(folder / "bench.perennial", Database::Mode::ReadOnly);
    const auto bytesARow = [&](const std::string &which) {
        const auto bytes = static_cast<double>(
            database.integer("SELECT sum(pgsize) FROM dbstat WHERE " + which));
        return bytes / static_cast<double>(rows);
    };
    const std::string indexes = "IN (SELECT name FROM sqlite_schema WHERE type = 'index')";
    std::printf("bytes a row: %.1f the events, %.1f all tables, %.1f indexes\n",
                bytesARow("name = 'event'"), bytesARow("name NOT " + indexes),
                bytesARow("name " + indexes));
}

/// Recency, frequency and money of all users.
int summarise(const fs::path &folder)
{
    const auto project = Project::open(folder / "bench.perennial", Project::Access::ReadOnly);
    const auto start = std::chrono::steady_clock::now();
    const auto purchases =
        project ? readUserPurchases(*project, std::nullopt)
                : Result<std::vector<UserPurchases>>(project.error());
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    if (!purchases) {
        return 1;
    }
    std::printf("purchases of all users read in %.2f s\n", wall.count());
    std::fflush(stdout);
    return 0;
}

int sqliteImport(const fs::path &folder, const fs::path &log)
{
    const std::string database = (folder / "peer.db").string();
    const std::string command = ".import --csv \"" + log.string() + "\" event";
    execlp("sqlite3", "sqlite3", database.c_str(), command.c_str(), nullptr);
    return 127;
}

void print(const char *name, const Cost &cost, long rows)
{
    std::printf(
        "%-16s %7.2f s wall %7.2f s CPU %10.0f rows/s wall %10.0f rows/s CPU %6ld MiB peak\n", name,
        cost.wall, cost.cpu, static_cast<double>(rows) / cost.wall,
        static_cast<double>(rows) / cost.cpu, cost.peakKilobytes / 1024);
}

} // namespace

int main(int argc, char **argv)
{
    const long rows = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 5'000'000;
    const bool exact = argc > 2 && std::string_view(argv[2]) == "exact";
    std::string name = (fs::temp_directory_path() / "perennial-bench-XXXXXX").string();
    if (rows <= 0 || mkdtemp(name.data()) == nullptr) {
        return 2;
    }
    const fs::path folder = name, log = folder / "log.csv";
    writeLog(log, rows);
    std::printf("%ld rows, %.0f MB%s\n", rows, static_cast<double>(fs::file_size(log)) / 1e6,
                exact ? ", exact duplicates looked for" : "");
    const Cost peer = measured([&] { return sqliteImport(folder, log); });
    const Cost own = measured([&] { return importInto(folder, log, exact, rows); });
    print("sqlite3 .import", peer, rows);
    print("perennial", own, rows);
    std::printf("CPU ratio perennial / sqlite3: %.2f; wall: %.2f\n", own.cpu / peer.cpu,
                own.wall / peer.wall);
    printSize(folder, rows);
    measured([&] { return summarise(folder); });
    fs::remove_all(folder);
    return 0;
}
