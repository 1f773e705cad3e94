#pragma once

// For core/neural and core/behavior alone: the losses of the churn and value heads.

#include <torch/torch.h>

namespace perennial::net {

/// Parameters of a zero-inflated lognormal, one row each: P(y > 0) = σ(logit); log y ~ N(mu, sigma²)
/// given y > 0.
struct Ziln {
    at::Tensor logit, mu, sigma; ///< [n]; sigma > 0
};

/// Σ −log density of y >= 0: softplus(logit) where y = 0, else softplus(−logit) and the lognormal's.
/// Source: Wang, Liu & Miao (2019), eq. 4.
at::Tensor zilnLoss(const Ziln &ziln, const at::Tensor &y);
/// σ(logit) exp(mu + sigma² / 2).
at::Tensor zilnMean(const Ziln &ziln);

/// How raw outputs become a Ziln whose mean cannot explode: mu stays below the logarithm of the
/// largest value seen in training, sigma below the standard deviation of log values.
struct ZilnBounds {
    double center = 0;   ///< mean of log y over y > 0
    double spread = 1;   ///< its standard deviation, >= 0.05
    double largest = 0;  ///< log of the largest y
};
/// @param raw [n, 3].
Ziln boundedZiln(const at::Tensor &raw, const ZilnBounds &bounds);
/// The parametrisation of the paper, without bounds: logit, mu, softplus(third).
Ziln plainZiln(const at::Tensor &raw);

/// Σ of the logistic loss of `logit` [n] against `happened` [n] in {0, 1}.
at::Tensor logisticLoss(const at::Tensor &logit, const at::Tensor &happened);

} // namespace perennial::net
