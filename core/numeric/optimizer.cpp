#include "core/numeric/optimizer.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>

namespace perennial {

namespace {

constexpr double kSufficientDecrease = 1e-4;
constexpr double kCurvature = 0.9;
/// Steps in a row that lower nothing: the limit of precision.
constexpr int kMostIdleSteps = 20;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool isFinite(const Evaluation &e)
{
    return std::isfinite(e.value) && e.gradient.allFinite();
}

/// 1 for a coordinate free to move, 0 for one that the box holds back.
Eigen::VectorXd freedom(const Eigen::VectorXd &at, const Eigen::VectorXd &gradient, const Box &box)
{
    Eigen::VectorXd result = Eigen::VectorXd::Ones(at.size());
    for (Eigen::Index i = 0; i < at.size(); ++i) {
        const bool held = (at[i] <= box.lower[i] && gradient[i] > 0.0) ||
                          (at[i] >= box.upper[i] && gradient[i] < 0.0);
        result[i] = held ? 0.0 : 1.0;
    }
    return result;
}

Eigen::VectorXd clamped(const Eigen::VectorXd &point, const Box &box)
{
    return point.cwiseMax(box.lower).cwiseMin(box.upper);
}

struct LinePoint {
    Eigen::VectorXd at;
    Evaluation evaluation;
    bool found = false;
};

double roundingOf(double value)
{
    return 1e-13 * (1.0 + std::abs(value));
}

/// Low enough for the step taken; near the minimum, where the decrease drowns in rounding, by the
/// slope instead ("approximate Wolfe" of Hager & Zhang, 2005).
bool isLowEnough(const Evaluation &there, const Optimum &from, double step, double slope,
                 double slopeThere)
{
    const double rounding = roundingOf(from.value);
    return there.value <= from.value + kSufficientDecrease * step * slope ||
           (there.value <= from.value + rounding &&
            slopeThere <= (2.0 * kSufficientDecrease - 1.0) * slope);
}

/// An end of the bracket that a line search closes in on.
struct BracketEnd {
    double step = 0.0;
    double value = 0.0;
    double slope = 0.0;
};

/// The lowest point of the parabola through both ends and the slope at the lower one, kept off the
/// ends.
double insideOf(const BracketEnd &low, const BracketEnd &high)
{
    const double width = high.step - low.step;
    const double bend = high.value - low.value - low.slope * width;
    const double share = -0.5 * low.slope * width / bend;
    return low.step + width * (std::isfinite(share) ? std::clamp(share, 0.1, 0.9) : 0.5);
}

/// Doubles until the minimum is bracketed, then closes the bracket.
LinePoint searchLine(const Objective &objective, const Optimum &from,
                     const Eigen::VectorXd &direction, const Box &box, int &evaluations)
{
    constexpr int kMostTrials = 40;
    const double slope = from.gradient.dot(direction);
    BracketEnd low{0.0, from.value, slope};
    BracketEnd high{kInfinity, kInfinity, 0.0};
    double step = 1.0;
    LinePoint best;
    for (int trial = 0; trial < kMostTrials; ++trial) {
        const Eigen::VectorXd wanted = from.at + step * direction;
        LinePoint point{clamped(wanted, box), {}, false};
        point.evaluation = objective(point.at);
        ++evaluations;
        const bool finite = isFinite(point.evaluation);
        const double slopeThere = finite ? point.evaluation.gradient.dot(direction) : 0.0;
        const double valueThere = finite ? point.evaluation.value : kInfinity;
        if (!finite || !isLowEnough(point.evaluation, from, step, slope, slopeThere)) {
            high = {step, valueThere, slopeThere};
        } else {
            point.found = true;
            const bool done = slopeThere >= kCurvature * slope || point.at != wanted;
            best = std::move(point);
            if (done) {
                return best;
            }
            low = {step, valueThere, slopeThere};
        }
        step = std::isinf(high.step) ? 2.0 * low.step : insideOf(low, high);
    }
    return best;
}

/// BFGS update of the inverse Hessian; skipped where the curvature is not positive.
void updateInverse(Eigen::MatrixXd &inverse, const Eigen::VectorXd &step,
                   const Eigen::VectorXd &change, bool first)
{
    const double curvature = step.dot(change);
    if (curvature <= 1e-14 * step.norm() * change.norm()) {
        return;
    }
    if (first) {
        inverse *= curvature / change.squaredNorm();
    }
    const double rho = 1.0 / curvature;
    const Eigen::VectorXd hy = inverse * change;
    inverse += (rho * rho * change.dot(hy) + rho) * step * step.transpose() -
               rho * (hy * step.transpose() + step * hy.transpose());
}

} // namespace

Optimum minimize(const Objective &objective, const Eigen::VectorXd &start, const Box &box,
                 const OptimizerOptions &options, const Task &task)
{
    Optimum now;
    now.at = clamped(start, box);
    Evaluation first = objective(now.at);
    now.evaluations = 1;
    now.value = first.value;
    now.gradient = std::move(first.gradient);
    if (!std::isfinite(now.value) || !now.gradient.allFinite()) {
        return now;
    }
    const Eigen::Index n = now.at.size();
    bool fresh = options.inverseHessian.size() == 0; // the inverse is still the identity
    now.inverseHessian = fresh ? Eigen::MatrixXd::Identity(n, n) : options.inverseHessian;
    Eigen::MatrixXd &inverse = now.inverseHessian;
    Eigen::VectorXd moving = freedom(now.at, now.gradient, box);
    int idle = 0;
    while (now.iterations < options.maxIterations && idle < kMostIdleSteps) {
        if (task.cancelled()) {
            now.cancelled = true;
            return now;
        }
        const Eigen::VectorXd movingNow = freedom(now.at, now.gradient, box);
        const Eigen::VectorXd free = now.gradient.cwiseProduct(movingNow);
        if (free.lpNorm<Eigen::Infinity>() <= options.gradientTolerance) {
            now.converged = true;
            return now;
        }
        if (movingNow != moving) {
            moving = movingNow;
            inverse.setIdentity();
            fresh = true;
        }
        Eigen::VectorXd direction = (-inverse * free).cwiseProduct(moving);
        if (direction.dot(free) >= -1e-14 * direction.norm() * free.norm()) {
            inverse.setIdentity();
            fresh = true;
            direction = -free;
        }
        const double longest = direction.lpNorm<Eigen::Infinity>();
        direction *= std::min(1.0, options.longestStep / longest);
        LinePoint next = searchLine(objective, now, direction, box, now.evaluations);
        ++now.iterations;
        if (!next.found) {
            if (fresh) {
                return now; // steepest descent makes no progress either: the limit of precision
            }
            inverse.setIdentity();
            fresh = true;
            ++idle;
            continue;
        }
        const Eigen::VectorXd change = next.evaluation.gradient - now.gradient;
        updateInverse(inverse, next.at - now.at, change.cwiseProduct(moving), fresh);
        fresh = false;
        idle = next.evaluation.value < now.value - roundingOf(now.value) ? 0 : idle + 1;
        now.at = std::move(next.at);
        now.value = next.evaluation.value;
        now.gradient = std::move(next.evaluation.gradient);
    }
    return now;
}

Eigen::MatrixXd hessianOf(const Objective &objective, const Eigen::VectorXd &at)
{
    constexpr double kStep = 1e-4;
    const Eigen::Index n = at.size();
    Eigen::MatrixXd hessian(n, n);
    for (Eigen::Index i = 0; i < n; ++i) {
        Eigen::VectorXd up = at;
        Eigen::VectorXd down = at;
        up[i] += kStep;
        down[i] -= kStep;
        hessian.col(i) =
            (objective(up).gradient - objective(down).gradient) / (up[i] - down[i]);
    }
    return 0.5 * (hessian + hessian.transpose());
}

Polished polish(const Objective &objective, const Box &box, Optimum from)
{
    constexpr int kMostSteps = 5;
    constexpr double kSameHessian = 1e-7; // a step this short leaves it as it is
    Polished result{std::move(from), {}};
    Optimum &optimum = result.optimum;
    for (int i = 0; i < kMostSteps; ++i) {
        result.hessian = hessianOf(objective, optimum.at);
        optimum.evaluations += 2 * static_cast<int>(optimum.at.size());
        const auto inverse = inverseOfPositive(result.hessian);
        if (!inverse) {
            return result;
        }
        const Eigen::VectorXd next = clamped(optimum.at - *inverse * optimum.gradient, box);
        Evaluation there = objective(next);
        ++optimum.evaluations;
        // Not further up than rounding allows, and nearer to a zero gradient.
        const double slack = 1e-12 * (1.0 + std::abs(optimum.value));
        const double size = optimum.gradient.lpNorm<Eigen::Infinity>();
        if (!isFinite(there) || there.value > optimum.value + slack ||
            there.gradient.lpNorm<Eigen::Infinity>() >= 0.5 * size) {
            return result;
        }
        const double length = (next - optimum.at).lpNorm<Eigen::Infinity>();
        optimum.at = next;
        optimum.value = there.value;
        optimum.gradient = std::move(there.gradient);
        if (length < kSameHessian) {
            return result;
        }
    }
    return result;
}

std::optional<Eigen::MatrixXd> inverseOfPositive(const Eigen::MatrixXd &hessian)
{
    if (!hessian.allFinite()) {
        return std::nullopt;
    }
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(hessian);
    const Eigen::VectorXd &values = solver.eigenvalues();
    if (solver.info() != Eigen::Success || values[0] <= 1e-12 * values[values.size() - 1] ||
        values[0] <= 0.0) {
        return std::nullopt;
    }
    const Eigen::MatrixXd &vectors = solver.eigenvectors();
    return vectors * values.cwiseInverse().asDiagonal() * vectors.transpose();
}

} // namespace perennial
