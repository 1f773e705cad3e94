#include "core/neural/runtime.h"
#include "core/neural/runtime_torch.h"
#include "core/neural/ziln_mlp_torch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>

namespace perennial {

namespace {

constexpr double kLeastSpread = 0.05;

Error wrong(const char *where, double value)
{
    return fail(ErrorCode::InvalidArgument, std::to_string(value), where);
}

Status checkOptions(const ZilnOptions &o)
{
    const auto within = [](double value, double low, double high) {
        return value >= low && value <= high; // false for NaN
    };
    for (const int units : o.hidden) {
        if (!within(units, 1, 1024)) {
            return wrong("hidden", units);
        }
    }
    if (!(o.learningRate > 0.0 && o.learningRate <= 1e6)) {
        return wrong("learning_rate", o.learningRate);
    }
    if (!within(o.weightDecay, 0.0, 1e3)) {
        return wrong("weight_decay", o.weightDecay);
    }
    if (!within(o.batchSize, 1, 65536)) {
        return wrong("batch_size", o.batchSize);
    }
    if (!within(o.epochs, 1, 10000)) {
        return wrong("epochs", o.epochs);
    }
    if (o.patience < 1) {
        return wrong("patience", o.patience);
    }
    if (!within(o.heldOutShare, 0.01, 0.5)) {
        return wrong("held_out_share", o.heldOutShare);
    }
    if (!within(o.members, 1, 20)) {
        return wrong("members", o.members);
    }
    return Done{};
}

struct Moments {
    double mean = 0.0, deviation = 0.0;
};

/// @param at(i) for i < n.
template <class At>
Moments momentsOf(std::size_t n, At at)
{
    Moments moments;
    for (std::size_t i = 0; i < n; ++i) {
        moments.mean += at(i) / static_cast<double>(n);
    }
    double squares = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        squares += (at(i) - moments.mean) * (at(i) - moments.mean) / static_cast<double>(n);
    }
    moments.deviation = std::sqrt(squares);
    return moments;
}

/// Everything but the members.
ZilnNetwork frameFor(const FeatureMatrix &features, std::span<const double> labels)
{
    ZilnNetwork network;
    network.columns = features.columns;
    const std::size_t width = features.columns.size();
    for (std::size_t c = 0; c < width; ++c) {
        const Moments m = momentsOf(features.rows(), [&](std::size_t i) {
            return static_cast<double>(features.values[i * width + c]);
        });
        const auto deviation = static_cast<float>(m.deviation);
        network.mean.push_back(static_cast<float>(m.mean));
        network.deviation.push_back(deviation > 0.0F && std::isfinite(deviation) ? deviation
                                                                                 : 1.0F);
    }
    std::vector<double> logs;
    for (const double y : labels) {
        network.negativePart += std::min(y, 0.0) / static_cast<double>(labels.size());
        if (y >= kLeastZilnValue) {
            logs.push_back(std::log(y));
        }
    }
    Moments log;
    if (!logs.empty()) {
        log = momentsOf(logs.size(), [&](std::size_t i) { return logs[i]; });
        network.center = log.mean;
        network.spread = std::max(log.deviation, kLeastSpread);
        network.largest = *std::max_element(logs.begin(), logs.end());
    }
    if (labels.size() < kLeastZilnRows || logs.size() < kLeastZilnPositives) {
        network.constant = {static_cast<double>(logs.size()) / static_cast<double>(labels.size()),
                            log.mean, log.deviation};
    }
    return network;
}

/// What all members learn from.
struct TrainingRows {
    at::Tensor x, y;    ///< [n, columns], [n]; y = 0 for no value
    double logit = 0.0; ///< of the share with a value
};

TrainingRows rowsOf(const ZilnNetwork &network, const FeatureMatrix &features,
                    std::span<const double> labels)
{
    std::vector<float> values;
    double positives = 0.0;
    for (const double y : labels) {
        const bool some = y >= kLeastZilnValue;
        values.push_back(some ? static_cast<float>(y) : 0.0F);
        positives += some ? 1.0 : 0.0;
    }
    const double others = static_cast<double>(labels.size()) - positives;
    return {net::zilnInputs(network, features, 0, features.rows()),
            at::tensor(values, at::TensorOptions().dtype(at::kFloat)),
            std::log((positives + 0.5) / (others + 0.5))};
}

at::Tensor indicesOf(const std::vector<std::int64_t> &rows)
{
    return at::tensor(rows, at::TensorOptions().dtype(at::kLong));
}

/// Trains one member.
class MemberTraining {
public:
    MemberTraining(const ZilnNetwork &network, const TrainingRows &rows,
                   const std::vector<bool> &held, const ZilnOptions &options, std::uint64_t seed)
        : m_rows(rows), m_bounds(net::boundsOf(network)), m_options(options), m_seed(seed),
          m_mlp({static_cast<std::int64_t>(network.columns.size()), options.hidden[0],
                 options.hidden[1], 3},
                seed, rows.logit),
          m_optimizer({group(m_mlp.weights(), options.weightDecay), group(m_mlp.biases(), 0.0)},
                      torch::optim::AdamWOptions(options.learningRate))
    {
        std::vector<std::int64_t> judges;
        for (std::size_t i = 0; i < held.size(); ++i) {
            (held[i] ? judges : m_learners).push_back(static_cast<std::int64_t>(i));
        }
        const at::Tensor judging = indicesOf(judges.empty() ? m_learners : judges);
        m_judgedX = rows.x.index_select(0, judging);
        m_judgedY = rows.y.index_select(0, judging);
    }

