#include "ui/pages/models/measures.h"

#include "ui/wording/run_quality_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(perennial::Measures)
};

std::vector<Measure> makeMeasures()
{
    using Better = Measure::Better;
    return {
        {"hr10", Words::tr("HR@10"),
         Words::tr("Share of validation users whose next item is among the first ten."), 4,
         Better::Higher, true},
        {"ndcg10", Words::tr("NDCG@10"),
         Words::tr("The same, worth less the lower it stands: 1 / log₂(1 + rank)."), 4,
         Better::Higher, true},
        {"mrr", Words::tr("MRR"), Words::tr("Mean of 1 / rank of the next item."), 4},
        {"hr10_new", Words::tr("HR@10, new items"),
         Words::tr("HR@10 of the next item that the user had not met before."), 4, Better::Higher,
         true},
        {"ndcg10_new", Words::tr("NDCG@10, new items"),
         Words::tr("NDCG@10 of the next item that the user had not met before."), 4},
        {"mrr_new", Words::tr("MRR, new items"),
         Words::tr("MRR of the next item that the user had not met before."), 4},
        {"churn_auc", Words::tr("Churn AUC"),
         Words::tr("Chance that a customer who does not order again has a higher risk than one who "
                   "does; 0.5 is guessing."),
         4, Better::Higher, true},
        {"churn_log_loss", Words::tr("Churn log loss"),
         Words::tr("Mean of −ln of the probability given to what happened."), 4, Better::Lower},
        {"churn_ece", Words::tr("Churn ECE"),
         Words::tr("Mean distance of predicted and observed shares over classes of risk."), 4,
         Better::Lower},
        {"churn_brier", Words::tr("Churn Brier score"),
         Words::tr("Mean squared distance of probability and outcome."), 4, Better::Lower},
        {"value_spearman", Words::tr("Value Spearman"),
         Words::tr("Correlation of the orders of customers by predicted and by actual value."), 4,
         Better::Higher, true},
        {"value_mae", Words::tr("Value MAE"),
         Words::tr("Mean distance of predicted and actual value, in the project's currency."), 2,
         Better::Lower},
        {"value_rmse", Words::tr("Value RMSE"),
         Words::tr("Root of the mean squared distance, in the project's currency."), 2,
         Better::Lower},
        {"value_norm_gini", Words::tr("Value, normalised Gini"),
         Words::tr(
             "How well the order by prediction finds those who bring most; 1 is the order that "
             "came."),
         4},
        {"value_decile_mape", Words::tr("Value, error of tenths"),
         Words::tr("Mean relative error of the totals of tenths by prediction."), 4, Better::Lower},
        {"churn_bias", Words::tr("Churn bias"),
         Words::tr("Sum of chances over how many did not order, less 1; 0 is right."), 4,
         Better::NearerZero},
        {"value_bias", Words::tr("Value bias"),
         Words::tr("Predicted over actual total, less 1; 0 is right."), 4, Better::NearerZero},
        {"valid_loss", Words::tr("Validation loss"),
         Words::tr("Weighted sum of the heads' losses on held-back users; only runs with the same "
                   "heads and weights compare."),
         4, Better::Lower, true},
        {"train_loss", Words::tr("Training loss"),
         Words::tr("The same on the windows that were learned from."), 4, Better::Lower},
    };
}

QString spaced(const std::string &name)
{
    return QString::fromStdString(name).replace(QLatin1Char('_'), QLatin1Char(' '));
}

/// "return_7_log_loss" → "P(return within 7 days) log loss", and which way is better.
Measure measureOfFigure(const std::string &name)
{
    using Better = Measure::Better;
    struct Figure {
        std::string_view name;
        Better better;
        int decimals = 4;
    };
    constexpr std::array<Figure, 11> kFigures{{{"auc", Better::Higher},
                                               {"log_loss", Better::Lower},
                                               {"brier", Better::Lower},
                                               {"ece", Better::Lower},
                                               {"bias", Better::NearerZero},
                                               {"mae", Better::Lower, 2},
                                               {"rmse", Better::Lower, 2},
                                               {"spearman", Better::Higher},
                                               {"norm_gini", Better::Higher},
                                               {"decile_mape", Better::Lower},
                                               {"concordance", Better::Higher}}};
    for (const Figure &figure : kFigures) {
        const std::string tail = '_' + std::string(figure.name);
        if (name.size() <= tail.size() || !name.ends_with(tail)) {
            continue;
        }
        const std::string head = name.substr(0, name.size() - tail.size());
        const bool known = headText(head) != QString::fromStdString(head);
        const QString text =
            known ? Words::tr("%1: %2").arg(headText(head),
                                            figureNameText(std::string(figure.name)))
                  : spaced(name);
        return {name, text, {}, figure.decimals, figure.better};
    }
    return {name, spaced(name), {}, 4, Better::Higher};
}

} // namespace

const std::vector<Measure> &knownMeasures()
{
    static const std::vector<Measure> measures = makeMeasures();
    return measures;
}

Measure measureOf(const std::string &name)
{
    const auto &known = knownMeasures();
    const auto found =
        std::ranges::find_if(known, [&](const Measure &measure) { return measure.name == name; });
    if (found != known.end()) {
        return *found;
    }
    constexpr std::string_view kReturnEce = "return_ece_"; // "return_ece_7": of P(return within 7)
    if (name.starts_with(kReturnEce)) {
        Measure measure = measureOfFigure("return_" + name.substr(kReturnEce.size()) + "_ece");
        measure.name = name;
        return measure;
    }
    constexpr std::size_t kPrefix = 6; // "train_", "valid_"
    const bool train = name.starts_with("train_"), valid = name.starts_with("valid_");
    if (!train && !valid) {
        return measureOfFigure(name);
    }
    const QString head = headName(name.substr(kPrefix)).toLower();
    return {name,
            train ? Words::tr("Training loss: %1").arg(head)
                  : Words::tr("Validation loss: %1").arg(head),
            {},
            4,
            Measure::Better::Lower};
}

double goodness(const Measure &measure, double value)
{
    switch (measure.better) {
    case Measure::Better::Higher:
        return value;
    case Measure::Better::Lower:
        return -value;
    case Measure::Better::NearerZero:
        return -std::abs(value);
    }
    return value;
}

QString headName(const std::string &head)
{
    if (head == "loss") {
        return Words::tr("All heads");
    }
    if (head == "next_item") {
        return Words::tr("Next item");
    }
    if (head == "churn") {
        return Words::tr("Churn");
    }
    if (head == "value") {
        return Words::tr("Value");
    }
    if (head == "click") {
        return Words::tr("Click");
    }
    if (head == "purchase") {
        return Words::tr("Purchase");
    }
    if (head == "return" || head == "return_time") {
        return Words::tr("Return time");
    }
    return spaced(head);
}

} // namespace perennial
