// Sequences per second of a training step, beside what the machine's matrix product allows.
//
//   bench_training [--users 943] [--items 1682] [--length 50] [--layers 2] [--batch 128] [--steps 40]
//
// Data like MovieLens 100k in size: long histories, every sequence full. The configuration is that of
// the reference program (d 64, 2 layers, 2 heads, length 50, batch 128, full softmax, Adam), which runs at
// 1 335 sequences/s with Haswell kernels and 1 400 to 1 530 with automatic ones on 2 cores: quoted, not run.
// The limit is the step's products (forward and backward) at the speed of a 1024³ product measured here.

#include "core/base/rng.h"
#include "core/behavior/trainer_torch.h"
#include "core/neural/runtime.h"
#include "core/neural/runtime_torch.h"
#include "tests/bench/cpu_seconds.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>

using namespace perennial;

namespace {

constexpr double kPeerHaswell = 1335;
constexpr double kPeerAutomatic = 1465;

struct Size {
    std::int64_t users = 943, items = 1682, length = 50, layers = 2, batch = 128, steps = 40;
};

Size readSize(int argc, char **argv)
{
    Size size;
    const std::pair<const char *, std::int64_t *> options[] = {
        {"--users", &size.users},   {"--items", &size.items}, {"--length", &size.length},
        {"--layers", &size.layers}, {"--batch", &size.batch}, {"--steps", &size.steps}};
    for (int k = 1; k + 1 < argc; k += 2) {
        for (const auto &[name, field] : options) {
            if (std::strcmp(argv[k], name) == 0) {
                *field = std::max(1L, std::atol(argv[k + 1]));
            }
        }
    }
    return size;
}

/// Every user has `length` events, so that no token of the network is idle.
SequenceSource makeSource(const Size &size)
{
    SequenceSource source;
    EventTable &t = source.events;
    Rng rng(1);
    t.offsets.push_back(0);
    for (std::int64_t user = 1; user <= size.users; ++user) {
        t.offsets.push_back(static_cast<std::int64_t>(t.size()));
        for (std::int64_t k = 0; k < size.length; ++k) {
            const double skewed = rng.uniform() * rng.uniform();
            t.user.push_back(static_cast<std::int32_t>(user));
            t.item.push_back(1 + static_cast<std::int32_t>(skewed * static_cast<double>(size.items)));
            t.kind.push_back(EventKind::View);
            t.at.push_back(k * 40000);
            t.quantity.push_back(1);
            t.amount.push_back(0);
            t.order.push_back(0);
            t.device.push_back(0);
            t.place.push_back(0);
            t.channel.push_back(0);
        }
    }
    t.offsets.push_back(static_cast<std::int64_t>(t.size()));
    std::vector<ItemRecord> items;
    for (std::int64_t id = 1; id <= size.items; ++id) {
        ItemRecord item;
        item.id = id;
        item.key = std::to_string(id);
        items.push_back(item);
    }
    source.sequenceLength = static_cast<int>(size.length) - 1; // and the anchor token
    source.vocabulary = buildVocabulary(t, items, 1000, size.items);
    source.catalog = bindCatalog(source.vocabulary, t, items, 1000);
    source.encoded = encodeEvents(t, source.vocabulary, source.catalog);
    source.layout = layoutTokens(source.vocabulary, source.sequenceLength);
    source.standardization.deviation.fill(1.0F);
    return source;
}

double secondsOf(const auto &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// GFLOP/s of all workers at once, each on a product of its own, best of five.
double productSpeed(WorkerCrew &crew)
{
    constexpr std::int64_t kSide = 1024;
    std::vector<at::Tensor> in, out;
    for (int k = 0; k < crew.workers(); ++k) {
        in.push_back(at::ones({kSide, kSide}));
        out.push_back(at::empty({kSide, kSide}));
    }
    double best = INFINITY;
    for (int round = 0; round < 5; ++round) {
        best = std::min(best, secondsOf([&] {
                            crew.run(in.size(), [&](std::size_t k) {
                                const at::NoGradGuard frozen;
                                at::mm_out(out[k], in[k], in[k]);
                            });
                        }));
    }
    return 2.0 * kSide * kSide * kSide * static_cast<double>(in.size()) / best / 1e9;
}

/// Products of one sequence, forward and twice that backward.
double flopsPerSequence(const Size &size, double d, double vocabulary)
{
    const double length = static_cast<double>(size.length);
    const double perToken = 2 * (6 * d * d + 2 * length * d) * static_cast<double>(size.layers);
    const double softmax = 2 * d * vocabulary;
    return 3 * length * (perToken + softmax);
}

} // namespace

int main(int argc, char **argv)
{
    const Size size = readSize(argc, argv);
    prepareTorchRuntime();
    const SequenceSource source = makeSource(size);
    BehaviorConfig config;
    config.layers = static_cast<int>(size.layers);
    config.sequenceLength = source.sequenceLength;
    config.batchSize = static_cast<int>(size.batch);
    config.dropout = 0.2;
    net::NetworkShape shape;
    shape.dimension = config.dimension;
    shape.heads = config.heads;
    shape.layers = size.layers;
    shape.ownItems = source.vocabulary.ownItems;
    shape.categories = 1;
    shape.priceBands = bandCount(source.vocabulary.priceEdges);
    shape.tokenRows = source.layout.rows;
    net::Network network(shape, 1, at::kCPU);
    WorkerCrew crew(workerCount(), [] { prepareTorchThread(); });
    net::TrainerSetup setup;
    setup.source = &source;
    setup.config = config;
    setup.heads = {true, false, false};
    net::Trainer trainer(setup, network, crew);
    std::vector<TrainingWindow> windows;
    for (std::int64_t k = 0; k < size.steps * size.batch; ++k) {
        windows.push_back({1 + k % size.users, 1000, false});
    }
    const TrainingLimits limits{1000, 30};
    const std::vector<TrainingWindow> few(windows.begin(), windows.begin() + size.batch);
    const auto warm = trainer.runEpoch(few, limits, 1, {});
    const double before = trainer.seconds(), cpuBefore = cpuSeconds();
    const auto sums = trainer.runEpoch(windows, limits, 2, {});
    if (!warm || !sums) {
        std::fprintf(stderr, "training failed\n");
        return 1;
    }
    const double speed = static_cast<double>(windows.size()) / (trainer.seconds() - before);
    const double cpu = cpuSeconds() - cpuBefore;
    const double product = productSpeed(crew);
    const double limit =
        product * 1e9 /
        flopsPerSequence(size, config.dimension, static_cast<double>(shape.ownItems));
    const RuntimeInfo info = runtimeInfo();
    const char *kernels = std::getenv("OPENBLAS_CORETYPE");
    std::printf("LibTorch %s, %s (%s), %d workers, OPENBLAS_CORETYPE=%s\n", info.torchVersion.c_str(),
                info.blasLibrary.c_str(), info.isOpenBlas ? "OpenBLAS" : "NOT OpenBLAS",
                crew.workers(), kernels == nullptr ? "auto" : kernels);
    std::printf("training          %8.0f sequences/s, %.1f ms a step of %ld\n", speed,
                1000.0 * static_cast<double>(size.batch) / speed, static_cast<long>(size.batch));
    std::printf("                  %8.0f sequences/CPU s\n",
                static_cast<double>(windows.size()) / cpu);
    std::printf("products          %8.1f GFLOP/s, limit %.0f sequences/s, reached %.2f of it\n",
                product, limit, speed / limit);
    std::printf("reference (quoted)%8.0f sequences/s with Haswell kernels: ratio %.2f; %.0f with "
                "automatic ones: ratio %.2f\n",
                kPeerHaswell, speed / kPeerHaswell, kPeerAutomatic, speed / kPeerAutomatic);
    return 0;
}
