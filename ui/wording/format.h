#pragma once

#include "core/base/dates.h"
#include "ui/wording/counts.h"

#include <QLocale>
#include <QString>
#include <optional>

namespace perennial {

/// Numbers and dates as look.md has them. Not finite or missing becomes "–", -0 becomes 0.
/// `locale` defaults to the application's.
extern const QString kMissing; // "–"

/// At most 4 significant digits, for cards and axes: "12.3 k", "4.56 M", "0.0123", "31 204" → "31.2
/// k".
QString shortText(double value, const QLocale &locale = {});
QString shortText(std::optional<double> value, const QLocale &locale = {});
/// All digits that count, with separators and `decimals` places, for tables and tooltips.
QString fullText(double value, int decimals = 2, const QLocale &locale = {});
QString fullText(std::optional<double> value, int decimals = 2, const QLocale &locale = {});
/// The same with a sign, for a difference: "+0.0031", "−0.0048"; what shows as 0 has none.
QString signedFullText(double value, int decimals = 2, const QLocale &locale = {});
/// "[0.4990, 0.5590]", to stand behind a value.
QString boundsText(double lower, double upper, int decimals = 2, const QLocale &locale = {});
/// Whole numbers with separators, never shortened: "31,204".
QString countText(qint64 value, const QLocale &locale = {});
/// A share in [0, 1] as "12.3 %".
QString percentText(double share, const QLocale &locale = {});
QString percentText(std::optional<double> share, const QLocale &locale = {});
/// "1,240 [1,105, 1,388]" with 4 significant digits each.
QString intervalText(double value, double lower, double upper, const QLocale &locale = {});
/// "+3.2 %" or "−0.4 %"; 0 has no sign.
QString signedPercentText(double share, const QLocale &locale = {});
/// "+12.3 k", "−40".
QString signedShortText(double value, const QLocale &locale = {});

/// "$", "£", "€", "¥" where everybody knows the sign, else the ISO code.
QString currencySign(const QString &isoCode);
/// "£12.3 k"; "NOK 12.3 k".
QString shortMoneyText(double value, const QString &isoCode, const QLocale &locale = {});
QString fullMoneyText(double value, const QString &isoCode, const QLocale &locale = {});

QString dayText(Day day);                               ///< ISO: "2010-06-30"
QString dayText(std::optional<Day> day);                ///< "–" without one
QString monthText(Day day, const QLocale &locale = {}); ///< axes: "Mar 2010"
QString timeText(UtcSecond at);                         ///< "2010-06-30 12:05"
/// "2 min", "40 s", "1 h 5 min", for what is left or was taken.
QString durationText(double seconds);
QString bytesText(qint64 bytes, const QLocale &locale = {});

} // namespace perennial
