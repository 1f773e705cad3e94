#include "core/behavior/trainer_torch.h"

#include "core/base/hash.h"
#include "core/neural/ops_torch.h"
#include "core/neural/runtime_torch.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
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
    Items items;
    m_crew.run(shards.size() + 1, [&](std::size_t part) {
        if (part == 0) { // the longest one first
            items = readItems();
            return;
        }
        const std::size_t k = part - 1, from = k * size;
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
    m_crew.run(shards.size(), [&](std::size_t k) { encode(shards[k], items, counts, keyOf(k)); });
    const SoftmaxGradients scored = scoresAllItems() && counts.targets > 0
                                        ? scoreItems(shards, items)
                                        : SoftmaxGradients();
    std::vector<at::Tensor> byQueries(shards.size());
    std::int64_t target = 0;
    for (std::size_t k = 0; k < shards.size(); ++k) {
        if (shards[k].queries.defined()) {
            byQueries[k] = scored.hidden.narrow(0, target, shards[k].queries.size(0));
            target += shards[k].queries.size(0);
        }
        sums.add(shards[k].losses);
    }
    if (!sums.isFinite()) {
        return sums;
    }
    m_crew.run(shards.size(), [&](std::size_t k) { differentiate(shards[k], items, byQueries[k]); });
    sums.gradientNorm = apply(shards, items, scored);
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
    shard.rows = shard.batch.items;
    std::ranges::sort(shard.rows);
    const auto same = std::ranges::unique(shard.rows);
    shard.rows.erase(same.begin(), same.end());
    for (std::int64_t &item : shard.batch.items) {
        item = std::ranges::lower_bound(shard.rows, item) - shard.rows.begin();
    }
}

Trainer::Items Trainer::readItems() const
{
    Items items;
    items.tower = m_network.itemTower(m_features);
    items.leaf = items.tower.detach().requires_grad_(true);
    items.keys = m_network.keys(items.leaf);
    items.asked = items.keys.detach().requires_grad_(!scoresAllItems());
    // not the parameter itself, so that it can be differentiated by
    items.bias = m_network.itemBias(m_network.shape().ownItems).view({-1});
    return items;
}

void Trainer::encode(Shard &shard, const Items &items, const LossSums &counts, std::uint64_t key) const
{
    const BehaviorConfig &config = m_setup.config;
    const BatchTensors batch = toTensors(shard.batch, m_setup.device);
    const Dropout dropout{config.dropout, key};
    const at::Tensor rows = at::tensor(shard.rows, at::kLong).to(m_setup.device);
    shard.items = items.tower.detach().index_select(0, rows).requires_grad_(true);
    const at::Tensor tokens = m_network.encode(batch, shard.items, dropout);
    shard.loss = at::zeros({}, tokens.options());
    if (!shard.batch.targetItems.empty()) {
        const double louder = config.anchorWeight - 1;
        const double weight =
            config.nextItemWeight / (static_cast<double>(counts.targets) +
                                     louder * static_cast<double>(counts.anchors));
        const at::Tensor queries = m_network.queries(tokens.index_select(0, batch.targetTokens));
        if (scoresAllItems()) {
            shard.queries = queries;
            shard.targets = batch.targetItems;
            shard.weights = at::full({queries.size(0)}, weight, tokens.options());
            shard.weights.index_fill_(0, batch.anchorTargets, weight * config.anchorWeight);
        } else {
            const at::Tensor sum = sampledLoss(queries, batch.targetItems, items, key);
            shard.loss = shard.loss + sum * weight;
            shard.losses.nextItem = sum.item<double>();
            if (louder != 0 && !shard.batch.anchorTargets.empty()) {
                const at::Tensor again = sampledLoss(
                    queries.index_select(0, batch.anchorTargets),
                    batch.targetItems.index_select(0, batch.anchorTargets), items, key);
                shard.loss = shard.loss + again * (weight * louder);
            }
        }
    }
    if (m_setup.heads.labels() && !shard.batch.labelled.empty()) {
        shard.loss = shard.loss + labelLoss(shard, batch, tokens, counts.labels, dropout);
    }
}

at::Tensor Trainer::labelLoss(Shard &shard, const BatchTensors &batch, const at::Tensor &tokens,
                              std::int64_t labels, const Dropout &dropout) const
{
    at::Tensor users = tokens.index_select(0, batch.anchors.index_select(0, batch.labelled));
    const double share = m_setup.config.labelGradient;
    if (m_setup.heads.nextItem && share < 1) {
        users = share * users + (1 - share) * users.detach();
    }
    const at::Tensor summary = batch.summary.index_select(0, batch.labelled);
    const LabelLosses losses =
        lossesOf(outputsOf(m_network, users, summary, m_setup.heads, dropout),
                 labelsOf(shard.batch, m_setup.device), m_setup.bounds);
    shard.losses.add(sumsOf(losses));
    return addWeighted(at::zeros({}, tokens.options()), losses, m_setup.config,
                       1.0 / static_cast<double>(labels));
}

at::Tensor Trainer::sampledLoss(const at::Tensor &queries, const at::Tensor &targets,
                                const Items &items, std::uint64_t key) const
{
    const ItemScoring scoring{queries, items.asked.narrow(0, 1, items.bias.size(0)), items.bias};
    const Negatives drawn = m_sampler->draw(m_setup.config.negatives, key);
    return m_setup.config.itemLoss == ItemLoss::Sampled
               ? sampledSoftmaxLoss(scoring, targets, drawn)
               : contrastedLoss(scoring, targets, drawn);
}

SoftmaxGradients Trainer::scoreItems(std::vector<Shard> &shards, const Items &items) const
{
    std::vector<at::Tensor> queries, wanted, weights;
    for (const Shard &shard : shards) {
        if (shard.queries.defined()) {
            queries.push_back(shard.queries.detach());
            wanted.push_back(shard.targets);
            weights.push_back(shard.weights);
        }
    }
    SoftmaxGradients scored =
        softmaxGradients({at::cat(queries), items.asked, items.bias.detach(), at::cat(wanted),
                          at::cat(weights), 1},
                         m_crew);
    const double *loss = scored.losses.data_ptr<double>();
    for (Shard &shard : shards) {
        const std::int64_t count = shard.queries.defined() ? shard.queries.size(0) : 0;
        shard.losses.nextItem = std::accumulate(loss, loss + count, 0.0);
        loss += count;
    }
    return scored;
}

void Trainer::differentiate(Shard &shard, const Items &items, const at::Tensor &byQueries) const
{
    std::vector<at::Tensor> of, by;
    if (byQueries.defined()) {
        of.push_back(shard.queries);
        by.push_back(byQueries);
    }
    if (shard.loss.requires_grad()) {
        of.push_back(shard.loss);
        by.push_back(at::ones({}, shard.loss.options()));
    }
    if (of.empty()) {
        return;
    }
    std::vector<at::Tensor> inputs = m_network.tensors();
    inputs.push_back(shard.items);
    if (items.asked.requires_grad()) {
        inputs.push_back(items.asked);
    }
    shard.gradients = torch::autograd::grad(of, inputs, by, false, false, true);
    if (items.asked.requires_grad()) {
        shard.byKeys = shard.gradients.back();
        shard.gradients.pop_back();
    }
    shard.byItems = shard.gradients.back();
    shard.gradients.pop_back();
}

double Trainer::apply(std::vector<Shard> &shards, const Items &items, const SoftmaxGradients &scored)
{
    Gradients gradients;
    at::Tensor byKeys = scored.table;
    for (Shard &shard : shards) {
        if (shard.byKeys.defined()) {
            byKeys = byKeys.defined() ? byKeys.add_(shard.byKeys) : shard.byKeys.contiguous();
        }
        if (!shard.gradients.empty()) {
            gradients.push_back(std::move(shard.gradients));
        }
    }
    at::Tensor byTower; // stays undefined where nothing was learned: the items' weights stay too
    if (byKeys.defined()) {
        byTower = items.keys.is_same(items.leaf)
                      ? byKeys
                      : torch::autograd::grad({items.keys}, {items.leaf}, {byKeys})[0];
    }
    for (const Shard &shard : shards) {
        if (shard.byItems.defined()) {
            byTower = byTower.defined() ? byTower : at::zeros_like(items.leaf);
            addRows(byTower, shard.rows, shard.byItems);
        }
    }
    if (byTower.defined() && items.tower.requires_grad()) {
        std::vector<at::Tensor> of{items.tower}, by{byTower};
        if (scored.bias.defined()) {
            of.push_back(items.bias);
            by.push_back(scored.bias);
        }
        gradients.push_back(
            torch::autograd::grad(of, m_network.tensors(), by, false, false, true));
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
