// How fast the best items are found, and how much memory a scoring of many users takes.
//
//   bench_scoring [--lists 100000] [--items 12101] [--top 10] [--users 0] [--events 10]
//
// Lists: from users' vectors (d 64) to their best items with probabilities, what was seen masked, beside
// the matrix product alone in the same run, which is the limit, and the way over a full sort. The wall
// clock counts what else the machine does; CPU seconds do not.
// --users N: a project of N users with so many events each is made, a small model trained on its first
// weeks, and everybody scored and given a list, each in a process of its own.

#include "core/base/rng.h"
#include "core/behavior/inference_torch.h"
#include "core/behavior/train.h"
#include "core/neural/crew.h"
#include "core/neural/runtime.h"
#include "core/neural/runtime_torch.h"
#include "core/project/event_writer.h"
#include "core/project/import_store.h"
#include "core/recommend/recommend.h"
#include "core/scoring/score_users.h"
#include "tests/bench/cpu_seconds.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <numeric>
#include <string>

using namespace perennial;

namespace {

constexpr std::int64_t kDimension = 64;
constexpr std::int64_t kUsersPerPart = 128; ///< as in core/behavior/model_answers.cpp
constexpr Day kLastDay = 400, kTrainedUntil = 40;

struct Size {
    std::int64_t lists = 100000, items = 12101, top = 10, users = 0, events = 10;
};

Size readSize(int argc, char **argv)
{
    Size size;
    const std::pair<const char *, std::int64_t *> options[] = {{"--lists", &size.lists},
                                                               {"--items", &size.items},
                                                               {"--top", &size.top},
                                                               {"--users", &size.users},
                                                               {"--events", &size.events}};
    for (int k = 1; k + 1 < argc; k += 2) {
        for (const auto &[name, field] : options) {
            if (std::strcmp(argv[k], name) == 0) {
                *field = std::max(0L, std::atol(argv[k + 1]));
            }
        }
    }
    return size;
}

struct Spent {
    double wall = INFINITY, cpu = INFINITY;
};

Spent bestOf(int rounds, const std::function<void()> &work)
{
    Spent best;
    for (int round = 0; round < rounds; ++round) {
        const double cpu = cpuSeconds();
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
        best.wall = std::min(best.wall, wall.count());
        best.cpu = std::min(best.cpu, cpuSeconds() - cpu);
    }
    return best;
}

ItemCatalog catalogOf(std::int64_t items)
{
    ItemCatalog catalog;
    catalog.id.resize(static_cast<std::size_t>(items) + 1);
    std::iota(catalog.id.begin(), catalog.id.end(), 0);
    catalog.category.assign(catalog.id.size(), 0);
    catalog.priceBand.assign(catalog.id.size(), 0);
    return catalog;
}

/// A network whose items differ in popularity, as trained ones do.
net::Network networkOf(std::int64_t items)
{
    net::NetworkShape shape;
    shape.dimension = kDimension;
    shape.heads = 2;
    shape.layers = 1;
    shape.ownItems = items;
    shape.categories = shape.priceBands = 2;
    shape.tokenRows = 100;
    net::Network network(shape, 1, at::kCPU);
    const at::NoGradGuard frozen;
    network["item.own"].mul_(15);
    network["item.bias"].copy_(at::linspace(0, -4, items));
    return network;
}

struct Asked {
    std::vector<at::Tensor> users; ///< a part each
    std::vector<std::vector<std::vector<std::int32_t>>> hidden;
};

Asked askedOf(const Size &size)
{
    Asked asked;
    Rng rng(1);
    for (std::int64_t from = 0; from < size.lists; from += kUsersPerPart) {
        const std::int64_t n = std::min(kUsersPerPart, size.lists - from);
        at::Tensor part = at::empty({n, kDimension});
        std::generate_n(part.data_ptr<float>(), n * kDimension,
                        [&] { return static_cast<float>(rng.normal()); });
        asked.users.push_back(part);
        asked.hidden.emplace_back();
        for (std::int64_t k = 0; k < n; ++k) {
            std::vector<std::int32_t> seen;
            for (int s = 0; s < 9; ++s) {
                const double skewed = rng.uniform() * rng.uniform();
                seen.push_back(static_cast<std::int32_t>(skewed * static_cast<double>(size.items)));
            }
            std::sort(seen.begin(), seen.end());
            asked.hidden.back().push_back(std::move(seen));
        }
    }
    return asked;
}

void productOf(const at::Tensor &users, const at::Tensor &items, at::Tensor &out)
{
    const at::NoGradGuard frozen;
    at::Tensor here = out.narrow(0, 0, users.size(0));
    at::mm_out(here, users, items.t());
}

/// What a list costs without the scan: all log probabilities, and a sort of them.
void sortLists(const net::Inference &inference, const at::Tensor &users, std::size_t top)
{
    const at::Tensor logs = inference.logProbabilities(users);
    std::vector<std::int32_t> order(static_cast<std::size_t>(logs.size(1)));
    for (std::int64_t row = 0; row < logs.size(0); ++row) {
        const float *scores = logs.data_ptr<float>() + row * logs.size(1);
        std::iota(order.begin(), order.end(), 0);
        const auto kept = static_cast<std::ptrdiff_t>(std::min(top, order.size()));
        std::partial_sort(order.begin(), order.begin() + kept, order.end(),
                          [&](std::int32_t a, std::int32_t b) { return scores[a] > scores[b]; });
    }
}

void benchLists(const Size &size)
{
    const net::Network network = networkOf(size.items);
    const net::Inference inference(network, catalogOf(size.items), {});
    WorkerCrew crew(workerCount(), [] { prepareTorchThread(); });
    const Asked asked = askedOf(size);
    const at::Tensor items = at::randn({size.items, kDimension});
    std::vector<at::Tensor> out;
    for (std::size_t part = 0; part < asked.users.size(); ++part) {
        out.push_back(part < 16 ? at::empty({kUsersPerPart, size.items}) : out[part % 16]);
    }
    const Spent product = bestOf(5, [&] {
        crew.run(asked.users.size(),
                 [&](std::size_t part) { productOf(asked.users[part], items, out[part]); });
    });
    std::vector<double> kept(asked.users.size());
    const Spent lists = bestOf(5, [&] {
        crew.run(asked.users.size(), [&](std::size_t part) {
            const auto found = inference.bestItems(
                asked.users[part], static_cast<std::size_t>(size.top), asked.hidden[part]);
            kept[part] = found.empty() || found[0].empty() ? 0 : double{found[0][0].logProbability};
        });
    });
    const std::size_t few = std::min<std::size_t>(asked.users.size(), 16);
    const Spent sorted = bestOf(2, [&] {
        crew.run(few, [&](std::size_t part) {
            sortLists(inference, asked.users[part], static_cast<std::size_t>(size.top));
        });
    });
    const double users = static_cast<double>(size.lists);
    const double fewUsers = static_cast<double>(few) * static_cast<double>(kUsersPerPart);
    const double workers = crew.workers();
    std::printf("%ld users x %ld items x %ld, best %ld, seen items masked, %d workers\n",
                static_cast<long>(size.lists), static_cast<long>(size.items),
                static_cast<long>(kDimension), static_cast<long>(size.top), crew.workers());
    std::printf("lists             %8.0f users/s, %.2f s, %.2f CPU s\n", users / lists.wall,
                lists.wall, lists.cpu);
    std::printf("product alone     %8.0f users/s, %.2f s, %.2f CPU s: lists reach %.2f of it, "
                "%.2f by CPU\n",
                users / product.wall, product.wall, product.cpu, product.wall / lists.wall,
                product.cpu / lists.cpu);
    std::printf("with %d free cores %7.0f users/s by CPU seconds\n", crew.workers(),
                users / lists.cpu * workers);
    std::printf("over a sort       %8.0f users/s, %.0f by CPU\n", fewUsers / sorted.wall,
                fewUsers / sorted.cpu * workers);
}

void check(const Status &status, const char *what)
{
    if (!status) {
        std::fprintf(stderr, "%s: %s %s\n", what, status.error().where.c_str(),
                     status.error().detail.c_str());
        std::exit(1);
    }
}

/// Everybody comes once in time order, a quarter of the events are purchases.
void fillProject(Project &project, const Size &size)
{
    SourceRecord record;
    record.name = record.hash = "bench";
    const std::int64_t source = *beginSource(project, record);
    check(dropEventIndexes(project), "indexes");
    auto writer = EventWriter::open(project, source);
    Rng rng(1);
    const std::int64_t total = size.users * size.events;
    ImportChunk chunk;
    for (std::int64_t k = 0; k < total; ++k) {
        if (k % 100000 == 0) {
            check(writer->begin(), "begin");
            chunk.totals = {};
        }
        EventRow row;
        const double skewed = rng.uniform() * rng.uniform();
        const auto item = static_cast<std::int64_t>(skewed * static_cast<double>(size.items));
        row.user = *writer->code(Dictionary::User, "u" + std::to_string(k % size.users));
        row.item = *writer->code(Dictionary::Item, "i" + std::to_string(item));
        row.kind = rng.below(4) == 0 ? EventKind::Purchase : EventKind::View;
        row.amount = row.kind == EventKind::Purchase ? moneyFromUnits(1 + 40 * rng.uniform()) : 0;
        row.at = k * (std::int64_t{kLastDay} * 86400) / total;
        check(writer->add(row), "add");
        chunk.totals.read.rows += 1;
        chunk.totals.read.amount += row.amount;
        if (k % 100000 == 99999 || k + 1 == total) {
            chunk.totals.stored = chunk.totals.read;
            check(writer->log(chunk), "log");
            check(writer->commit(), "commit");
        }
    }
    check(buildEventIndexes(project), "indexes");
    check(finishSource(project, source), "source");
}

void trainSmall(Project &project)
{
    BehaviorConfig config;
    config.device = "cpu";
    config.until = kTrainedUntil;
    config.horizonDays = 10;
    config.epochs = 1;
    config.windowsPerUser = 1;
    config.refitEpochs = 0;
    config.itemLoss = ItemLoss::Sampled;
    config.validationUsers = 200;
    const auto report = trainBehaviorModel(project, config, {}, {});
    check(report ? Status(Done{}) : Status(report.error()), "training");
}

/// Runs a part of the benchmark in a process of its own and says what it took.
void measured(const char *name, std::int64_t users, const std::function<void()> &work)
{
    std::fflush(stdout);
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
        work();
        std::_Exit(0);
    }
    int status = 0;
    rusage used{};
    wait4(child, &status, 0, &used);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    const double megabytes = static_cast<double>(used.ru_maxrss) / 1024;
    std::printf("%-18s%8.0f users/s, %.1f s, %ld CPU s, peak %.0f MB, %.0f bytes a user%s\n", name,
                static_cast<double>(users) / wall.count(), wall.count(),
                static_cast<long>(used.ru_utime.tv_sec + used.ru_stime.tv_sec), megabytes,
                1024 * 1024 * megabytes / static_cast<double>(users),
                WIFEXITED(status) && WEXITSTATUS(status) == 0 ? "" : " FAILED");
}

