#include "core/quality/event_breaks.h"

#include "core/base/robust.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

constexpr int kWeeksAround = 8, kWeeksCompared = 4;
constexpr double kFalseAlarms = 0.01; // expected per history
constexpr double kLeastFactor = 3.0, kLeastZ = 5.0;
constexpr double kMedianOfChi2 = 0.4549; // one degree of freedom

using Days = std::vector<DayProfile>;

/// Mean events of the same weekday over the weeks before day `from` and after day `to`.
double usualEvents(const Days &days, std::ptrdiff_t day, std::ptrdiff_t from, std::ptrdiff_t to)
{
    double sum = 0.0;
    int found = 0;
    const auto size = static_cast<std::ptrdiff_t>(days.size());
    const auto walk = [&](std::ptrdiff_t at, std::ptrdiff_t step) {
        for (int k = 0; k < kWeeksAround && at >= 0 && at < size; ++k, at += step) {
            sum += static_cast<double>(days[static_cast<std::size_t>(at)].events);
            ++found;
        }
    };
    const std::ptrdiff_t weeksBack = (day - from) / 7 + 1, weeksOn = (to - day) / 7 + 1;
    walk(day - 7 * weeksBack, -7);
    walk(day + 7 * weeksOn, 7);
    return found > 0 ? sum / found : 0.0;
}

/// From a day and the same weekday a week later: a slow growth or one jump does not widen it.
double dispersionOf(const Days &days)
{
    std::vector<double> ratios;
    for (std::size_t day = 7; day < days.size(); ++day) {
        const auto events = static_cast<double>(days[day].events);
        const auto before = static_cast<double>(days[day - 7].events);
        if (events > 0.0 && before > 0.0) {
            ratios.push_back((events - before) * (events - before) / (events + before));
        }
    }
    return ratios.empty() ? 1.0 : std::max(1.0, medianOf(ratios) / kMedianOfChi2);
}

std::vector<EventGap> findGaps(const DataProfile &profile, double dispersion)
{
    const Days &days = profile.days;
    std::vector<EventGap> gaps;
    const auto size = static_cast<std::ptrdiff_t>(days.size());
    for (std::ptrdiff_t from = 0; from < size; ++from) {
        if (days[static_cast<std::size_t>(from)].events > 0) {
            continue;
        }
        std::ptrdiff_t to = from;
        while (to + 1 < size && days[static_cast<std::size_t>(to + 1)].events == 0) {
            ++to;
        }
        double expected = 0.0;
        std::array<double, 7> ofWeekday{};
        for (std::ptrdiff_t day = from; day <= to; ++day) {
            const auto slot = static_cast<std::size_t>((day - from) % 7);
            if (day - from < 7) {
                ofWeekday[slot] = usualEvents(days, day, from, to);
            }
            expected += ofWeekday[slot];
        }
        if (std::exp(-expected / dispersion) * static_cast<double>(size) < kFalseAlarms) {
            gaps.push_back({profile.span.first + static_cast<Day>(from),
                            profile.span.first + static_cast<Day>(to), expected});
        }
        from = to;
    }
    return gaps;
}

std::vector<double> weekTotals(const DataProfile &profile, Day monday)
{
    std::vector<double> weeks;
    for (auto day = static_cast<std::size_t>(monday - profile.span.first);
         day + 7 <= profile.days.size(); day += 7) {
        double sum = 0.0;
        for (std::size_t k = 0; k < 7; ++k) {
            sum += static_cast<double>(profile.days[day + k].events);
        }
        weeks.push_back(sum);
    }
    return weeks;
}

std::vector<LevelChange> findChanges(const DataProfile &profile, double dispersion)
{
    const Day monday = periodStart(profile.span.first + 6, Period::Week); // the first whole week
    const std::vector<double> weeks = weekTotals(profile, monday);
    struct Jump {
        std::size_t week;
        double factor;
    };
    std::vector<Jump> jumps;
    for (std::size_t week = kWeeksCompared; week + kWeeksCompared <= weeks.size(); ++week) {
        const auto at = weeks.begin() + static_cast<std::ptrdiff_t>(week);
        const double before = std::accumulate(at - kWeeksCompared, at, 0.0);
        const double after = std::accumulate(at, at + kWeeksCompared, 0.0);
        const double factor = (after + 1.0) / (before + 1.0);
        const double z = std::abs(after - before) / std::sqrt(dispersion * (after + before) + 1e-9);
        if (std::abs(std::log(factor)) >= std::log(kLeastFactor) && z > kLeastZ) {
            jumps.push_back({week, factor});
        }
    }
    std::ranges::stable_sort(jumps, std::ranges::greater(),
                             [](const Jump &jump) { return std::abs(std::log(jump.factor)); });
    std::vector<LevelChange> changes;
    for (const Jump &jump : jumps) {
        const Day from = monday + static_cast<Day>(7 * jump.week);
        if (std::ranges::none_of(changes, [&](const LevelChange &change) {
                return std::abs(change.from - from) < 7 * 2 * kWeeksCompared;
            })) {
            changes.push_back({from, jump.factor});
        }
    }
    std::ranges::sort(changes, {}, &LevelChange::from);
    return changes;
}

} // namespace

EventBreaks findEventBreaks(const DataProfile &profile)
{
    EventBreaks breaks;
    if (profile.events == 0) {
        return breaks;
    }
    breaks.dispersion = dispersionOf(profile.days);
    breaks.gaps = findGaps(profile, breaks.dispersion);
    breaks.changes = findChanges(profile, breaks.dispersion);
    return breaks;
}

} // namespace perennial
