#include "ui/pages/lifecycle/lifecycle_charts.h"

#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QCoreApplication>

#include <cmath>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(LifecycleCharts)
};

QString percentsText(const Interval &interval)
{
    return QStringLiteral("[%1, %2]").arg(percentText(interval.lower), percentText(interval.upper));
}

std::vector<SankeyNode> stageNodes()
{
    std::vector<SankeyNode> nodes;
    for (const Stage stage : kStages) {
        nodes.push_back({stageText(stage), stageInk(stage)});
    }
    return nodes;
}

std::vector<double> asNumbers(const std::array<std::int64_t, kStageCount> &counts)
{
    return {counts.begin(), counts.end()};
}

} // namespace

ChartSpec stageCountsChart(const StageCounts &counts, const StageCounts &scored)
{
    std::int64_t all = 0;
    for (const std::int64_t users : counts) {
        all += users;
    }
    CategoryBars chart;
    chart.value.title = Words::tr("Users");
    chart.value.whole = true;
    for (const Stage stage : kStages) {
        const auto k = static_cast<std::size_t>(stage);
        CategoryBar bar;
        bar.label = stageText(stage);
        bar.value = static_cast<double>(counts[k]);
        bar.ink = stageInk(stage);
        bar.valueText = countText(counts[k]);
        bar.note = percentText(all > 0 ? bar.value / static_cast<double>(all) : 0.0);
        if (counts[k] != scored[k]) {
            bar.note += QStringLiteral("  (%1)").arg(
                signedFullText(static_cast<double>(counts[k] - scored[k]), 0));
        }
        chart.bars.push_back(std::move(bar));
    }
    ChartSpec spec;
    spec.body = std::move(chart);
    spec.empty = Words::tr("No users.");
    return spec;
}

ChartSpec stageHistoryChart(const StageHistory &history)
{
    StackedBars chart;
    chart.x.scale = AxisSpec::Scale::Date;
    chart.y.title = Words::tr("Users");
    chart.y.whole = true;
    chart.at.assign(history.ends.begin(), history.ends.end());
    for (const Stage stage : kStages) {
        StackSeries series{stageText(stage), stageInk(stage), {}};
        for (const auto &counts : history.counts) {
            series.values.push_back(
                static_cast<double>(counts[static_cast<std::size_t>(stage)]));
        }
        chart.series.push_back(std::move(series));
    }
    ChartSpec spec;
    spec.body = std::move(chart);
    spec.empty = Words::tr("Nobody is known yet.");
    return spec;
}

ChartSpec stageStripChart(const std::vector<Day> &ends,
                          const std::vector<std::optional<Stage>> &stages)
{
    StackedBars chart;
    chart.x.scale = AxisSpec::Scale::Date;
    chart.y.max = 1.0;
    chart.y.bare = true;
    chart.at.assign(ends.begin(), ends.end());
    for (const Stage stage : kStages) {
        StackSeries series{stageText(stage), stageInk(stage), {}};
        for (const std::optional<Stage> &at : stages) {
            series.values.push_back(at == stage ? 1.0 : 0.0);
        }
        if (std::ranges::find(stages, std::optional(stage)) != stages.end()) {
            chart.series.push_back(std::move(series));
        }
    }
    ChartSpec spec;
    if (!chart.series.empty()) {
        spec.body = std::move(chart);
    }
    spec.empty = Words::tr("This user was not known yet.");
    return spec;
}

