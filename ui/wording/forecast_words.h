#pragma once

#include "core/forecast/backtest.h"

#include <QString>
#include <QStringList>

namespace perennial {

QString forecasterText(const std::string &name); ///< "BG/NBD", "Past spend, own tenure"; unknown: as is
QString metricText(Metric metric);               ///< "MAE", "Bias of the total"
/// What it measures, and which values are good.
QString metricHelp(Metric metric);
/// How a method came to its forecast, in sentences: another model in its place, what the season did,
/// the weights of the stack. Empty where there is nothing to say.
QStringList forecastNoteTexts(const BacktestRow &row);

} // namespace perennial
