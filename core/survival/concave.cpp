#include "core/survival/concave.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr int kMostSteps = 80;
constexpr int kMostHalvings = 40;
/// Gains of the likelihood: so near that one more step is exact; so near that a step which still
/// moves somebody shows that there is no top.
constexpr double kNearTop = 1e-10;
constexpr double kFlat = 1e-8;
constexpr double kStillMoves = 0.05;
constexpr double kRounding = 1e-11; ///< relative, of a sum over a million rows
constexpr double kAliased = 1e-9;

/// 1 / √diagonal: information in units in which each column has 1.
Eigen::VectorXd unitScale(const Eigen::MatrixXd &information)
{
    return information.diagonal().unaryExpr(
        [](double d) { return d > 0.0 ? 1.0 / std::sqrt(d) : 0.0; });
}

Eigen::VectorXd newtonStep(const ConcavePoint &point)
{
    const Eigen::VectorXd scale = unitScale(point.information);
    const Eigen::MatrixXd unit = scale.asDiagonal() * point.information * scale.asDiagonal();
    const Eigen::VectorXd g = scale.asDiagonal() * point.gradient;
    return scale.asDiagonal() * unit.ldlt().solve(g);
}

struct Tried {
    Eigen::VectorXd at;
    ConcavePoint point;
    double length = 1.0;
    bool rose = false;
};

Tried tryStep(const Concave &function, const ConcaveTop &from, const Eigen::VectorXd &step)
{
    const double least = from.point.value - kRounding * std::abs(from.point.value);
    Tried tried;
    for (int k = 0; k <= kMostHalvings; ++k, tried.length /= 2.0) {
        tried.at = from.at + tried.length * step;
        tried.point = function(tried.at);
        if (std::isfinite(tried.point.value) && tried.point.value >= least) {
            tried.rose = true;
            return tried;
        }
    }
    return tried;
}

void setMonotone(ConcaveTop &top, const Eigen::VectorXd &step, const Eigen::VectorXd &moves)
{
    top.status = SurvivalFitStatus::MonotoneLikelihood;
    top.lastStep = step;
    for (Eigen::Index k = 0; k < moves.size(); ++k) {
        top.runsOff[static_cast<std::size_t>(k)] = moves[k] > kStillMoves;
    }
}

} // namespace

Result<ConcaveTop> climb(const Concave &function, const Eigen::VectorXd &at, ConcavePoint from,
                         const Eigen::VectorXd &reach, const Task &task)
{
    ConcaveTop top;
    top.at = at;
    top.point = std::move(from);
    top.runsOff.assign(static_cast<std::size_t>(at.size()), false);
    if (!std::isfinite(top.point.value)) {
        return fail(ErrorCode::NotFinite);
    }
    if (at.size() == 0) {
        top.status = SurvivalFitStatus::Converged;
        return top;
    }
    for (; top.iterations < kMostSteps; ++top.iterations) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const Eigen::VectorXd step = newtonStep(top.point);
        const double gain = step.dot(top.point.gradient) / 2.0;
        const Eigen::VectorXd moves = step.cwiseProduct(reach).cwiseAbs();
        if (!step.allFinite() || !(gain >= 0.0)) {
            return top; // DidNotConverge
        }
        if (gain < kFlat && moves.maxCoeff() > kStillMoves) {
            setMonotone(top, step, moves);
            return top;
        }
        const Tried tried = tryStep(function, top, step);
        if (!tried.rose) {
            return top;
        }
        top.at = tried.at;
        top.point = tried.point;
        if (gain < kNearTop) {
            top.status = SurvivalFitStatus::Converged;
            return top;
        }
    }
    return top;
}

std::vector<TermState> statesOf(const Eigen::MatrixXd &information, double least)
{
    const Eigen::Index n = information.rows();
    std::vector<TermState> states(static_cast<std::size_t>(n), TermState::Estimated);
    const Eigen::VectorXd scale = unitScale(information);
    // Cholesky's factor row by row; columns that add nothing are passed over.
    Eigen::MatrixXd factor = Eigen::MatrixXd::Zero(n, n);
    for (Eigen::Index k = 0; k < n; ++k) {
        TermState &state = states[static_cast<std::size_t>(k)];
        if (!(information(k, k) > least)) {
            state = TermState::Constant;
            continue;
        }
        for (Eigen::Index j = 0; j < k; ++j) {
            if (states[static_cast<std::size_t>(j)] == TermState::Estimated) {
                const double unit = information(k, j) * scale[k] * scale[j];
                factor(k, j) =
                    (unit - factor.row(k).head(j).dot(factor.row(j).head(j))) / factor(j, j);
            }
        }
        const double left = 1.0 - factor.row(k).head(k).squaredNorm();
        if (left < kAliased) {
            state = TermState::Collinear;
        } else {
            factor(k, k) = std::sqrt(left);
        }
    }
    return states;
}

Eigen::MatrixXd inverseInformation(const Eigen::MatrixXd &information)
{
    const Eigen::VectorXd scale = unitScale(information);
    const Eigen::MatrixXd unit = scale.asDiagonal() * information * scale.asDiagonal();
    const Eigen::LDLT<Eigen::MatrixXd> factor(unit);
    if (factor.info() != Eigen::Success || !factor.isPositive()) {
        return {};
    }
    const Eigen::MatrixXd inverse =
        factor.solve(Eigen::MatrixXd::Identity(unit.rows(), unit.cols()));
    return scale.asDiagonal() * inverse * scale.asDiagonal();
}

} // namespace perennial
