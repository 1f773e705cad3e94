#pragma once

#include "core/segment/segment_rule.h"

#include <QString>

#include <string>

namespace perennial {

QString segmentFigureText(SegmentFigure figure); ///< "Churn risk"
/// "stage = Loyal or Converted", "not in campaign spring", "(… or …)": one line, data as it is.
QString segmentPartText(const SegmentRule &rule);
/// Parts of which each has to hold, one after the other; "All users" where there are none.
QString segmentText(const SegmentRule &rule);
/// The same for one line of a table or a chip: it ends in "…" where a rule is long.
QString segmentShortText(const SegmentRule &rule);
/// Whether it is a share of 1, shown as a percentage.
bool isShareFigure(SegmentFigure figure) noexcept;
/// What is wrong and what to do, of an error's detail by checkSegment or segmentFromJson: "the range has
/// no end, …". Details are keys, those of a file's JSON among them, which are data.
QString segmentProblemText(const std::string &problem);
/// What happened, where and what to do, of an error about a rule: of its file, its text, or a project
/// that lacks what it names.
QString segmentErrorText(const Error &error);

} // namespace perennial
