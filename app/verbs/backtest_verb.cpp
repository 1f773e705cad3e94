#include "app/verbs/arguments.h"
#include "app/verbs/figure_output.h"
#include "app/verbs/open_project.h"
#include "app/verbs/verbs.h"
#include "core/forecast/saved_backtest.h"
#include "core/project/event_store.h"
#include "core/project/settings.h"
#include "ui/error_text.h"
#include "ui/wording/forecast_words.h"
#include "ui/wording/format.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Backtest", text);
}

constexpr int kNameWidth = 16;
constexpr int kColumnWidth = 30;

int decimalsOf(Metric metric)
{
    return metric == Metric::Mae || metric == Metric::Rmse ? 2 : 3;
}

using Figures = std::array<ScoredFigure, kMetrics.size()>;

void addTable(QStringList &lines, const BacktestResult &result, const Figures BacktestRow::*figures)
{
    for (const auto &metrics : {std::span(kMetrics).first(3), std::span(kMetrics).last(3)}) {
        QString heading = QString(kNameWidth, u' ');
        for (const Metric metric : metrics) {
            heading += QStringLiteral("%1").arg(metricText(metric), kColumnWidth);
        }
        lines << heading;
        for (const BacktestRow &row : result.rows) {
            if (row.error) {
                continue;
            }
            QString line = QString::fromStdString(row.model).leftJustified(kNameWidth);
            for (const Metric metric : metrics) {
                line += QStringLiteral("%1").arg(
                    figureText((row.*figures)[static_cast<std::size_t>(metric)],
                               decimalsOf(metric)),
                    kColumnWidth);
            }
            lines << line;
        }
    }
}

/// How the errors of the other windows' totals would have judged each; empty for fewer than three.
QString othersText(const BacktestRow &row, const std::vector<double> &actual)
{
    const auto intervals = totalsByOtherWindows(row.totals, actual);
    return intervals.empty() ? QString()
                             : tr(" (with the other windows' errors %1 of %2)")
                                   .arg(countInside(intervals, actual))
                                   .arg(intervals.size());
}

void addDistributions(QStringList &lines, const BacktestResult &result)
{
    lines << tr("drawn futures: CRPS, share of customers inside their 90 % interval (randomised, "
                "exactly 90 % for a true model), log score of orders, χ² of the repeat histogram");
    for (const BacktestRow &row : result.rows) {
        if (!row.draws) {
            continue;
        }
        const DrawQuality &d = *row.draws;
        const auto covered = std::count(d.totalCovered.begin(), d.totalCovered.end(), true);
        lines << tr("%1CRPS %2 · inside %3 (%4) · log score %5 · total inside its interval %6 of %7")
                     .arg(QString::fromStdString(row.model).leftJustified(kNameWidth))
                     .arg(d.crps, 0, 'f', 2)
                     .arg(percentText(d.coverage90), percentText(d.coverage90Randomised),
                          fullText(d.logScore, 4))
                     .arg(covered)
                     .arg(d.totals.size())
                 + othersText(row, result.actualTotals()) + (row.histogram ? tr(" · χ² %1, %2 degrees, p %3")
                                        .arg(row.histogram->chiSquared, 0, 'f', 1)
                                        .arg(row.histogram->degrees)
                                        .arg(row.histogram->p, 0, 'g', 3)
                                  : QString());
    }
}

void addRemarks(QStringList &lines, const BacktestResult &result)
{
    for (const BacktestRow &row : result.rows) {
        const QString name = QString::fromStdString(row.model);
        if (row.error) {
            lines << QStringLiteral("! %1: %2").arg(name, forecastErrorText(row));
        }
        if (const auto error = totalErrorOf(row.totals, result.actualTotals())) {
            lines << QStringLiteral("  %1: %2").arg(name, totalErrorText(*error));
        }
        for (const QString &text : forecastNoteTexts(row)) {
            lines << QStringLiteral("  %1: %2").arg(name, text);
        }
    }
}

