#include "ui/pages/value/value_figures.h"

#include "core/scoring/score_users.h"
#include "core/value/frequency_model.h"
#include "core/value/what_if.h"

namespace perennial {

ValueFigures valueFigures(const std::vector<UserState> &states, const UserStateLabel &label)
{
    ValueFigures figures;
    figures.label = label;
    figures.users = static_cast<std::int64_t>(states.size());
    for (const UserState &state : states) {
        figures.customers += state.orders > 0 ? 1 : 0;
        figures.realisedTotal += state.realised;
        figures.predictedTotal += state.predictedValue.value_or(0.0);
        figures.predictedUsers += state.predictedValue ? 1 : 0;
        figures.expectedOrders += state.expectedOrders.value_or(0.0);
    }
    for (const ValueKind kind : kValueKinds) {
        const auto at = static_cast<std::size_t>(kind);
        figures.distributions[at] = valueDistribution(states, kind, label.margin);
        figures.quantiles[at] = valueQuantiles(states, kind, kQuantileShares, label.margin);
    }
    figures.realisedShares = concentration(states, ValueKind::Realised);
    figures.predictedShares = concentration(states, ValueKind::Predicted);
    return figures;
}

Result<ValueFigures> readValueFigures(const Project &project, const Segment &segment,
                                      const Task &task)
{
    const Result<UserStateLabel> label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    const Result<UserStates> states = readStatesOf(project, *segment, task);
    if (!states) {
        return states.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    ValueFigures figures = valueFigures(**states, *label);
    if (const auto report = readScoreReport(project)) {
        figures.valueModel = report->valueModel;
        if (segment->isEverybody()) {
            figures.predictedLower = report->predictedLower;
            figures.predictedUpper = report->predictedUpper;
            figures.totalError = report->totalError;
        }
    }
    return figures;
}

Result<ModelFigures> readModelFigures(const Project &project, const Task &task)
{
    const Result<UserStateLabel> label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    if (label->valueRun == 0) {
        return fail(ErrorCode::NotTrained, "bg-nbd", project.path().string());
    }
    Result<SavedFit> frequency = readSavedFit(project, label->valueRun);
    if (!frequency) {
        return frequency.error();
    }
    ModelFigures figures;
    if (const Result<RunRecord> run = readChampion(project, "gamma-gamma");
        run && run->until == frequency->run.until) {
        if (Result<SavedFit> spend = readSavedFit(project, run->id)) {
            figures.spend = *std::move(spend);
        }
    }
    if (frequency->fit.usable()) {
        const Result<CustomerSummary> customers =
            readCustomerSummary(project, frequency->customers, task);
        if (!customers) {
            return customers.error();
        }
        Result<std::vector<double>> expected =
            expectedHistogram(frequency->fit, *customers, kMaxRepeatOrders);
        if (!expected) {
            return expected.error();
        }
        figures.actual = repeatHistogram(*customers, kMaxRepeatOrders);
        figures.expected = *std::move(expected);
    }
    figures.frequency = *std::move(frequency);
    return figures;
}

} // namespace perennial
