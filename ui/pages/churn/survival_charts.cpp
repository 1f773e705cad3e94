// Curves and hazard ratios of the section Survival.
#include "ui/pages/churn/survival_section.h"

#include "ui/wording/format.h"
#include "ui/wording/lifecycle_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

constexpr std::size_t kMostGroups = 6;
constexpr std::size_t kMostSteps = 300;
constexpr std::array kInks{Ink::Series1, Ink::Series2, Ink::Series3,
                           Ink::Series4, Ink::Series6, Ink::Churned};
static_assert(kInks.size() == kMostGroups);

QString groupText(const SurvivalGroup &group)
{
    return group.value.empty() ? SurvivalSection::tr("not known")
                               : QString::fromStdString(group.value);
}

/// Flat between its steps; the band is left out where lines would hide each other's.
LineSeries lineOf(const SurvivalGroup &group, const QString &name, Ink ink, bool banded)
{
    LineSeries line;
    line.name = name;
    line.ink = ink;
    line.stepped = true;
    for (const std::size_t k : stepsShown(group.curve)) {
        const SurvivalStep &step = group.curve.steps[k];
        line.x.push_back(step.time);
        line.y.push_back(step.survival);
        if (banded) {
            line.lower.push_back(step.lower);
            line.upper.push_back(step.upper);
        }
        line.notes << SurvivalSection::tr("[%1, %2], %3 at risk")
                          .arg(percentText(step.lower), percentText(step.upper),
                               countText(std::llround(step.atRisk)));
    }
    return line;
}

} // namespace

std::vector<std::size_t> groupsShown(const SurvivalStudy &study)
{
    std::vector<std::size_t> all(study.groups.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::ranges::stable_sort(all, std::ranges::greater(),
                             [&](std::size_t g) { return study.groups[g].rows; });
    all.resize(std::min(all.size(), kMostGroups));
    std::ranges::sort(all);
    return all;
}

std::vector<std::size_t> stepsShown(const SurvivalCurve &curve)
{
    std::vector<std::size_t> shown;
    const std::size_t steps = curve.steps.size();
    const std::size_t every = std::max<std::size_t>(1, (steps + kMostSteps - 1) / kMostSteps);
    for (std::size_t k = 0; k < steps; k += every) {
        shown.push_back(k);
    }
    if (steps > 0 && shown.back() != steps - 1) {
        shown.push_back(steps - 1);
    }
    return shown;
}

ChartSpec survivalChart(const SurvivalStudy &study)
{
    LineChart chart;
    chart.x.title = SurvivalSection::tr("Days since the first activity");
    chart.x.whole = true;
    chart.y.title = SurvivalSection::tr("Share who have not churned");
    chart.y.scale = AxisSpec::Scale::Percent;
    chart.y.min = 0.0;
    chart.y.max = 1.0;
    const std::vector<std::size_t> groups = groupsShown(study);
    for (const std::size_t g : groups) {
        chart.series.push_back(lineOf(study.groups[g], groupText(study.groups[g]),
                                      kInks[chart.series.size()], groups.size() <= 3));
    }
    if (groups.empty()) {
        chart.series.push_back(
            lineOf(study.all, SurvivalSection::tr("all"), Ink::Accent, true));
    }
    ChartSpec spec;
    spec.empty = SurvivalSection::tr("Nobody has been active yet.");
    spec.body = std::move(chart);
    return spec;
}

ChartSpec hazardRatioChart(const SurvivalStudy &study)
{
    ChartSpec spec;
    spec.empty = SurvivalSection::tr("Nothing is known of these users that a regression could "
                                     "compare: import attributes, or choose some above.");
    if (!study.cox) {
        return spec;
    }
    ForestPlot chart;
    chart.x.title = SurvivalSection::tr("Hazard ratio of churning (1 = no difference)");
    chart.reference = 1.0;
    const CoxStudy &cox = *study.cox;
    for (std::size_t k = 0; k < cox.fit.terms.size(); ++k) {
        const auto ratio = ratioOf(cox.fit.terms[k], study.confidence);
        if (!ratio || !std::isfinite(ratio->upper)) {
            continue;
        }
        ForestRow row;
        const DesignColumn &column = cox.design.columns[k];
        const QString name = userLabelText(cox.design.terms[column.term]);
        row.label = column.level.empty() ? name
                                         : QStringLiteral("%1 = %2").arg(
                                               name, QString::fromStdString(column.level));
        row.value = ratio->ratio;
        row.lower = ratio->lower;
        row.upper = ratio->upper;
        row.ink = Ink::Accent;
        chart.rows.push_back(std::move(row));
    }
    spec.empty = SurvivalSection::tr("No term of the regression could be estimated.");
    if (!chart.rows.empty()) {
        spec.body = std::move(chart);
    }
    return spec;
}

} // namespace perennial
