#include "ui/pages/lifecycle/stage_strip_card.h"

#include "ui/error_text.h"
#include "ui/pages/lifecycle/lifecycle_charts.h"
#include "ui/pages/scored_section.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

namespace perennial {

namespace {

const QString kStripGroup = QStringLiteral("lifecycle-user");
constexpr std::size_t kMostPeriods = 104;

struct Strip {
    std::vector<Day> ends;
    std::vector<std::optional<Stage>> stages;
};

Result<Strip> readStrip(const Project &project, std::int64_t user, const LifecycleOptions &options,
                        int churnedAfterDays)
{
    const auto state = readUserState(project, user);
    if (!state) {
        return state.error();
    }
    Strip strip;
    const Day at = *options.at;
    strip.ends = periodEnds(state->firstDay.value_or(at), at, options.period, kMostPeriods);
    auto stages = stageHistoryOf(project, user, strip.ends, options.thresholds, churnedAfterDays);
    if (!stages) {
        return stages.error();
    }
    strip.stages = *std::move(stages);
    return strip;
}

} // namespace

StageStripCard::StageStripCard(const PageContext &context, QWidget *parent)
    : ChartCard(tr("Stages of a user"), parent), m_context(context)
{
    setDefinition(tr("The stage that one user was in at the end of each period, by the same ladder "
                     "and what was known by then."));
    clear();
}

void StageStripCard::clear()
{
    m_context.jobs.cancelGroup(kStripGroup);
    setTitle(tr("Stages of a user"));
    setSpec(sentence(tr("Choose a user in the table above to see the stages gone through.")));
    setCaption({});
}

void StageStripCard::showUser(qint64 user, const QString &key)
{
    if (user == 0) {
        clear();
        return;
    }
    setTitle(tr("Stages of %1 at the end of each %2")
                 .arg(key, periodText(m_context.session.settings().period)));
    LifecycleOptions options = lifecycleOptionsFrom(m_context.session.settings());
    options.at = m_context.session.label()->snapshot;
    readScored<Strip>(
        m_context, this, tr("Stages of a user"), kStripGroup,
        [user, options, churned = m_context.session.label()->churnedAfterDays](
            Project &project, const Task &) { return readStrip(project, user, options, churned); },
        [this](Result<Strip> strip) {
            if (strip) {
                setSpec(stageStripChart(strip->ends, strip->stages));
                setCaption(strip->ends.size() == kMostPeriods
                               ? tr("The last %1 periods.").arg(kMostPeriods)
                               : QString());
            } else if (strip.error().code != ErrorCode::Cancelled) {
                setSpec(sentence(errorText(strip.error())));
            }
        });
}

} // namespace perennial
