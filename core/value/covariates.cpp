#include "core/value/covariates.h"

#include "core/value/covariate_design.h"
#include "core/value/fit_driver.h"
#include "core/numeric/special.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace perennial {

namespace {

constexpr std::size_t kCustomersPerCheck = 4096;
/// Between the customers furthest apart an effect of e^8 = 3 000 times, known to no better than e^±4,
/// is one that runs away.
constexpr double kLargeSpread = 8.0;
constexpr double kUncertainSpread = 4.0;
/// Logarithms of a customer's parameters are kept within this.
constexpr double kLargestLog = 60.0;

struct Problem {
    CovariateModel model;
    std::vector<RepeatHistory> customers;
    CovariateDesign design;

    Eigen::Index parameters() const
    {
        return static_cast<Eigen::Index>(model.model->parameterNames().size());
    }
    Eigen::Index covariates() const { return design.z.cols(); }
    Eigen::Index effects() const { return static_cast<Eigen::Index>(model.effects.size()); }
    Eigen::Index size() const { return parameters() + effects() * covariates(); }
    const CovariateEffect &effect(Eigen::Index e) const
    {
        return model.effects[static_cast<std::size_t>(e)];
    }
};

/// Minus the mean log-likelihood of (log-parameters at the mean covariates, γ per standard deviation).
Evaluation evaluate(const Problem &problem, const Eigen::VectorXd &at)
{
    const Eigen::Index k = problem.parameters();
    const Eigen::Index columns = problem.covariates();
    std::array<double, 4> p{};
    const std::span<const double> parameters(p.data(), static_cast<std::size_t>(k));
    const Eigen::VectorXd baseline = at.head(k).array().exp();
    double value = 0.0;
    Eigen::VectorXd gradient = Eigen::VectorXd::Zero(at.size());
    for (std::size_t i = 0; i < problem.customers.size(); ++i) {
        const auto z = problem.design.z.row(static_cast<Eigen::Index>(i));
        std::copy_n(baseline.data(), k, p.begin());
        for (Eigen::Index e = 0; e < problem.effects(); ++e) {
            const CovariateEffect &effect = problem.effect(e);
            const double shift = z.dot(at.segment(k + e * columns, columns));
            p[effect.parameter] *= std::exp(effect.sign * shift);
        }
        const CustomerLikelihood ll = problem.model.ofCustomer(parameters, problem.customers[i]);
        value += ll.value;
        for (Eigen::Index j = 0; j < k; ++j) {
            gradient[j] += ll.logGradient[static_cast<std::size_t>(j)];
        }
        for (Eigen::Index e = 0; e < problem.effects(); ++e) {
            const CovariateEffect &effect = problem.effect(e);
            gradient.segment(k + e * columns, columns) +=
                effect.sign * ll.logGradient[effect.parameter] * z.transpose();
        }
    }
    const double scale = -1.0 / static_cast<double>(problem.customers.size());
    return {scale * value, scale * gradient};
}

/// From what was fitted to what is reported: log-parameters at z = 0, γ per unit.
Eigen::MatrixXd toUserScale(const Problem &problem)
{
    const Eigen::Index k = problem.parameters();
    const CovariateDesign &design = problem.design;
    Eigen::MatrixXd map = Eigen::MatrixXd::Identity(problem.size(), problem.size());
    for (Eigen::Index e = 0; e < problem.effects(); ++e) {
        const CovariateEffect &effect = problem.effect(e);
        for (Eigen::Index c = 0; c < problem.covariates(); ++c) {
            const Eigen::Index i = k + e * problem.covariates() + c;
            map(i, i) = 1.0 / design.deviation[c];
            map(static_cast<Eigen::Index>(effect.parameter), i) =
                -effect.sign * design.mean[c] / design.deviation[c];
        }
    }
    return map;
}

Box boxFor(const Problem &problem, const Eigen::VectorXd &start)
{
    Box box = boxAround(start, 18.0);
    for (Eigen::Index i = problem.parameters(); i < problem.size(); ++i) {
        const double range = problem.design.range[(i - problem.parameters()) % problem.covariates()];
        box.lower[i] = -25.0 / range;
        box.upper[i] = 25.0 / range;
    }
    return box;
}

/// The plain fit with γ = 0, which the fit can't fall below, and one with firmer dropout.
std::vector<Eigen::VectorXd> startsFrom(const Problem &problem, const ModelFit &plain)
{
    Eigen::VectorXd start = Eigen::VectorXd::Zero(problem.size());
    for (Eigen::Index i = 0; i < problem.parameters(); ++i) {
        start[i] = std::log(plain.parameters[static_cast<std::size_t>(i)]);
    }
    Eigen::VectorXd firmer = start;
    firmer.segment(0, problem.parameters()).array() += 0.7;
    return {start, firmer};
}

void describeTerms(CovariateFit &fit, const Problem &problem, const Eigen::VectorXd &at,
                   const Eigen::VectorXd &user, const Eigen::MatrixXd &covariance,
                   const std::vector<std::string> &names)
{
    const Eigen::Index k = problem.parameters();
    const bool known = covariance.size() > 0;
    for (Eigen::Index i = k; i < problem.size(); ++i) {
        const Eigen::Index c = (i - k) % problem.covariates();
        const CovariateEffect &effect = problem.effect((i - k) / problem.covariates());
        CovariateTerm term;
        term.covariate = names[static_cast<std::size_t>(c)];
        term.parameter = problem.model.model->parameterNames()[effect.parameter];
        term.coefficient = user[i];
        const double range = problem.design.range[c];
        double uncertainty = kUncertainSpread;
        if (known) {
            const double error = std::sqrt(covariance(i, i));
            term.standardError = error;
            term.z = user[i] / error;
            uncertainty = error * problem.design.deviation[c] * range;
        }
        const bool isWide = std::abs(at[i]) * range > kLargeSpread;
        // A flat likelihood may also simply not know: an error of e^4 either way is no estimate.
        term.unbounded = (isWide && uncertainty >= kUncertainSpread) ||
                         (known && uncertainty > 2.0 * kLargeSpread);
        fit.terms.push_back(std::move(term));
    }
}

/// Baseline and terms of an optimum. With a Hessian that gives no covariance, none.
CovariateFit describe(const Problem &problem, const Objective &objective, const Box &box,
                      const Optimum &optimum, const std::vector<std::string> &names)
{
    CovariateFit fit;
    ModelFit &baseline = fit.baseline;
    const auto customers = static_cast<double>(problem.customers.size());
    baseline.model = baseline.reportedModel = problem.model.model->name();
    baseline.customers = static_cast<std::int64_t>(problem.customers.size());
    for (const std::string_view name : problem.model.model->parameterNames()) {
        baseline.names.emplace_back(name);
    }
    baseline.evaluations = optimum.evaluations;
    if (optimum.at.size() == 0 || !optimum.converged) {
        baseline.reason = "iterations";
        return fit;
    }
    const Polished polished = polish(objective, box, optimum);
    const Eigen::VectorXd &at = polished.optimum.at;
    const Eigen::MatrixXd map = toUserScale(problem);
    const Eigen::VectorXd user = map * at;
    const auto inverse = inverseOfPositive(polished.hessian);
    Eigen::MatrixXd covariance;
    if (inverse) {
        covariance = map * *inverse * map.transpose() / customers;
    }
    baseline.status = FitStatus::Converged;
    baseline.logLikelihood = -polished.optimum.value * customers;
    baseline.evaluations = polished.optimum.evaluations;
    const Eigen::Index k = problem.parameters();
    for (Eigen::Index i = 0; i < k; ++i) {
        baseline.parameters.push_back(std::exp(std::clamp(user[i], -kLargestLog, kLargestLog)));
        if (!inverse) {
            continue;
        }
        const double error = std::sqrt(covariance(i, i));
        baseline.logStandardErrors.push_back(error);
        baseline.standardErrors.push_back(error * baseline.parameters.back());
        for (Eigen::Index j = 0; j < k; ++j) {
            baseline.logCovariance.push_back(covariance(i, j));
        }
    }
    fit.covariance.assign(covariance.data(), covariance.data() + covariance.size());
    describeTerms(fit, problem, at, user, covariance, names);
    const bool onTheBox = (at.array() <= box.lower.array() || at.array() >= box.upper.array()).any();
    if (onTheBox || !inverse) {
        baseline.status = FitStatus::Boundary;
        baseline.reason = "at_limit";
    }
    if (std::any_of(fit.terms.begin(), fit.terms.end(), [](const auto &t) { return t.unbounded; })) {
        baseline.status = FitStatus::Boundary;
        baseline.reason = "unbounded_effect";
    }
    return fit;
}

/// P(chi-square with this many degrees of freedom > ratio).
double chiSquareTail(double ratio, int degrees)
{
    return upperGamma(0.5 * degrees, 0.5 * ratio);
}

std::vector<RepeatHistory> historiesOf(const CustomerSummary &customers)
{
    std::vector<RepeatHistory> histories;
    histories.reserve(customers.size());
    for (std::size_t i = 0; i < customers.size(); ++i) {
        histories.push_back({customers.x[i], customers.tx[i], customers.T[i]});
    }
    return histories;
}

} // namespace

