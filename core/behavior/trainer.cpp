#include "core/behavior/trainer_torch.h"

#include "core/base/hash.h"
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
      m_optimizer(network.tensors(), m_setup.config), m_batchSize(m_setup.config.batchSize)
{
}

void Trainer::restore(const TrainerCounts &counts, const OptimizerMemory &memory)
{
    m_batchSize = counts.batchSize;
    m_steps = counts.steps;
    m_sequences = counts.sequences;
    m_seconds = counts.seconds;
    m_optimizer.restore(memory);
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
        sums.anchors += static_cast<std::int64_t>(shard.batch.anchorTargets.size());
        sums.labels += static_cast<std::int64_t>(shard.batch.labelled.size());
    }
    const LossSums counts = sums;
    const at::Tensor tower = m_network.itemTower(m_features);
    const at::Tensor leaf = tower.detach().requires_grad_(true);
    m_crew.run(shards.size(),
               [&](std::size_t k) { differentiate(shards[k], leaf, counts, keyOf(k)); });
    for (const Shard &shard : shards) {
        sums.add(shard.losses);
    }
    if (sums.isFinite()) {
        sums.gradientNorm = apply(shards, tower);
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
        shard.batch.anchorTargets.clear();
    }
}

void Trainer::differentiate(Shard &shard, const at::Tensor &tower, const LossSums &counts,
                            std::uint64_t key) const
{
    const BehaviorConfig &config = m_setup.config;
    const BatchTensors batch = toTensors(shard.batch, m_setup.device);
    const Dropout dropout{config.dropout, key};
    const at::Tensor tokens = m_network.encode(batch, tower, dropout);
    at::Tensor loss = at::zeros({}, tokens.options());
    if (!shard.batch.targetItems.empty()) {
        const double louder = config.anchorWeight - 1;
        const double weight =
            config.nextItemWeight / (static_cast<double>(counts.targets) +
                                     louder * static_cast<double>(counts.anchors));
        const at::Tensor sum =
            itemLoss(tokens, tower, {batch.targetTokens, batch.targetItems}, key);
        loss = loss + sum * weight;
        if (louder != 0 && !shard.batch.anchorTargets.empty()) {
            const ItemTargets anchors{batch.targetTokens.index_select(0, batch.anchorTargets),
                                      batch.targetItems.index_select(0, batch.anchorTargets)};
            loss = loss + itemLoss(tokens, tower, anchors, key) * (weight * louder);
        }
        shard.losses.nextItem = sum.item<double>();
    }
    if (m_setup.heads.labels() && !shard.batch.labelled.empty()) {
        at::Tensor users = tokens.index_select(0, batch.anchors.index_select(0, batch.labelled));
        if (m_setup.heads.nextItem && config.labelGradient < 1) {
            users = config.labelGradient * users + (1 - config.labelGradient) * users.detach();
        }
        const at::Tensor summary = batch.summary.index_select(0, batch.labelled);
        const LabelLosses losses =
            lossesOf(outputsOf(m_network, users, summary, m_setup.heads, dropout),
                     labelsOf(shard.batch, m_setup.device), m_setup.bounds);
        loss = addWeighted(loss, losses, config, 1.0 / static_cast<double>(counts.labels));
        shard.losses.add(sumsOf(losses));
    }
    if (loss.requires_grad()) {
        std::vector<at::Tensor> inputs = m_network.tensors();
        inputs.push_back(tower);
        shard.gradients = torch::autograd::grad({loss}, inputs, {}, false, false, true);
    }
}

at::Tensor Trainer::itemLoss(const at::Tensor &tokens, const at::Tensor &tower,
                             const ItemTargets &targets, std::uint64_t key) const
{
    const std::int64_t own = m_network.shape().ownItems;
    const at::Tensor queries = m_network.queries(tokens.index_select(0, targets.tokens));
    if (m_setup.config.itemLoss == ItemLoss::Softmax) {
        return softmaxLoss(queries, m_network.keys(tower), m_network.itemBias(own),
                           targets.items, 1);
    }
    const ItemScoring scoring{queries, m_network.keys(tower.narrow(0, 1, own)),
                              m_network.itemBias(own)};
    const Negatives drawn = m_sampler->draw(m_setup.config.negatives, key);
    return m_setup.config.itemLoss == ItemLoss::Sampled
               ? sampledSoftmaxLoss(scoring, targets.items, drawn)
               : contrastedLoss(scoring, targets.items, drawn);
}

double Trainer::apply(std::vector<Shard> &shards, const at::Tensor &tower)
{
    Gradients gradients;
    at::Tensor byItems;
    for (Shard &shard : shards) {
        if (shard.gradients.empty()) {
            continue;
        }
        const at::Tensor items = shard.gradients.back();
        shard.gradients.pop_back();
        if (items.defined()) {
            byItems = byItems.defined() ? byItems.add_(items) : items.contiguous();
        }
        gradients.push_back(std::move(shard.gradients));
    }
    if (byItems.defined()) {
        gradients.push_back(torch::autograd::grad({tower}, m_network.tensors(), {byItems}, false,
                                                  false, true));
    }
    ++m_steps;
    return m_optimizer.step(gradients,
                            m_setup.config.learningRate * m_rate *
                                warmUpOf(m_steps, m_setup.config.warmUpSteps),
                            m_crew);
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
