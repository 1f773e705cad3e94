#include "ui/pages/models/curve_charts.h"

#include "ui/pages/models/measures.h"
#include "ui/wording/run_quality_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(perennial::CurveCharts)
};

const std::string kTrain = "train_", kValid = "valid_";

LineSeries seriesOf(const CurveRun &run, const std::string &metric, const QString &name, Ink ink)
{
    LineSeries series;
    series.name = name;
    series.ink = ink;
    series.points = true;
    for (const EpochMetric &m : run.epochs) {
        if (m.name == metric) {
            series.x.push_back(m.epoch);
            series.y.push_back(m.value);
        }
    }
    return series;
}

std::set<std::string> namesOf(const std::vector<CurveRun> &runs)
{
    std::set<std::string> names;
    for (const CurveRun &run : runs) {
        for (const EpochMetric &m : run.epochs) {
            names.insert(m.name);
        }
    }
    return names;
}

/// Heads with a loss: all together, the known ones in their order, then whatever else there is.
std::vector<std::string> headsOf(const std::set<std::string> &names)
{
    std::vector<std::string> heads{"loss", "next_item", "churn", "value"};
    for (const std::string &name : names) {
        const std::string head = name.substr(std::min(kTrain.size(), name.size()));
        if ((name.starts_with(kTrain) || name.starts_with(kValid)) &&
            std::ranges::find(heads, head) == heads.end()) {
            heads.push_back(head);
        }
    }
    std::erase_if(heads, [&](const std::string &head) {
        return !names.contains(kTrain + head) && !names.contains(kValid + head);
    });
    return heads;
}

LineChart chartOf(const std::vector<CurveRun> &runs, const QString &y)
{
    LineChart chart;
    chart.x.title = Words::tr("Epoch");
    chart.x.whole = true;
    chart.y.title = y;
    if (runs.size() == 1 && runs.front().best > 0) {
        chart.markX = runs.front().best;
        chart.markLabel = Words::tr("best");
    }
    return chart;
}

void add(LineChart &chart, LineSeries series)
{
    if (!series.x.empty()) {
        chart.series.push_back(std::move(series));
    }
}

CurveChart lossChart(const std::vector<CurveRun> &runs, const std::string &head)
{
    LineChart chart = chartOf(runs, Words::tr("Loss"));
    if (runs.size() == 1) {
        add(chart, seriesOf(runs.front(), kTrain + head, Words::tr("Training"), Ink::Series2));
        add(chart, seriesOf(runs.front(), kValid + head, Words::tr("Validation"), Ink::Accent));
    } else {
        for (std::size_t i = 0; i < runs.size(); ++i) {
            add(chart,
                seriesOf(runs[i], kValid + head, runs[i].name, seriesInk(static_cast<int>(i))));
        }
    }
    const QString title =
        runs.size() == 1 ? Words::tr("Loss: %1") : Words::tr("Validation loss: %1");
    return {title.arg(headName(head).toLower()),
            Words::tr("Mean loss by epoch on the windows learned from and on the held-back window. "
                      "Training stops when the validation loss of all heads no longer falls."),
            {chart, {}, {}}};
}

struct MeasureGroup {
    QString title, axis;
    std::vector<std::string> names;
    QStringList labels = {}; ///< of the curves under that title; empty = the measures' own words
    QString label(std::size_t index) const
    {
        const auto at = static_cast<qsizetype>(index);
        return at < labels.size() ? labels[at] : measureOf(names[index]).text;
    }
};

std::vector<MeasureGroup> groupsFor(const std::set<std::string> &names, bool apart)
{
    const QString share = Words::tr("Share or score, 0 to 1"), both = Words::tr("AUC, log loss");
    const QStringList ranks{figureNameText("hr10"), figureNameText("ndcg10"),
                            figureNameText("mrr")};
    const QStringList chance{figureNameText("auc"), figureNameText("log_loss")};
    std::vector<MeasureGroup> groups{
        {Words::tr("Next item"), share, {"hr10", "ndcg10", "mrr"}, ranks},
        {Words::tr("Next new item"), share, {"hr10_new", "ndcg10_new", "mrr_new"}, ranks},
        {Words::tr("Churn: AUC and log loss"), both, {"churn_auc", "churn_log_loss"}, chance},
        {Words::tr("Order: AUC and log loss"), both, {"purchase_auc", "purchase_log_loss"}, chance},
        {Words::tr("Click: AUC and log loss"), both, {"click_auc", "click_log_loss"}, chance},
        {Words::tr("Calibration error (ECE)"),
         Words::tr("Mean distance of chances"),
         {"churn_ece", "purchase_ece", "click_ece", "return_ece_7", "return_ece_30",
          "return_ece_90"},
         {Words::tr("churn"), Words::tr("order"), Words::tr("click"), Words::tr("7 days"),
          Words::tr("30 days"), Words::tr("90 days")}},
        {measureOf("return_concordance").text,
         Words::tr("0.5 is chance"),
         {"return_concordance"},
         {figureNameText("concordance")}},
        {Words::tr("Value: Spearman and bias"),
         Words::tr("Correlation, share"),
         {"value_spearman", "value_bias"},
         {figureNameText("spearman"), figureNameText("bias")}},
        {measureOf("value_mae").text,
         Words::tr("Currency units"),
         {"value_mae"},
         {figureNameText("mae")}},
    };
    std::set<std::string> shown{"seconds", "sequences_per_second", "member"};
    for (const MeasureGroup &group : groups) {
        shown.insert(group.names.begin(), group.names.end());
    }
    for (const std::string &name : names) {
        if (!shown.contains(name) && !name.starts_with(kTrain) && !name.starts_with(kValid)) {
            const QString text = measureOf(name).text;
            groups.push_back({text, text, {name}});
        }
    }
    if (apart) {
        std::vector<MeasureGroup> single;
        for (const MeasureGroup &group : groups) {
            for (const std::string &name : group.names) {
                const QString text = measureOf(name).text;
                single.push_back({text, group.names.size() == 1 ? group.axis : text, {name}});
            }
        }
        groups = std::move(single);
    }
    return groups;
}

CurveChart measureChart(const std::vector<CurveRun> &runs, const MeasureGroup &group)
{
    LineChart chart = chartOf(runs, group.axis);
    QStringList help;
    for (std::size_t k = 0; k < group.names.size(); ++k) {
        const std::string &name = group.names[k];
        const Measure measure = measureOf(name);
        if (!measure.help.isEmpty()) {
            help << QStringLiteral("%1: %2").arg(measure.text, measure.help);
        }
        for (std::size_t i = 0; i < runs.size(); ++i) {
            add(chart,
                seriesOf(runs[i], name, runs.size() == 1 ? group.label(k) : runs[i].name,
                         seriesInk(static_cast<int>(runs.size() == 1 ? chart.series.size() : i))));
        }
    }
    return {group.title, help.join(QLatin1Char('\n')), {chart, {}, {}}};
}

} // namespace

std::vector<CurveChart> curveCharts(const std::vector<CurveRun> &runs)
{
    const std::set<std::string> names = namesOf(runs);
    std::vector<CurveChart> charts;
    for (const std::string &head : headsOf(names)) {
        charts.push_back(lossChart(runs, head));
    }
    for (const MeasureGroup &group : groupsFor(names, runs.size() > 1)) {
        CurveChart chart = measureChart(runs, group);
        if (!std::get<LineChart>(chart.spec.body).series.empty()) {
            charts.push_back(std::move(chart));
        }
    }
    return charts;
}

} // namespace perennial
