#include "core/churn/contact_plan.h"

#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace perennial {

namespace {

/// No currency has so much.
constexpr double kLargestValue = 1e15;

Status checkUsers(std::span<const std::int64_t> user, std::span<const double> risk,
                  std::span<const double> value)
{
    if (risk.size() != user.size() || value.size() != user.size()) {
        return fail(ErrorCode::InvalidArgument, "lengths", "users");
    }
    for (std::size_t i = 0; i < user.size(); ++i) {
        if (!(risk[i] >= 0.0 && risk[i] <= 1.0)) {
            return fail(ErrorCode::InvalidArgument, std::to_string(i), "risk");
        }
        if (!(value[i] >= 0.0 && value[i] <= kLargestValue)) {
            return fail(ErrorCode::InvalidArgument, std::to_string(i), "value");
        }
    }
    return Done{};
}

double normalReach(double level)
{
    return boost::math::quantile(boost::math::normal(), 0.5 + 0.5 * level);
}

} // namespace

std::string_view contactOrderName(ContactOrder order) noexcept
{
    return order == ContactOrder::Risk ? "risk" : "stake";
}

std::optional<ContactOrder> contactOrderFromName(std::string_view name) noexcept
{
    for (const ContactOrder order : {ContactOrder::Risk, ContactOrder::Stake}) {
        if (name == contactOrderName(order)) {
            return order;
        }
    }
    return std::nullopt;
}

Status checkTerms(const ContactTerms &terms)
{
    if (!(terms.costPerContact >= 0.0 && terms.costPerContact <= kLargestValue)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(terms.costPerContact), "cost");
    }
    if (!(terms.saveRate >= 0.0 && terms.saveRate <= 1.0)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(terms.saveRate), "save_rate");
    }
    if (!(terms.level > 0.0 && terms.level < 1.0)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(terms.level), "level");
    }
    return Done{};
}

Result<ContactPlan> ContactPlan::of(std::span<const std::int64_t> user,
                                    std::span<const double> risk,
                                    std::span<const double> valueIfKept, ContactOrder order)
{
    if (const Status sound = checkUsers(user, risk, valueIfKept); !sound) {
        return sound.error();
    }
    const auto scoreOf = [&](std::size_t i) {
        return order == ContactOrder::Risk ? risk[i] : risk[i] * valueIfKept[i];
    };
    std::vector<std::pair<double, std::size_t>> sorted;
    sorted.reserve(user.size());
    for (std::size_t i = 0; i < user.size(); ++i) {
        sorted.emplace_back(-scoreOf(i), i);
    }
    std::ranges::sort(sorted, [&](const auto &a, const auto &b) {
        return a.first != b.first ? a.first < b.first : user[a.second] < user[b.second];
    });
    ContactPlan plan;
    plan.m_order = order;
    plan.m_user.reserve(user.size());
    plan.m_score.reserve(user.size());
    plan.m_sums.reserve(user.size() + 1);
    plan.m_sums.emplace_back();
    for (std::size_t k = 0; k < sorted.size(); ++k) {
        const auto [negative, i] = sorted[k];
        const double r = risk[i];
        const double v = valueIfKept[i];
        const Sums &before = plan.m_sums.back();
        plan.m_user.push_back(user[i]);
        plan.m_score.push_back(-negative);
        plan.m_sums.push_back({before.risk + r, before.stake + r * v, before.squares + r * v * v,
                               before.riskSquares + r * r * v * v});
        if (k + 1 == sorted.size() || sorted[k + 1].first != negative) {
            plan.m_ends.push_back(k + 1);
        }
    }
    plan.findHull();
    return plan;
}