bool isUntold(const BacktestRow &row)
{
    return std::any_of(row.value.begin(), row.value.end(), [](const ScoredFigure &figure) {
        return figure.value && !figure.isBest && !figure.fromBest;
    });
}

QString textOf(const BacktestResult &result)
{
    QStringList lines;
    for (const BacktestOrigin &origin : result.origins) {
        lines << tr("known up to %1, judged on (%1, %2]: %3, %4 ordered; net %5, "
                    "order days %6; %7 more by newcomers, whom nobody can predict")
                     .arg(dayText(origin.cut), dayText(origin.until), customersText(origin.customers),
                          countText(origin.active), fullText(origin.actualTotal),
                          fullText(origin.actualOrders, 0), fullText(origin.newcomersTotal));
    }
    lines << tr("value: net revenue per customer in the window, before margin, not discounted "
                "(%1 % user-bootstrap intervals; * best, ~ its difference from the best is noise)")
                 .arg(result.options.level * 100.0);
    if (std::any_of(result.rows.begin(), result.rows.end(), isUntold)) {
        lines << tr("? without an interval of the difference nobody can tell: too few customers or "
                    "replicates");
    }
    addTable(lines, result, &BacktestRow::value);
    lines << tr("order days per customer in the window");
    addTable(lines, result, &BacktestRow::orders);
    addDistributions(lines, result);
    addRemarks(lines, result);
    if (result.winner) {
        lines << tr("best in the mean rank over the six figures of value: %1")
                     .arg(QString::fromStdString(result.rows[*result.winner].model));
    }
    return lines.join(u'\n');
}

class BacktestVerb final : public Verb {
public:
    std::string name() const override { return "backtest"; }
    QString summary() const override
    {
        return tr("Judge value models on windows they have not seen, beside naive rules");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "until, horizon_days, period, first_purchase_in_spend, replicates, level, seed\n"
            "known              last day of data: no window reaches past it\n"
            "origins            [{cut, until, customers, active, actual_total, actual_orders,\n"
            "                   newcomers_total}], the newest first\n"
            "models             [{model, reported_model, naive, mae, rmse, bias, spearman, norm_gini,\n"
            "                   decile_mape, coverage_90, …}]: value is net revenue in the window,\n"
            "                   before margin, not discounted; means over origins; null where the\n"
            "                   data give none; {model, error} where it could not be fitted\n"
            "  intervals        {figure: [lower, upper]} of the user bootstrap\n"
            "  against_best     {figure: best | noise | worse, null where nobody can tell};\n"
            "                   distance_from_best its interval\n"
            "  orders           the same figures for order days\n"
            "  distribution     {crps, coverage_90, coverage_90_randomised, log_score_orders,\n"
            "                   total_interval_90}, null for methods without one\n"
            "  totals           {predicted: [of each origin], error: {windows, rms_log} of\n"
            "                   log(actual / predicted), interval_90_by_other_windows}\n"
            "  repeat_histogram {chi_squared, degrees, p} in the calibration window\n"
            "  deciles          [{customers, predicted, actual}], the best predicted first\n"
            "  notes, fits      what else is to be said; the fits of the newest origin\n"
            "value_model        what predicts value in the project (--use changes it)\n"
            "winner             lowest mean rank over the six figures of value");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        command.add_option("--models", m_models, "names, comma-separated, or all (the default)")
            ->delimiter(',');
        command.add_option("--until", m_until,
                           "last day known to the models, YYYY-MM-DD (the last day - horizon)");
        command.add_option("--horizon", m_horizon,
                           "days predicted, such as 180d, 39w, 6m, 1y (the project's setting)");
        command.add_option("--origins", m_origins, "windows, one horizon apart")
            ->check(CLI::Range(1, 1000));
        command.add_option("--period", m_period, "unit of time: day, week or month");
        command.add_option("--bootstrap", m_replicates, "replicates of the user bootstrap")
            ->check(CLI::Range(0, 100000));
        command.add_option("--seed", m_seed, "of the bootstrap and of drawn futures");
        command.add_option("--use", m_use,
                           "make this method, or winner, the project's value model");
        command.add_flag("--keep", m_keep, "keep the result in the project, for the page Trust");
        command.add_flag("--first-purchase,!--repeats-only", m_firstPurchase,
                         "gamma-gamma on all order days, or on repeat days only");
    }

    Result<VerbOutput> run(const Task &task) override
    {
        // Not after a long run.
        if (!m_use.empty() && m_use != "winner") {
            if (const auto known = findForecaster(m_use); !known) {
                return known.error();
            }
        }
        const bool writes = m_keep || !m_use.empty();
        auto project = writes ? Project::open(m_path, Project::Access::ReadWrite)
                              : openToRead(m_path);
        if (!project) {
            return project.error();
        }
        const auto options = readOptions(*project);
        if (!options) {
            return options.error();
        }
        const auto history = readOrderHistory(*project, {}, task.part(0.0, 0.1));
        if (!history) {
            return history.error();
        }
        const auto result = backtest(*history, *options, task.part(0.1, 1.0));
        if (!result) {
            return result.error();
        }
        const auto used = use(*project, *result);
        if (!used) {
            return used.error();
        }
        if (m_keep) {
            if (const auto kept = keepBacktest(*project, *result); !kept) {
                return kept.error();
            }
        }
        VerbOutput output;
        output.json = nlohmann::ordered_json::parse(backtestToJson(*result));
        output.json["value_model"] = *used;
        output.text = textOf(*result) + QLatin1Char('\n') +
                      tr("the project's value model is %1").arg(QString::fromStdString(*used));
        return output;
    }

