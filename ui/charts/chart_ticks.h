#pragma once

#include "ui/charts/chart_spec.h"

#include <functional>
#include <vector>

namespace perennial {

struct Tick {
    double at = 0; ///< in axis coordinates: log10 of the value on a Log axis
    QString label;
};

/// An axis ready to draw: linear in its own coordinates, `min < max`, ticks inside.
struct Axis {
    double min = 0, max = 1;
    std::vector<Tick> ticks;
    QString title;
    AxisSpec::Scale scale = AxisSpec::Scale::Linear;

    /// A value's axis coordinate; NaN where it has none (0 on a Log axis).
    double coordinate(double value) const;
    double share(double coordinate) const { return (coordinate - min) / (max - min); }
};

/// Room for labels: how many px a label takes along the axis, and how long the axis is.
struct AxisRoom {
    double length = 0;
    std::function<double(const QString &)> labelSize;
    double gap = 16; ///< least px between labels
};

/// Ends and ticks that read well: 1, 2 or 5 times a power of ten, decades, or calendar months; as
/// many as fit without touching, at most 4 significant digits each.
/// @param low,high the data's ends; both NaN or equal are widened. @param fromZero include 0.
/// @param padded ends fall on ticks.
Axis makeAxis(const AxisSpec &spec, double low, double high, bool fromZero, bool padded,
              const AxisRoom &room);

/// Smallest and largest finite value; {NaN, NaN} where there is none.
struct Range {
    double low, high;
    Range();
    void add(double value);
    void add(const std::vector<double> &values);
    bool empty() const;
};

} // namespace perennial
