#pragma once

// For core/survival alone: the top of a concave log-likelihood, or the way it rises for ever.

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/survival/survival_fit.h"

#include <Eigen/Core>

#include <functional>
#include <vector>

namespace perennial {

struct ConcavePoint {
    double value = 0.0; ///< not finite = too far
    Eigen::VectorXd gradient;
    Eigen::MatrixXd information; ///< −Hessian, positive semidefinite
};
using Concave = std::function<ConcavePoint(const Eigen::VectorXd &)>;

struct ConcaveTop {
    SurvivalFitStatus status = SurvivalFitStatus::DidNotConverge;
    Eigen::VectorXd at;
    ConcavePoint point;
    Eigen::VectorXd lastStep; ///< where the likelihood is monotone: the way up
    std::vector<bool> runsOff; ///< coordinates along it
    int iterations = 0;
};

/// Newton steps, halved until the value rises. Near the top each step squares the error; where
/// there is no top each step gains a constant share of what is left, by moving as far as the one
/// before: that is told by a gain near 0 from a step that still moves a linear predictor.
/// @param at, from where to start and what the function is there.
/// @param reach how far the linear predictor moves at most for a unit of each coordinate; 0 = the
/// coordinate is none of a covariate.
/// @error Cancelled; NotFinite where the value at the start isn't.
/// Source: Nocedal & Wright (2006), Numerical Optimization, ch. 3; monotone likelihoods: Bryson &
/// Johnson (1981), Technometrics 23, 381–383; Heinze & Schemper (2001), Biometrics 57, 114–119.
Result<ConcaveTop> climb(const Concave &function, const Eigen::VectorXd &at, ConcavePoint from,
                         const Eigen::VectorXd &reach, const Task &task);

/// What each column adds to those before it, from their information.
/// @param least diagonals up to it are of a Constant column. Cost O(columns³).
std::vector<TermState> statesOf(const Eigen::MatrixXd &information, double least);

/// Inverse of an information matrix, by its scaled entries. Empty where it has none.
Eigen::MatrixXd inverseInformation(const Eigen::MatrixXd &information);

} // namespace perennial
