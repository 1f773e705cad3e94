#include "ui/charts/chart_ticks.h"

#include "core/base/dates.h"
#include "ui/wording/format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace perennial {

namespace {

using Scale = AxisSpec::Scale;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Labels of one axis share their unit, so that 5 k is followed by 10 k and not by 10 000.
struct Unit {
    double size = 1;
    const char *suffix = "";
};

Unit unitFor(double largest)
{
    static constexpr std::array units{Unit{1e12, " T"}, Unit{1e9, " G"}, Unit{1e6, " M"},
                                      Unit{1e3, " k"}};
    for (const Unit &unit : units) {
        if (largest >= unit.size * (unit.size == 1e3 ? 10 : 1)) {
            return unit;
        }
    }
    return {};
}

QString linearLabel(double value, double step, double largest, bool percent)
{
    const QLocale locale;
    const Unit unit = percent ? Unit{0.01, " %"} : unitFor(largest);
    const double shown = value / unit.size;
    const double shownStep = step / unit.size;
    if (largest > 0 && !percent && (largest >= 1e15 || largest < 1e-6)) {
        return locale.toString(value, 'g', 3);
    }
    const int decimals =
        std::clamp(static_cast<int>(std::ceil(-std::log10(shownStep) - 1e-9)), 0, 9);
    if (std::abs(shown) < shownStep / 2) {
        return percent ? QStringLiteral("0 %") : QStringLiteral("0");
    }
    QString text = locale.toString(std::abs(shown), 'f', decimals);
    if (shown < 0) {
        text.prepend(QStringLiteral("−"));
    }
    return text + QString::fromLatin1(unit.suffix);
}

bool labelsFit(const std::vector<Tick> &ticks, double min, double max, const AxisRoom &room)
{
    double previousEnd = -std::numeric_limits<double>::infinity();
    for (const Tick &tick : ticks) {
        const double size = room.labelSize(tick.label);
        const double centre = (tick.at - min) / (max - min) * room.length;
        if (centre - size / 2 < previousEnd) {
            return false;
        }
        previousEnd = centre + size / 2 + room.gap;
    }
    return true;
}

void fillLinear(Axis &axis, double low, double high, bool padded, bool whole, const AxisRoom &room)
{
    const bool percent = axis.scale == Scale::Percent;
    const double span = high - low;
    double step = std::pow(10.0, std::floor(std::log10(span / 12)));
    static constexpr std::array factors{1.0, 2.0, 5.0};
    if (whole) {
        step = std::max(step, 1.0);
    }
    for (int i = 0; i < 60; ++i) {
        const double s = step * factors[static_cast<std::size_t>(i % 3)];
        if (i % 3 == 2) {
            step *= 10;
        }
        const double first = padded ? std::floor(low / s + 1e-9) : std::ceil(low / s - 1e-9);
        const double last = padded ? std::ceil(high / s - 1e-9) : std::floor(high / s + 1e-9);
        axis.min = padded ? first * s : low;
        axis.max = padded ? last * s : high;
        axis.ticks.clear();
        const double largest = std::max(std::abs(first * s), std::abs(last * s));
        const int count = static_cast<int>(std::min(last - first, 500.0));
        for (int k = 0; k <= count; ++k) {
            const double at = (first + k) * s;
            axis.ticks.push_back({at, linearLabel(at, s, largest, percent)});
        }
        if (count < 2 || (count <= 12 && labelsFit(axis.ticks, axis.min, axis.max, room))) {
            return;
        }
    }
}

void fillLog(Axis &axis, double low, double high, bool padded, const AxisRoom &room)
{
    axis.min = padded ? std::floor(low + 1e-9) : low;
    axis.max = padded ? std::ceil(high - 1e-9) : high;
    if (axis.max - axis.min < 1e-9) {
        axis.max = axis.min + 1;
    }
    for (int every = 1; every < 400; ++every) {
        axis.ticks.clear();
        for (double d = std::ceil(axis.min - 1e-9); d <= axis.max + 1e-9; d += every) {
            axis.ticks.push_back({d, shortText(std::pow(10.0, d))});
        }
        if (labelsFit(axis.ticks, axis.min, axis.max, room)) {
            return;
        }
    }
}

void fillDates(Axis &axis, double low, double high, const AxisRoom &room)
{
    axis.min = low;
    axis.max = high;
    if (high - low <= 62) {
        for (const int every : {1, 2, 7, 14, 28}) {
            axis.ticks.clear();
            for (Day d = static_cast<Day>(std::ceil(low)); d <= static_cast<Day>(high);
                 d += every) {
                const CivilDate date = civilFromDay(d);
                axis.ticks.push_back(
                    {static_cast<double>(d),
                     QStringLiteral("%1 %2").arg(date.day).arg(
                         QLocale().standaloneMonthName(date.month, QLocale::ShortFormat))});
            }
            if (labelsFit(axis.ticks, low, high, room)) {
                return;
            }
        }
        return;
    }
    for (const int months : {1, 2, 3, 4, 6, 12, 24, 60, 120, 240, 600, 1200}) {
        axis.ticks.clear();
        Day d = periodStart(static_cast<Day>(std::clamp(low, -700000.0, 2900000.0)), Period::Month);
        for (; d <= high; d = nextPeriodStart(d, Period::Month)) {
            const CivilDate date = civilFromDay(d);
            const int index = date.year * 12 + date.month - 1;
            if (d >= low && index % months == 0) {
                axis.ticks.push_back({static_cast<double>(d), monthText(d)});
            }
        }
        if (labelsFit(axis.ticks, low, high, room)) {
            return;
        }
    }
}

} // namespace

