#pragma once

// For core/survival alone: the likelihood of weibull_aft.h where it is concave.

#include "core/survival/concave.h"

#include <Eigen/Core>

namespace perennial {

/// Rows with a time. The first column of x is 1, the others are centred and in units of their
/// spread.
struct WeibullRows {
    Eigen::VectorXd logTime; ///< less its mean
    Eigen::VectorXd event;   ///< 1 or 0
    Eigen::MatrixXd x;       ///< column by column
    double meanLog = 0.0;
};

/// Σ δ (log α + w − log t) − e^w with w = α log t − x'γ; −∞ where α <= 0 or beyond reason.
/// @param at α first, then γ by column of x.
ConcavePoint weibullLikelihood(const WeibullRows &rows, const Eigen::VectorXd &at);

} // namespace perennial
