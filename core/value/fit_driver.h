#pragma once

#include "core/features/customer_summary.h"
#include "core/value/model_fit.h"
#include "core/numeric/optimizer.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// A maximum-likelihood problem over log-parameters. The objective is minus the mean
/// log-likelihood, so that tolerances mean the same for ten customers and ten million.
struct FitProblem {
    std::function<Objective(const RepeatTable &)> objectiveFor;
    std::vector<Eigen::VectorXd> starts;
    Box box;
};

/// The best of several starts. With many rows the starts compete on every k-th row, and only the
/// winner is run on all.
/// @param objective of all customers.
Optimum bestOfStarts(const RepeatTable &customers, const Objective &objective,
                     const FitProblem &problem, const FitOptions &options, const Task &task);

/// Several starts on one objective.
Optimum bestOfStarts(const Objective &objective, const std::vector<Eigen::VectorXd> &starts,
                     const Box &box, const FitOptions &options, const Task &task);

/// Fills parameters, covariance, standard errors and log-likelihood from an optimum; status is
/// Converged, or Failed ("iterations"), or Boundary ("at_limit") where the Hessian gives no
/// covariance or a parameter sits on the box. A model narrows the reason down afterwards.
ModelFit describeFit(std::string_view model, std::span<const std::string_view> names,
                     const Objective &objective, const Box &box, const Optimum &optimum,
                     double customers);

/// True where a model whose starts reach down to a simpler one, fitted on the same rows, explains the
/// customers no better.
bool explainsNoMore(const ModelFit &simpler, const Optimum &optimum);

/// True where a model with dropout, whose starts reach down to next to none, explains the customers no
/// better than the NBD fitted on the same rows: the data then show no churn.
bool showsNoChurn(const ModelFit &nbd, const Optimum &withDropout);
/// The NBD in the place of `model`: Boundary, "no_churn".
ModelFit noChurnFit(std::string_view model, ModelFit nbd, int evaluations);

/// True where the data leave a parameter open to beyond recognition: it is large, and its
/// logarithm's standard error is unknown or above 1.
bool isRunningAway(const ModelFit &fit, std::size_t parameter, double large);

/// A box of ± `width` around a centre, in log units.
Box boxAround(const Eigen::VectorXd &centre, double width);

} // namespace perennial
