#pragma once

#include "core/forecast/backtest.h"
#include "core/forecast/total_error.h"

#include <QString>
#include <QStringList>

namespace perennial {

QString forecasterText(const std::string &name); ///< "BG/NBD", "Past spend, tenure"; unknown: as is
QString metricText(Metric metric);               ///< "MAE", "Bias of the total"
/// What it measures, and which values are good.
QString metricHelp(Metric metric);
/// How a method came to its forecast, in sentences: another model in its place, what the season did,
/// the weights of the stack. Empty where there is nothing to say.
QStringList forecastNoteTexts(const BacktestRow &row);

/// How far the totals of past windows were off, in one sentence.
QString totalErrorText(const TotalError &error);

/// Why a method could not be judged; its name is not in it. @param row has an error.
QString forecastErrorText(const BacktestRow &row);

/// What was judged: days, customers, money. @param currency ISO code.
QString backtestScopeText(const BacktestResult &result, const QString &currency);
/// The verdict in one line: who ranks best, and whether that beats past spend.
QString backtestAnswer(const BacktestResult &result);
/// In how many of the six figures of value every naive rule is worse than the best by more than noise.
int figuresBeyondNaive(const BacktestResult &result);

} // namespace perennial