Result<CovariateFit> fitWithCovariates(std::string_view model, const CustomerSummary &customers,
                                       const CovariateTable &covariates, const FitOptions &options,
                                       const Task &task)
{
    const auto asked = findCovariateModel(model);
    if (!asked) {
        return asked.error();
    }
    auto plain = fitFrequencyModel(model, customers, options, task.part(0.0, 0.3));
    if (!plain) {
        return plain.error();
    }
    auto design = standardised(covariates, customers.size());
    if (!design) {
        return design.error();
    }
    if (!plain->usable()) {
        CovariateFit failed;
        failed.baseline = failed.plain = *std::move(plain);
        return failed;
    }
    // Without churn there is nothing that covariates of it could explain.
    const auto reported = findCovariateModel(plain->reportedModel);
    if (!reported) {
        return reported.error();
    }
    const auto problem = std::make_shared<const Problem>(
        Problem{*reported, historiesOf(customers), *std::move(design)});
    const Objective objective = [problem](const Eigen::VectorXd &at) {
        return evaluate(*problem, at);
    };
    const std::vector<Eigen::VectorXd> starts = startsFrom(*problem, *plain);
    const Box box = boxFor(*problem, starts[0]);
    const Optimum optimum = bestOfStarts(objective, starts, box, options, task.part(0.3, 0.9));
    if (optimum.cancelled) {
        return fail(ErrorCode::Cancelled);
    }
    CovariateFit fit = describe(*problem, objective, box, optimum, covariates.names);
    fit.baseline.model = model;
    if (plain->reason == "no_churn" && fit.baseline.usable()) {
        fit.baseline.status = FitStatus::Boundary;
        fit.baseline.reason = plain->reason;
    }
    fit.degreesOfFreedom = static_cast<int>(fit.terms.size());
    if (fit.baseline.usable()) {
        fit.likelihoodRatio =
            std::max(0.0, 2.0 * (fit.baseline.logLikelihood - plain->logLikelihood));
        fit.pValue = chiSquareTail(fit.likelihoodRatio, fit.degreesOfFreedom);
    }
    fit.plain = *std::move(plain);
    return fit;
}

