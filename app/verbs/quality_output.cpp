#include "app/verbs/quality_output.h"

#include "ui/wording/format.h"
#include "ui/wording/run_quality_words.h"

#include <QCoreApplication>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RunQuality", text);
}

QString intervalText(const std::optional<Interval> &interval, int decimals)
{
    return interval ? QLatin1Char(' ') + boundsText(interval->lower, interval->upper, decimals)
                    : QString();
}

void addReliability(QStringList &lines, const HeadQuality &head)
{
    if (head.reliability.empty()) {
        return;
    }
    if (head.errorByChance) {
        lines << tr("    true chances would show an ECE of %1 by luck, up to %2 in 95 % of cases")
                     .arg(head.errorByChance->mean, 0, 'f', 4)
                     .arg(head.errorByChance->upper, 0, 'f', 4);
    }
    lines << QStringLiteral("    %1 %2 %3").arg(tr("users"), 10).arg(tr("predicted"), 10)
                 .arg(tr("happened"), 10);
    for (const ReliabilityBin &bin : head.reliability) {
        lines << QStringLiteral("    %1 %2 %3%4")
                     .arg(countText(bin.users), 10)
                     .arg(bin.predicted, 10, 'f', 4)
                     .arg(bin.observed, 10, 'f', 4)
                     .arg(intervalText(bin.interval, 3));
    }
}

void addDeciles(QStringList &lines, const HeadQuality &head)
{
    if (head.deciles.empty()) {
        return;
    }
    lines << QStringLiteral("    %1 %2 %3").arg(tr("users"), 10).arg(tr("predicted"), 12)
                 .arg(tr("actual"), 12);
    for (const DecileRow &row : head.deciles) {
        lines << QStringLiteral("    %1 %2 %3")
                     .arg(countText(qRound64(row.customers)), 10)
                     .arg(row.predicted, 12, 'f', 2)
                     .arg(row.actual, 12, 'f', 2);
    }
}

QString headLine(const HeadQuality &head)
{
    return head.kind == AnswerKind::Chance
               ? tr("%1: %2, it came true for %3")
                     .arg(headText(head.head), usersText(head.users), countText(head.positives))
               : QStringLiteral("%1: %2").arg(headText(head.head), usersText(head.users));
}

void addFigures(QStringList &lines, const HeadQuality &head, const QString &indent)
{
    QStringList figures;
    for (const MeasuredFigure &figure : head.figures) {
        const int decimals = figureDecimals(figure.name);
        figures << figureNameText(figure.name) + u' ' + fullText(figure.value, decimals) +
                       intervalText(figure.interval, decimals);
    }
    lines << indent + figures.join(QStringLiteral(", "));
}

} // namespace

QStringList figureLines(const std::vector<HeadQuality> &heads, const QString &indent)
{
    QStringList lines;
    for (const HeadQuality &head : heads) {
        lines << indent + headLine(head);
        addFigures(lines, head, indent + QStringLiteral("  "));
    }
    return lines;
}

QStringList qualityLines(const RunQuality &quality)
{
    QStringList lines{tr("judged on the %1 after %2; 95 % user-bootstrap intervals; first items after "
                         "the day among all items, ties count half")
                          .arg(daysText(quality.labelDays), dayText(quality.cut))};
    for (const HeadQuality &head : quality.heads) {
        lines << QStringLiteral("  ") + headLine(head);
        addFigures(lines, head, QStringLiteral("    "));
        addReliability(lines, head);
        addDeciles(lines, head);
    }
    return lines;
}

} // namespace perennial
