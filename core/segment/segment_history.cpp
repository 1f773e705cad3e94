#include "core/segment/segment_history.h"

#include "core/project/event_store.h"
#include "core/project/user_counts.h"
#include "core/segment/past_states.h"
#include "core/segment/segment_users.h"
#include "core/segment/segment_walk.h"

#include <algorithm>

namespace perennial {

namespace {

bool isOfToday(SegmentFigure figure)
{
    switch (figure) {
    case SegmentFigure::Orders:
    case SegmentFigure::DaysSinceOrder:
    case SegmentFigure::DaysSinceActivity:
    case SegmentFigure::Realised:
        return false;
    case SegmentFigure::PAlive:
    case SegmentFigure::ChurnRisk:
    case SegmentFigure::ExpectedOrders:
    case SegmentFigure::PredictedValue:
    case SegmentFigure::Ltv:
    case SegmentFigure::BehaviorValue:
        break;
    }
    return true;
}

template <class T>
void addOnce(std::vector<T> &all, const T &one)
{
    if (std::ranges::find(all, one) == all.end()) {
        all.push_back(one);
    }
}

Status gather(const Project &project, const SegmentRule &rule, UntoldParts &untold)
{
    if (const auto *condition = rule.condition()) {
        if (const auto *figure = std::get_if<FigureCondition>(condition)) {
            if (isOfToday(figure->figure)) {
                addOnce(untold.figures, figure->figure);
            }
        } else if (const auto *rank = std::get_if<PercentileCondition>(condition)) {
            if (isOfToday(rank->figure)) {
                addOnce(untold.figures, rank->figure);
            }
        } else if (const auto *campaign = std::get_if<CampaignCondition>(condition)) {
            const auto addressed = readAddressedUsers(project, campaign->key);
            if (!addressed) {
                return addressed.error();
            }
            const auto isUndated = [](const AddressedUser &one) { return !one.since; };
            if (std::ranges::any_of(*addressed, isUndated)) {
                addOnce(untold.campaigns, campaign->key);
            }
        }
        return Done{};
    }
    for (const SegmentRule &part : *rule.parts()) {
        if (const Status gathered = gather(project, part, untold); !gathered) {
            return gathered;
        }
    }
    return Done{};
}

/// The ends of the months from the first event's on.
Result<std::vector<Day>> monthEnds(const Project &project, Day at, std::size_t most)
{
    const auto counts = readCounts(project);
    if (!counts) {
        return counts.error();
    }
    return periodEnds(std::min(at, counts->firstDay.value_or(at)), at, Period::Month, most);
}

Status addMeeting(SegmentHistory &history, const Project &project, const SegmentRule &rule,
                  const Task &task)
{
    auto values = SegmentValues::read(project, task);
    if (!values) {
        return values.error();
    }
    std::vector<Day> earlier(history.ends.begin(), history.ends.end() - 1);
    if (earlier.empty()) {
        return Done{};
    }
    auto past = PastStates::read(project, *values, earlier, task.part(0.0, 0.3));
    if (!past) {
        return past.error();
    }
    SegmentWalk walk(*values);
    walk.keepTimeless();
    for (std::size_t end = 0; end < earlier.size(); ++end) {
        PastStates::Stand stand = past->next();
        const std::int64_t known = countOf(stand.known);
        const SegmentMask knownMask = stand.known;
        values->moveTo(earlier[end], std::move(stand.states), std::move(stand.known));
        auto mask = walk.belonging(rule);
        if (!mask) {
            return mask.error();
        }
        std::ranges::transform(*mask, knownMask, mask->begin(), [](std::uint8_t a, std::uint8_t b) {
            return std::uint8_t(a & b); // else "not" would have those who came later
        });
        history.users.push_back(countOf(*mask));
        history.of.push_back(known);
        task.progress(0.3 +
                          0.7 * static_cast<double>(end + 1) / static_cast<double>(earlier.size()),
                      "segment_history");
    }
    return Done{};
}

Status addActive(SegmentHistory &history, const Project &project, const UserIds &members,
                 const Task &task)
{
    const auto days = readActiveDays(project, history.ends.back(), task);
    if (!days) {
        return days.error();
    }
    history.users.assign(history.ends.size(), 0);
    history.of.assign(history.ends.size(), std::ssize(*members));
    std::int64_t user = 0;
    std::size_t counted = history.ends.size(); // the month in which the user was counted last
    bool isMember = false;
    for (const ActiveDay &active : *days) {
        if (active.user != user) {
            user = active.user;
            counted = history.ends.size();
            isMember = std::ranges::binary_search(*members, user);
        }
        const auto end = std::ranges::lower_bound(history.ends, active.day);
        const auto month = static_cast<std::size_t>(end - history.ends.begin());
        const bool tooEarly =
            month == 0 && active.day < periodStart(history.ends[0], Period::Month);
        if (isMember && !tooEarly && month != counted) {
            ++history.users[month];
            counted = month;
        }
    }
    return Done{};
}

} // namespace

Result<UntoldParts> untoldParts(const Project &project, const SegmentRule &rule)
{
    if (const Status checked = checkSegment(rule); !checked) {
        return checked.error();
    }
    UntoldParts untold;
    if (const Status gathered = gather(project, rule, untold); !gathered) {
        return gathered.error();
    }
    return untold;
}

Result<SegmentHistory> segmentHistory(const Project &project, const SegmentRule &rule,
                                      std::size_t most, const Task &task)
{
    auto untold = untoldParts(project, rule);
    if (!untold) {
        return untold.error();
    }
    const auto today = usersOfSegment(project, rule, task);
    if (!today) {
        return today.error();
    }
    const auto label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    auto ends = monthEnds(project, label->snapshot, std::max<std::size_t>(1, most));
    if (!ends) {
        return ends.error();
    }
    SegmentHistory history;
    history.ends = *std::move(ends);
    history.untold = *std::move(untold);
    if (!history.untold.empty()) {
        history.kind = SegmentHistory::Kind::Active;
        const Status active = addActive(history, project, today->users, task);
        return active ? Result<SegmentHistory>(std::move(history)) : active.error();
    }
    if (const Status meeting = addMeeting(history, project, rule, task); !meeting) {
        return meeting.error();
    }
    history.users.push_back(std::ssize(*today->users));
    history.of.push_back(today->scored);
    return history;
}

} // namespace perennial
