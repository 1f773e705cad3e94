// Training beside the same model in Python on the same LibTorch and BLAS, on the same sequences.
//
//   bench_peer [--kind long|short] [--data FILE] [--seeds 3] [--epochs N] [--script sasrec_ref.py]
//              [--alone 1]
//
// The peer is ../shared/bench/sasrec_ref.py as it runs fastest: 1 torch thread, 2 BLAS threads, the
// malloc settings of reference/speed.md; it needs Debian's python3-torch and python3-scipy. Both
// train the causal attention model (d 64, 2 layers, 2 heads, length 50, batch 128, full softmax,
// Adam 0.001, dropout 0.2) on each user's last events but two, for as many epochs, and rank the last
// one among all items the user has not met. Data: users' walks over items with favourites and
// habits, long (943 users, 1 682 items, 60 to 160 events) or short (22 363 users, 12 101 items, 9
// events in the mean), other ones for each seed, so that the mean difference in HR@10 and its
// standard error are those of many sets of users; or a FILE of "user item" lines in time order.
//
// Printed for each seed and in all: sequences a second of wall and of CPU time, HR@10 of the last
// item and of the one before it, which neither was trained on, and the ratios. OPENBLAS_CORETYPE,
// where it is set, holds for both.

#include "core/base/rng.h"
#include "core/behavior/inference_torch.h"
#include "core/behavior/trainer_torch.h"
#include "core/neural/runtime.h"
#include "core/neural/runtime_torch.h"
#include "tests/bench/cpu_seconds.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

using namespace perennial;