std::vector<double> parametersFor(const CovariateFit &fit, std::span<const double> z)
{
    std::vector<double> parameters = fit.baseline.parameters;
    const auto model = findCovariateModel(fit.baseline.reportedModel);
    std::size_t term = 0;
    for (const CovariateEffect &effect : model->effects) {
        double log = std::log(parameters[effect.parameter]);
        for (const double value : z) {
            log += effect.sign * fit.terms[term++].coefficient * value;
        }
        parameters[effect.parameter] = std::exp(std::clamp(log, -kLargestLog, kLargestLog));
    }
    return parameters;
}

Result<FrequencyPrediction> predictWithCovariates(const CovariateFit &fit,
                                                  const CustomerSummary &customers,
                                                  const CovariateTable &covariates, double t,
                                                  const Task &task)
{
    if (!fit.baseline.usable()) {
        return fail(ErrorCode::NotTrained, fit.baseline.reason, fit.baseline.model);
    }
    if (const Status sound = checkCovariates(covariates, customers.size()); !sound) {
        return sound.error();
    }
    const auto model = findCovariateModel(fit.baseline.reportedModel);
    if (!model) {
        return model.error();
    }
    if (fit.terms.size() != covariates.names.size() * model->effects.size()) {
        return fail(ErrorCode::InvalidArgument, "columns", "covariates");
    }
    FrequencyPrediction prediction;
    for (std::size_t i = 0; i < customers.size(); ++i) {
        if (i % kCustomersPerCheck == 0 && task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const RepeatHistory h{customers.x[i], customers.tx[i], customers.T[i]};
        const std::vector<double> p = parametersFor(fit, covariates.row(i));
        const double alive = model->model->pAlive(p, h);
        prediction.pAlive.push_back(alive);
        prediction.expectedOrders.push_back(alive * model->model->expectedWhileAlive(p, h, t));
        const double none = model->model->noneWhileAlive(p, h, t);
        prediction.churnRisk.push_back(std::clamp(1.0 - alive * (1.0 - none), 0.0, 1.0));
    }
    return prediction;
}

} // namespace perennial
