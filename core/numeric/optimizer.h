#pragma once

#include "core/base/task.h"

#include <Eigen/Core>

#include <functional>
#include <optional>

namespace perennial {

/// A function's value and gradient at a point.
struct Evaluation {
    double value = 0.0;
    Eigen::VectorXd gradient;
};
using Objective = std::function<Evaluation(const Eigen::VectorXd &)>;

struct Box {
    Eigen::VectorXd lower, upper;
};

struct OptimizerOptions {
    int maxIterations = 500;
    double gradientTolerance = 1e-9; ///< largest component, free coordinates only
    double longestStep = 2.0;        ///< in any coordinate: log-parameters must not run off at once
    /// Of the Hessian near the start, where it is known; empty: the first step is steepest descent.
    Eigen::MatrixXd inverseHessian;
};

struct Optimum {
    Eigen::VectorXd at;
    double value = 0.0;
    Eigen::VectorXd gradient;
    bool converged = false; ///< the gradient over the coordinates not held by the box vanished
    bool cancelled = false;
    int iterations = 0;
    int evaluations = 0;
    Eigen::MatrixXd inverseHessian; ///< as BFGS has it by then: positive definite, no more
};

/// Smallest value in a box, by BFGS with a weak-Wolfe line search; points where the objective is
/// not finite are stepped back from.
/// Source: Nocedal & Wright (2006), Numerical Optimization, ch. 6; line search of Lewis & Overton
/// (2013). Measured against NLopt: README.md.
Optimum minimize(const Objective &objective, const Eigen::VectorXd &start, const Box &box,
                 const OptimizerOptions &options, const Task &task);

/// Hessian by central differences of the gradient, symmetrised.
Eigen::MatrixXd hessianOf(const Objective &objective, const Eigen::VectorXd &at);

/// Newton steps from an optimum that BFGS found, while they shrink the gradient.
struct Polished {
    Optimum optimum;
    Eigen::MatrixXd hessian; ///< there, or so near that it is the same to 6 digits
};
Polished polish(const Objective &objective, const Box &box, Optimum from);

/// Inverse of a Hessian that is safely positive definite (condition below 1e12), else empty.
std::optional<Eigen::MatrixXd> inverseOfPositive(const Eigen::MatrixXd &hessian);

} // namespace perennial
