#include "core/scoring/value_scores.h"

#include "core/scoring/past_totals.h"
#include "core/value/frequency_model.h"
#include "core/value/value_draws.h"

#include <algorithm>

namespace perennial {

namespace {

/// P(alive) would be 1 for everybody and is no information then.
bool knowsNoDropout(const ModelFit &fit)
{
    const auto model = findFrequencyModel(fit.reportedModel);
    return fit.reason == "no_churn" || fit.reason == "no_dropout" ||
           (model && !(*model)->hasDropout());
}

bool hasNoSpend(const ValueScores &scores)
{
    return std::find(scores.notes.begin(), scores.notes.end(), ScoreNote::NoSpend) !=
           scores.notes.end();
}

/// What the fit can't be trusted with, however well it converged.
void noteLimits(const ValueResult &value, ValueScores &scores)
{
    const CustomerSummary &customers = value.customers;
    if (!(customers.netRatio() > 0.0)) {
        scores.notes.push_back(ScoreNote::RefundsOutweighSales);
    }
    const double longest = *std::ranges::max_element(customers.T);
    if (value.options.horizonDays > longest * daysPer(customers.period)) {
        scores.notes.push_back(ScoreNote::HorizonBeyondHistory);
    }
}

Status fitValue(const Project &project, const ProjectSettings &settings, ValueScores &scores,
                const Task &task)
{
    auto value = fitValueModel(project, valueOptionsFrom(settings), task);
    if (value) {
        scores.fitted = *value;
        scores.status = fitStatusName((*value)->frequency.status);
        const bool noSpend =
            (*value)->spendIsObservedMean && !(observedMeanSpend((*value)->customers) > 0);
        if (knowsNoDropout((*value)->frequency)) {
            scores.notes.push_back(ScoreNote::NoChurnBoundary);
        }
        if (noSpend) {
            scores.notes.push_back(ScoreNote::NoSpend);
        } else if ((*value)->spendIsObservedMean) {
            scores.notes.push_back(ScoreNote::ObservedMeanSpend);
        }
        noteLimits(**value, scores);
        return Done{};
    }
    const Error &error = value.error();
    scores.status = "none";
    switch (error.code) {
    case ErrorCode::NoPurchases: scores.notes.push_back(ScoreNote::NoPurchases); return Done{};
    case ErrorCode::NoRepeatBuyers:
        scores.notes.push_back(ScoreNote::NoRepeatBuyers);
        return Done{};
    case ErrorCode::DidNotConverge:
    case ErrorCode::NotFinite:
    case ErrorCode::TooLittleData:
    case ErrorCode::InvalidArgument:
        scores.status = "failed";
        scores.error = error.where + ": " + error.detail;
        scores.notes.push_back(ScoreNote::ValueFitFailed);
        return Done{};
    default: return error;
    }
}

/// The method that a backtest chose, where it is none of the fitted models.
Status forecastByChoice(const Project &project, const std::string &model, ValueScores &scores,
                        const Task &task)
{
    scores.model = scores.fitted->frequency.model;
    if (model == scores.model) {
        return Done{};
    }
    auto chosen = chosenValue(project, *scores.fitted, model, task);
    if (chosen) {
        scores.chosen = std::move(*chosen);
        scores.model = model;
        return Done{};
    }
    if (chosen.error().code == ErrorCode::Cancelled) {
        return chosen.error();
    }
    scores.error = model + ": " + chosen.error().detail;
    scores.notes.push_back(ScoreNote::OtherValueModel);
    return Done{};
}

/// Of whatever predicts value, where it can draw futures.
Status drawIntervals(ValueScores &scores, const Task &task)
{
    constexpr double kLevel = 0.9;
    if (hasNoSpend(scores) || (scores.chosen && !scores.chosen->eachDraws)) {
        return Done{};
    }
    const ValueResult &value = *scores.fitted;
    auto intervals =
        scores.chosen
            ? intervalsOfDraws(
                  value.customers.size(),
                  [&](const DrawSink &sink) { return scores.chosen->eachDraws(sink, task); }, kLevel)
            : drawValueIntervals(value.customers, value.frequency, value.spend, value.options, {},
                                 kLevel, task);
    if (!intervals) {
        return intervals.error();
    }
    scores.intervals = std::move(*intervals);
    return Done{};
}

Status measureTotalError(const Project &project, ValueScores &scores, const Task &task)
{
    if (hasNoSpend(scores)) {
        return Done{};
    }
    const auto error = pastTotalError(project, scores.model, scores.fitted->options, task);
    if (!error) {
        return error.error();
    }
    scores.totalError = *error;
    if (!scores.totalError) {
        scores.notes.push_back(ScoreNote::TotalErrorUnknown);
    }
    return Done{};
}

} // namespace

Result<ValueScores> valueScores(const Project &project, const ProjectSettings &settings,
                                const Task &task)
{
    ValueScores scores;
    if (const Status s = fitValue(project, settings, scores, task.part(0.0, 0.4)); !s) {
        return s.error();
    }
    if (!scores.fitted) {
        return scores;
    }
    const Status forecast =
        forecastByChoice(project, settings.valueModel, scores, task.part(0.4, 0.7));
    if (!forecast) {
        return forecast.error();
    }
    if (const Status s = drawIntervals(scores, task.part(0.7, 0.9)); !s) {
        return s.error();
    }
    if (const Status s = measureTotalError(project, scores, task.part(0.9, 1.0)); !s) {
        return s.error();
    }
    return scores;
}

} // namespace perennial
