#include "ui/wording/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace perennial {

const QString kMissing = QStringLiteral("–");

namespace {

struct Unit {
    double size;
    const char *suffix;
};
constexpr std::array kUnits{Unit{1e12, " T"}, Unit{1e9, " G"}, Unit{1e6, " M"}, Unit{1e3, " k"},
                            Unit{1.0, ""}};

/// `value` with at most `digits` significant digits, without trailing zeros.
QString significant(double value, int digits, const QLocale &locale)
{
    if (value == 0.0) {
        return locale.toString(0);
    }
    const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(value))));
    const int decimals = std::clamp(digits - 1 - magnitude, 0, 12);
    QString text = locale.toString(value, 'f', decimals);
    const QString point = locale.decimalPoint();
    if (decimals > 0 && text.contains(point)) {
        while (text.endsWith(locale.zeroDigit())) {
            text.chop(1);
        }
        if (text.endsWith(point)) {
            text.chop(point.size());
        }
    }
    return text;
}

/// @param least a unit at least this large is used where there is one: parts of an interval share
/// it.
QString shortMagnitude(double magnitude, const QLocale &locale, double least = 1.0)
{
    for (const Unit &unit : kUnits) {
        if (least > 1.0 && unit.size <= least) {
            return significant(magnitude / unit.size, 3, locale) + QString::fromLatin1(unit.suffix);
        }
    }
    if (magnitude < 1e4 && magnitude >= 1.0) {
        return significant(magnitude, 4, locale);
    }
    if (magnitude >= 1e15 || (magnitude > 0 && magnitude < 1e-4)) {
        return locale.toString(magnitude, 'e', 2);
    }
    for (const Unit &unit : kUnits) {
        // 999 960 is 1 M, not 1 000 k
        if (magnitude >= unit.size * 0.99995 || unit.size == 1.0) {
            return significant(magnitude / unit.size, unit.size == 1.0 ? 4 : 3, locale) +
                   QString::fromLatin1(unit.suffix);
        }
    }
    return {};
}

QString withSign(double value, const QString &magnitude)
{
    return value > 0   ? QLatin1Char('+') + magnitude
           : value < 0 ? QStringLiteral("−") + magnitude
                       : magnitude;
}

/// Between numbers whose decimals may follow a comma.
QString listSeparator(const QLocale &locale)
{
    return locale.decimalPoint() == QLatin1String(",") ? QStringLiteral("; ")
                                                       : QStringLiteral(", ");
}

/// The unit that shortText would give the largest of some numbers; 1 for none.
double sharedUnit(double largest)
{
    if (largest < 1e4) {
        return 1.0;
    }
    for (const Unit &unit : kUnits) {
        if (largest >= unit.size * 0.99995) {
            return unit.size;
        }
    }
    return 1.0;
}

QString tr(const char *text)
{
    return QCoreApplication::translate("perennial", text);
}

} // namespace

QString shortText(double value, const QLocale &locale)
{
    if (!std::isfinite(value)) {
        return kMissing;
    }
    const QString text = shortMagnitude(std::abs(value), locale);
    return value < 0 && text != locale.toString(0) ? QStringLiteral("−") + text : text;
}

QString shortText(std::optional<double> value, const QLocale &locale)
{
    return value ? shortText(*value, locale) : kMissing;
}

QString fullText(double value, int decimals, const QLocale &locale)
{
    if (!std::isfinite(value)) {
        return kMissing;
    }
    const double scale = std::pow(10.0, decimals);
    if (std::abs(value) * scale < 0.5) {
        value = 0.0; // never -0.00
    }
    const QString magnitude = locale.toString(std::abs(value), 'f', decimals);
    return value < 0 ? QStringLiteral("−") + magnitude : magnitude;
}

QString fullText(std::optional<double> value, int decimals, const QLocale &locale)
{
    return value ? fullText(*value, decimals, locale) : kMissing;
}

QString signedFullText(double value, int decimals, const QLocale &locale)
{
    if (!std::isfinite(value)) {
        return kMissing;
    }
    const double shown = std::abs(value) * std::pow(10.0, decimals) < 0.5 ? 0.0 : value;
    return withSign(shown, fullText(std::abs(value), decimals, locale));
}

