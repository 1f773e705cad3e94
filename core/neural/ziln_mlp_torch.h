#pragma once

// For core/neural and core/behavior alone: the zero-inflated lognormal's network as tensors.

#include "core/neural/losses_torch.h"
#include "core/neural/ziln_network.h"

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace perennial::net {

/// Features → raw logit, mu, sigma: linear layers with ReLU between them.
class ZilnMlp {
public:
    /// Random weights from `seed`; nothing global is touched. The first output starts at `logit`.
    ZilnMlp(const std::vector<std::int64_t> &sizes, std::uint64_t seed, double logit,
            at::ScalarType type = at::kFloat);
    /// Trained weights, without derivatives.
    explicit ZilnMlp(const std::vector<ZilnNetwork::Layer> &layers);

    /// @param x [n, sizes.front()]. @return [n, 3].
    at::Tensor operator()(const at::Tensor &x) const;
    const std::vector<at::Tensor> &weights() const noexcept { return m_weights; } ///< [out, in]
    const std::vector<at::Tensor> &biases() const noexcept { return m_biases; }
    std::vector<ZilnNetwork::Layer> layers() const;

private:
    std::vector<at::Tensor> m_weights, m_biases;
};

/// z-scores of rows [begin, end), clipped. @return [end − begin, columns] float.
at::Tensor zilnInputs(const ZilnNetwork &network, const FeatureMatrix &features, std::size_t begin,
                      std::size_t end);
ZilnBounds boundsOf(const ZilnNetwork &network);

} // namespace perennial::net
