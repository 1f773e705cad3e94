#include "core/forecast/stack_weights.h"

#include "core/numeric/optimizer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

double meanOfPositive(std::span<const double> values)
{
    double sum = 0.0;
    for (const double v : values) {
        sum += std::max(v, 0.0);
    }
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

/// Deviance of power 3/2, a row: 4 (y / √m + √m), m the prediction, up to terms without it.
Evaluation deviance(const std::vector<std::vector<double>> &scaled,
                    const std::vector<double> &actual, const Eigen::VectorXd &logWeights)
{
    const Eigen::VectorXd weights = logWeights.array().exp();
    const auto methods = static_cast<std::size_t>(weights.size());
    Evaluation result{0.0, Eigen::VectorXd::Zero(weights.size())};
    // A customer whom all methods give nothing may still come: a floor of a thousandth of the mean.
    constexpr double kFloor = 1e-3;
    const double share = 1.0 / static_cast<double>(actual.size());
    for (std::size_t i = 0; i < actual.size(); ++i) {
        double m = kFloor;
        for (std::size_t k = 0; k < methods; ++k) {
            m += weights[static_cast<Eigen::Index>(k)] * scaled[k][i];
        }
        const double root = std::sqrt(m);
        result.value += share * (actual[i] / root + root);
        const double slope = share * 0.5 / root * (1.0 - actual[i] / m);
        for (std::size_t k = 0; k < methods; ++k) {
            const auto at = static_cast<Eigen::Index>(k);
            result.gradient[at] += slope * scaled[k][i] * weights[at];
        }
    }
    return result;
}

} // namespace

std::vector<double> stackWeights(const std::vector<std::vector<double>> &predictions,
                                 std::span<const double> actual, const Task &task)
{
    const std::size_t methods = predictions.size();
    const double mean = meanOfPositive(actual);
    std::vector<double> equal(methods, methods > 0 ? 1.0 / static_cast<double>(methods) : 0.0);
    // In units of the mean, so that weights and floor mean the same in any currency.
    std::vector<std::vector<double>> scaled;
    bool any = false;
    for (const std::vector<double> &one : predictions) {
        std::vector<double> column;
        for (const double p : one) {
            column.push_back(mean > 0.0 ? std::max(p, 0.0) / mean : 0.0);
            any = any || column.back() > 0.0;
        }
        scaled.push_back(std::move(column));
    }
    if (!(mean > 0.0) || !any) {
        return equal;
    }
    std::vector<double> truth;
    for (const double y : actual) {
        truth.push_back(std::max(y, 0.0) / mean);
    }
    const auto n = static_cast<Eigen::Index>(methods);
    const Eigen::VectorXd start =
        Eigen::VectorXd::Constant(n, -std::log(static_cast<double>(methods)));
    // Down to a weight of e^-14: none.
    const Box box{Eigen::VectorXd::Constant(n, -14.0), Eigen::VectorXd::Constant(n, 3.0)};
    OptimizerOptions options;
    options.gradientTolerance = 1e-7;
    const Optimum best = minimize(
        [&](const Eigen::VectorXd &at) { return deviance(scaled, truth, at); }, start, box,
        options, task);
    if (best.at.size() != n || !best.at.allFinite()) {
        return equal;
    }
    std::vector<double> weights;
    for (const double at : best.at) {
        weights.push_back(at <= -12.0 ? 0.0 : std::exp(at));
    }
    return weights;
}

} // namespace perennial
