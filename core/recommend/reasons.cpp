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

} // namespace

Status Recommender::Impl::addReasons(std::int64_t user, const BlendMembers::Scores &scores,
                                     std::span<const float> listedScores, const Outlook &outlook,
                                     std::vector<Recommendation> &recommended) const
{
    std::vector<Reasons> reasons(recommended.size());
    const double total = std::accumulate(listed.begin(), listed.end(), 0.0);
    std::vector<BehaviorModel::LeftOut> left;
    std::vector<std::int64_t> positions;
    const auto &names = members.names();
    const auto behavior =
        std::find(names.begin(), names.end(), kBehaviorMember) - names.begin();
    const auto b = static_cast<std::size_t>(behavior);
    if (outlook.scores != nullptr && b < listed.size() && listed[b] > 0) {
        for (const Recommendation &one : recommended) {
            const auto row = outlook.model->catalog().rowOfId[static_cast<std::size_t>(one.itemId)];
            positions.push_back(std::max(row - 1, 0));
        }
        auto asked = outlook.model->leaveOneOut(user, positions);
        if (!asked) {
            return asked.error();
        }
        left = std::move(*asked);
    }
    for (std::size_t k = 0; k < recommended.size(); ++k) {
        const auto number = space.numberOf[static_cast<std::size_t>(recommended[k].itemId)];
        const double score = double{listedScores[static_cast<std::size_t>(number)]};
        for (std::size_t c = 0; c < names.size(); ++c) {
            if (!(listed[c] > 0) || c == b) {
                continue;
            }
            for (const ItemPull &pull : members.pulls(c, user, number, scores.scale[c])) {
                const std::int64_t id = space.id[static_cast<std::size_t>(pull.item)];
                const std::int64_t row = rowOf(events, user, id, pull.day);
                if (row >= 0) {
                    reasons[k].add(id, reasonOf(events, row, listed[c] / total *
                                                                 double{pull.amount} / score),
                                   names[c]);
                }
            }
        }
        for (const BehaviorModel::LeftOut &one : left) {
            const double lost = -std::expm1(-double{one.lost[k]}); // of the probability
            const double part = listed[b] / total *
                                double{scores.rows[b][static_cast<std::size_t>(number)]} / score;
            if (lost > 0 && part > 0) {
                const auto reason = reasonOf(outlook.model->events(), one.row, part * lost);
                reasons[k].add(reason.itemId > 0 ? reason.itemId : -1 - one.row, reason,
                               names[b]);
            }
        }
        recommended[k].because =
            reasons[k].strongest(static_cast<std::size_t>(options.reasons));
        for (RecommendationReason &reason : recommended[k].because) {
            const auto id = static_cast<std::size_t>(reason.itemId);
            if (id > 0 && id < space.numberOf.size() && space.numberOf[id] >= 0) {
                const ItemRecord &item =
                    items[itemAt[static_cast<std::size_t>(space.numberOf[id])]];
                reason.item = item.key;
                reason.itemName = item.name;
            }
        }
    }
    return Done{};
}

} // namespace perennial
