#include "ui/report/report_section.h"
#include "ui/report/section_words.h"
#include "ui/wording/forecast_words.h"

namespace perennial::report {

namespace {

QString cell(Metric metric, const ScoredFigure &figure)
{
    if (!figure.value) {
        return kMissing;
    }
    const QString value = metric == Metric::Bias         ? signedPercentText(*figure.value)
                          : metric == Metric::DecileMape ? percentText(*figure.value)
                          : metric == Metric::Mae || metric == Metric::Rmse
                              ? fullText(*figure.value, 2)
                              : measureWords(figure.value);
    return figure.isBest    ? QStringLiteral("● ") + value
           : figure.isNoise ? QStringLiteral("≈ ") + value
                            : value;
}

Table table(const ReportData &data, const BacktestResult &result)
{
    Table table;
    table.title = ReportText::tr("Net value per customer in the window");
    table.columns = {textColumn(ReportText::tr("Method"))};
    for (const Metric metric : kMetrics) {
        const bool money = metric == Metric::Mae || metric == Metric::Rmse;
        table.columns.push_back(numberColumn(money ? withCurrency(data, metricText(metric))
                                                   : metricText(metric)));
    }
    for (const BacktestRow &row : result.rows) {
        QStringList cells{forecasterText(row.model)};
        for (const Metric metric : kMetrics) {
            cells << cell(metric, row.value[static_cast<std::size_t>(metric)]);
        }
        table.rows.push_back(cells);
    }
    table.note = ReportText::tr("● the best of a column; ≈ its difference from the best is noise "
                                "(95 % user bootstrap). Before margin, not discounted. ");
    for (const Metric metric : kMetrics) {
        table.note += metricHelp(metric) + QLatin1Char(' ');
    }
    return table;
}

std::vector<Part> write(const ReportData &data)
{
    Part part;
    if (!data.backtest) {
        part.headline = ReportText::tr("No method has been judged on unseen customers yet");
        part.lead = ReportText::tr("A backtest on the page Trust fits every method on what was known "
                                   "up to a day and judges it by what came after.");
        return {part};
    }
    const BacktestResult &result = *data.backtest->result;
    part.headline = backtestAnswer(result);
    part.lead = backtestScopeText(result, QString::fromStdString(data.settings.currency));
    part.blocks.push_back(table(data, result));
    if (data.backtest->run.dataHash != data.dataHash) {
        part.blocks.push_back(Paragraph{ReportText::tr("The data have changed since this backtest."),
                                        Paragraph::Tone::Warning});
    }
    return {part};
}

} // namespace

ReportSection backtestSection()
{
    return {"backtest", [] { return ReportText::tr("Backtest"); },
            [] { return ReportText::tr("Which method is right about customers it has not seen"); },
            false, write};
}

} // namespace perennial::report
