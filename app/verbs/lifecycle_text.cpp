#include "app/verbs/lifecycle_output.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace perennial {

namespace {

constexpr std::size_t kRowsShown = 12;
constexpr std::size_t kColumnsShown = 9;

QString tr(const char *text)
{
    return QCoreApplication::translate("LifecycleVerb", text);
}

QString sourceText(ChurnDaysSource source)
{
    switch (source) {
    case ChurnDaysSource::Setting: return tr("as set in the project");
    case ChurnDaysSource::Estimated: return tr("from the gaps in the data");
    case ChurnDaysSource::Default: return tr("the default: the data can't say");
    }
    return {};
}

QString pText(const LikelihoodRatioTest &test)
{
    if (!test.p) {
        return tr("too little data");
    }
    const QString p = *test.p < 1e-4 ? QStringLiteral("< 0.0001")
                                     : QStringLiteral("= %1").arg(*test.p, 0, 'f', 4);
    const QString text = QStringLiteral("χ² %1, df %2, p %3")
                             .arg(test.chi2, 0, 'f', 1)
                             .arg(test.df)
                             .arg(p);
    return test.ground == TestGround::Sparse ? text + u' ' + tr("(few users in some cells)") : text;
}

void addStages(QStringList &lines, const LifecycleResult &result)
{
    lines << tr("%1 known on %2")
                 .arg(usersText(static_cast<qint64>(result.users.size())), dayText(result.at));
    for (const Stage stage : kStages) {
        const auto count = result.counts[static_cast<std::size_t>(stage)];
        lines << QStringLiteral("  %1 %2").arg(stageText(stage), -12).arg(countText(count), 12);
    }
    lines << tr("churned after %1 without any activity (%2)")
                 .arg(daysText(result.churnedAfter.days), sourceText(result.churnedAfter.source));
}

void addFlows(QStringList &lines, const LifecycleResult &result)
{
    lines << QStringLiteral("%1 %2 %3 %4 %5 %6 %7")
                 .arg(periodText(result.period), -12)
                 .arg(tr("new"), 10)
                 .arg(tr("current"), 10)
                 .arg(tr("resurrected"), 12)
                 .arg(tr("dormant"), 10)
                 .arg(tr("active"), 10)
                 .arg(tr("quick ratio"), 12);
    const std::size_t rows = result.flows.size();
    for (std::size_t i = rows - std::min(rows, kRowsShown); i < rows; ++i) {
        const FlowRow &row = result.flows[i];
        const auto ratio = quickRatio(row);
        lines << QStringLiteral("%1 %2 %3 %4 %5 %6 %7%8")
                     .arg(dayText(row.start), -12)
                     .arg(countText(row.fresh), 10)
                     .arg(countText(row.current), 10)
                     .arg(countText(row.resurrected), 12)
                     .arg(countText(row.dormant), 10)
                     .arg(countText(row.active), 10)
                     .arg(ratio ? QString::number(*ratio, 'f', 2) : QStringLiteral("–"), 12)
                     .arg(row.complete ? QString() : QStringLiteral("  ") + tr("(not over yet)"));
    }
}

void addMoves(QStringList &lines, const LifecycleMoves &moves)
{
    const TransitionMatrix &matrix = moves.matrix;
    lines << tr("from %1 (rows) to %2 (columns)").arg(dayText(matrix.from), dayText(matrix.to));
    QString header = QString(12, u' ');
    for (const Stage stage : kStages) {
        header += QStringLiteral(" %1").arg(stageText(stage), 10);
    }
    lines << header;
    const auto addRow = [&](const QString &name, const auto &counts) {
        QString line = QStringLiteral("%1").arg(name, -12);
        for (const std::int64_t users : counts) {
            line += QStringLiteral(" %1").arg(countText(users), 10);
        }
        lines << line;
    };
    for (const Stage stage : kStages) {
        addRow(stageText(stage), matrix.users[static_cast<std::size_t>(stage)]);
    }
    addRow(tr("new"), matrix.fresh);
    lines << tr("depends on where they were: %1").arg(pText(moves.independence));
    lines << tr("and on where they were before that: %1").arg(pText(moves.secondOrder));
    if (moves.stationarity) {
        lines << tr("moves differ between periods: %1").arg(pText(*moves.stationarity));
    }
}

QString cohortName(const RetentionCohort &cohort)
{
    if (cohort.start) {
        return dayText(*cohort.start);
    }
    if (cohort.isRest) {
        return tr("(others)");
    }
    return cohort.value.empty() ? tr("(not known)") : QString::fromStdString(cohort.value);
}

QString shareText(double share)
{
    return QStringLiteral("%1 %").arg(100 * share, 0, 'f', 1);
}

void addRetention(QStringList &lines, const RetentionResult &result)
{
    const std::size_t columns = std::min(result.columns.size(), kColumnsShown);
    QString header = QStringLiteral("%1 %2")
                         .arg(tr("active users, by cohort"), -24)
                         .arg(tr("users"), 10);
    for (std::size_t n = 0; n < columns; ++n) {
        const PeriodRange &range = result.columns[n];
        const QString name = range.from == range.to
                                 ? QString::number(range.from)
                                 : QStringLiteral("%1–%2").arg(range.from).arg(range.to);
        header += QStringLiteral(" %1").arg(name, 9);
    }
    lines << header;
    const std::size_t rows = result.cohorts.size();
    const std::size_t first = result.cohorts.front().start ? rows - std::min(rows, kRowsShown) : 0;
    for (std::size_t c = first; c < std::min(rows, first + kRowsShown); ++c) {
        const RetentionCohort &cohort = result.cohorts[c];
        QString line = QStringLiteral("%1 %2")
                           .arg(cohortName(cohort), -24)
                           .arg(countText(cohort.users), 10);
        for (std::size_t n = 0; n < std::min(columns, cohort.cells.size()); ++n) {
            const RetentionCell &cell = cohort.cells[n];
            const double share =
                static_cast<double>(cell.active) / static_cast<double>(cell.users);
            const QString star = cell.mature ? QString() : QStringLiteral("*");
            line += QStringLiteral(" %1").arg(shareText(share) + star, 9);
        }
        lines << line;
    }
    QString mean = QStringLiteral("%1 %2").arg(tr("all"), -24).arg(QString(), 10);
    for (std::size_t n = 0; n < columns; ++n) {
        const auto &share = result.curve[n].activeShare;
        mean += QStringLiteral(" %1").arg(share ? shareText(*share) : QStringLiteral("–"), 9);
    }
    lines << mean << tr("* not over yet, and not counted in the last line");
}

void addDrivers(QStringList &lines, const LifecycleDrivers &drivers)
{
    lines << tr("of %1 in stage %2, %3 went down; what goes with it, not why:")
                 .arg(usersText(drivers.list->users), stageText(drivers.stage),
                      countText(drivers.list->happened));
    for (std::size_t k = 0; k < std::min(drivers.list->drivers.size(), kRowsShown); ++k) {
        const Driver &driver = drivers.list->drivers[k];
        const QString name = QString::fromStdString(driver.feature);
        const QString value = QString::fromStdString(driver.value);
        const QString what = driver.above ? QStringLiteral("%1 > %2").arg(name).arg(*driver.above)
                                          : QStringLiteral("%1 = %2").arg(name, value);
        lines << QStringLiteral("  %1 %2 [%3, %4]  p %5")
                     .arg(what, -32)
                     .arg(shareText(driver.difference), 9)
                     .arg(shareText(driver.differenceInterval.lower),
                          shareText(driver.differenceInterval.upper))
                     .arg(driver.adjustedP, 0, 'g', 3);
    }
}

} // namespace

QString lifecycleText(const LifecycleReport &report)
{
    QStringList lines;
    addStages(lines, *report.now);
    addFlows(lines, *report.now);
    addMoves(lines, report.moves);
    if (report.retention) {
        addRetention(lines, *report.retention);
    }
    if (report.drivers) {
        addDrivers(lines, *report.drivers);
    }
    return lines.join(u'\n');
}

} // namespace perennial