ChartSpec quickRatioChart(std::span<const FlowRow> flows, Period period)
{
    LineSeries ratio;
    ratio.name = Words::tr("quick ratio");
    ratio.ink = Ink::Accent;
    ratio.points = flows.size() <= 60;
    for (const FlowRow &row : flows) {
        const auto value = row.complete ? quickRatio(row) : std::nullopt;
        ratio.x.push_back(row.start);
        ratio.y.push_back(value.value_or(std::nan("")));
        ratio.notes << Words::tr("%1 in, %2 out")
                           .arg(countText(row.fresh + row.resurrected), countText(row.dormant));
    }
    LineSeries even;
    even.longName = Words::tr("as many in as out");
    even.ink = Ink::Quiet;
    if (!flows.empty()) {
        even.x = {static_cast<double>(flows.front().start), static_cast<double>(flows.back().start)};
        even.y = {1.0, 1.0};
    }
    LineChart chart;
    chart.x.scale = AxisSpec::Scale::Date;
    chart.y.title = Words::tr("(new + resurrected) / dormant, per %1").arg(periodText(period));
    chart.yFromZero = true;
    chart.series = {std::move(ratio)};
    if (flows.size() > 1) {
        chart.series.push_back(std::move(even));
    }
    ChartSpec spec;
    spec.empty = Words::tr("Nobody went quiet in a complete period: there is no ratio yet.");
    if (std::ranges::any_of(chart.series[0].y, [](double y) { return std::isfinite(y); })) {
        spec.body = std::move(chart);
    }
    return spec;
}

ChartSpec transitionsChart(const TransitionMatrix &matrix)
{
    SankeyChart chart;
    chart.fromTitle = dayText(matrix.from);
    chart.toTitle = dayText(matrix.to);
    chart.unit = Words::tr("users");
    chart.from = stageNodes();
    chart.to = stageNodes();
    for (std::size_t i = 0; i < kStageCount; ++i) {
        chart.flow.push_back(asNumbers(matrix.users[i]));
        std::vector<QString> &notes = chart.notes.emplace_back();
        for (const auto &share : matrix.shares[i]) {
            notes.push_back(share ? Words::tr("%1 of its users %2")
                                        .arg(percentText(share->share),
                                             percentsText(share->interval))
                                  : QString());
        }
    }
    chart.from.push_back({Words::tr("not known yet"), Ink::Quiet});
    chart.flow.push_back(asNumbers(matrix.fresh));
    ChartSpec spec;
    spec.body = std::move(chart);
    spec.empty = Words::tr("Nobody is known on both days.");
    return spec;
}

ChartSpec transitionSharesChart(const TransitionMatrix &matrix)
{
    HeatMap chart;
    chart.value.scale = AxisSpec::Scale::Percent;
    chart.value.max = 1.0;
    chart.value.title = Words::tr("Share of a row's users");
    chart.rowTitle = Words::tr("On %1").arg(dayText(matrix.from));
    chart.columnTitle = Words::tr("On %1").arg(dayText(matrix.to));
    for (const Stage stage : kStages) {
        const auto i = static_cast<std::size_t>(stage);
        chart.rows << stageText(stage);
        chart.columns << stageText(stage);
        std::vector<double> &values = chart.values.emplace_back();
        QStringList &notes = chart.notes.emplace_back();
        for (std::size_t j = 0; j < kStageCount; ++j) {
            const auto &share = matrix.shares[i][j];
            values.push_back(share ? share->share : std::nan(""));
            notes << (share ? Words::tr("%1 of %2; 95 %: %3")
                                  .arg(countText(matrix.users[i][j]), countText(matrix.before[i]),
                                       percentsText(share->interval))
                            : Words::tr("nobody was there"));
        }
    }
    ChartSpec spec;
    spec.body = std::move(chart);
    spec.empty = Words::tr("Nobody is known on both days.");
    return spec;
}

QString testText(const LikelihoodRatioTest &test)
{
    if (!test.p) {
        return Words::tr("too little data to tell");
    }
    const QString p = *test.p < 0.001 ? Words::tr("p < 0.001")
                                      : Words::tr("p = %1").arg(fullText(*test.p, 3));
    const QString text = Words::tr("χ² = %1, df %2, %3, %4")
                             .arg(fullText(test.chi2, 1), countText(test.df), p,
                                  usersText(test.users));
    return test.ground == TestGround::Sparse
               ? Words::tr("%1; many expected counts are below 5: rough").arg(text)
               : text;
}

} // namespace perennial
