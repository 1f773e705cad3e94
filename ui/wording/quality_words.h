#pragma once

#include "core/quality/quality.h"

#include <QString>

namespace perennial {

QString readyModelText(ReadyModel model); ///< "Orders and churn (BG/NBD)"
QString readyLevelText(ReadyLevel level); ///< "ready", "with care", "not yet"
/// A check in plain words with its figure and what it should be: "812 customers with a purchase;
/// 500 or more give steady parameters".
QString readyCheckText(const ReadyCheck &check);
/// Why the figure matters, and where its threshold comes from.
QString readyFigureHelp(ReadyFigure figure);

QString eventFieldText(EventField field); ///< "Order number"
QString severityText(QualityFinding::Severity severity);
/// What was found, as a title: "Days without any event".
QString findingTitle(const QualityFinding &finding);
/// What it comes to and what to do.
QString findingText(const QualityFinding &finding);
QString sparsityAdviceText(SparsityAdvice advice);
/// The events outside the main time span, which charts over time and readiness leave out; empty
/// without any.
QString strayText(const DataProfile &profile);

} // namespace perennial
