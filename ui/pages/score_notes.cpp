#include "ui/pages/score_notes.h"

#include <QCoreApplication>
#include <QStringList>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ScoreNotes)
};

} // namespace

QString scoreNoteText(ScoreNote note)
{
    switch (note) {
    case ScoreNote::NoPurchases:
        return Words::tr("Nobody has ordered yet: there are stages, but no values and no risks.");
    case ScoreNote::NoRepeatBuyers:
        return Words::tr("Nobody has ordered on two different days: no value model can be fitted, "
                         "so nothing is predicted.");
    case ScoreNote::NoChurnBoundary:
        return Words::tr("The orders show no sign of customers leaving: P(alive) would be 1 for "
                         "all and is left empty.");
    case ScoreNote::ValueFitFailed:
        return Words::tr("The value models could not be fitted: nothing is predicted.");
    case ScoreNote::NoSpend:
        return Words::tr("The orders have no amounts: orders are predicted, values are not.");
    case ScoreNote::OtherValueModel:
        return Words::tr("The project's value model could not predict, so BG/NBD with Gamma-Gamma "
                         "did.");
    case ScoreNote::ObservedMeanSpend:
        return Words::tr("No spend model could be used: everybody is given the observed mean "
                         "order.");
    case ScoreNote::TotalErrorUnknown:
        return Words::tr("How far totals of past windows were off is not known (too short a "
                         "history, or a learned method without a kept backtest of two windows): "
                         "the interval of the total holds luck and parameters only, and the truth "
                         "may well lie outside.");
    case ScoreNote::RefundsOutweighSales:
        return Words::tr("Refunds outweigh purchases: orders to come are given no value, so the "
                         "prediction is 0.");
    case ScoreNote::HorizonBeyondHistory:
        return Words::tr("The horizon is longer than any customer has been known: the prediction "
                         "lies far outside the data.");
    case ScoreNote::BehaviorOtherHorizon:
        return Words::tr("The behaviour model was trained for another horizon and was not used; "
                         "churn risk is the value model's.");
    case ScoreNote::BehaviorTrainedLater:
        return Words::tr("The behaviour model has seen events after the snapshot date and was not "
                         "used; churn risk is the value model's.");
    case ScoreNote::BehaviorFailed:
        return Words::tr("The behaviour model could not score; churn risk is the value model's.");
    }
    return {};
}

QString scoreNotesText(const Project &project)
{
    QStringList lines;
    if (const Result<ScoreReport> report = readScoreReport(project)) {
        for (const ScoreNote note : report->notes) {
            lines << scoreNoteText(note);
        }
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace perennial
