#include "core/survival/log_rank.h"

#include "core/numeric/proportions.h"
#include "core/survival/strata.h"

#include <Eigen/Core>
#include <Eigen/Eigenvalues>

#include <algorithm>

namespace perennial {

namespace {

/// Expected events and their covariance. Both are sums over event times of what the numbers at risk
/// make of the time's events; between two leavings of a group its number is constant, so that a
/// row costs one addition per group and an event time one alone.
class ExpectedEvents {
public:
    explicit ExpectedEvents(Eigen::Index groups)
        : m_atRisk(Eigen::VectorXd::Zero(groups)), m_expected(Eigen::VectorXd::Zero(groups)),
          m_hazardSeen(Eigen::VectorXd::Zero(groups)),
          m_covariance(Eigen::MatrixXd::Zero(groups, groups)),
          m_spreadSeen(Eigen::MatrixXd::Zero(groups, groups))
    {
    }

    void enter(Eigen::Index group) { m_atRisk[group] += 1.0; }

    /// @param all at risk in all groups, > 0
    void events(double deaths, double all)
    {
        m_hazard += deaths / all;
        if (all > 1.0) {
            m_spread += deaths * (all - deaths) / ((all - 1.0) * all * all);
        }
    }

    void leave(Eigen::Index group, double rows)
    {
        settle(group);
        m_atRisk[group] -= rows;
    }

    const Eigen::VectorXd &expected() const noexcept { return m_expected; }
    /// Off the diagonal what was summed; on it what makes the rows sum to 0.
    Eigen::MatrixXd covariance() const
    {
        Eigen::MatrixXd v = -m_covariance;
        for (Eigen::Index g = 0; g < v.rows(); ++g) {
            v(g, g) = 0.0;
            v(g, g) = -v.row(g).sum();
        }
        return v;
    }

private:
    void settle(Eigen::Index g)
    {
        m_expected[g] += m_atRisk[g] * (m_hazard - m_hazardSeen[g]);
        m_hazardSeen[g] = m_hazard;
        for (Eigen::Index other = 0; other < m_atRisk.size(); ++other) {
            const double sum = m_atRisk[g] * m_atRisk[other] * (m_spread - m_spreadSeen(g, other));
            m_covariance(g, other) += sum;
            m_covariance(other, g) = m_covariance(g, other);
            m_spreadSeen(g, other) = m_spreadSeen(other, g) = m_spread;
        }
    }

    Eigen::VectorXd m_atRisk, m_expected, m_hazardSeen;
    Eigen::MatrixXd m_covariance, m_spreadSeen;
    double m_hazard = 0.0, m_spread = 0.0;
};

Status checkGroups(std::span<const std::uint32_t> group, std::uint32_t groups, std::size_t rows)
{
    if (group.size() != rows) {
        return fail(ErrorCode::InvalidArgument, std::to_string(group.size()), "lengths");
    }
    const bool tooLarge =
        std::ranges::any_of(group, [&](std::uint32_t number) { return number >= groups; });
    if (tooLarge || groups > kMostLogRankGroups) {
        return fail(ErrorCode::InvalidArgument, std::to_string(groups), "groups");
    }
    return Done{};
}

/// All that is computed from the distances O − E: χ² over the directions in which they vary.
void setTest(LogRankTest &test, const Eigen::VectorXd &distance, const Eigen::MatrixXd &covariance)
{
    if (covariance.size() == 0) {
        return; // no eigenvalues to ask for
    }
    constexpr double kNoVariance = 1e-10; // of the largest
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> parts(covariance);
    const double largest = parts.eigenvalues().maxCoeff();
    for (Eigen::Index k = 0; k < parts.eigenvalues().size(); ++k) {
        const double variance = parts.eigenvalues()[k];
        if (variance > kNoVariance * largest) {
            const double along = parts.eigenvectors().col(k).dot(distance);
            test.chi2 += along * along / variance;
            ++test.df;
        }
    }
    if (test.df > 0) {
        test.p = chiSquareTail(test.chi2, test.df);
    }
}

ExpectedEvents expectedEvents(std::span<const double> durations,
                              std::span<const std::int8_t> observed,
                              std::span<const std::uint32_t> group, std::uint32_t groups,
                              std::span<const std::uint32_t> strata)
{
    const StratifiedRows rows = stratify(durations, strata);
    ExpectedEvents expected(static_cast<Eigen::Index>(groups));
    std::vector<double> leaving(groups, 0.0);
    std::vector<std::uint32_t> left;
    eachTime(rows, durations, [&](const TiedRows &tied) {
        for (std::size_t k = tied.from; tied.first && k < tied.end; ++k) {
            expected.enter(static_cast<Eigen::Index>(group[rows.order[k]]));
        }
        double deaths = 0.0;
        for (std::size_t k = tied.from; k < tied.to; ++k) {
            const std::uint32_t g = group[rows.order[k]];
            deaths += observed[rows.order[k]] != 0 ? 1.0 : 0.0;
            if (leaving[g] == 0.0) {
                left.push_back(g);
            }
            leaving[g] += 1.0;
        }
        if (deaths > 0.0) {
            expected.events(deaths, static_cast<double>(tied.end - tied.from));
        }
        for (const std::uint32_t g : left) {
            expected.leave(static_cast<Eigen::Index>(g), leaving[g]);
            leaving[g] = 0.0;
        }
        left.clear();
    });
    return expected;
}

} // namespace

Result<LogRankTest> logRank(std::span<const double> durations,
                            std::span<const std::int8_t> observed,
                            std::span<const std::uint32_t> group, std::uint32_t groups,
                            std::span<const std::uint32_t> strata)
{
    if (const Status sound = checkSurvivalRows(durations, observed, strata); !sound) {
        return sound.error();
    }
    if (const Status sound = checkGroups(group, groups, durations.size()); !sound) {
        return sound.error();
    }
    LogRankTest test;
    test.groups.resize(groups);
    for (std::size_t i = 0; i < durations.size(); ++i) {
        ++test.groups[group[i]].rows;
        test.groups[group[i]].observed += observed[i] != 0 ? 1.0 : 0.0;
    }
    const ExpectedEvents expected = expectedEvents(durations, observed, group, groups, strata);
    Eigen::VectorXd distance(static_cast<Eigen::Index>(groups));
    for (std::uint32_t g = 0; g < groups; ++g) {
        test.groups[g].expected = expected.expected()[g];
        distance[g] = test.groups[g].observed - test.groups[g].expected;
    }
    setTest(test, distance, expected.covariance());
    return test;
}

} // namespace perennial
