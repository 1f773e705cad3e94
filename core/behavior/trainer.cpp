#include "core/behavior/trainer_torch.h"

#include "core/base/hash.h"
#include "core/behavior/optimizer_torch.h"
#include "core/neural/ops_torch.h"
#include "core/neural/runtime_torch.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>

namespace perennial::net {

namespace {

/// Sequences of one shard on the CPU: large enough that per-tensor costs vanish, small enough that
/// a batch of 128 feeds four cores and a shard stays in cache.
constexpr std::size_t kShardSequences = 32;

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

Trainer::Trainer(TrainerSetup setup, Network &network, WorkerCrew &crew)
    : m_setup(std::move(setup)), m_network(network), m_crew(crew),
      m_features(network.features(m_setup.source->catalog)),
      m_optimizer(makeOptimizer(network, m_setup.config)), m_batchSize(m_setup.config.batchSize)
{
}

void Trainer::restore(const TrainerCounts &counts, const OptimizerMemory &memory)
{
    m_batchSize = counts.batchSize;
    m_steps = counts.steps;
    m_sequences = counts.sequences;
    m_seconds = counts.seconds;
    remember(*m_optimizer, m_network.tensors(), memory);
}

Result<LossSums> Trainer::runEpoch(const std::vector<TrainingWindow> &windows,
                                   const TrainingLimits &limits, int epoch, const Task &task)
{
    if (m_setup.heads.nextItem && m_setup.config.itemLoss != ItemLoss::Softmax) {
        m_sampler.emplace(logPopularity(*m_setup.source, limits.targets), m_setup.device);
    }
    if (m_setup.device.is_cuda()) { // its dropout has no key: seeded by epoch, a run can be resumed
        torch::manual_seed(mix64(static_cast<std::uint64_t>(m_setup.config.seed) ^
                                 mix64(static_cast<std::uint64_t>(epoch))));
    }
    LossSums sums;
    const std::span all(windows);
    int batch = 0;
    auto reported = std::chrono::steady_clock::now();
    for (std::size_t from = 0; from < all.size();) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const auto start = std::chrono::steady_clock::now();
        const std::size_t size =
            std::min(static_cast<std::size_t>(m_batchSize), all.size() - from);
        const LossSums losses = stepOrHalve(all.subspan(from, size), limits);
        m_seconds += secondsSince(start);
        m_sequences += static_cast<std::int64_t>(size);
        ++batch;
        const bool lossFinite = losses.isFinite();
        if (!lossFinite || !std::isfinite(losses.gradientNorm)) {
            return fail(ErrorCode::NotFinite, std::to_string(epoch) + "/" + std::to_string(batch),
                        lossFinite ? "gradient" : "loss");
        }
        sums.add(losses);
        from += size;
        if (secondsSince(reported) > 0.1 || from == all.size()) {
            reported = std::chrono::steady_clock::now();
            task.progress(static_cast<double>(from) / static_cast<double>(all.size()), "training");
        }
    }
    return sums;
}

LossSums Trainer::stepOrHalve(std::span<const TrainingWindow> windows, const TrainingLimits &limits)
{
    try {
        return step(windows, limits);
    } catch (const std::exception &thrown) {
        if (!isOutOfMemory(thrown) || windows.size() <= 1) {
            throw;
        }
    }
    const std::size_t half = (windows.size() + 1) / 2;
    m_batchSize = std::min(m_batchSize, static_cast<int>(half));
    LossSums losses = stepOrHalve(windows.first(half), limits);
    losses.add(stepOrHalve(windows.subspan(half), limits));
    return losses;
}

LossSums Trainer::step(std::span<const TrainingWindow> windows, const TrainingLimits &limits)
{
    if (m_setup.beforeStep) {
        m_setup.beforeStep(windows.size());
    }
    const std::size_t size = m_setup.device.is_cpu() ? kShardSequences : windows.size();
    std::vector<Shard> shards((windows.size() + size - 1) / size);
    const std::uint64_t key = mix64(static_cast<std::uint64_t>(m_setup.config.seed) ^
                                    mix64(static_cast<std::uint64_t>(m_steps) + 1));
    const auto keyOf = [&](std::size_t k) { return mix64(key + k); };
    m_crew.run(shards.size(), [&](std::size_t k) {
        const std::size_t from = k * size;
        assemble(shards[k], windows.subspan(from, std::min(size, windows.size() - from)), limits,
                 keyOf(k));
    });
    LossSums sums;
    for (const Shard &shard : shards) {
        sums.targets += static_cast<std::int64_t>(shard.batch.targetItems.size());
        sums.labels += static_cast<std::int64_t>(shard.batch.labelled.size());
    }
    const LossSums counts = sums;
    m_crew.run(shards.size(), [&](std::size_t k) { differentiate(shards[k], counts, keyOf(k)); });
    for (const Shard &shard : shards) {
        sums.add(shard.losses);
    }
    if (sums.isFinite()) {
        sums.gradientNorm = apply(shards);
    }
    return sums;
}

void Trainer::assemble(Shard &shard, std::span<const TrainingWindow> windows,
                       const TrainingLimits &limits, std::uint64_t key) const
{
    const BehaviorConfig &config = m_setup.config;
    BatchBuilder builder(*m_setup.source,
                         {config.cropChance, config.maskChance, config.reorderChance});
    Rng rng(key);
    for (const TrainingWindow &window : windows) {
        builder.addTraining(window, limits, rng);
    }
    shard.batch = builder.take();
    if (!m_setup.heads.nextItem) {
        shard.batch.targetItems.clear();
        shard.batch.targetTokens.clear();
    }
}

void Trainer::differentiate(Shard &shard, const LossSums &counts, std::uint64_t key) const
{
    const BehaviorConfig &config = m_setup.config;
    const BatchTensors batch = toTensors(shard.batch, m_setup.device);
    const Dropout dropout{config.dropout, key};
    const at::Tensor tower = m_network.itemTower(m_features);
    const at::Tensor tokens = m_network.encode(batch, tower, dropout);
    at::Tensor loss = at::zeros({}, tokens.options());
    if (!shard.batch.targetItems.empty()) {
        const at::Tensor sum = itemLoss(tokens, tower, batch, key);
        loss = loss + sum * (config.nextItemWeight / static_cast<double>(counts.targets));
        shard.losses.nextItem = sum.item<double>();
    }
    if (m_setup.heads.labels() && !shard.batch.labelled.empty()) {
        const at::Tensor users =
            tokens.index_select(0, batch.anchors.index_select(0, batch.labelled));
        const at::Tensor summary = batch.summary.index_select(0, batch.labelled);
        const LabelLosses losses =
            lossesOf(outputsOf(m_network, users, summary, m_setup.heads, dropout),
                     labelsOf(shard.batch, m_setup.device), m_setup.bounds);
        loss = addWeighted(loss, losses, config, 1.0 / static_cast<double>(counts.labels));
        shard.losses.add(sumsOf(losses));
    }
    if (loss.requires_grad()) {
        shard.gradients = torch::autograd::grad({loss}, m_network.tensors(), {}, false, false, true);
    }
}

at::Tensor Trainer::itemLoss(const at::Tensor &tokens, const at::Tensor &tower,
                             const BatchTensors &batch, std::uint64_t key) const
{
    const std::int64_t own = m_network.shape().ownItems;
    const ItemScoring scoring{m_network.queries(tokens.index_select(0, batch.targetTokens)),
                              m_network.keys(tower.narrow(0, 1, own)), m_network.itemBias(own)};
    const int negatives = m_setup.config.negatives;
    switch (m_setup.config.itemLoss) {
    case ItemLoss::Sampled:
        return sampledSoftmaxLoss(scoring, batch.targetItems, m_sampler->draw(negatives, key));
    case ItemLoss::Bce:
        return contrastedLoss(scoring, batch.targetItems, m_sampler->draw(negatives, key));
    case ItemLoss::Softmax:
        break;
    }
    return softmaxLoss(scoring.queries, scoring.keys, scoring.bias, batch.targetItems);
}

double Trainer::apply(const std::vector<Shard> &shards)
{
    const at::NoGradGuard frozen;
    std::vector<at::Tensor> parameters = m_network.tensors();
    at::Tensor squares = at::zeros({}, parameters.front().options());
    for (std::size_t p = 0; p < parameters.size(); ++p) {
        at::Tensor sum;
        for (const Shard &shard : shards) {
            if (shard.gradients.empty() || !shard.gradients[p].defined()) {
                continue;
            }
            sum = sum.defined() ? sum.add_(shard.gradients[p]) : shard.gradients[p].contiguous();
        }
        parameters[p].mutable_grad() = sum;
        if (sum.defined()) {
            addPenalty(parameters[p].mutable_grad(), parameters[p], m_setup.config);
            squares += sum.square().sum();
        }
    }
    const double norm = std::sqrt(squares.item<double>());
    ++m_steps;
    if (!std::isfinite(norm)) {
        return norm;
    }
    if (norm > m_setup.config.gradientClip) {
        for (at::Tensor &parameter : parameters) {
            if (parameter.grad().defined()) {
                parameter.mutable_grad().mul_(m_setup.config.gradientClip / norm);
            }
        }
    }
    setLearningRate(*m_optimizer, m_setup.config.learningRate * m_rate *
                                      warmUpOf(m_steps, m_setup.config.warmUpSteps));
    m_optimizer->step();
    return norm;
}

at::Tensor logPopularity(const SequenceSource &source, Day until)
{
    const auto own = static_cast<std::size_t>(source.vocabulary.ownItems);
    std::vector<double> counts(own, 0.5);
    double total = 0.5 * static_cast<double>(own);
    for (std::size_t i = 0; i < source.events.size(); ++i) {
        const std::int32_t row = source.encoded.item[i];
        if (row > 0 && static_cast<std::size_t>(row) <= own &&
            dayOf(source.events.at[i]) <= until && showsInterest(source.events.kind[i])) {
            counts[static_cast<std::size_t>(row) - 1] += 1;
            total += 1;
        }
    }
    std::vector<float> logs;
    logs.reserve(own);
    for (const double count : counts) {
        logs.push_back(static_cast<float>(std::log(count / total)));
    }
    return at::tensor(logs, at::TensorOptions().dtype(at::kFloat));
}

} // namespace perennial::net