QString boundsText(double lower, double upper, int decimals, const QLocale &locale)
{
    return QLatin1Char('[') + fullText(lower, decimals, locale) + listSeparator(locale) +
           fullText(upper, decimals, locale) + QLatin1Char(']');
}

QString countText(qint64 value, const QLocale &locale)
{
    return locale.toString(value);
}

QString percentText(double share, const QLocale &locale)
{
    return std::isfinite(share) ? fullText(share * 100.0, 1, locale) + QStringLiteral(" %")
                                : kMissing;
}

QString percentText(std::optional<double> share, const QLocale &locale)
{
    return share ? percentText(*share, locale) : kMissing;
}

QString intervalText(double value, double lower, double upper, const QLocale &locale)
{
    if (!std::isfinite(value)) {
        return kMissing;
    }
    if (!std::isfinite(lower) || !std::isfinite(upper)) {
        return shortText(value, locale);
    }
    const QString separator = listSeparator(locale);
    const double unit = sharedUnit(std::max({std::abs(value), std::abs(lower), std::abs(upper)}));
    const auto part = [&](double v) {
        const QString text =
            v == 0 ? locale.toString(0) : shortMagnitude(std::abs(v), locale, unit);
        return v < 0 ? QStringLiteral("−") + text : text;
    };
    return part(value) + QStringLiteral(" [") + part(lower) + separator + part(upper) +
           QLatin1Char(']');
}

QString signedPercentText(double share, const QLocale &locale)
{
    if (!std::isfinite(share)) {
        return kMissing;
    }
    const double shown = std::round(share * 1000.0);
    return withSign(shown, percentText(std::abs(share), locale));
}

QString signedShortText(double value, const QLocale &locale)
{
    return std::isfinite(value) ? withSign(value, shortText(std::abs(value), locale)) : kMissing;
}

QString currencySign(const QString &isoCode)
{
    static const std::array<std::pair<const char *, const char *>, 5> signs{
        {{"USD", "$"}, {"GBP", "£"}, {"EUR", "€"}, {"CNY", "¥"}, {"JPY", "¥"}}};
    for (const auto &[code, sign] : signs) {
        if (isoCode == QLatin1String(code)) {
            return QString::fromUtf8(sign);
        }
    }
    return isoCode;
}

namespace {

QString money(double value, const QString &magnitude, const QString &isoCode)
{
    if (!std::isfinite(value)) {
        return kMissing;
    }
    const QString sign = currencySign(isoCode);
    const QString gap = sign.size() > 1 ? QStringLiteral(" ") : QString();
    return (value < 0 ? QStringLiteral("−") : QString()) + sign + gap + magnitude;
}

} // namespace

QString shortMoneyText(double value, const QString &isoCode, const QLocale &locale)
{
    return money(value, shortText(std::abs(value), locale), isoCode);
}

QString fullMoneyText(double value, const QString &isoCode, const QLocale &locale)
{
    return money(std::abs(value) < 0.005 ? 0.0 : value, fullText(std::abs(value), 2, locale),
                 isoCode);
}

QString dayText(Day day)
{
    return QString::fromStdString(formatDate(day));
}

QString dayText(std::optional<Day> day)
{
    return day ? dayText(*day) : kMissing;
}

QString monthText(Day day, const QLocale &locale)
{
    const CivilDate date = civilFromDay(day);
    return QStringLiteral("%1 %2").arg(locale.standaloneMonthName(date.month, QLocale::ShortFormat),
                                       QString::number(date.year));
}

QString timeText(UtcSecond at)
{
    const QString text = QString::fromStdString(formatTimestamp(at));
    return text.left(16).replace(QLatin1Char('T'), QLatin1Char(' '));
}

QString durationText(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0) {
        return kMissing;
    }
    const qint64 whole = static_cast<qint64>(std::llround(std::min(seconds, 1e12)));
    if (whole < 60) {
        return tr("%1 s").arg(whole);
    }
    const qint64 minutes = (whole + 30) / 60;
    if (minutes < 60) {
        return tr("%1 min").arg(minutes);
    }
    return tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString bytesText(qint64 bytes, const QLocale &locale)
{
    return locale.formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

} // namespace perennial
