#include "core/lifecycle/driver_rows.h"

#include "core/project/attribute_store.h"

#include <algorithm>
#include <array>
#include <limits>

namespace perennial {

namespace {

constexpr std::array kWayUp{Stage::Churned, Stage::Dormant,   Stage::Acquired, Stage::Retained,
                            Stage::Active,  Stage::Converted, Stage::Loyal};
constexpr int kRecentDays = 30;
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::array kNumbers{"orders",       "active_days",        "active_days_30",
                              "recency_days", "order_recency_days", "known_days",
                              "spend",        "mean_order"};

/// One value per number of kNumbers, of the days [from, to) up to `at`.
std::array<double, kNumbers.size()> numbersOf(const ActivityTable &activity, std::size_t from,
                                              std::size_t to, Day at)
{
    double orders = 0;
    double days = 0;
    double recent = 0;
    double spend = 0;
    double recency = kUnknown;
    double orderRecency = kUnknown;
    double known = kUnknown;
    for (std::size_t row = from; row < to && activity.day[row] <= at; ++row) {
        const auto ago = static_cast<double>(std::int64_t{at} - activity.day[row]);
        known = row == from ? ago : known;
        recency = ago;
        orderRecency = activity.orders[row] > 0 ? ago : orderRecency;
        days += 1;
        recent += ago < kRecentDays ? 1 : 0;
        orders += activity.orders[row];
        spend += toUnits(activity.net[row]);
    }
    return {orders, days,  recent, recency, orderRecency,
            known,  spend, orders > 0 ? spend / orders : kUnknown};
}

std::vector<double> numbersFor(const AttributeColumn &column,
                               const std::vector<std::int64_t> &user)
{
    std::vector<double> numbers;
    for (const std::int64_t id : user) {
        const auto found = std::ranges::lower_bound(column.ids, id);
        const bool isKnown = found != column.ids.end() && *found == id;
        const auto at = static_cast<std::size_t>(found - column.ids.begin());
        const double *number = isKnown ? std::get_if<double>(&column.values[at]) : nullptr;
        numbers.push_back(number ? *number : kUnknown);
    }
    return numbers;
}

Status check(const StageHistory &history, const ActivityTable &activity,
             const DriverQuestion &question)
{
    if (question.from >= question.to || question.to >= history.ends.size()) {
        return fail(ErrorCode::InvalidArgument, {}, "dates");
    }
    if ((question.outcome & question.compared).any() || question.outcome.none() ||
        question.compared.none()) {
        return fail(ErrorCode::InvalidArgument, {}, "outcomes");
    }
    if (activity.clock != ActivityClock::Calendar) {
        return fail(ErrorCode::InvalidArgument, std::string(activityClockName(activity.clock)),
                    "clock");
    }
    return Done{};
}

} // namespace

int stageRank(Stage stage) noexcept
{
    return static_cast<int>(std::ranges::find(kWayUp, stage) - kWayUp.begin());
}

StageSet stagesBelow(Stage stage) noexcept
{
    StageSet below;
    for (const Stage other : kStages) {
        below[static_cast<std::size_t>(other)] = stageRank(other) < stageRank(stage);
    }
    return below;
}

StageSet stagesFrom(Stage stage) noexcept
{
    return ~stagesBelow(stage);
}

Result<DriverUsers> driverUsers(const StageHistory &history, const ActivityTable &activity,
                                const DriverQuestion &question)
{
    if (const Status sound = check(history, activity, question); !sound) {
        return sound.error();
    }
    DriverUsers users;
    for (const char *name : kNumbers) {
        users.rows.numbers.push_back({name, {}});
    }
    const Day at = history.ends[question.from];
    std::size_t row = 0; // of the activity table
    for (std::size_t i = 0; i < history.user.size(); ++i) {
        if (history.stageAt(i, question.from) != question.stage) {
            continue;
        }
        const auto after = static_cast<std::size_t>(*history.stageAt(i, question.to));
        if (!question.outcome[after] && !question.compared[after]) {
            continue;
        }
        users.user.push_back(history.user[i]);
        users.rows.happened.push_back(question.outcome[after] ? 1 : 0);
        while (row < activity.size() && activity.user[row] < history.user[i]) {
            ++row;
        }
        const bool hasDays = row < activity.size() && activity.user[row] == history.user[i];
        const auto numbers =
            numbersOf(activity, hasDays ? activity.offsets[row] : 0,
                      hasDays ? activity.offsets[row + 1] : 0, at);
        for (std::size_t k = 0; k < numbers.size(); ++k) {
            users.rows.numbers[k].value.push_back(numbers[k]);
        }
    }
    return users;
}

Result<DriverUsers> readDriverUsers(const Project &project, const StageHistory &history,
                                    const ActivityTable &activity, const DriverQuestion &question,
                                    const Task &task)
{
    auto users = driverUsers(history, activity, question);
    if (!users) {
        return users.error();
    }
    const Day at = history.ends[question.from];
    const auto names = userLabelNames(project, at);
    if (!names) {
        return names.error();
    }
    const auto attributes = readAttributes(project, Entity::User);
    if (!attributes) {
        return attributes.error();
    }
    for (const std::string &name : *names) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const bool isTaken = std::ranges::find(kNumbers, name) != kNumbers.end();
        const std::string feature = isTaken ? "attribute:" + name : name;
        const auto attribute = std::ranges::find(*attributes, name, &Attribute::name);
        if (attribute != attributes->end() && attribute->type == AttributeType::Number) {
            const auto column = readAttributeColumn(project, *attribute);
            if (!column) {
                return column.error();
            }
            users->rows.numbers.push_back({feature, numbersFor(*column, users->user)});
            continue;
        }
        const auto labels = readUserLabels(project, name, at);
        if (!labels) {
            return labels.error();
        }
        users->rows.texts.push_back({feature, labelsOf(*labels, users->user)});
    }
    return users;
}

std::vector<std::int64_t> usersWith(const DriverUsers &users, const Driver &driver)
{
    std::vector<std::int64_t> with;
    const auto number = std::ranges::find(users.rows.numbers, driver.feature, &DriverNumber::name);
    const auto text = std::ranges::find(users.rows.texts, driver.feature, &DriverText::name);
    for (std::size_t i = 0; i < users.user.size(); ++i) {
        const bool has = driver.above
                             ? number != users.rows.numbers.end() &&
                                   number->value[i] > *driver.above
                             : text != users.rows.texts.end() && text->value[i] == driver.value;
        if (has) {
            with.push_back(users.user[i]);
        }
    }
    return with;
}

Result<std::shared_ptr<const DriverList>>
findDrivers(const Project &project, const StageHistory &history, const ActivityTable &activity,
            const DriverQuestion &question, const DriverOptions &options, const Task &task)
{
    const auto users = readDriverUsers(project, history, activity, question, task.part(0.0, 0.5));
    if (!users) {
        return users.error();
    }
    auto list = findDrivers(users->rows, options, task.part(0.5, 1.0));
    if (!list) {
        return list.error();
    }
    return std::make_shared<const DriverList>(*std::move(list));
}

} // namespace perennial
