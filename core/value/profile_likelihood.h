#pragma once

#include "core/base/task.h"
#include "core/numeric/optimizer.h"

#include <Eigen/Core>

#include <optional>

namespace perennial {

/// A maximum of a likelihood over log-parameters, and what is known around it.
struct LikelihoodPeak {
    Objective objective; ///< minus the mean log-likelihood
    double customers = 0.0;
    Eigen::VectorXd at;
    Eigen::MatrixXd covariance; ///< of `at`, by the normal approximation; empty where unknown
};

struct ProfileOptions {
    double level = 0.9;    ///< of the interval, in (0, 1)
    double reach = 18.0;   ///< farthest looked at, in log units from the peak
    int maxIterations = 500; ///< for the other parameters, at each point of the profile
};

/// An interval of a log-parameter. An end that is none is open: nothing up to the reach is unlikely
/// enough, or the other parameters' maximum was not found there.
struct LogInterval {
    std::optional<double> lower, upper;
    bool cancelled = false;
};

/// Where twice the log-likelihood, the other parameters at their best, has come down by the χ²₁
/// quantile of the level. Newton steps on the signed root of that fall, which is next to straight;
/// bracketed. Where the profile has several crossings, one of them.
/// Source: Venzon & Moolgavkar (1988), JRSS C 37(1); Barndorff-Nielsen & Cox (1994), Inference and
/// Asymptotics, §3.4. Cost: about five maximisations a side.
LogInterval profileInterval(const LikelihoodPeak &peak, Eigen::Index which,
                            const ProfileOptions &options, const Task &task);

/// z with P(|N(0, 1)| <= z) = level.
double normalReach(double level);

/// A gradient of the mean log-likelihood as small as this moves the log-likelihood of all by next to
/// nothing.
double flatEnough(double customers);

} // namespace perennial
