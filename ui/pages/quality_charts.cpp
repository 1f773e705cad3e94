#include "ui/pages/quality_charts.h"

#include "ui/wording/format.h"
#include "ui/wording/quality_words.h"
#include "ui/wording/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <limits>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(QualityCharts)
};

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kMonthsShown = 36;

double shareOf(const MissingCount &count)
{
    return count.share().value_or(kNothing);
}

HeatMap missingMap()
{
    HeatMap map;
    map.value.title = Words::tr("Share without");
    map.value.scale = AxisSpec::Scale::Percent;
    map.value.max = 1.0;
    return map;
}

/// Fields that any event has: a column that no file has is one line of words, not of colour.
std::vector<EventField> fieldsSeen(const DataProfile &profile)
{
    std::vector<EventField> seen;
    for (const EventField field : kEventFields) {
        for (const auto &[kind, counts] : profile.missingByKind) {
            const MissingCount &count = counts[static_cast<std::size_t>(field)];
            if (count.missing < count.events) {
                seen.push_back(field);
                break;
            }
        }
    }
    return seen;
}

ChartSpec specOf(ChartBody body, const QString &empty)
{
    ChartSpec spec;
    spec.body = std::move(body);
    spec.empty = empty;
    return spec;
}

} // namespace

ChartSpec eventsOverTimeChart(const QualityReport &report)
{
    const DataProfile &profile = report.profile;
    constexpr std::size_t kMostDays = 100;
    const Period period = profile.days.size() <= kMostDays ? Period::Day : Period::Week;
    StackedBars chart;
    chart.x.scale = AxisSpec::Scale::Date;
    chart.y.title = Words::tr("Events per %1").arg(periodText(period));
    chart.y.whole = true;
    StackSeries purchases{Words::tr("purchases"), Ink::Series1, {}};
    StackSeries others{Words::tr("other events"), Ink::Series2, {}};
    for (std::size_t k = 0; k < profile.days.size(); ++k) {
        const Day start = periodStart(profile.span.first + static_cast<Day>(k), period);
        if (chart.at.empty() || chart.at.back() < start) {
            chart.at.push_back(start);
            purchases.values.push_back(0);
            others.values.push_back(0);
        }
        const DayProfile &day = profile.days[k];
        purchases.values.back() += static_cast<double>(day.purchases);
        others.values.back() += static_cast<double>(day.events - day.purchases);
    }
    chart.series = {std::move(purchases), std::move(others)};
    return specOf(std::move(chart), Words::tr("No events yet."));
}

QString breaksCaption(const EventBreaks &breaks)
{
    constexpr std::size_t kNamed = 3;
    QStringList parts;
    for (std::size_t k = 0; k < std::min(kNamed, breaks.gaps.size()); ++k) {
        const EventGap &gap = breaks.gaps[k];
        parts << Words::tr("no events %1 to %2").arg(dayText(gap.first), dayText(gap.last));
    }
    if (breaks.gaps.size() > kNamed) {
        parts << counted(static_cast<qint64>(breaks.gaps.size() - kNamed),
                         Words::tr("1 more gap"), Words::tr("%1 more gaps"));
    }
    for (std::size_t k = 0; k < std::min(kNamed, breaks.changes.size()); ++k) {
        const LevelChange &change = breaks.changes[k];
        parts << Words::tr("%1 times the level from %2")
                     .arg(shortText(change.factor), dayText(change.from));
    }
    return parts.join(QStringLiteral(" · "));
}

ChartSpec missingByKindChart(const DataProfile &profile)
{
    HeatMap map = missingMap();
    for (const EventField field : kEventFields) {
        map.columns << eventFieldText(field);
    }
    for (const auto &[kind, counts] : profile.missingByKind) {
        map.rows << eventKindText(kind);
        std::vector<double> row;
        for (const MissingCount &count : counts) {
            row.push_back(shareOf(count));
        }
        map.values.push_back(std::move(row));
    }
    return specOf(std::move(map), Words::tr("No events yet."));
}

ChartSpec missingByMonthChart(const DataProfile &profile)
{
    HeatMap map = missingMap();
    const std::size_t first = profile.months.size() - std::min(kMonthsShown, profile.months.size());
    for (std::size_t k = first; k < profile.months.size(); ++k) {
        map.columns << monthText(profile.months[k].start);
    }
    for (const EventField field : fieldsSeen(profile)) {
        map.rows << eventFieldText(field);
        std::vector<double> row;
        for (std::size_t k = first; k < profile.months.size(); ++k) {
            row.push_back(shareOf(profile.months[k].missing[static_cast<std::size_t>(field)]));
        }
        map.values.push_back(std::move(row));
    }
    return specOf(std::move(map), Words::tr("No events yet."));
}

ChartSpec weekHoursChart(const DataProfile &profile)
{
    HeatMap map;
    map.value.title = Words::tr("Events, UTC");
    for (int hour = 0; hour < 24; ++hour) {
        map.columns << QString::number(hour);
    }
    const QLocale locale;
    for (int day = 0; day < 7; ++day) {
        map.rows << locale.dayName(day + 1, QLocale::ShortFormat);
        const auto &hours = profile.weekHours[static_cast<std::size_t>(day)];
        map.values.emplace_back(hours.begin(), hours.end());
    }
    return profile.events > 0 ? specOf(std::move(map), {})
                              : specOf(std::monostate(), Words::tr("No events yet."));
}

ChartSpec densityByMonthChart(const DataProfile &profile)
{
    HeatMap map;
    map.value.title = Words::tr("Events per active user");
    const QLocale locale;
    for (int month = 1; month <= 12; ++month) {
        map.columns << locale.monthName(month, QLocale::ShortFormat);
    }
    int year = 0;
    for (const MonthProfile &month : profile.months) {
        const CivilDate date = civilFromDay(month.start);
        if (map.values.empty() || date.year != year) {
            year = date.year;
            map.rows << QString::number(year);
            map.values.emplace_back(12, kNothing);
        }
        if (month.activeUsers > 0) {
            map.values.back()[static_cast<std::size_t>(date.month - 1)] =
                static_cast<double>(month.events) / static_cast<double>(month.activeUsers);
        }
    }
    constexpr qsizetype kYears = 12;
    while (map.rows.size() > kYears) {
        map.rows.removeFirst();
        map.values.erase(map.values.begin());
    }
    return specOf(std::move(map), Words::tr("No events yet."));
}

} // namespace perennial
