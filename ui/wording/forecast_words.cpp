#include "ui/wording/forecast_words.h"

#include "ui/error_text.h"
#include "ui/wording/fit_words.h"
#include "ui/wording/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ForecastWords)
};

constexpr std::string_view kWeight = "weight_";

/// "ZILN network 78 %, boosted trees 32 %": the largest first, those of nothing left out.
QString weightsText(std::vector<std::pair<std::string, double>> weights)
{
    std::ranges::sort(weights, std::greater<>(), &std::pair<std::string, double>::second);
    QStringList parts;
    for (const auto &[name, weight] : weights) {
        if (weight >= 0.005) {
            parts << Words::tr("%1 %2").arg(forecasterText(name), fullText(weight, 2));
        }
    }
    return parts.isEmpty() ? Words::tr("No method got a weight.")
                           : Words::tr("Weighted sum of: %1.").arg(parts.join(QStringLiteral(", ")));
}

QString noteText(const Forecast::Note &note)
{
    if (note.code == "season") {
        return Words::tr("Corrected by what the season did a year before: × %1.")
            .arg(fullText(note.figure, 2));
    }
    if (note.code == "season_unknown") {
        return Words::tr("The history does not reach back a year: no correction for the season.");
    }
    if (note.code == "label_days") {
        return Words::tr("Learned on what came in the last %1 before the cut.")
            .arg(daysText(static_cast<int>(note.figure)));
    }
    if (note.code == "total_factor") {
        return Words::tr("Its total was brought to what a probabilistic model expects: × %1.")
            .arg(fullText(note.figure, 2));
    }
    return Words::tr("%1: %2.").arg(QString::fromStdString(note.code), shortText(note.figure));
}

} // namespace

QString forecasterText(const std::string &name)
{
    static const std::vector<std::pair<std::string_view, QString>> names{
        {"past-window", Words::tr("Past spend, overall")},
        {"past-tenure", Words::tr("Past spend, tenure")},
        {"past-recent", Words::tr("Past spend, latest")},
        {"bg-nbd", QStringLiteral("BG/NBD")},
        {"mbg-nbd", QStringLiteral("MBG/NBD")},
        {"bg-cnbd-k", QStringLiteral("BG/CNBD-k")},
        {"mbg-cnbd-k", QStringLiteral("MBG/CNBD-k")},
        {"bg-bb", QStringLiteral("BG/BB")},
        {"pareto-nbd", QStringLiteral("Pareto/NBD")},
        {"ggompertz-nbd", QStringLiteral("GGompertz/NBD")},
        {"bg-bb", QStringLiteral("BG/BB")},
        {"cnbd-k", QStringLiteral("CNBD-k")},
        {"nbd", QStringLiteral("NBD")},
        {"gamma-gamma", QStringLiteral("Gamma-Gamma")},
        {"boosted-trees", Words::tr("Boosted trees")},
        {"ziln", Words::tr("ZILN network")},
        {"stack", Words::tr("Stack of all")},
    };
    for (const auto &[key, text] : names) {
        if (key == name) {
            return text;
        }
    }
    return QString::fromStdString(name);
}

QString metricText(Metric metric)
{
    switch (metric) {
    case Metric::Mae:
        return Words::tr("MAE");
    case Metric::Rmse:
        return Words::tr("RMSE");
    case Metric::Bias:
        return Words::tr("Bias of the total");
    case Metric::Spearman:
        return Words::tr("Spearman");
    case Metric::NormGini:
        return Words::tr("Normalised Gini");
    case Metric::DecileMape:
        return Words::tr("Decile MAPE");
    }
    return {};
}

QString metricHelp(Metric metric)
{
    switch (metric) {
    case Metric::Mae:
        return Words::tr("MAE: mean of |predicted − actual| per customer; lower is better.");
    case Metric::Rmse:
        return Words::tr("RMSE: root of the mean squared error; large customers weigh most; lower "
                         "is better.");
    case Metric::Bias:
        return Words::tr("Bias: predicted over actual total, less 1; nearer 0 is better.");
    case Metric::Spearman:
        return Words::tr("Spearman: how well customers are ranked; 1 = the same order, 0 = chance.");
    case Metric::NormGini:
        return Words::tr("Normalised Gini: how much of the value the customers ranked first hold; "
                         "1 = a perfect order, 0 = chance.");
    case Metric::DecileMape:
        return Words::tr("Decile MAPE: mean relative error over ten equal groups by prediction; "
                         "lower is better.");
    }
    return {};
}

