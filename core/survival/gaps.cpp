#include "core/survival/gaps.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr double kRareReturn = 0.10;
constexpr double kRounding = 1e-12;
/// No return among n open gaps bounds the rate by about 3 / n at 95 %.
constexpr double kFewestOpenGaps = 30.0;

void count(std::vector<std::int64_t> &histogram, std::int64_t gap)
{
    const auto g = static_cast<std::size_t>(gap);
    if (histogram.size() <= g) {
        histogram.resize(g + 1, 0);
    }
    ++histogram[g];
}

} // namespace

std::string_view churnDaysSourceName(ChurnDaysSource source) noexcept
{
    switch (source) {
    case ChurnDaysSource::Setting: return "setting";
    case ChurnDaysSource::Estimated: return "estimated";
    case ChurnDaysSource::Default: return "default";
    }
    return "default";
}

GapCounts countGaps(const std::vector<ActiveDay> &days, Day at)
{
    GapCounts gaps;
    for (std::size_t i = 0; i < days.size(); ++i) {
        if (days[i].day > at) {
            continue;
        }
        const bool isLast = i + 1 == days.size() || days[i + 1].user != days[i].user ||
                            days[i + 1].day > at;
        const std::int64_t end = isLast ? at : days[i + 1].day;
        count(isLast ? gaps.open : gaps.closed, end - days[i].day);
    }
    const std::size_t longest = std::max(gaps.open.size(), gaps.closed.size());
    gaps.open.resize(longest, 0);
    gaps.closed.resize(longest, 0);
    return gaps;
}

Result<SurvivalCurve> gapSurvival(const GapCounts &gaps)
{
    std::vector<double> durations;
    std::vector<std::int8_t> observed;
    std::vector<double> weights;
    for (std::size_t g = 0; g < gaps.closed.size(); ++g) {
        for (const bool closed : {true, false}) {
            const std::int64_t n = closed ? gaps.closed[g] : gaps.open[g];
            if (n > 0) {
                durations.push_back(static_cast<double>(g));
                observed.push_back(closed ? 1 : 0);
                weights.push_back(static_cast<double>(n));
            }
        }
    }
    return kaplanMeier(durations, observed, weights);
}

ChurnDays estimateChurnDays(const GapCounts &gaps, int horizonDays)
{
    if (gaps.closed.empty() || horizonDays <= 0) {
        return {};
    }
    const std::size_t longest = gaps.closed.size() - 1;
    const auto horizon = static_cast<std::size_t>(horizonDays);
    double atRisk = 0.0;
    for (std::size_t g = 0; g <= longest; ++g) {
        atRisk += static_cast<double>(gaps.closed[g] + gaps.open[g]);
    }
    std::vector<double> survival(longest + 1); // P(gap > g)
    std::vector<double> stillOpen(longest + 1);
    double s = 1.0;
    for (std::size_t g = 0; g <= longest; ++g) {
        const auto closed = static_cast<double>(gaps.closed[g]);
        s *= atRisk > 0.0 ? (atRisk - closed) / atRisk : 1.0;
        atRisk -= closed + static_cast<double>(gaps.open[g]);
        survival[g] = s;
        stillOpen[g] = atRisk;
    }
    for (std::size_t tau = 1; tau + horizon <= longest; ++tau) {
        if (stillOpen[tau] < kFewestOpenGaps || survival[tau] <= 0.0) {
            break; // both only fall from here on
        }
        if (1.0 - survival[tau + horizon] / survival[tau] <= kRareReturn + kRounding) {
            return {static_cast<int>(tau), ChurnDaysSource::Estimated};
        }
    }
    return {};
}

} // namespace perennial