namespace {

using Walks = std::vector<std::vector<std::int32_t>>; ///< items from 1, by user

struct Options {
    std::string kind = "long", data, script = "../shared/bench/sasrec_ref.py";
    int seeds = 3, epochs = 0;
    bool alone = false; ///< without the peer
};

struct Run {
    double perSecond = 0, perCpuSecond = 0;
    double hitRate = 0, validated = 0; ///< HR@10 of the last event, and of the one before it
};

constexpr int kLength = 50;
constexpr int kWeek = 7; ///< days between two events: time tells nothing that the order does not

Options readOptions(int argc, char **argv)
{
    Options options;
    for (int k = 1; k + 1 < argc; k += 2) {
        const std::string name = argv[k], value = argv[k + 1];
        if (name == "--kind") {
            options.kind = value;
        } else if (name == "--data") {
            options.data = value;
        } else if (name == "--script") {
            options.script = value;
        } else if (name == "--alone") {
            options.alone = value != "0";
        } else if (name == "--seeds") {
            options.seeds = std::max(1, std::atoi(value.c_str()));
        } else if (name == "--epochs") {
            options.epochs = std::atoi(value.c_str());
        }
    }
    if (options.epochs <= 0) {
        options.epochs = options.kind == "short" ? 8 : 60;
    }
    return options;
}

/// Each next item: one of the few that follow the last one, or of the user's favourite shelf, or any;
/// more popular ones more often throughout.
Walks walk(bool isShort, int seed)
{
    const int users = isShort ? 22'363 : 943, items = isShort ? 12'101 : 1'682;
    constexpr int kShelf = 40, kFollowers = 6;
    Rng rng(static_cast<std::uint64_t>(6 + seed));
    const auto skewed = [&](int n) {
        return std::min(n - 1, static_cast<int>(std::pow(rng.uniform(), 2.5) * n));
    };
    std::vector<std::array<std::int32_t, kFollowers>> followers(static_cast<std::size_t>(items) + 1);
    for (auto &row : followers) {
        for (std::int32_t &next : row) {
            next = 1 + skewed(items);
        }
    }
    Walks walks(static_cast<std::size_t>(users));
    for (auto &items_ : walks) {
        const int shelf = skewed(items / kShelf) * kShelf;
        const int length = isShort ? 5 + static_cast<int>(-4 * std::log(1 - rng.uniform()))
                                   : 60 + static_cast<int>(rng.uniform() * 100);
        items_.push_back(1 + skewed(items));
        while (static_cast<int>(items_.size()) < length) {
            const double draw = rng.uniform();
            const auto last = static_cast<std::size_t>(items_.back());
            items_.push_back(draw < 0.45   ? followers[last][static_cast<std::size_t>(skewed(kFollowers))]
                             : draw < 0.75 ? 1 + shelf + skewed(kShelf)
                                           : 1 + skewed(items));
        }
    }
    return walks;
}

std::optional<Walks> readWalks(const std::string &file)
{
    std::ifstream in(file);
    std::map<std::string, std::size_t> users;
    std::map<std::string, std::int32_t> items;
    Walks walks;
    for (std::string user, item; in >> user >> item;) {
        in.ignore(1 << 20, '\n');
        const auto [at, isNew] = users.emplace(user, walks.size());
        if (isNew) {
            walks.emplace_back();
        }
        walks[at->second].push_back(
            items.emplace(item, static_cast<std::int32_t>(items.size() + 1)).first->second);
    }
    return walks.empty() ? std::nullopt : std::optional(walks);
}

void write(const Walks &walks, const std::filesystem::path &file)
{
    std::ofstream out(file);
    for (std::size_t user = 0; user < walks.size(); ++user) {
        for (const std::int32_t item : walks[user]) {
            out << user << ' ' << item << '\n';
        }
    }
}

/// @param without last events that are left out.
EventTable eventsOf(const Walks &walks, std::size_t without)
{
    EventTable t;
    t.offsets.push_back(0);
    std::int32_t user = 0;
    for (const auto &items : walks) {
        ++user;
        t.offsets.push_back(static_cast<std::int64_t>(t.size()));
        for (std::size_t k = 0; k + without < items.size(); ++k) {
            t.user.push_back(user);
            t.item.push_back(items[k]);
            t.kind.push_back(EventKind::View);
            t.at.push_back(startOf(static_cast<Day>(k) * kWeek));
            t.quantity.push_back(1);
            t.amount.push_back(0);
            t.order.push_back(0);
            t.device.push_back(0);
            t.place.push_back(0);
            t.channel.push_back(0);
        }
    }
    t.offsets.push_back(static_cast<std::int64_t>(t.size()));
    return t;
}

constexpr Day kEnd = 1'000'000; ///< after everything

SequenceSource sourceOf(const Walks &walks, std::size_t without, std::int64_t items)
{
    SequenceSource source;
    source.events = eventsOf(walks, without);
    std::vector<ItemRecord> records;
    for (std::int64_t id = 1; id <= items; ++id) {
        ItemRecord item;
        item.id = id;
        item.key = std::to_string(id);
        records.push_back(item);
    }
    source.sequenceLength = kLength;
    // the same codes whatever is left out: all events make the vocabulary
    const EventTable all = eventsOf(walks, 0);
    source.vocabulary = buildVocabulary(all, records, kEnd, items);
    source.catalog = bindCatalog(source.vocabulary, all, records, kEnd);
    source.encoded = encodeEvents(source.events, source.vocabulary, source.catalog);
    source.layout = layoutTokens(source.vocabulary, source.sequenceLength);
    source.standardization.deviation.fill(1.0F);
    return source;
}

BehaviorConfig configOf(int seed)
{
    BehaviorConfig config;
    config.layers = 2;
    config.sequenceLength = kLength;
    config.dropout = 0.2;
    config.anchorWeight = 1; // the peer knows no anchors
    config.seed = seed;
    config.optimizer = OptimizerKind::Adam;
    config.schedule = RateSchedule::Constant;
    config.learningRate = 0.001;
    config.weightDecay = 0;
    config.warmUpSteps = 0;
    config.gradientClip = 1e9;
    return config;
}

/// HR@10 of each user's last event among the items not met before, ties half, as the peer has it.
/// @param without last events of each user that are as if they had not been.
double hitRate(const net::Network &network, const Walks &all, std::int64_t itemCount,
               std::size_t without)
{
    const SequenceSource known = sourceOf(all, without + 1, itemCount);
    Walks walks = all;
    for (auto &items : walks) {
        items.resize(items.size() - without);
    }
    const net::Inference inference(network, known.catalog, {});
    constexpr std::size_t kAtOnce = 256;
    double hits = 0;
    for (std::size_t from = 0; from < walks.size(); from += kAtOnce) {
        const std::size_t size = std::min(kAtOnce, walks.size() - from);
        BatchBuilder builder(known);
        for (std::size_t k = 0; k < size; ++k) {
            // on the day of the last event that is known, as in training
            builder.addHistory(static_cast<std::int64_t>(from + k) + 1,
                               static_cast<Day>(walks[from + k].size() - 2) * kWeek);
        }
        const at::Tensor logs = inference.logProbabilities(inference.users(builder.take()));
        for (std::size_t k = 0; k < size; ++k) {
            const auto &items = walks[from + k];
            const auto rowOf = [&](std::int32_t item) {
                return static_cast<std::int64_t>(
                           known.catalog.rowOfId[static_cast<std::size_t>(item)]) -
                       1;
            };
            float *row = logs.data_ptr<float>() + static_cast<std::int64_t>(k) * logs.size(1);
            const float score = row[rowOf(items.back())];
            for (std::size_t j = 0; j + 1 < items.size(); ++j) {
                row[rowOf(items[j])] = -INFINITY;
            }
            row[rowOf(items.back())] = -INFINITY;
            double rank = 1;
            for (std::int64_t i = 0; i < logs.size(1); ++i) {
                rank += row[i] > score ? 1 : row[i] == score ? 0.5 : 0;
            }
            hits += rank <= 10 ? 1 : 0;
        }
    }
    return hits / static_cast<double>(walks.size());
}

std::optional<Run> train(const Walks &walks, std::int64_t items, int seed, int epochs)
{
    const SequenceSource source = sourceOf(walks, 2, items);
    net::TrainerSetup setup;
    setup.source = &source;
    setup.config = configOf(seed);
    setup.heads.nextItem = true;
    net::NetworkShape shape;
    shape.dimension = setup.config.dimension;
    shape.heads = setup.config.heads;
    shape.layers = setup.config.layers;
    shape.ownItems = source.vocabulary.ownItems;
    shape.categories = 1;
    shape.priceBands = bandCount(source.vocabulary.priceEdges);
    shape.tokenRows = source.layout.rows;
    net::Network network(shape, seed, at::kCPU);
    WorkerCrew crew(workerCount(), [] { prepareTorchThread(); });
    net::Trainer trainer(setup, network, crew);
    std::vector<TrainingWindow> windows;
    for (std::size_t user = 0; user < walks.size(); ++user) {
        if (walks[user].size() >= 4) { // known up to the event before the last one that is trained on
            windows.push_back({static_cast<std::int64_t>(user) + 1,
                               static_cast<Day>(walks[user].size() - 4) * kWeek, false});
        }
    }
    Rng rng(static_cast<std::uint64_t>(seed));
    const double cpu = cpuSeconds();
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        for (std::size_t k = windows.size(); k > 1; --k) {
            std::swap(windows[k - 1], windows[rng.below(static_cast<std::uint32_t>(k))]);
        }
        if (!trainer.runEpoch(windows, {kEnd, 30}, epoch, {})) {
            return std::nullopt;
        }
    }
    Run run;
    run.perCpuSecond = static_cast<double>(trainer.sequences()) / (cpuSeconds() - cpu);
    run.perSecond = static_cast<double>(trainer.sequences()) / trainer.seconds();
    run.hitRate = hitRate(network, walks, items, 0);
    run.validated = hitRate(network, walks, items, 1);
    return run;
}

