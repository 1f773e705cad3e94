#include "core/value/fit_driver.h"

#include <cmath>
#include <numeric>

namespace perennial {

namespace {

/// A standard error of a log-parameter from which on nothing is known of it: a factor of 22 000.
constexpr double kUnknowable = 10.0;

/// Per customer and log-parameter: where BFGS hands over to Newton steps.
constexpr double kGradientTolerance = 1e-8;
/// A line search that stalls closer than this has met rounding, not a failure.
constexpr double kRoundingGradient = 1e-6;
constexpr std::size_t kRowsForStarts = 10000;

double totalRepeats(const RepeatTable &table)
{
    return std::inner_product(table.x.begin(), table.x.end(), table.weight.begin(), 0.0);
}

RepeatTable everyNth(const RepeatTable &table, std::size_t step)
{
    RepeatTable part;
    for (std::size_t i = 0; i < table.size(); i += step) {
        part.x.push_back(table.x[i]);
        part.tx.push_back(table.tx[i]);
        part.T.push_back(table.T[i]);
        part.weight.push_back(table.weight[i]);
        part.customers += table.weight[i];
    }
    if (table.logGaps) {
        // All that is known of the part's gaps: its share of them.
        part.logGaps = *table.logGaps * (totalRepeats(part) / totalRepeats(table));
    }
    return part;
}

Optimum runFrom(const Objective &objective, const Eigen::VectorXd &start, const Box &box,
                const FitOptions &options, const Task &task, OptimizerOptions how)
{
    how.maxIterations = options.maxIterations;
    how.gradientTolerance = kGradientTolerance;
    Optimum optimum = minimize(objective, start, box, how, task);
    const bool nearlyThere = optimum.gradient.allFinite() &&
                             optimum.gradient.lpNorm<Eigen::Infinity>() < kRoundingGradient;
    optimum.converged = optimum.converged || nearlyThere;
    return optimum;
}

} // namespace

Optimum bestOfStarts(const Objective &objective, const std::vector<Eigen::VectorXd> &starts,
                     const Box &box, const FitOptions &options, const Task &task)
{
    Optimum best;
    int evaluations = 0;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        task.progress(static_cast<double>(i) / static_cast<double>(starts.size()), "fitting");
        Optimum optimum = runFrom(objective, starts[i], box, options, task, {});
        evaluations += optimum.evaluations;
        if (optimum.cancelled) {
            return optimum;
        }
        const bool better = std::isfinite(optimum.value) &&
                            (best.at.size() == 0 || optimum.value < best.value);
        if (better) {
            best = std::move(optimum);
        }
    }
    best.evaluations = evaluations;
    return best;
}

Optimum bestOfStarts(const RepeatTable &customers, const Objective &objective,
                     const FitProblem &problem, const FitOptions &options, const Task &task)
{
    if (customers.size() < 2 * kRowsForStarts) {
        return bestOfStarts(objective, problem.starts, problem.box, options, task);
    }
    const RepeatTable part = everyNth(customers, customers.size() / kRowsForStarts);
    const Optimum rough = bestOfStarts(problem.objectiveFor(part), problem.starts, problem.box,
                                       options, task.part(0.0, 0.5));
    if (rough.cancelled) {
        return rough;
    }
    // The part's curvature is that of all, near enough.
    OptimizerOptions how;
    how.inverseHessian = rough.inverseHessian;
    return runFrom(objective, rough.at.size() > 0 ? rough.at : problem.starts[0], problem.box,
                   options, task.part(0.5, 1.0), std::move(how));
}

ModelFit describeFit(std::string_view model, std::span<const std::string_view> names,
                     const Objective &objective, const Box &box, const Optimum &optimum,
                     double customers)
{
    ModelFit fit;
    fit.model = model;
    fit.reportedModel = model;
    fit.names.assign(names.begin(), names.end());
    fit.customers = std::llround(customers);
    fit.evaluations = optimum.evaluations;
    if (optimum.at.size() == 0 || !optimum.converged) {
        fit.reason = "iterations";
        return fit;
    }
    const Polished polished = polish(objective, box, optimum);
    const Optimum &best = polished.optimum;
    fit.status = FitStatus::Converged;
    fit.logLikelihood = -best.value * customers;
    fit.evaluations = best.evaluations;
    const Eigen::Index n = best.at.size();
    bool onTheBox = false;
    for (Eigen::Index i = 0; i < n; ++i) {
        fit.parameters.push_back(std::exp(best.at[i]));
        onTheBox = onTheBox || best.at[i] <= box.lower[i] || best.at[i] >= box.upper[i];
    }
    const auto inverse = inverseOfPositive(polished.hessian);
    if (onTheBox || !inverse) {
        fit.status = FitStatus::Boundary;
        fit.reason = "at_limit";
        return fit;
    }
    const Eigen::MatrixXd covariance = *inverse / customers;
    if (covariance.diagonal().maxCoeff() > kUnknowable * kUnknowable) {
        return fit; // the likelihood is flat there: what the inverse says is rounding
    }
    for (Eigen::Index i = 0; i < n; ++i) {
        const double logError = std::sqrt(covariance(i, i));
        fit.logStandardErrors.push_back(logError);
        fit.standardErrors.push_back(logError * fit.parameters[static_cast<std::size_t>(i)]);
        for (Eigen::Index j = 0; j < n; ++j) {
            fit.logCovariance.push_back(covariance(i, j));
        }
    }
    return fit;
}

bool explainsNoMore(const ModelFit &simpler, const Optimum &optimum)
{
    // Where a model adds less to the log-likelihood than this, the data have no use for it.
    const double negligible = 1e-3 + 1e-9 * std::abs(simpler.logLikelihood);
    const double best = -optimum.value * static_cast<double>(simpler.customers);
    const double gain = best - simpler.logLikelihood;
    return optimum.at.size() > 0 && gain <= negligible &&
           (optimum.converged || gain >= -negligible);
}

bool showsNoChurn(const ModelFit &nbd, const Optimum &withDropout)
{
    return explainsNoMore(nbd, withDropout);
}

ModelFit noChurnFit(std::string_view model, ModelFit nbd, int evaluations)
{
    nbd.model = model;
    nbd.status = FitStatus::Boundary;
    nbd.reason = "no_churn";
    nbd.evaluations += evaluations;
    return nbd;
}

bool isRunningAway(const ModelFit &fit, std::size_t parameter, double large)
{
    return fit.usable() && fit.parameters[parameter] > large &&
           (!fit.hasCovariance() || fit.logStandardErrors[parameter] > 1.0);
}

Box boxAround(const Eigen::VectorXd &centre, double width)
{
    const Eigen::VectorXd reach = Eigen::VectorXd::Constant(centre.size(), width);
    return {centre - reach, centre + reach};
}

} // namespace perennial
