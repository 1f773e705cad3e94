#include "core/behavior/training_torch.h"

#include <algorithm>

// How a training fits the heads that read labels, each by itself, after its best epoch.

namespace perennial::net {

namespace {

/// Labelled windows that the heads are shown, of each user where that makes no more than the second
/// number of all users.
constexpr int kWindowsOfUser = 8;
constexpr std::int64_t kMostWindows = 400'000;

} // namespace

/// One head alone is as its epochs left it, and so are those of the plain feature network, which
/// share all of it but their last layer.
bool Training::fitsHeads() const noexcept
{
    return m_config.headPasses > 0 && m_config.encoder != UserEncoder::Features &&
           m_heads.labels() && m_heads.count() > 1;
}

/// @param epoch of the draws.
std::vector<TrainingWindow> Training::headWindows(Day cut, int epoch) const
{
    PlanOptions plan = planUpTo(cut);
    plan.nextItem = false; // all windows are labelled
    plan.windowsPerUser = static_cast<int>(
        std::clamp<std::int64_t>(kMostWindows / std::max<std::int64_t>(m_report.split.users, 1), 1,
                                 kWindowsOfUser));
    std::vector<TrainingWindow> windows = planEpoch(m_source.events, plan, epoch);
    windows.resize(std::min(windows.size(), static_cast<std::size_t>(kMostWindows)));
    return windows;
}

void Training::makeHeadFitter()
{
    m_headFitter.reset();
    if (fitsHeads()) {
        HeadFitSetup setup{&m_source, m_config, m_heads, m_bounds, m_split.labelDays};
        setup.config.seed = seed();
        m_headFitter = std::make_unique<HeadFitter>(std::move(setup), *m_network, *m_crew);
    }
}

Result<std::vector<HeadFit>> Training::fitHeads()
{
    if (!m_headFitter) {
        return std::vector<HeadFit>();
    }
    const Task task = memberTask().part(kEpochsDone, kHeadsDone);
    const int draws = m_config.epochs + m_config.refitEpochs + 1;
    return m_headFitter->fit(headWindows(m_split.cut, draws), m_sample, m_split.cut, task);
}

/// What was refitted is read by heads that were fitted before: they are shown what is new as well.
Status Training::refitHeads()
{
    if (!m_headFitter || m_config.refitEpochs == 0) {
        return Done{};
    }
    const int draws = m_config.epochs + m_config.refitEpochs + 2;
    return m_headFitter->refit(headWindows(m_split.until, draws), m_config.refitEpochs, kRefitRate,
                               memberTask().part(kRefitDone, 1.0));
}

} // namespace perennial::net