double numberAfter(const std::string &text, const std::string &label)
{
    const std::size_t found = text.find(label);
    return found == std::string::npos ? NAN : std::atof(text.c_str() + found + label.size());
}

std::optional<Run> trainPeer(const Options &options, const std::filesystem::path &data, int seed)
{
    std::ostringstream command;
    command << "MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=1073741824 "
               "MALLOC_TOP_PAD_=67108864 OPENBLAS_NUM_THREADS=2 /usr/bin/python3 '"
            << options.script << "' --data '" << data.string()
            << "' --fmt pairs --model sasrec --threads 1 --maxsec 100000 --seed " << seed
            << " --epochs " << options.epochs << " --every " << options.epochs << " --verbose 2>&1";
    FILE *pipe = popen(command.str().c_str(), "r");
    if (pipe == nullptr) {
        return std::nullopt;
    }
    std::string text;
    for (char part[4096]; std::fgets(part, sizeof part, pipe) != nullptr;) {
        text += part;
    }
    const bool ended = pclose(pipe) == 0;
    Run run;
    run.perSecond = numberAfter(text, "throughput ");
    const std::size_t cpu = text.find("| CPU ");
    run.perCpuSecond = cpu == std::string::npos ? NAN : numberAfter(text.substr(cpu), "s ");
    const std::size_t test = text.find(" test ");
    run.hitRate = test == std::string::npos ? NAN : numberAfter(text.substr(test), "HR10 ");
    run.validated = numberAfter(text, "val HR10 ");
    if (!ended || !std::isfinite(run.perSecond + run.perCpuSecond + run.hitRate + run.validated)) {
        std::fprintf(stderr, "the peer did not run (python3-torch, python3-scipy?):\n%s\n",
                     text.substr(0, 2000).c_str());
        return std::nullopt;
    }
    return run;
}