QStringList forecastNoteTexts(const BacktestRow &row)
{
    QStringList texts;
    for (const ModelFit &fit : row.fits) {
        if (fit.status == FitStatus::Boundary && fit.model == row.model) {
            texts << Words::tr("At a boundary: %1.").arg(fitBoundaryText(fit));
        }
    }
    std::vector<std::pair<std::string, double>> weights;
    for (const Forecast::Note &note : row.notes) {
        if (note.code.starts_with(kWeight)) {
            weights.emplace_back(note.code.substr(kWeight.size()), note.figure);
        } else {
            texts << noteText(note);
        }
    }
    if (!weights.empty()) {
        texts.prepend(weightsText(std::move(weights)));
    }
    return texts;
}

QString totalErrorText(const TotalError &error)
{
    return counted(error.windows,
                   Words::tr("The total predicted for the last window was off by %2."),
                   Words::tr("Totals predicted for the last %1 windows were off by %2 (root mean "
                             "square)."))
        .arg(percentText(std::expm1(std::min(error.rms, 20.0))));
}

QString forecastErrorText(const BacktestRow &row)
{
    Error error = *row.error;
    if (error.where == row.model) {
        error.where.clear();
    }
    return errorText(error);
}

QString backtestScopeText(const BacktestResult &result, const QString &currency)
{
    const BacktestOrigin &newest = result.origins.front();
    const QString days = daysText(result.options.horizonDays);
    const QString windows =
        result.origins.size() == 1
            ? Words::tr("one window of %1").arg(days)
            : Words::tr("%1 windows of %2").arg(result.origins.size()).arg(days);
    const double newcomers =
        std::abs(newest.newcomersTotal) < 0.005 ? 0.0 : newest.newcomersTotal;
    const QString text =
        Words::tr("Known up to %1, judged on %2 up to %3: %4, %5 of them ordered; net %6.")
            .arg(dayText(newest.cut), windows, dayText(newest.until),
                 customersText(newest.customers), countText(newest.active),
                 shortMoneyText(newest.actualTotal, currency));
    return newcomers == 0.0 ? text
                            : text + QLatin1Char(' ') +
                                  Words::tr("Newcomers brought %1, which no method can foresee.")
                                      .arg(shortMoneyText(newcomers, currency));
}

int figuresBeyondNaive(const BacktestResult &result)
{
    const auto beyond = [&](std::size_t m) {
        bool someBest = false;
        for (const BacktestRow &row : result.rows) {
            const ScoredFigure &figure = row.value[m];
            someBest = someBest || (figure.isBest && !row.isNaive);
            // Without intervals nobody can tell.
            if (row.isNaive && (!figure.fromBest || figure.isNoise)) {
                return false;
            }
        }
        return someBest;
    };
    int figures = 0;
    for (std::size_t m = 0; m < kMetrics.size(); ++m) {
        figures += beyond(m) ? 1 : 0;
    }
    return figures;
}

QString backtestAnswer(const BacktestResult &result)
{
    const QString days = daysText(result.options.horizonDays);
    const QString where =
        result.origins.size() == 1
            ? Words::tr("On the last %1 unseen by the models").arg(days)
            : Words::tr("On %1 windows of %2 unseen by the models")
                  .arg(result.origins.size())
                  .arg(days);
    if (!result.winner) {
        return Words::tr("%1, no method could be judged").arg(where);
    }
    const BacktestRow &winner = result.rows[*result.winner];
    const QString best = Words::tr("%1, “%2” ranks best").arg(where, forecasterText(winner.model));
    const int figures = figuresBeyondNaive(result);
    if (winner.isNaive || figures == 0) {
        return Words::tr("%1; nothing beats past spend beyond noise").arg(best);
    }
    return Words::tr("%1; models beat past spend beyond noise in %2 of %3 figures")
        .arg(best)
        .arg(figures)
        .arg(kMetrics.size());
}

} // namespace perennial
