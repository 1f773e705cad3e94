// The behaviour model on the CPU and on a CUDA device beside each other: the same answers, and how fast.
//
//   bench_device [--users 3000] [--epochs 3] [--device cuda:0]
//
// 1. One network of each encoder on both devices over the same users: largest differences of its
//    answers and of the gradient of a training step without dropout.
// 2. The same training of a sample shop on both: losses by epoch, quality, sequences/s. Dropout draws
//    other masks on CUDA, so losses agree only as two seeds do.
// 3. A training where the device's memory is full but for 256 MB: the batch must halve until it fits.

#include "core/behavior/inference_torch.h"
#include "core/behavior/score.h"
#include "core/behavior/train.h"
#include "core/behavior/trainer_torch.h"
#include "core/neural/ops_torch.h"
#include "core/neural/runtime.h"
#include "core/neural/runtime_torch.h"
#include "core/project/event_store.h"
#include "core/sample/sample_shop.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

using namespace perennial;
namespace fs = std::filesystem;

namespace {

constexpr std::array kEncoders{UserEncoder::Attention, UserEncoder::Gru, UserEncoder::Cnn,
                               UserEncoder::Pool};

struct Settings {
    std::int64_t users = 3000;
    int epochs = 3;
    std::string device = "cuda:0";
};

Settings readSettings(int argc, char **argv)
{
    Settings settings;
    for (int k = 1; k + 1 < argc; k += 2) {
        if (std::strcmp(argv[k], "--users") == 0) {
            settings.users = std::max(100L, std::atol(argv[k + 1]));
        } else if (std::strcmp(argv[k], "--epochs") == 0) {
            settings.epochs = std::max(1, std::atoi(argv[k + 1]));
        } else if (std::strcmp(argv[k], "--device") == 0) {
            settings.device = argv[k + 1];
        }
    }
    return settings;
}

SequenceSource sourceOf(const Project &project, Day until)
{
    SequenceSource source;
    source.events = *readEvents(project, until, {});
    const auto items = *readItems(project);
    source.sequenceLength = 49;
    source.vocabulary = buildVocabulary(source.events, items, until, 20'000);
    source.catalog = bindCatalog(source.vocabulary, source.events, items, until);
    source.encoded = encodeEvents(source.events, source.vocabulary, source.catalog);
    source.layout = layoutTokens(source.vocabulary, source.sequenceLength);
    source.standardization.deviation.fill(1.0F);
    return source;
}

net::NetworkShape shapeOf(const SequenceSource &source, UserEncoder encoder)
{
    net::NetworkShape shape;
    shape.kind = encoder;
    shape.layers = 2;
    shape.ownItems = source.vocabulary.ownItems;
    shape.categories = static_cast<std::int64_t>(source.vocabulary.categoryKeys.size()) + 1;
    shape.priceBands = bandCount(source.vocabulary.priceEdges);
    shape.tokenRows = source.layout.rows;
    return shape;
}

double largestDifference(const at::Tensor &a, const at::Tensor &b)
{
    const at::Tensor left = a.to(at::kCPU), right = b.to(at::kCPU);
    const at::Tensor known = left.isfinite().logical_and(right.isfinite());
    const double scale = left.masked_select(known).abs().max().item<double>();
    return (left - right).masked_select(known).abs().max().item<double>() / scale;
}

std::vector<at::Tensor> gradientsOf(const net::Network &network, const SequenceSource &source,
                                    const SequenceBatch &batch, const at::Device &device)
{
    const net::BatchTensors tensors = net::toTensors(batch, device);
    const at::Tensor tower = network.itemTower(network.features(source.catalog));
    const at::Tensor tokens = network.encode(tensors, tower, {});
    const std::int64_t own = network.shape().ownItems;
    const at::Tensor queries = tokens.index_select(0, tensors.targetTokens);
    const at::Tensor bias = network.itemBias(own).view({-1});
    WorkerCrew crew(1, [] {});
    const net::SoftmaxGradients scored = net::softmaxGradients(
        {queries.detach(), tower.detach(), bias.detach(), tensors.targetItems,
         at::ones({queries.size(0)}, queries.options().requires_grad(false)), 1},
        crew);
    return torch::autograd::grad({queries, tower, bias}, network.tensors(),
                                 {scored.hidden, scored.table, scored.bias}, false, false, true);
}

/// @return whether both devices agree to single precision.
bool compareAnswers(const SequenceSource &source, Day until, const at::Device &device,
                    UserEncoder encoder)
{
    const net::NetworkShape shape = shapeOf(source, encoder);
    const net::Network onCpu(shape, 1, at::kCPU), onDevice(shape, 1, device);
    BatchBuilder training(source), asking(source);
    Rng rng(1);
    for (std::int64_t user = 1; user <= 256; ++user) {
        training.addTraining({user, until - 60, true}, {until, 30}, rng);
        asking.addHistory(user, until);
    }
    const SequenceBatch batch = training.take(), history = asking.take();
    const auto cpuGradients = gradientsOf(onCpu, source, batch, at::kCPU);
    const auto deviceGradients = gradientsOf(onDevice, source, batch, device);
    double gradient = 0;
    for (std::size_t k = 0; k < cpuGradients.size(); ++k) {
        if (cpuGradients[k].defined() && cpuGradients[k].abs().max().item<double>() > 0) {
            gradient = std::max(gradient, largestDifference(cpuGradients[k], deviceGradients[k]));
        }
    }
    const at::NoGradGuard frozen;
    const net::Inference cpu(onCpu, source.catalog, {}), other(onDevice, source.catalog, {});
    const double scores = largestDifference(cpu.logProbabilities(cpu.users(history)),
                                            other.logProbabilities(other.users(history)));
    const auto churnLogit = [&](const net::Inference &asked) {
        net::Heads heads;
        heads.churn = true;
        return asked.outlook(asked.users(history), history, heads, 30).outputs.churnLogit;
    };
    const double churn = largestDifference(churnLogit(cpu), churnLogit(other));
    std::printf("same weights      %-9s largest relative difference: gradient %.2g, log probability "
                "%.2g, churn logit %.2g\n",
                std::string(kUserEncoderWords[static_cast<std::size_t>(encoder)]).c_str(), gradient,
                scores, churn);
    return gradient < 1e-3 && scores < 1e-4 && churn < 1e-3;
}

bool train(Project &project, const Settings &settings, const std::string &device, int batch,
           UserEncoder encoder = UserEncoder::Attention)
{
    BehaviorConfig config;
    config.encoder = encoder;
    config.device = device;
    config.epochs = settings.epochs;
    config.patience = settings.epochs;
    config.layers = 2;
    config.batchSize = batch;
    const auto report = trainBehaviorModel(project, config, {}, {});
    if (!report) {
        std::printf("training          %-7s ended with error %d: %s %s\n", device.c_str(),
                    static_cast<int>(report.error().code), report.error().where.c_str(),
                    report.error().detail.c_str());
        return false;
    }
    std::printf("training          %-9s %-7s batch %d:",
                std::string(kUserEncoderWords[static_cast<std::size_t>(encoder)]).c_str(),
                report->device.device.c_str(), batch);
    for (const EpochReport &epoch : report->epochs) {
        std::printf(" %.4f/%.4f", epoch.trainLoss, epoch.validLoss);
    }
    std::printf("; HR@10 %.4f, churn AUC %.4f; %.0f sequences/s, %.1f s in steps, %.1f s in all\n",
                report->metrics.hr10.value_or(0), report->metrics.churnAuc.value_or(0),
                report->sequencesPerSecond, report->trainSeconds, report->seconds);
    for (const TrainNote &note : report->notes) {
        std::printf("                  note %s %s\n", note.code.c_str(), note.detail.c_str());
    }
    return true;
}

/// Everything the device can give but for `left` bytes, which LibTorch keeps for the next tensors.
std::vector<at::Tensor> fillMemory(const at::Device &device, std::int64_t left)
{
    std::vector<at::Tensor> held;
    const auto options = at::TensorOptions().dtype(at::kByte).device(device);
    for (std::int64_t block = std::int64_t{1} << 33; block >= std::int64_t{1} << 24;) {
        try {
            held.push_back(at::empty({block}, options));
        } catch (const std::exception &thrown) {
            if (!isOutOfMemory(thrown)) {
                throw;
            }
            block /= 2;
        }
    }
    for (std::int64_t freed = 0; freed < left && !held.empty(); held.pop_back()) {
        freed += held.back().numel();
    }
    return held;
}

} // namespace

int main(int argc, char **argv)
{
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const Settings settings = readSettings(argc, argv);
    prepareTorchRuntime();
    const RuntimeInfo info = runtimeInfo();
    std::printf("LibTorch %s, BLAS %s, CUDA in it: %s, devices: %d\n", info.torchVersion.c_str(),
                info.blasLibrary.c_str(), info.cudaBuilt ? "yes" : "no", info.cudaDevices);
    const auto automatic = chooseDevice("auto");
    std::printf("auto              %s (%s)\n", automatic->device.c_str(),
                std::string(deviceReasonName(automatic->reason)).c_str());
    const auto choice = chooseDevice(settings.device);
    if (!choice) {
        std::printf("%s is not here (%s): nothing to compare\n", settings.device.c_str(),
                    choice.error().detail.c_str());
        return 0;
    }
    const fs::path folder = fs::temp_directory_path() / ("bench_device." + std::to_string(getpid()));
    fs::create_directories(folder);
    const fs::path path = folder / "shop.perennial";
    SampleShopOptions shop;
    shop.users = settings.users;
    int failures = 0;
    if (!createSampleShop(path, shop, {})) {
        std::fprintf(stderr, "no sample shop\n");
        return 1;
    }
    {
        auto project = Project::open(path, Project::Access::ReadWrite);
        const Day until = dayFromCivil(shop.lastDay);
        const SequenceSource source = sourceOf(*project, until);
        for (const UserEncoder encoder : kEncoders) {
            failures += !compareAnswers(source, until, at::Device(choice->device), encoder);
        }
        failures += !train(*project, settings, "cpu", 128);
        failures += !train(*project, settings, choice->device, 128);
        for (const UserEncoder encoder : kEncoders) {
            failures += !train(*project, settings, choice->device, 2048, encoder);
        }
        const auto scored = scoreBehavior(*project, 0, until, {});
        std::printf("scoring           %zu users by the run on %s\n", scored ? scored->size() : 0,
                    choice->device.c_str());
        failures += !scored || scored->empty();
        const auto held = fillMemory(at::Device(choice->device), std::int64_t{1} << 28);
        std::printf("memory full       all but 256 MB or little more\n");
        failures += !train(*project, settings, choice->device, 4096);
    }
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    std::printf("%s\n", failures == 0 ? "agreed" : "DIFFERED OR FAILED");
    return failures == 0 ? 0 : 1;
}
