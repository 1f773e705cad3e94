#include "core/neural/item_losses_torch.h"

#include "core/base/rng.h"
#include "core/neural/ops_torch.h"

#include <algorithm>
#include <cmath>

namespace perennial::net {

namespace {

constexpr std::uint64_t kNegativeStream = 9;

/// Score of each row's own target. @return [m].
at::Tensor targetScores(const ItemScoring &scoring, const at::Tensor &target)
{
    return (scoring.queries * sumRows(scoring.keys, target.unsqueeze(1))).sum(1) +
           scoring.bias.index_select(0, target);
}

/// Scores of the drawn items less the log of how often they were to be expected. @return [m, k].
at::Tensor correctedScores(const ItemScoring &scoring, const Negatives &negatives)
{
    const at::Tensor keys = sumRows(scoring.keys, negatives.items.unsqueeze(1));
    const at::Tensor bias =
        (scoring.bias - negatives.logExpected).index_select(0, negatives.items);
    return at::addmm(bias, scoring.queries, keys.t());
}

} // namespace

NegativeSampler::NegativeSampler(const at::Tensor &logShares, const at::Device &device)
{
    const at::Tensor logs = at::log_softmax(logShares.to(at::kDouble), 0).contiguous();
    const double *from = logs.data_ptr<double>();
    double sum = 0;
    for (std::int64_t i = 0; i < logs.numel(); ++i) {
        sum += std::exp(from[i]);
        m_cumulative.push_back(sum);
    }
    m_logShares = logs.to(device, logShares.scalar_type());
}

Negatives NegativeSampler::draw(std::int64_t count, std::uint64_t key) const
{
    Rng rng(key, kNegativeStream);
    std::vector<std::int64_t> items;
    items.reserve(static_cast<std::size_t>(count));
    for (std::int64_t k = 0; k < count; ++k) {
        const auto found = std::upper_bound(m_cumulative.begin(), m_cumulative.end() - 1,
                                            rng.uniform() * m_cumulative.back());
        items.push_back(found - m_cumulative.begin());
    }
    return {at::tensor(items, at::TensorOptions().dtype(at::kLong)).to(m_logShares.device()),
            m_logShares + std::log(static_cast<double>(count))};
}

at::Tensor sampledSoftmaxLoss(const ItemScoring &scoring, const at::Tensor &target,
                              const Negatives &negatives)
{
    const at::Tensor hit = targetScores(scoring, target);
    const at::Tensor same = target.unsqueeze(1).eq(negatives.items.unsqueeze(0));
    const at::Tensor others = correctedScores(scoring, negatives).masked_fill(same, -1e30);
    return (at::logsumexp(at::cat({hit.unsqueeze(1), others}, 1), {1}) - hit).sum();
}

at::Tensor contrastedLoss(const ItemScoring &scoring, const at::Tensor &target,
                          const Negatives &negatives)
{
    const at::Tensor hit =
        targetScores(scoring, target) - negatives.logExpected.index_select(0, target);
    return at::softplus(-hit).sum() + at::softplus(correctedScores(scoring, negatives)).sum();
}

} // namespace perennial::net
