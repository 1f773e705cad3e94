#include "ui/report/text_measure.h"

#include <QFont>
#include <QFontMetricsF>
#include <QRegularExpression>
#include <QTextLayout>

#include <algorithm>

namespace perennial::report {

double lineHeight(Face face) { return QFontMetricsF(fontOf(face)).height(); }

double textWidth(const QString &text, Face face)
{
    return QFontMetricsF(fontOf(face)).horizontalAdvance(text);
}

QString elided(const QString &text, Face face, double width)
{
    return QFontMetricsF(fontOf(face)).elidedText(text, Qt::ElideRight, width);
}

double twoLineWidth(const QString &text, Face face)
{
    double best = textWidth(text, face);
    for (qsizetype at = text.indexOf(QLatin1Char(' ')); at > 0;
         at = text.indexOf(QLatin1Char(' '), at + 1)) {
        best = std::min(best, std::max(textWidth(text.left(at), face),
                                       textWidth(text.mid(at + 1), face)));
    }
    return best;
}

QStringList wrapped(const QString &given, Face face, double width, int maxLines)
{
    static const QRegularExpression unit(QStringLiteral("(?<=\\d) (?=[kMGT%]\\b|%)"));
    QString text = given;
    text.replace(unit, QString(QChar::Nbsp));
    QStringList lines;
    QTextLayout layout(text, fontOf(face));
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        if (lines.size() + 1 == maxLines && line.textStart() + line.textLength() < text.size()) {
            lines.append(elided(text.mid(line.textStart()).trimmed(), face, width));
            break;
        }
        lines.append(text.mid(line.textStart(), line.textLength()).trimmed());
    }
    layout.endLayout();
    return lines;
}

} // namespace perennial::report