    Result<ZilnNetwork::Member> run(const Task &task)
    {
        ZilnNetwork::Member best;
        best.heldOutLoss = std::numeric_limits<double>::infinity();
        for (int epoch = 1; epoch <= m_options.epochs; ++epoch) {
            if (Status seen = runEpoch(epoch, task); !seen) {
                return seen.error();
            }
            const double loss = heldOutLoss();
            if (!std::isfinite(loss)) {
                return notFinite(epoch, "held-out");
            }
            if (loss < best.heldOutLoss) {
                best = {m_mlp.layers(), epoch, loss};
            }
            if (epoch - best.bestEpoch >= m_options.patience) {
                break;
            }
            task.progress(static_cast<double>(epoch) / m_options.epochs, "training");
        }
        return best;
    }

private:
    torch::optim::OptimizerParamGroup group(const std::vector<at::Tensor> &parameters,
                                            double decay) const
    {
        return {parameters,
                std::make_unique<torch::optim::AdamWOptions>(
                    torch::optim::AdamWOptions(m_options.learningRate).weight_decay(decay))};
    }

    static Error notFinite(int epoch, const std::string &batch)
    {
        return fail(ErrorCode::NotFinite, std::to_string(epoch) + "/" + batch, "loss");
    }

    Status runEpoch(int epoch, const Task &task)
    {
        shuffle(epoch);
        const at::Tensor order = indicesOf(m_learners);
        const std::int64_t size = order.numel();
        int batch = 0;
        for (std::int64_t from = 0; from < size; from += m_options.batchSize) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            ++batch;
            const std::int64_t n = std::min<std::int64_t>(m_options.batchSize, size - from);
            if (!step(order.narrow(0, from, n))) {
                return notFinite(epoch, std::to_string(batch));
            }
        }
        return Done{};
    }

    void shuffle(int epoch)
    {
        Rng rng(m_seed, static_cast<std::uint64_t>(epoch));
        for (std::size_t i = m_learners.size(); i > 1; --i) {
            std::swap(m_learners[i - 1], m_learners[rng.below(static_cast<std::uint32_t>(i))]);
        }
    }

    /// False where the loss is not finite; no weight has moved then.
    bool step(const at::Tensor &batch)
    {
        const at::Tensor raw = m_mlp(m_rows.x.index_select(0, batch));
        const at::Tensor loss =
            net::zilnLoss(net::boundedZiln(raw, m_bounds), m_rows.y.index_select(0, batch)) /
            batch.numel();
        if (!std::isfinite(loss.item<double>())) {
            return false;
        }
        m_optimizer.zero_grad();
        loss.backward();
        m_optimizer.step();
        return true;
    }

    double heldOutLoss() const
    {
        const at::NoGradGuard frozen;
        const net::Ziln ziln = net::boundedZiln(m_mlp(m_judgedX), m_bounds);
        return net::zilnLoss(ziln, m_judgedY).item<double>() /
               static_cast<double>(m_judgedY.numel());
    }

    const TrainingRows &m_rows;
    net::ZilnBounds m_bounds;
    const ZilnOptions &m_options;
    std::uint64_t m_seed;
    net::ZilnMlp m_mlp;
    torch::optim::AdamW m_optimizer;
    std::vector<std::int64_t> m_learners;
    at::Tensor m_judgedX, m_judgedY;
};

Result<ZilnNetwork> train(const FeatureMatrix &features, std::span<const double> labels,
                          const ZilnOptions &options, const Task &task)
{
    ZilnNetwork network = frameFor(features, labels);
    if (network.constant) {
        return network;
    }
    const TrainingRows rows = rowsOf(network, features, labels);
    for (int k = 0; k < options.members; ++k) {
        const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(k);
        MemberTraining training(network, rows, heldOutRows(features, options.heldOutShare, seed),
                                options, seed);
        auto member = training.run(
            task.part(static_cast<double>(k) / options.members, (k + 1.0) / options.members));
        if (!member) {
            return member.error();
        }
        network.members.push_back(*std::move(member));
    }
    return network;
}

} // namespace

Result<ZilnNetwork> trainZilnNetwork(const FeatureMatrix &features, std::span<const double> labels,
                                     const ZilnOptions &options, const Task &task)
{
    for (const Status &status : {checkOptions(options), checkTrainingRows(features, labels)}) {
        if (!status) {
            return status.error();
        }
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    return withTorchErrors([&]() -> Result<ZilnNetwork> {
        prepareTorchRuntime();
        prepareTorchThread();
        return train(features, labels, options, task);
    });
}

} // namespace perennial