/// Contacts that are best for some cost over save rate are the corners of the concave hull of what
/// is at stake over contacts. Source: Andrew (1979), Information Processing Letters 9(5), the upper
/// chain.
void ContactPlan::findHull()
{
    m_hull = {0};
    // Whether b lies on or below the line from a to c.
    const auto isBelow = [&](std::size_t a, std::size_t b, std::size_t c) {
        const double rise = m_sums[b].stake - m_sums[a].stake;
        const double riseAfter = m_sums[c].stake - m_sums[b].stake;
        return rise * static_cast<double>(c - b) <= riseAfter * static_cast<double>(b - a);
    };
    for (const std::size_t end : m_ends) {
        while (m_hull.size() > 1 && isBelow(m_hull[m_hull.size() - 2], m_hull.back(), end)) {
            m_hull.pop_back();
        }
        m_hull.push_back(end);
    }
}

ContactOutcome ContactPlan::outcomeOf(std::size_t contacted, const ContactTerms &terms) const
{
    const Sums &sums = m_sums[contacted];
    ContactOutcome outcome;
    outcome.contacted = contacted;
    if (contacted > 0) {
        outcome.threshold = m_score[contacted - 1];
    }
    outcome.leavers = sums.risk;
    outcome.atStake = sums.stake;
    outcome.saved = terms.saveRate * sums.stake;
    outcome.cost = terms.costPerContact * static_cast<double>(contacted);
    outcome.net = outcome.saved - outcome.cost;
    // Of each user v² s r (1 − s r).
    const double s = terms.saveRate;
    const double variance = s * sums.squares - s * s * sums.riskSquares;
    const double reach = normalReach(terms.level) * std::sqrt(std::max(variance, 0.0));
    outcome.savedInterval = {std::max(outcome.saved - reach, 0.0), outcome.saved + reach};
    if (sums.stake > 0.0) {
        outcome.breakEvenSaveRate = outcome.cost / sums.stake;
    }
    return outcome;
}

ContactOutcome ContactPlan::atThreshold(double threshold, const ContactTerms &terms) const
{
    const auto end = std::ranges::partition_point(
        m_score, [threshold](double score) { return score >= threshold; });
    return outcomeOf(static_cast<std::size_t>(end - m_score.begin()), terms);
}

ContactOutcome ContactPlan::ofContacts(std::size_t most, const ContactTerms &terms) const
{
    const auto past = std::ranges::upper_bound(m_ends, most);
    return outcomeOf(past == m_ends.begin() ? 0 : *std::prev(past), terms);
}

ContactOutcome ContactPlan::withinBudget(double budget, const ContactTerms &terms) const
{
    if (!(budget >= 0.0)) {
        return outcomeOf(0, terms);
    }
    const auto all = static_cast<double>(users());
    // Without a cost everybody fits, also into nothing.
    const bool pays = terms.costPerContact * all <= budget;
    const double most = pays ? all : std::floor(budget / terms.costPerContact);
    return ofContacts(static_cast<std::size_t>(std::min(most, all)), terms);
}

ContactOutcome ContactPlan::best(const ContactTerms &terms) const
{
    // Along the hull the gain of a contact falls, so that net rises up to its largest, then falls.
    const auto net = [&](std::size_t k) { return outcomeOf(m_hull[k], terms).net; };
    std::size_t low = 0;
    std::size_t high = m_hull.size() - 1;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (net(middle + 1) > net(middle)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return outcomeOf(m_hull[low], terms);
}

std::vector<ContactOutcome> ContactPlan::curve(const ContactTerms &terms, std::size_t points) const
{
    std::vector<ContactOutcome> curve{outcomeOf(0, terms)};
    if (m_ends.size() <= points) {
        for (const std::size_t end : m_ends) {
            curve.push_back(outcomeOf(end, terms));
        }
        return curve;
    }
    for (std::size_t k = 1; k <= points; ++k) {
        // The first end at or past the k-th part of the users; the last is everybody.
        const std::size_t wanted = (users() * k + points - 1) / points;
        const std::size_t end = *std::ranges::lower_bound(m_ends, wanted);
        if (end > curve.back().contacted) {
            curve.push_back(outcomeOf(end, terms));
        }
    }
    return curve;
}

} // namespace perennial
