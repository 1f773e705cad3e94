#pragma once

// For core/neural and core/behavior alone: losses of the next item that look at a few of the items
// only.

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace perennial::net {

/// Scores of items: queries · keysᵀ + bias.
struct ItemScoring {
    at::Tensor queries; ///< [m, d]
    at::Tensor keys;    ///< [v, d]
    at::Tensor bias;    ///< [v]
};

/// Items drawn with replacement, the same ones for all rows of a loss.
struct Negatives {
    at::Tensor items;       ///< [k] int64 in [0, v)
    at::Tensor logExpected; ///< [v]: log of how often each item is expected among k
};

/// Draws items by given shares.
class NegativeSampler {
public:
    /// @param logShares [v] finite, on the CPU; need not sum to 1.
    NegativeSampler(const at::Tensor &logShares, const at::Device &device);
    /// The same items for the same key. @param count >= 1.
    Negatives draw(std::int64_t count, std::uint64_t key) const;

private:
    std::vector<double> m_cumulative;
    at::Tensor m_logShares; ///< [v], sum to 1
};

/// Σ over rows of −log of the target's share of e^score, where the sum over all other items is
/// estimated without bias from the drawn ones: each counts e^score / expected. As k grows it becomes
/// the full softmax (softmax_loss_torch.h), and so the scores stay log probabilities up to a constant.
/// @param target [m] int64 in [0, v). @return a scalar.
/// Sources: Bengio & Senécal (2008), "Adaptive importance sampling to accelerate training of a neural
/// probabilistic language model", eq. 8; Yi et al. (2019), "Sampling-bias-corrected neural modeling",
/// eq. 3 for the correction by log Q.
at::Tensor sampledSoftmaxLoss(const ItemScoring &scoring, const at::Tensor &target,
                              const Negatives &negatives);

/// Σ over rows of the binary cross-entropy of "this is the target, not a drawn item", over the target
/// and the k drawn items, whose log odds are score − log expected: least where e^score is the
/// probability of the next item.
/// Sources: Gutmann & Hyvärinen (2010), "Noise-contrastive estimation", eq. 3; Mnih & Teh (2012),
/// eq. 8.
at::Tensor contrastedLoss(const ItemScoring &scoring, const at::Tensor &target,
                          const Negatives &negatives);

} // namespace perennial::net
