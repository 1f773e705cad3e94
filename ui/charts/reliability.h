#pragma once

#include "core/numeric/bootstrap.h"
#include "ui/charts/chart_spec.h"

#include <optional>

namespace perennial {

/// Classes of like chance: what was said of them and what came.
struct ReliabilityPoints {
    LineSeries line;
    void add(double predicted, double observed, const std::optional<Interval> &interval,
             const QString &note);
};

/// The points beside the diagonal, on which the chances are right.
ChartSpec reliabilityChart(ReliabilityPoints points, const QString &predicted,
                           const QString &observed, const QString &empty);

} // namespace perennial