void print(const char *name, const Run &run)
{
    std::printf("%-10s %8.0f sequences/s %8.0f sequences/CPU s   HR@10 %.4f, of the item before "
                "%.4f\n",
                name, run.perSecond, run.perCpuSecond, run.hitRate, run.validated);
    std::fflush(stdout);
}

/// The mean of a figure over the runs.
double mean(const std::vector<Run> &runs, double Run::*figure)
{
    double sum = 0;
    for (const Run &run : runs) {
        sum += run.*figure;
    }
    return sum / static_cast<double>(runs.size());
}

Run meanOf(const std::vector<Run> &runs)
{
    return {mean(runs, &Run::perSecond), mean(runs, &Run::perCpuSecond), mean(runs, &Run::hitRate),
            mean(runs, &Run::validated)};
}

/// The mean difference in a figure, and its standard error, NaN for a single run.
void printDifference(const char *name, const std::vector<Run> &ours, const std::vector<Run> &theirs,
                     double Run::*figure)
{
    const auto n = static_cast<double>(ours.size());
    const double difference = mean(ours, figure) - mean(theirs, figure);
    double squares = 0;
    for (std::size_t k = 0; k < ours.size(); ++k) {
        squares += std::pow(ours[k].*figure - theirs[k].*figure - difference, 2);
    }
    std::printf("%s %+.4f (standard error %.4f)\n", name, difference,
                n > 1 ? std::sqrt(squares / (n - 1) / n) : NAN);
}

void printMeans(const std::vector<Run> &ours, const std::vector<Run> &theirs)
{
    const Run mine = meanOf(ours);
    std::printf("in the mean of %zu seeds\n", ours.size());
    if (theirs.empty()) {
        print("perennial", mine);
        return;
    }
    const Run other = meanOf(theirs);
    print("python", other);
    print("perennial", mine);
    std::printf("ratio      %8.2f by the clock %8.2f by CPU time\n",
                mine.perSecond / other.perSecond, mine.perCpuSecond / other.perCpuSecond);
    printDifference("HR@10             ", ours, theirs, &Run::hitRate);
    printDifference("of the item before", ours, theirs, &Run::validated);
}

/// Trains both on one set of sequences and adds their runs.
bool compare(const Options &options, const Walks &walks, int seed, std::vector<Run> &ours,
             std::vector<Run> &theirs)
{
    std::int64_t items = 0, events = 0;
    for (const auto &one : walks) {
        items = std::max<std::int64_t>(items, *std::max_element(one.begin(), one.end()));
        events += std::ssize(one);
    }
    std::printf("seed %d: %zu users, %ld items, %ld events\n", seed, walks.size(),
                static_cast<long>(items), static_cast<long>(events));
    if (!options.alone) {
        const auto file = std::filesystem::temp_directory_path() /
                          ("bench_peer_" + std::to_string(getpid()) + ".txt");
        write(walks, file);
        const auto peer = trainPeer(options, file, seed);
        std::filesystem::remove(file);
        if (!peer) {
            return false;
        }
        print("python", *peer);
        theirs.push_back(*peer);
    }
    const auto run = train(walks, items, seed, options.epochs);
    if (run) {
        print("perennial", *run);
        ours.push_back(*run);
    }
    return run.has_value();
}

} // namespace

int main(int argc, char **argv)
{
    const Options options = readOptions(argc, argv);
    prepareTorchRuntime();
    const char *kernels = std::getenv("OPENBLAS_CORETYPE");
    std::printf("%d epochs; %d workers; OPENBLAS_CORETYPE=%s\n", options.epochs, workerCount(),
                kernels == nullptr ? "auto" : kernels);
    const auto stored = options.data.empty() ? std::optional(Walks()) : readWalks(options.data);
    if (!stored) {
        std::fprintf(stderr, "nothing in %s\n", options.data.c_str());
        return 1;
    }
    std::vector<Run> ours, theirs;
    for (int seed = 1; seed <= options.seeds; ++seed) {
        Walks walks = stored->empty() ? walk(options.kind == "short", seed) : *stored;
        std::erase_if(walks, [](const auto &items) { return items.size() < 4; });
        if (!compare(options, walks, seed, ours, theirs)) {
            return 1;
        }
    }
    printMeans(ours, theirs);
    return 0;
}
