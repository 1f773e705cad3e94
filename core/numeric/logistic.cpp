#include "core/numeric/logistic.h"

#include "core/numeric/special.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr int kMostSteps = 100;
constexpr int kMostHalvings = 30;
constexpr double kSmallStep = 1e-10;

using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

struct Problem {
    Eigen::MatrixXd x; ///< with a column of ones first
    Eigen::VectorXd y, weight;
    double ridge = 0;

    double loss(const Eigen::VectorXd &c) const
    {
        const Eigen::VectorXd z = x * c;
        double sum = 0;
        for (Eigen::Index k = 0; k < z.size(); ++k) {
            sum += weight[k] * (log1pExp(z[k]) - y[k] * z[k]);
        }
        return sum + ridge / 2 * c.tail(c.size() - 1).squaredNorm();
    }

    /// The Newton step down from c.
    Eigen::VectorXd step(const Eigen::VectorXd &c) const
    {
        const Eigen::VectorXd z = x * c;
        Eigen::VectorXd residual(z.size()), curvature(z.size());
        for (Eigen::Index k = 0; k < z.size(); ++k) {
            const double p = logistic(z[k]);
            residual[k] = weight[k] * (p - y[k]);
            curvature[k] = weight[k] * std::max(p * (1 - p), 1e-12);
        }
        Eigen::VectorXd gradient = x.transpose() * residual;
        Eigen::MatrixXd hessian =
            x.transpose() * (x.array().colwise() * curvature.array()).matrix();
        gradient.tail(c.size() - 1) += ridge * c.tail(c.size() - 1);
        hessian.diagonal().tail(c.size() - 1).array() += ridge;
        return -hessian.ldlt().solve(gradient);
    }
};

bool usable(const Problem &problem)
{
    const double total = problem.weight.sum();
    const double positive = problem.weight.dot(problem.y);
    return problem.x.allFinite() && problem.y.allFinite() && problem.weight.allFinite() &&
           positive > 0 && positive < total;
}

} // namespace

double LogisticModel::probability(std::span<const double> x) const
{
    double z = coefficients.empty() ? 0.0 : coefficients.front();
    for (std::size_t k = 0; k < x.size() && k + 1 < coefficients.size(); ++k) {
        z += coefficients[k + 1] * x[k];
    }
    return logistic(std::clamp(z, -30.0, 30.0));
}

LogisticModel fitLogistic(std::span<const double> x, std::size_t width, std::span<const double> y,
                          std::span<const double> weight, double ridge)
{
    const auto rows = static_cast<Eigen::Index>(y.size());
    const auto columns = static_cast<Eigen::Index>(width);
    if (rows == 0) {
        return {};
    }
    Problem problem;
    problem.x.resize(rows, columns + 1);
    problem.x.col(0).setOnes();
    problem.x.rightCols(columns) = Eigen::Map<const RowMatrix>(x.data(), rows, columns);
    problem.y = Eigen::Map<const Eigen::VectorXd>(y.data(), rows);
    problem.weight = Eigen::Map<const Eigen::VectorXd>(weight.data(), rows);
    problem.ridge = ridge;
    if (!usable(problem)) {
        return {};
    }
    Eigen::VectorXd at = Eigen::VectorXd::Zero(columns + 1);
    double loss = problem.loss(at);
    for (int k = 0; k < kMostSteps; ++k) {
        const Eigen::VectorXd step = problem.step(at);
        double length = 1;
        Eigen::VectorXd tried = at + step;
        double reached = problem.loss(tried);
        for (int h = 0; h < kMostHalvings && !(reached <= loss); ++h) {
            length /= 2;
            tried = at + length * step;
            reached = problem.loss(tried);
        }
        if (!(reached <= loss) || !tried.allFinite()) {
            break;
        }
        at = tried;
        loss = reached;
        if (length * step.cwiseAbs().maxCoeff() < kSmallStep) {
            break;
        }
    }
    return {{at.data(), at.data() + at.size()}};
}

} // namespace perennial