void benchMemory(const Size &size)
{
    std::string folder = (std::filesystem::temp_directory_path() / "bench_scoring.XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) {
        std::fprintf(stderr, "no folder for the project\n");
        return;
    }
    const std::filesystem::path path = std::filesystem::path(folder) / "bench.perennial";
    const auto open = [&] { return Project::open(path, Project::Access::ReadWrite).value(); };
    std::printf("a project of %ld users, %ld events\n", static_cast<long>(size.users),
                static_cast<long>(size.users * size.events));
    measured("making it", size.users, [&] {
        auto project = Project::create(path).value();
        fillProject(project, size);
    });
    measured("training", size.users, [&] {
        Project project = open();
        trainSmall(project);
    });
    measured("behaviour model", size.users, [&] {
        const Project project = open();
        const auto drop = [](const ScoreBlock &) -> Status { return Done{}; };
        check(scoreBehaviorBlocks(project, 0, kLastDay, {}, drop, {}), "scores");
    });
    measured("score", size.users, [&] {
        Project project = open();
        ScoreOptions options;
        options.horizonDays = 10;
        const auto report = scoreUsers(project, options, {});
        check(report ? Status(Done{}) : Status(report.error()), "score");
    });
    measured("recommend", size.users, [&] {
        const Project project = open();
        RecommendOptions options;
        options.reasons = 0;
        const auto drop = [](const RecommendationList &) -> Status { return Done{}; };
        const auto lists = recommendAll(project, options, drop, {});
        check(lists ? Status(Done{}) : Status(lists.error()), "lists");
    });
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

} // namespace

int main(int argc, char **argv)
{
    const Size size = readSize(argc, argv);
    if (size.users > 0) {
        benchMemory(size); // before anything of LibTorch runs here: its threads do not survive a fork
    }
    prepareTorchRuntime();
    const RuntimeInfo info = runtimeInfo();
    const char *kernels = std::getenv("OPENBLAS_CORETYPE");
    std::printf("LibTorch %s, %s (%s), OPENBLAS_CORETYPE=%s\n", info.torchVersion.c_str(),
                info.blasLibrary.c_str(), info.isOpenBlas ? "OpenBLAS" : "NOT OpenBLAS",
                kernels == nullptr ? "auto" : kernels);
    if (size.lists > 0) {
        benchLists(size);
    }
    return 0;
}
