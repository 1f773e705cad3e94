#include "core/quality/time_span.h"

#include <algorithm>
#include <cstddef>

namespace perennial {

namespace {

constexpr double kMostInTail = 0.005;
constexpr std::int64_t kFewestEvents = 20; // among fewer, one event is no stray
constexpr Day kTailDistance = 180;

std::int64_t mostInTail(std::int64_t events)
{
    const auto share = static_cast<std::int64_t>(kMostInTail * static_cast<double>(events));
    return events < kFewestEvents ? 0 : std::max<std::int64_t>(1, share);
}

} // namespace

std::optional<TimeSpan> mainTimeSpan(const std::vector<std::pair<Day, std::int64_t>> &days)
{
    if (days.empty()) {
        return std::nullopt;
    }
    std::int64_t all = 0;
    for (const auto &[day, events] : days) {
        all += events;
    }
    const std::int64_t most = mostInTail(all);
    TimeSpan span{days.front().first, days.back().first, 0, 0};
    std::int64_t events = 0;
    for (std::size_t k = 0; k + 1 < days.size() && (events += days[k].second) <= most; ++k) {
        if (std::int64_t{days[k + 1].first} - days[k].first > kTailDistance) {
            span.first = days[k + 1].first;
            span.before = events;
        }
    }
    events = 0;
    for (std::size_t k = days.size(); k-- > 1 && (events += days[k].second) <= most;) {
        if (std::int64_t{days[k].first} - days[k - 1].first > kTailDistance) {
            span.last = days[k - 1].first;
            span.after = events;
        }
    }
    return span;
}

} // namespace perennial
