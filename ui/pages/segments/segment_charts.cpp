#include "ui/pages/segments/segment_charts.h"

#include "ui/wording/format.h"
#include "ui/wording/segment_words.h"

#include <QCoreApplication>

#include <limits>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SegmentCharts", text);
}

double orGap(const std::optional<double> &value)
{
    return value.value_or(std::numeric_limits<double>::quiet_NaN());
}

bool isTold(const SegmentStudy &study, std::size_t row, std::size_t column)
{
    return !study.segments[row].error && !study.segments[column].error;
}

double cellValue(const SegmentStudy &study, OverlapFigure figure, std::size_t row,
                 std::size_t column)
{
    switch (figure) {
    case OverlapFigure::Users:
        return static_cast<double>(study.common[row][column]);
    case OverlapFigure::Share:
        return orGap(study.share(row, column));
    case OverlapFigure::Jaccard:
        break;
    }
    return orGap(study.jaccard(row, column));
}

QString overlapTitle(OverlapFigure figure)
{
    switch (figure) {
    case OverlapFigure::Users:
        return tr("Users in both");
    case OverlapFigure::Share:
        return tr("Users of the row who are in the column too");
    case OverlapFigure::Jaccard:
        break;
    }
    return tr("Users in both, of those in either");
}

} // namespace

QString historyTitle(const SegmentHistory &history)
{
    return history.kind == SegmentHistory::Kind::Meeting
               ? tr("Size over time, users at the ends of months")
               : tr("Today's users who were active in each month");
}

QString historyCaption(const SegmentHistory &history)
{
    if (history.kind == SegmentHistory::Kind::Meeting) {
        return tr(
            "The last point is of the snapshot date, as scored. Attributes are what is known of "
            "a user today.");
    }
    QStringList why;
    for (const SegmentFigure figure : history.untold.figures) {
        why << tr("%1 is a model's figure of today").arg(segmentFigureText(figure));
    }
    for (const std::string &campaign : history.untold.campaigns) {
        why << tr("when campaign %1 addressed its users is not known")
                   .arg(QString::fromStdString(campaign));
    }
    return tr("The rule can't be told at earlier days: %1. So this is not the segment's size then.")
        .arg(why.join(QStringLiteral("; ")));
}

ChartSpec historyChart(const SegmentHistory &history)
{
    LineChart chart;
    chart.x.scale = AxisSpec::Scale::Date;
    chart.y.title = tr("Users");
    chart.y.whole = true;
    chart.yFromZero = true;
    LineSeries line;
    line.longName = history.kind == SegmentHistory::Kind::Meeting ? tr("Users of the segment")
                                                                  : tr("Active of today's users");
    line.ink = Ink::Accent;
    line.points = true;
    for (std::size_t k = 0; k < history.ends.size(); ++k) {
        line.x.push_back(history.ends[k]);
        line.y.push_back(static_cast<double>(history.users[k]));
        const double of = static_cast<double>(history.of[k]);
        line.notes
            << (of > 0
                    ? tr("%1 of %2").arg(percentText(line.y.back() / of), usersText(history.of[k]))
                    : QString());
    }
    chart.series.push_back(std::move(line));
    ChartSpec spec;
    spec.body = std::move(chart);
    return spec;
}

ChartSpec overlapChart(const SegmentStudy &study, const QStringList &names, OverlapFigure figure)
{
    HeatMap chart;
    chart.rows = chart.columns = names;
    chart.value.title = overlapTitle(figure);
    if (figure != OverlapFigure::Users) {
        chart.value.scale = AxisSpec::Scale::Percent;
        chart.value.max = 1.0;
    }
    for (std::size_t row = 0; row < study.common.size(); ++row) {
        std::vector<double> values;
        QStringList notes;
        for (std::size_t column = 0; column < study.common.size(); ++column) {
            const bool told = isTold(study, row, column);
            values.push_back(told ? cellValue(study, figure, row, column) : orGap({}));
            notes << (told ? tr("%1 in both").arg(usersText(study.common[row][column]))
                           : tr("can't be told"));
        }
        chart.values.push_back(std::move(values));
        chart.notes.push_back(std::move(notes));
    }
    ChartSpec spec;
    spec.body = std::move(chart);
    return spec;
}

} // namespace perennial
