#pragma once

// For core/neural and core/behavior alone: the loss of a time until something happens.

#include <torch/torch.h>

namespace perennial::net {

/// Times of n users, of the type of the outputs they are judged with.
struct Waiting {
    at::Tensor days;     ///< [n] whole, >= 1: the day on which it happened, or the last one watched
    at::Tensor happened; ///< [n] in {0, 1}; 0 = censored: not up to the end of that day
};

/// Cumulative hazards of each stretch of time: softplus(raw), kept within ± 20 before it, so that
/// neither a hazard nor its logarithm is ever infinite.
at::Tensor stretchHazards(const at::Tensor &raw);

/// Σ −log likelihood of the times under a hazard that is constant within each stretch between two
/// edges: S(t) = exp(−Σ hazard × share of the stretch up to t), P(day t) = S(t − 1) − S(t). Who
/// waits longer than the last edge counts as censored there.
/// @param raw [n, k]. @param edges [k + 1] ascending whole days from 0. @return a scalar.
/// Sources: Friedman (1982), "Piecewise exponential models for survival data with covariates",
/// Annals of Statistics 10; Kvamme & Borgan (2021), "Continuous and discrete-time survival
/// prediction with neural networks", Lifetime Data Analysis 27, § 3.3 for the softplus.
at::Tensor waitingLoss(const at::Tensor &raw, const Waiting &waiting, const at::Tensor &edges);

} // namespace perennial::net
