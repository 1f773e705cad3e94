#include "core/value/profile_likelihood.h"

#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace perennial {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Of the root at an end: the interval is then right to as much of its half-width.
constexpr double kRootTolerance = 1e-5;
constexpr int kMostPoints = 40;
/// Points in a row whose maximum is not found, after which the side is given up.
constexpr int kMostLost = 4;
/// First step where the normal approximation says nothing, in log units.
constexpr double kBlindStep = 1.0;

/// The profile at a distance from the peak: the signed root of twice its fall, and its slope.
struct ProfilePoint {
    double root = 0.0;
    double slope = 0.0;
    bool known = false;
    bool cancelled = false;
};

/// One side of the profile of one parameter.
class ProfileSide {
public:
    ProfileSide(const LikelihoodPeak &peak, Eigen::Index which, double sign,
                const ProfileOptions &options)
        : m_peak(peak), m_which(which), m_sign(sign), m_options(options),
          m_best(peak.objective(peak.at).value), m_tangent(Eigen::VectorXd::Zero(peak.at.size()))
    {
        m_tangent[which] = sign;
        m_how.maxIterations = options.maxIterations;
        m_how.gradientTolerance = flatEnough(peak.customers);
        if (knowsError()) {
            const Eigen::VectorXd along = peak.covariance.col(which);
            m_tangent = sign * along / along[which];
            m_how.inverseHessian = peak.customers * (peak.covariance - along * along.transpose() /
                                                                           along[which]);
        }
    }

    /// The distance of the end from the peak, or none.
    std::optional<double> end(const Task &task)
    {
        const double target = normalReach(m_options.level);
        double low = 0.0;
        double high = kInfinity; // not gone past: too far down, or lost
        bool crossed = false;
        int lost = 0;
        double step = std::min(firstStep(target), m_options.reach);
        for (int i = 0; i < kMostPoints && lost < kMostLost; ++i) {
            const ProfilePoint point = at(step, task);
            m_cancelled = m_cancelled || point.cancelled;
            if (m_cancelled) {
                return std::nullopt;
            }
            lost = point.known ? 0 : lost + 1;
            crossed = crossed || (point.known && point.root >= target);
            if (point.known && std::abs(point.root - target) <= kRootTolerance * target) {
                return step;
            }
            if (point.known && point.root < target) {
                low = step;
            } else {
                high = step;
            }
            if (low >= m_options.reach || isClosed(low, high)) {
                break;
            }
            step = next(point, step, low, high, target);
        }
        // A bracket that closed without meeting the target is a jump: its far side is safe.
        return crossed && isClosed(low, high) ? std::optional(high) : std::nullopt;
    }
    bool cancelled() const { return m_cancelled; }

private:
    bool knowsError() const
    {
        return m_peak.covariance.size() > 0 && m_peak.covariance(m_which, m_which) > 0.0;
    }

    static bool isClosed(double low, double high)
    {
        return std::isfinite(high) && high - low <= 1e-12 * high;
    }

    double firstStep(double target) const
    {
        return knowsError() ? target * std::sqrt(m_peak.covariance(m_which, m_which)) : kBlindStep;
    }

    ProfilePoint at(double distance, const Task &task)
    {
        const Eigen::VectorXd reach =
            Eigen::VectorXd::Constant(m_peak.at.size(), m_options.reach);
        Box box{m_peak.at - reach, m_peak.at + reach};
        box.lower[m_which] = box.upper[m_which] = m_peak.at[m_which] + m_sign * distance;
        Optimum optimum =
            minimize(m_peak.objective, m_peak.at + distance * m_tangent, box, m_how, task);
        ProfilePoint point;
        point.cancelled = optimum.cancelled;
        point.known = optimum.converged;
        if (!point.known) {
            return point;
        }
        const double fall = m_peak.customers * (optimum.value - m_best);
        point.root = std::sqrt(2.0 * std::max(0.0, fall));
        point.slope = m_peak.customers * m_sign * optimum.gradient[m_which] / point.root;
        m_tangent = (optimum.at - m_peak.at) / distance; // the others' way so far
        return point;
    }

    double next(const ProfilePoint &point, double step, double low, double high,
                double target) const
    {
        const double newton =
            point.known ? step + (target - point.root) / point.slope : kInfinity;
        if (std::isinf(high)) {
            return std::min(newton > low ? std::min(newton, 2.0 * low) : 2.0 * low,
                            m_options.reach);
        }
        return newton > low && newton < high ? newton : 0.5 * (low + high);
    }

    const LikelihoodPeak &m_peak;
    Eigen::Index m_which;
    double m_sign;
    const ProfileOptions &m_options;
    double m_best;
    Eigen::VectorXd m_tangent; ///< of all parameters, per unit of distance
    OptimizerOptions m_how;
    bool m_cancelled = false;
};

} // namespace

double normalReach(double level)
{
    return boost::math::quantile(boost::math::normal(), 0.5 + 0.5 * level);
}

double flatEnough(double customers)
{
    return 3e-4 / std::sqrt(std::max(customers, 1.0));
}

LogInterval profileInterval(const LikelihoodPeak &peak, Eigen::Index which,
                            const ProfileOptions &options, const Task &task)
{
    LogInterval interval;
    for (const double sign : {-1.0, 1.0}) {
        ProfileSide side(peak, which, sign, options);
        const auto distance = side.end(task);
        interval.cancelled = interval.cancelled || side.cancelled();
        if (distance) {
            (sign < 0.0 ? interval.lower : interval.upper) = peak.at[which] + sign * *distance;
        }
    }
    return interval;
}

} // namespace perennial
