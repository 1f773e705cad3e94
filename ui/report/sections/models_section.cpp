#include "core/value/saved_fit.h"
#include "ui/report/chart_figure.h"
#include "ui/report/comparison_words.h"
#include "ui/report/learning_curves.h"
#include "ui/report/report_section.h"
#include "ui/report/section_words.h"
#include "ui/wording/fit_words.h"

namespace perennial::report {
namespace {

QString statusWords(const ModelFit &fit)
{
    switch (fit.status) {
    case FitStatus::Converged:
        return ReportText::tr("converged");
    case FitStatus::Boundary:
        return ReportText::tr("at a boundary: %1").arg(fitBoundaryText(fit));
    case FitStatus::Failed:
        break;
    }
    return ReportText::tr("failed");
}

QString retrainNote()
{
    return ReportText::tr("Retrain due: a user whom it had learned from has been erased since.");
}

Table parameterTable(const RunRecord &run, const ModelFit &fit)
{
    Table table;
    table.title = ReportText::tr("%1, run %2, fitted up to %3: %4")
                      .arg(modelWords(run.model))
                      .arg(run.id)
                      .arg(dayText(run.until), statusWords(fit));
    table.columns = {textColumn(ReportText::tr("Parameter")), numberColumn(ReportText::tr("Estimate")),
                     numberColumn(ReportText::tr("Standard error"))};
    table.whenEmpty = ReportText::tr("No parameters.");
    for (std::size_t i = 0; i < fit.parameters.size(); ++i) {
        table.rows.push_back({text(fit.names[i]), fullText(fit.parameters[i], 4),
                              fit.hasErrorOf(i) ? fullText(fit.standardErrors[i], 4) : kMissing});
    }
    table.note = ReportText::tr("Log-likelihood %1 on %2, %3 left out. Data hash %4.")
                     .arg(fullText(fit.logLikelihood, 2), customersText(fit.customers),
                          countText(fit.excluded), text(run.dataHash));
    if (run.retrainDue > 0) {
        table.note += u' ' + retrainNote();
    }
    return table;
}

Part valueModels(const ReportData &data)
{
    Part part;
    bool any = false;
    for (const auto *run : {&data.frequencyRun, &data.spendRun}) {
        if (!*run) {
            continue;
        }
        if (const auto fit = fitFromJson((*run)->metrics)) {
            part.blocks.push_back(parameterTable(**run, *fit));
            if (!any) {
                part.headline = ReportText::tr("%1: %2 on %3")
                                    .arg(modelWords((*run)->model), statusWords(*fit),
                                         customersText(fit->customers));
            }
            any = true;
        }
    }
    if (!any) {
        part.headline = ReportText::tr("No value model has been fitted");
        part.lead = ReportText::tr("Predicted value needs users with more than one order.");
        return part;
    }
    part.lead = ReportText::tr("Orders follow BG/NBD (parameters per %1), the value of an order "
                               "Gamma-Gamma. Standard errors by the delta method.")
                    .arg(periodText(data.settings.period));
    return part;
}

Table comparisonTable(const ComparisonWords &words)
{
    Table table;
    table.title = ReportText::tr("Same split, same users");
    for (qsizetype c = 0; c < words.header.size(); ++c) {
        table.columns.push_back(c == 0 ? wrappedColumn(words.header.at(c))
                                       : numberColumn(words.header.at(c)));
    }
    for (const ComparisonRow &row : words.rows) {
        QStringList cells{row.name};
        for (std::size_t i = 0; i < row.values.size(); ++i) {
            cells.append(fullText(row.values[i], words.decimals[i]));
        }
        table.rows.push_back(cells);
    }
    table.note = words.protocol;
    return table;
}

Table trainingTable(const ReportData &data)
{
    const TrainReport &t = *data.training;
    Table table;
    table.title = ReportText::tr("How it was trained");
    table.columns = {labelColumn(ReportText::tr("Setting")), wrappedColumn(ReportText::tr("Value"))};
    table.rows = {
        {ReportText::tr("Run"), QString::number(data.behaviorRun->id)},
        {ReportText::tr("Device"), text(data.behaviorRun->device)},
        {ReportText::tr("Seed"), QString::number(data.behaviorRun->seed)},
        {ReportText::tr("Learned from, validated on"),
         ReportText::tr("events from %1 to %2; the window after it up to %3")
             .arg(dayText(t.split.first), dayText(t.split.cut), dayText(t.split.until))},
        {ReportText::tr("Label window"), daysText(t.split.labelDays)},
        {ReportText::tr("Best epoch"), QString::number(t.bestEpoch)},
        {ReportText::tr("Parameters"), countText(t.parameters)},
        {ReportText::tr("Time"), durationText(t.seconds)},
        {ReportText::tr("Data hash"), text(data.behaviorRun->dataHash)},
    };
    if (data.behaviorRun->retrainDue > 0) {
        table.note = retrainNote();
    }
    return table;
}

Part behaviourModel(const ReportData &data)
{
    Part part;
    if (!data.behaviorRun || !data.training) {
        part.headline = ReportText::tr("No behaviour model has been trained");
        part.lead = ReportText::tr("Churn risk and recommendations then come from the value model and "
                                   "from popularity.");
        return part;
    }
    if (data.comparison) {
        const ComparisonWords words = comparisonWords(*data.comparison);
        part.headline = words.headline;
        part.blocks.push_back(comparisonTable(words));
    } else {
        part.headline = ReportText::tr("The behaviour model, run %1").arg(data.behaviorRun->id);
    }
    part.lead = ReportText::tr("The behaviour model learns from the order of a user's events. It "
                               "predicts the next item, churn and value, and is measured on a window "
                               "it has not seen, beside simple models.");
    const int best = data.training->bestEpoch;
    part.blocks.push_back(
        FigureRow{{chartFigure(ReportText::tr("Loss by epoch"), 150, lossCurves(data.epochs, best)),
                   chartFigure(ReportText::tr("Next item among the first ten, by epoch"), 150,
                               hitRateCurve(data.epochs, best))}});
    part.blocks.push_back(trainingTable(data));
    return part;
}

std::vector<Part> write(const ReportData &data)
{
    return {valueModels(data), behaviourModel(data)};
}

} // namespace

ReportSection modelsSection()
{
    return {"models", [] { return ReportText::tr("Model card"); },
            [] { return ReportText::tr("Parameters, errors, training and comparison with baselines"); },
            false, write};
}

} // namespace perennial::report
