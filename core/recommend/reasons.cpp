#include "core/features/splits.h"
#include "core/recommend/recommender_impl.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace perennial {

namespace {

/// Reasons for one item, one for each of the user's items and for each event without an item.
class Reasons {
public:
    /// @param key the item's id, or less than 0 for an event without one.
    void add(std::int64_t key, RecommendationReason reason, const std::string &member)
    {
        const auto [at, isNew] = m_byItem.try_emplace(key, reason);
        RecommendationReason &kept = at->second;
        if (!isNew) {
            kept.share += reason.share;
            if (reason.at > kept.at) { // the latest event stands for the item
                kept.at = reason.at;
                kept.event = reason.event;
            }
        }
        if (kept.members.empty() || kept.members.back() != member) {
            kept.members.push_back(member);
        }
    }

    std::vector<RecommendationReason> strongest(std::size_t most) const
    {
        std::vector<RecommendationReason> all;
        for (const auto &[key, reason] : m_byItem) {
            if (reason.share > 0) {
                all.push_back(reason);
            }
        }
        std::stable_sort(all.begin(), all.end(),
                         [](const RecommendationReason &a, const RecommendationReason &b) {
                             return a.share > b.share;
                         });
        all.resize(std::min(all.size(), most));
        return all;
    }

private:
    std::map<std::int64_t, RecommendationReason> m_byItem;
};

RecommendationReason reasonOf(const EventTable &events, std::int64_t row, double share)
{
    const auto i = static_cast<std::size_t>(row);
    RecommendationReason reason;
    reason.at = events.at[i];
    reason.event = events.kind[i];
    reason.itemId = events.item[i];
    reason.share = share;
    return reason;
}

/// The user's last event of an item on a day, one that is not a refund where there is one.
std::int64_t rowOf(const EventTable &events, std::int64_t user, std::int64_t item, Day day)
{
    const EventSpan span = eventsUpTo(events, user, day);
    std::int64_t found = -1;
    for (std::int64_t row = span.end - 1; row >= span.begin; --row) {
        const auto i = static_cast<std::size_t>(row);
        if (dayOf(events.at[i]) < day) {
            break;
        }
        if (events.item[i] == item && events.kind[i] == EventKind::Purchase) {
            return row;
        }
        if (events.item[i] == item && found < 0 && events.kind[i] != EventKind::Refund) {
            found = row;
        }
    }
    return found;
}

/// Seeks the reasons of one user's list.
class ReasonSearch {
public:
    ReasonSearch(const Recommender::Impl &impl, std::int64_t user,
                 const BlendMembers::Scores &scores, std::span<const float> listedScores,
                 const Recommender::Impl::Outlook &outlook)
        : m_impl(impl), m_user(user), m_scores(scores), m_listedScores(listedScores),
          m_outlook(outlook),
          m_total(std::accumulate(impl.listed.begin(), impl.listed.end(), 0.0))
    {
        const auto &names = impl.members.names();
        m_behavior = static_cast<std::size_t>(
            std::find(names.begin(), names.end(), kBehaviorMember) - names.begin());
    }

    /// Asks the network again without each event, where it has a part in the list.
    Status askWithout(const std::vector<Recommendation> &items)
    {
        if (m_outlook.scores == nullptr || m_behavior >= m_impl.listed.size() ||
            !(m_impl.listed[m_behavior] > 0)) {
            return Done{};
        }
        std::vector<std::int64_t> positions;
        for (const Recommendation &one : items) {
            const auto &rows = m_outlook.model->catalog().rowOfId;
            positions.push_back(std::max(rows[static_cast<std::size_t>(one.itemId)] - 1, 0));
        }
        auto asked = m_outlook.model->leaveOneOut(m_user, positions);
        if (!asked) {
            return asked.error();
        }
        m_left = std::move(*asked);
        return Done{};
    }

    /// @param k place of the item in the list that askWithout was given.
    std::vector<RecommendationReason> reasonsFor(const Recommendation &one, std::size_t k) const
    {
        const std::int32_t number =
            m_impl.space.numberOf[static_cast<std::size_t>(one.itemId)];
        Reasons reasons;
        addPulls(reasons, number);
        addLeftOut(reasons, number, k);
        auto strongest = reasons.strongest(static_cast<std::size_t>(m_impl.options.reasons));
        for (RecommendationReason &reason : strongest) {
            name(reason);
        }
        return strongest;
    }

private:
    /// A member's part of an item's score, of which `amount` of its scaled score is.
    double shareOf(std::size_t member, std::int32_t number, double amount) const
    {
        const double score = double{m_listedScores[static_cast<std::size_t>(number)]};
        return m_impl.listed[member] / m_total * amount / score;
    }

    void addPulls(Reasons &reasons, std::int32_t number) const
    {
        const auto &names = m_impl.members.names();
        for (std::size_t c = 0; c < names.size(); ++c) {
            if (!(m_impl.listed[c] > 0)) {
                continue;
            }
            for (const ItemPull &pull :
                 m_impl.members.pulls(c, m_user, number, m_scores.scale[c])) {
                const std::int64_t id = m_impl.space.id[static_cast<std::size_t>(pull.item)];
                const std::int64_t row = rowOf(m_impl.events, m_user, id, pull.day);
                if (row >= 0) {
                    const double share = shareOf(c, number, double{pull.amount});
                    reasons.add(id, reasonOf(m_impl.events, row, share), names[c]);
                }
            }
        }
    }

    void addLeftOut(Reasons &reasons, std::int32_t number, std::size_t k) const
    {
        for (const BehaviorModel::LeftOut &one : m_left) {
            const double lost = -std::expm1(-double{one.lost[k]}); // of the probability
            const float scaled = m_scores.rows[m_behavior][static_cast<std::size_t>(number)];
            const double share = shareOf(m_behavior, number, double{scaled}) * lost;
            if (share > 0) {
                const auto reason = reasonOf(m_outlook.model->events(), one.row, share);
                reasons.add(reason.itemId > 0 ? reason.itemId : -1 - one.row, reason,
                            std::string(kBehaviorMember));
            }
        }
    }

    void name(RecommendationReason &reason) const
    {
        const auto id = static_cast<std::size_t>(reason.itemId);
        const auto &numbers = m_impl.space.numberOf;
        if (id > 0 && id < numbers.size() && numbers[id] >= 0) {
            const ItemRecord &item =
                m_impl.items[m_impl.itemAt[static_cast<std::size_t>(numbers[id])]];
            reason.item = item.key;
            reason.itemName = item.name;
        }
    }

    const Recommender::Impl &m_impl;
    std::int64_t m_user;
    const BlendMembers::Scores &m_scores;
    std::span<const float> m_listedScores;
    const Recommender::Impl::Outlook &m_outlook;
    double m_total;
    std::size_t m_behavior = 0; ///< its place among the members
    std::vector<BehaviorModel::LeftOut> m_left;
};

} // namespace

Status Recommender::Impl::addReasons(std::int64_t user, const BlendMembers::Scores &scores,
                                     std::span<const float> listedScores, const Outlook &outlook,
                                     std::vector<Recommendation> &recommended) const
{
    ReasonSearch search(*this, user, scores, listedScores, outlook);
    if (const auto asked = search.askWithout(recommended); !asked) {
        return asked;
    }
    for (std::size_t k = 0; k < recommended.size(); ++k) {
        recommended[k].because = search.reasonsFor(recommended[k], k);
    }
    return Done{};
}

} // namespace perennial
