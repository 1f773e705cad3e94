#include "core/tuning/user_groups.h"

#include "core/features/splits.h"
#include "core/forecast/customer_groups.h"
#include "core/lifecycle/lifecycle.h"

#include <algorithm>
#include <array>
#include <functional>

namespace perennial {

namespace {

constexpr const char *kStage = "stage", *kNewness = "newness", *kHistory = "history";
constexpr int kNewDays = 30;
constexpr std::array<const char *, 7> kHistories{"", "1", "2-4", "5-9", "10-19", "20-49", "50+"};
constexpr std::array<std::int64_t, 6> kHistoryFrom{1, 2, 5, 10, 20, 50};

/// @param of the name's place for the user at that place.
UserGroups namedGroups(const JudgedAnswers &answers, std::string by, std::vector<std::string> names,
                       const std::function<std::size_t(std::size_t)> &of)
{
    UserGroups groups{std::move(by), std::move(names), {}};
    for (std::size_t k = 0; k < answers.user.size(); ++k) {
        groups.of.push_back(static_cast<std::uint32_t>(of(k)));
    }
    return groups;
}

Result<UserGroups> byStage(const Project &project, const JudgedAnswers &answers, const Task &task)
{
    const auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    LifecycleOptions options = lifecycleOptionsFrom(*settings);
    options.at = answers.cut;
    const auto lifecycle = computeLifecycle(project, options, task);
    if (!lifecycle) {
        return lifecycle.error();
    }
    std::vector<std::string> names;
    for (int stage = 0; stage < kStageCount; ++stage) {
        names.emplace_back(stageName(static_cast<Stage>(stage)));
    }
    names.emplace_back();
    const auto &users = (*lifecycle)->users;
    return namedGroups(answers, kStage, std::move(names), [&](std::size_t k) {
        const auto found = std::ranges::lower_bound(users, answers.user[k], {}, &LifecycleUser::user);
        return found != users.end() && found->user == answers.user[k]
                   ? static_cast<std::size_t>(found->stage)
                   : static_cast<std::size_t>(kStageCount);
    });
}

Result<UserGroups> byEvents(const Project &project, const JudgedAnswers &answers,
                            const std::string &by, const Task &task)
{
    const auto events = readEvents(project, answers.cut, task);
    if (!events) {
        return events.error();
    }
    const auto spanOf = [&](std::size_t k) {
        const std::int64_t user = answers.user[k];
        return user >= 1 && user <= events->maxUser() ? eventsUpTo(*events, user, answers.cut)
                                                      : EventSpan{};
    };
    if (by == kNewness) {
        return namedGroups(answers, by, {"new", "returning", ""}, [&](std::size_t k) {
            const EventSpan span = spanOf(k);
            if (span.size() == 0) {
                return std::size_t{2};
            }
            const Day first = dayOf(events->at[static_cast<std::size_t>(span.begin)]);
            return std::size_t{first > answers.cut - kNewDays ? 0U : 1U};
        });
    }
    return namedGroups(answers, by, {kHistories.begin(), kHistories.end()}, [&](std::size_t k) {
        const auto above = std::ranges::upper_bound(kHistoryFrom, spanOf(k).size());
        return static_cast<std::size_t>(above - kHistoryFrom.begin());
    });
}

Result<UserGroups> byAttribute(const Project &project, const JudgedAnswers &answers,
                               const std::string &by)
{
    JudgedForecast who; // its users are all that a grouping by attribute reads
    who.user = answers.user;
    auto groups = groupsByAttribute(project, by, who);
    if (!groups) {
        return groups.error();
    }
    return UserGroups{by, std::move(groups->names), std::move(groups->of)};
}

} // namespace

Result<std::vector<std::string>> userGroupings(const Project &project)
{
    const auto attributes = groupingAttributes(project);
    if (!attributes) {
        return attributes.error();
    }
    std::vector<std::string> names{kStage, kNewness, kHistory};
    names.insert(names.end(), attributes->begin(), attributes->end());
    return names;
}

Result<UserGroups> userGroups(const Project &project, const JudgedAnswers &answers,
                              const std::string &by, const Task &task)
{
    if (by == kStage) {
        return byStage(project, answers, task);
    }
    return by == kNewness || by == kHistory ? byEvents(project, answers, by, task)
                                            : byAttribute(project, answers, by);
}

} // namespace perennial
