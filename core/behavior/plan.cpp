#include "core/behavior/plan.h"

#include "core/base/hash.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace perennial {

namespace {

constexpr std::uint64_t kPlanStream = 3;

Day dayBetween(Rng &rng, Day first, Day last)
{
    return first + static_cast<Day>(rng.below(static_cast<std::uint32_t>(last - first + 1)));
}

/// Adds a time to return to the life table.
void addReturn(LabelSummary &summary, const WindowOutcome &outcome, int labelDays)
{
    const int days = outcome.returnDays > 0 ? outcome.returnDays : labelDays;
    for (std::size_t k = 0; k < kReturnStretches; ++k) {
        const int from = kReturnEdges[k];
        summary.waited[k] += std::clamp(days, from, kReturnEdges[k + 1]) - from;
    }
    if (outcome.returnDays > 0) {
        ++summary.returned;
        summary.returns[returnStretch(days)] += 1;
    }
}

class Planner {
public:
    Planner(const EventTable &events, const PlanOptions &options, int epoch)
        : m_events(events), m_options(options),
          m_rng(static_cast<std::uint64_t>(options.seed) ^ mix64(static_cast<std::uint64_t>(epoch)),
                kPlanStream)
    {
    }

    std::vector<TrainingWindow> plan()
    {
        for (std::int64_t user = 1; user <= m_events.maxUser(); ++user) {
            const EventSpan known = eventsUpTo(m_events, user, m_options.cut);
            if (known.size() > 0) {
                addUser(user, known);
            }
        }
        for (std::size_t k = m_windows.size(); k > 1; --k) {
            std::swap(m_windows[k - 1], m_windows[m_rng.below(static_cast<std::uint32_t>(k))]);
        }
        return std::move(m_windows);
    }

private:
    void addUser(std::int64_t user, EventSpan known)
    {
        const Day first = dayOf(m_events.at[static_cast<std::size_t>(known.begin)]);
        const bool labels = m_options.labels && first <= m_options.lastAnchor;
        const Day recent = m_options.labels ? std::max(first, m_options.lastAnchor + 1) : first;
        // one event alone has nothing to follow it
        const bool items = m_options.nextItem && known.size() > 1 && recent <= m_options.cut;
        const bool odd = m_rng.below(2) == 1;
        for (int k = 0; k < m_options.windowsPerUser; ++k) {
            const bool labelTurn = (k % 2 == 0) != (m_options.windowsPerUser == 1 && odd);
            if (labels && (labelTurn || !m_options.nextItem)) {
                const bool late = m_rng.below(2) == 0;
                const Day anchor = late ? m_options.lastAnchor
                                        : dayBetween(m_rng, first, m_options.lastAnchor);
                m_windows.push_back({user, anchor, true});
            } else if (items && (!labelTurn || !m_options.labels)) {
                m_windows.push_back({user, dayBetween(m_rng, recent, m_options.cut), false});
            }
        }
    }

    const EventTable &m_events;
    const PlanOptions &m_options;
    Rng m_rng;
    std::vector<TrainingWindow> m_windows;
};

} // namespace

std::vector<TrainingWindow> planEpoch(const EventTable &events, const PlanOptions &options,
                                      int epoch)
{
    return Planner(events, options, epoch).plan();
}

LabelSummary summarizeLabels(const EventTable &events, const std::vector<TrainingWindow> &windows,
                             int labelDays)
{
    LabelSummary summary;
    double sum = 0;
    double squares = 0;
    for (const TrainingWindow &window : windows) {
        if (!window.labelled) {
            continue;
        }
        const WindowOutcome outcome = outcomeAfter(events, window.user, window.anchor, labelDays);
        ++summary.labels;
        summary.churned += outcome.ordered ? 0 : 1;
        summary.clicked += outcome.clicked ? 1 : 0;
        addReturn(summary, outcome, labelDays);
        if (outcome.net > 0) {
            const double logValue = std::log(outcome.net);
            summary.largestLog =
                summary.paying == 0 ? logValue : std::max(summary.largestLog, logValue);
            ++summary.paying;
            sum += logValue;
            squares += logValue * logValue;
        }
    }
    if (summary.paying > 0) {
        const double n = static_cast<double>(summary.paying);
        summary.meanLog = sum / n;
        summary.deviationLog =
            std::sqrt(std::max(squares / n - summary.meanLog * summary.meanLog, 0.0));
    }
    return summary;
}

} // namespace perennial
