#pragma once

#include "core/base/result.h"
#include "core/numeric/bootstrap.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace perennial {

/// Who is contacted first.
enum class ContactOrder {
    Risk,  ///< the highest churn risk
    Stake, ///< the highest risk × value if kept: what can be saved by the contact
};
std::string_view contactOrderName(ContactOrder order) noexcept; // "risk", "stake"
std::optional<ContactOrder> contactOrderFromName(std::string_view name) noexcept;

/// What a contact costs and does.
struct ContactTerms {
    double costPerContact = 0; ///< currency units, >= 0
    double saveRate = 0;       ///< share of those who would leave that a contact keeps, in [0, 1]
    double level = 0.9;        ///< of the interval, in (0, 1)
};
/// @error InvalidArgument, where: "cost", "save_rate" or "level".
Status checkTerms(const ContactTerms &terms);

/// What comes of contacting the first `contacted` users. With s the save rate, c the cost of a
/// contact, and for each contacted user r the risk and v the value if kept:
///   leavers = Σ r, at stake = Σ r v, saved = s Σ r v, cost = c × contacted, net = saved − cost.
struct ContactOutcome {
    std::size_t contacted = 0;
    /// Lowest score (risk, or stake) among them; empty where nobody is contacted.
    std::optional<double> threshold;
    double leavers = 0; ///< expected
    double atStake = 0; ///< currency units
    double saved = 0, cost = 0, net = 0;
    /// Of `saved`, central: how far luck alone can take it, who leaves and who is kept being drawn
    /// user by user with P = s r. Normal approximation, cut at 0. It does not hold what is not
    /// known of risks, values and the save rate itself.
    Interval savedInterval;
    /// Save rate at which net is 0; above 1 no rate pays. Empty where nothing is at stake.
    std::optional<double> breakEvenSaveRate;
};

/// Users in the order in which they would be contacted, summed up once: whatever is then asked
/// costs O(log n), so that a slider answers at once. Users of equal score are contacted together or
/// not at all.
///
/// Sources: Neslin, Gupta, Kamakura, Lu & Mason (2006), "Defection detection", Journal of Marketing
/// Research 43(2), 204–211 (profit of a campaign from the share of leavers, the save rate, value
/// and costs); Verbeke, Dejaeger, Martens, Hur & Baesens (2012), EJOR 218(1), 211–229 (contacting
/// the share that makes the profit largest: the maximum profit criterion). Here with each user's
/// own risk and value in place of means, and no incentive to those who would have stayed.
class ContactPlan {
public:
    /// @param user ids. @param risk P(leaves), in [0, 1]. @param valueIfKept currency units, >= 0.
    /// All as long.
    /// @error InvalidArgument, where: "users", "risk" or "value", detail: the place of what is not
    /// in its range, or "lengths". Cost O(n log n).
    static Result<ContactPlan> of(std::span<const std::int64_t> user, std::span<const double> risk,
                                  std::span<const double> valueIfKept, ContactOrder order);

    std::size_t users() const noexcept { return m_user.size(); }
    ContactOrder order() const noexcept { return m_order; }

    // Terms are checked by the caller (checkTerms).

    /// All with a score >= threshold; NaN contacts nobody.
    ContactOutcome atThreshold(double threshold, const ContactTerms &terms) const;
    /// As many as equal scores allow, `most` at most.
    ContactOutcome ofContacts(std::size_t most, const ContactTerms &terms) const;
    /// As many as the budget pays for. @param budget currency units; below 0 or NaN nobody.
    ContactOutcome withinBudget(double budget, const ContactTerms &terms) const;
    /// The largest net; of equal ones that with the fewest contacts. Nobody where no contact pays.
    ContactOutcome best(const ContactTerms &terms) const;
    /// Nobody, then at most `points` thresholds from the highest score down to everybody, evenly by
    /// users. @param points >= 1.
    std::vector<ContactOutcome> curve(const ContactTerms &terms, std::size_t points = 200) const;

    /// Ids of the users of an outcome, the first to be contacted first; equal ones by id.
    std::span<const std::int64_t> contacted(const ContactOutcome &outcome) const noexcept
    {
        return std::span(m_user).first(outcome.contacted);
    }

private:
    /// Sums over the first users: one entry more than there are users, the first all 0.
    struct Sums {
        double risk = 0, stake = 0;
        double squares = 0;     ///< Σ r v²
        double riskSquares = 0; ///< Σ r² v²
    };
    ContactOutcome outcomeOf(std::size_t contacted, const ContactTerms &terms) const;
    void findHull();

    ContactOrder m_order = ContactOrder::Risk;
    std::vector<std::int64_t> m_user;
    std::vector<double> m_score;     ///< falling
    std::vector<std::size_t> m_ends; ///< users up to the end of each score, rising, the first > 0
    std::vector<Sums> m_sums;
    /// Numbers of contacts that are best at some cost over save rate, rising from 0.
    std::vector<std::size_t> m_hull;
};

} // namespace perennial
