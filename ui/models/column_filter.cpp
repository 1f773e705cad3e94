#include "ui/models/column_filter.h"

#include "core/base/dates.h"

#include <QLocale>
#include <QRegularExpression>

#include <cmath>
#include <limits>

namespace perennial {

namespace {

/// The numbers [from, to) that the table shows as a typed value, and the value itself.
struct Span {
    double from = 0, to = 0, exact = 0;
};

enum class Shape { Count, Date, Share, Number };

Shape shapeOf(UserColumn column)
{
    switch (column) {
    case UserColumn::Orders:
        return Shape::Count;
    case UserColumn::LastOrder:
        return Shape::Date;
    case UserColumn::PAlive:
    case UserColumn::ChurnRisk:
        return Shape::Share;
    default:
        return Shape::Number;
    }
}

std::optional<Span> dateSpan(const QString &text)
{
    static const QRegularExpression parts(
        QStringLiteral("^(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2}))?)?$"));
    const QRegularExpressionMatch match = parts.match(text);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    CivilDate from{match.captured(1).toInt(), 1, 1};
    CivilDate to{from.year + 1, 1, 1};
    if (match.hasCaptured(2)) {
        from.month = match.captured(2).toInt();
        to = from.month < 12 ? CivilDate{from.year, from.month + 1, 1} : to;
    }
    if (match.hasCaptured(3)) {
        from.day = match.captured(3).toInt();
    }
    if (!isValidDate(from)) {
        return std::nullopt;
    }
    const Day first = dayFromCivil(from);
    return Span{static_cast<double>(first),
                static_cast<double>(match.hasCaptured(3) ? first + 1 : dayFromCivil(to)),
                static_cast<double>(first)};
}

std::optional<Span> numberSpan(const QString &text, Shape shape)
{
    bool ok = false;
    double value = QLocale().toDouble(text, &ok);
    if (!ok) {
        value = QLocale::c().toDouble(text, &ok);
    }
    if (!ok || !std::isfinite(value)) {
        return std::nullopt;
    }
    switch (shape) {
    case Shape::Count:
        return Span{value, value + 1, value};
    case Shape::Share: // shown with one decimal of a percent
        return Span{(value - 0.05) / 100, (value + 0.05) / 100, value / 100};
    default: // shown with two decimals
        return Span{value - 0.005, value + 0.005, value};
    }
}

std::optional<Span> spanOf(const QString &text, Shape shape)
{
    return shape == Shape::Date ? dateSpan(text) : numberSpan(text, shape);
}

double justAbove(double value)
{
    return std::nextafter(value, std::numeric_limits<double>::infinity());
}

/// `comparison`: ">", ">=", "<" or "<=".
ColumnRange compared(UserColumn column, Shape shape, const QString &comparison, const Span &span)
{
    ColumnRange range{column, {}, {}, false};
    const bool whole = shape == Shape::Count || shape == Shape::Date;
    const double value = span.exact; // as typed, not as the table rounds it
    const double after = whole ? span.to : justAbove(value);
    const bool orEqual = comparison.endsWith(QLatin1Char('='));
    if (comparison.startsWith(QLatin1Char('>'))) {
        range.from = orEqual ? value : after;
    } else {
        range.to = orEqual ? after : value;
    }
    return range;
}

} // namespace

bool hasColumnFilter(UserColumn column)
{
    return column != UserColumn::Key && column != UserColumn::Stage;
}

std::optional<ColumnRange> columnFilter(UserColumn column, const QString &text)
{
    if (!hasColumnFilter(column)) {
        return std::nullopt;
    }
    QString typed = text;
    typed.remove(QRegularExpression(QStringLiteral("[\\s%]")));
    typed.replace(QStringLiteral("≥"), QStringLiteral(">="));
    typed.replace(QStringLiteral("≤"), QStringLiteral("<="));
    typed.replace(QStringLiteral("−"), QStringLiteral("-"));
    const Shape shape = shapeOf(column);
    static const QRegularExpression comparison(QStringLiteral("^([<>]=?)(.+)$"));
    if (const QRegularExpressionMatch match = comparison.match(typed); match.hasMatch()) {
        const auto span = spanOf(match.captured(2), shape);
        return span ? std::optional(compared(column, shape, match.captured(1), *span))
                    : std::nullopt;
    }
    const qsizetype dots = typed.indexOf(QStringLiteral(".."));
    if (dots < 0) {
        const auto span = spanOf(typed, shape);
        return span ? std::optional(ColumnRange{column, span->from, span->to, false})
                    : std::nullopt;
    }
    const auto low = spanOf(typed.left(dots), shape), high = spanOf(typed.mid(dots + 2), shape);
    if (!low || !high) {
        return std::nullopt;
    }
    ColumnRange range = compared(column, shape, QStringLiteral(">="), *low);
    range.to = compared(column, shape, QStringLiteral("<="), *high).to;
    return range;
}

} // namespace perennial
