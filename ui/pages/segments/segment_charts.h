#pragma once

#include "core/segment/segment_history.h"
#include "core/segment/segment_study.h"
#include "ui/charts/chart_spec.h"

namespace perennial {

/// Users at the ends of months, or today's users who were active in each.
ChartSpec historyChart(const SegmentHistory &history);
/// What a history is: "Users at the ends of months"; and of one that is not, why.
QString historyTitle(const SegmentHistory &history);
QString historyCaption(const SegmentHistory &history);

enum class OverlapFigure { Users, Share, Jaccard };
/// Each segment with each: mark series = row, index = column. A cell without a figure is hatched.
ChartSpec overlapChart(const SegmentStudy &study, const QStringList &names, OverlapFigure figure);

} // namespace perennial