double Axis::coordinate(double value) const
{
    if (!std::isfinite(value)) {
        return kNaN;
    }
    if (scale == Scale::Log) {
        return value > 0 ? std::log10(value) : kNaN;
    }
    return value;
}

Axis makeAxis(const AxisSpec &spec, double low, double high, bool fromZero, bool padded,
              const AxisRoom &room)
{
    Axis axis;
    axis.title = spec.title;
    axis.scale = spec.scale;
    low = axis.coordinate(spec.min.value_or(low));
    high = axis.coordinate(spec.max.value_or(high));
    if (!std::isfinite(low)) {
        low = std::isfinite(high) ? std::min(0.0, high) : 0.0;
    }
    if (!std::isfinite(high)) {
        high = low + 1;
    }
    if (fromZero && spec.scale != Scale::Log) {
        low = spec.min ? low : std::min(0.0, low);
        high = spec.max ? high : std::max(0.0, high);
    }
    if (high - low < std::max(std::abs(low), std::abs(high)) * 1e-9 + 1e-300) {
        const double half = spec.scale == Scale::Date ? 1 : low == 0 ? 0.5 : std::abs(low) * 0.1;
        high = high + half;
        low = fromZero && low == 0 ? 0 : low - half;
    }
    switch (spec.scale) {
    case Scale::Log:
        fillLog(axis, low, high, padded, room);
        break;
    case Scale::Date:
        fillDates(axis, low, high, room);
        break;
    case Scale::Linear:
    case Scale::Percent:
        fillLinear(axis, low, high, padded, spec.whole, room);
        break;
    }
    if (spec.bare) {
        axis.ticks.clear();
    }
    return axis;
}

Range::Range() : low(kNaN), high(kNaN) {}

void Range::add(double value)
{
    if (std::isfinite(value)) {
        low = std::isnan(low) ? value : std::min(low, value);
        high = std::isnan(high) ? value : std::max(high, value);
    }
}

void Range::add(const std::vector<double> &values)
{
    for (const double v : values) {
        add(v);
    }
}

bool Range::empty() const
{
    return std::isnan(low);
}

} // namespace perennial
