#pragma once

#include "core/segment/segment_rule.h"

#include <QString>

namespace perennial {

QString segmentFigureText(SegmentFigure figure); ///< "Churn risk"
/// "stage = Loyal or Converted", "not in campaign spring", "(… or …)": one line, data as it is.
QString segmentPartText(const SegmentRule &rule);
/// Parts of which each has to hold, one after the other; "All users" where there are none.
QString segmentText(const SegmentRule &rule);

} // namespace perennial