private:
    /// Makes the choice of --use the project's. @return its value model then.
    Result<std::string> use(Project &project, const BacktestResult &result) const
    {
        auto settings = readSettings(project);
        if (!settings) {
            return settings.error();
        }
        if (m_use.empty()) {
            return settings->valueModel;
        }
        if (m_use != "winner") {
            settings->valueModel = m_use;
        } else if (result.winner) {
            settings->valueModel = result.rows[*result.winner].model;
        } else {
            return fail(ErrorCode::InvalidArgument, m_use, "--use");
        }
        if (const Status written = writeSettings(project, *settings); !written) {
            return written.error();
        }
        return settings->valueModel;
    }

    /// The project's settings, with what the command line says instead.
    Result<BacktestOptions> readOptions(const Project &project) const
    {
        const auto settings = readSettings(project);
        if (!settings) {
            return settings.error();
        }
        const auto until = dayArgument(m_until, "--until");
        if (!until) {
            return until.error();
        }
        const auto horizon = horizonArgument(m_horizon, "--horizon");
        if (!horizon) {
            return horizon.error();
        }
        const auto period = periodArgument(m_period, "--period");
        if (!period) {
            return period.error();
        }
        // The last day with an event of any kind: a shop is watched on days without orders too.
        ProjectSettings atTheEnd = *settings;
        atTheEnd.snapshot.reset();
        const auto known = snapshotDay(project, atTheEnd);
        if (!known) {
            return known.error();
        }
        BacktestOptions options;
        options.models = modelNames();
        options.until = *until;
        options.known = *known;
        options.origins = m_origins;
        options.horizonDays = horizon->value_or(settings->horizonDays);
        options.period = period->value_or(settings->period);
        options.firstPurchaseInSpend = m_firstPurchase.value_or(settings->firstPurchaseInSpend);
        options.replicates = m_replicates;
        options.seed = m_seed;
        return options;
    }

    std::vector<std::string> modelNames() const
    {
        if (m_models.empty() || m_models == std::vector<std::string>{"all"}) {
            const auto names = forecasterNames();
            return {names.begin(), names.end()};
        }
        return m_models;
    }

    std::string m_path, m_until, m_horizon, m_period, m_use;
    std::vector<std::string> m_models;
    std::optional<bool> m_firstPurchase;
    bool m_keep = false;
    int m_origins = 1;
    int m_replicates = 200;
    std::uint64_t m_seed = 1;
};

} // namespace

std::unique_ptr<Verb> makeBacktestVerb()
{
    return std::make_unique<BacktestVerb>();
}

} // namespace perennial
