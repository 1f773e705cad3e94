#include "core/value/model_fit.h"

#include "core/base/rng.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <nlohmann/json.hpp>

#include <cmath>

namespace perennial {

std::string_view fitStatusName(FitStatus status) noexcept
{
    switch (status) {
    case FitStatus::Converged: return "converged";
    case FitStatus::Boundary: return "boundary";
    case FitStatus::Failed: return "failed";
    }
    return "failed";
}

namespace {

/// A standard deviation of a log-parameter beyond which the normal approximation says nothing.
constexpr double kMostLogError = 5.0;

/// The root of a covariance without the directions in which the likelihood is all but flat: draws
/// stay at the estimate there, where a step would be a factor of e^5 and more, and end in 0 or ∞.
Eigen::MatrixXd rootOfWhatIsKnown(const Eigen::MatrixXd &covariance)
{
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(covariance);
    Eigen::MatrixXd root = Eigen::MatrixXd::Zero(covariance.rows(), covariance.cols());
    for (Eigen::Index i = 0; solver.info() == Eigen::Success && i < covariance.cols(); ++i) {
        const double variance = solver.eigenvalues()[i];
        if (variance > 0.0 && variance <= kMostLogError * kMostLogError) {
            root.col(i) = std::sqrt(variance) * solver.eigenvectors().col(i);
        }
    }
    return root;
}

/// L with L Lᵀ = the covariance of the log-parameters. A parameter without an error of its own (a
/// whole number, at which the others were fitted) has a row of zeros; no covariance, all zeros. What
/// is all but flat is left out.
Eigen::MatrixXd rootOfCovariance(const ModelFit &fit)
{
    const auto n = static_cast<Eigen::Index>(fit.parameters.size());
    Eigen::MatrixXd root = Eigen::MatrixXd::Zero(n, n);
    if (!fit.hasCovariance()) {
        return root;
    }
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Eigen::Map<const RowMajor> covariance(fit.logCovariance.data(), n, n);
    std::vector<Eigen::Index> open;
    for (Eigen::Index i = 0; i < n; ++i) {
        if (!covariance.row(i).isZero(0.0)) {
            open.push_back(i);
        }
    }
    const Eigen::MatrixXd part = covariance(open, open);
    if (part.size() > 0 && part.diagonal().maxCoeff() > kMostLogError * kMostLogError) {
        root(open, open) = rootOfWhatIsKnown(part);
        return root;
    }
    const Eigen::LLT<Eigen::MatrixXd> cholesky(part);
    if (cholesky.info() == Eigen::Success) {
        root(open, open) = Eigen::MatrixXd(cholesky.matrixL());
    }
    return root;
}

} // namespace

std::vector<std::vector<double>> drawParameters(const ModelFit &fit, int draws, std::uint64_t seed)
{
    std::vector<std::vector<double>> result;
    if (!fit.usable()) {
        return result;
    }
    const auto n = static_cast<Eigen::Index>(fit.parameters.size());
    const Eigen::MatrixXd root = rootOfCovariance(fit);
    for (int draw = 0; draw < draws; ++draw) {
        Rng rng(seed, static_cast<std::uint64_t>(draw));
        Eigen::VectorXd normal(n);
        for (Eigen::Index i = 0; i < n; ++i) {
            normal[i] = rng.normal();
        }
        const Eigen::VectorXd shift = root * normal;
        std::vector<double> parameters;
        for (Eigen::Index i = 0; i < n; ++i) {
            parameters.push_back(fit.parameters[static_cast<std::size_t>(i)] *
                                 std::exp(shift[i]));
        }
        result.push_back(std::move(parameters));
    }
    return result;
}

std::string fitToJson(const ModelFit &fit)
{
    using nlohmann::ordered_json;
    ordered_json json;
    json["model"] = fit.model;
    json["status"] = fitStatusName(fit.status);
    json["reason"] = fit.reason.empty() ? ordered_json(nullptr) : ordered_json(fit.reason);
    json["reported_model"] = fit.reportedModel;
    ordered_json parameters = ordered_json::object();
    ordered_json errors = ordered_json::object();
    for (std::size_t i = 0; i < fit.parameters.size(); ++i) {
        parameters[fit.names[i]] = fit.parameters[i];
        errors[fit.names[i]] = fit.hasErrorOf(i) ? ordered_json(fit.standardErrors[i])
                                                 : ordered_json(nullptr);
    }
    json["parameters"] = std::move(parameters);
    json["standard_errors"] = std::move(errors);
    json["log_likelihood"] =
        fit.usable() ? ordered_json(fit.logLikelihood) : ordered_json(nullptr);
    json["log_covariance"] = fit.logCovariance;
    json["customers"] = fit.customers;
    json["excluded"] = fit.excluded;
    json["evaluations"] = fit.evaluations;
    return json.dump();
}

} // namespace perennial
