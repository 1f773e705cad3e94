#include "app/verbs/arguments.h"
#include "app/verbs/verbs.h"
#include "core/export/tables.h"
#include "core/scoring/score_users.h"
#include "ui/wording/forecast_words.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Score", text);
}

QString noteText(ScoreNote note, const ScoreReport &report)
{
    switch (note) {
    case ScoreNote::NoPurchases: return tr("no purchases: stages only, nothing is predicted");
    case ScoreNote::NoRepeatBuyers:
        return tr("nobody bought on two days: stages only, nothing is predicted");
    case ScoreNote::NoChurnBoundary:
        return tr("the data show no churn: P(alive) would be 1 for everybody and is left empty");
    case ScoreNote::ValueFitFailed: return tr("the value model could not be fitted");
    case ScoreNote::NoSpend: return tr("no money in the purchases: only orders are predicted");
    case ScoreNote::OtherValueModel:
        return tr("the project's value model could not predict: BG/NBD with Gamma-Gamma did");
    case ScoreNote::ObservedMeanSpend:
        return tr("no spend model fits: everybody is given the mean order seen so far");
    case ScoreNote::TotalErrorUnknown:
        return tr("the model's own error of the total is not known: its interval holds luck and "
                  "parameters only (a longer history, or perennial backtest --keep with two "
                  "origins or more, tells it)");
    case ScoreNote::RefundsOutweighSales:
        return tr("refunds outweigh purchases: orders to come are given no value");
    case ScoreNote::HorizonBeyondHistory:
        return tr("the horizon is longer than any customer has been known: far outside the data");
    case ScoreNote::BehaviorOtherHorizon:
        return tr("the behaviour model was trained for another horizon and is not used");
    case ScoreNote::BehaviorTrainedLater:
        return tr("the behaviour model has seen later events and is not used");
    case ScoreNote::BehaviorFailed:
        return tr("the behaviour model could not score (%1): train it again, or make another of its "
                  "runs the champion")
            .arg(QString::fromStdString(report.behaviorError));
    }
    return {};
}

QString textOf(const ScoreReport &report)
{
    const UserStateLabel &label = report.label;
    const QString currency = QString::fromStdString(label.currency);
    const auto money = [&](std::optional<double> value) {
        return value ? fullMoneyText(*value, currency) : kMissing;
    };
    QStringList lines;
    if (report.resumedUsers > 0) {
        lines << tr("resumed: the behaviour model had scored %1 before the last scoring stopped")
                     .arg(usersText(report.resumedUsers));
    }
    lines << tr("%1 at %2, the next %3")
                 .arg(usersText(report.users), dayText(label.snapshot),
                      daysText(label.horizonDays));
    for (const Stage stage : kStages) {
        lines << QStringLiteral("  %1 %2")
                     .arg(stageText(stage), -10)
                     .arg(countText(report.stages[static_cast<std::size_t>(stage)]), 12);
    }
    lines << tr("realised %1 by %2").arg(money(report.realised), customersText(report.customers));
    lines << tr("predicted value %1 (margin %2, discount %3 a year), %4 orders")
                 .arg(money(report.predictedValue), percentText(label.margin),
                      percentText(label.discountPerYear), fullText(report.expectedOrders, 1));
    if (report.predictedLower) {
        lines << tr("  90 % interval of the total [%1, %2], by %3")
                     .arg(money(report.predictedLower), money(report.predictedUpper),
                          QString::fromStdString(report.valueModel));
    }
    if (report.totalError) {
        lines << QStringLiteral("  ") + totalErrorText(*report.totalError);
    }
    lines << tr("mean P(alive) %1, mean churn risk %2 (%3)")
                 .arg(percentText(report.meanPAlive), percentText(report.meanChurnRisk),
                      label.churnSource.empty() ? kMissing
                                                : QString::fromStdString(label.churnSource));
    if (const auto &truth = report.truth) {
        lines << tr("against the known truth: total %1, bias %2, mean error %3 a user, "
                    "rank correlation %4, AUC of P(alive) %5")
                     .arg(money(truth->trueTotal), signedPercentText(truth->bias),
                          money(truth->mae), fullText(truth->spearman, 3),
                          fullText(truth->aucAlive, 3));
    }
    for (const ScoreNote note : report.notes) {
        lines << QStringLiteral("! ") + noteText(note, report);
    }
    return lines.join(u'\n');
}

class ScoreVerb final : public Verb {
public:
    std::string name() const override { return "score"; }
    QString summary() const override
    {
        return tr("Stage, churn risk and predicted value of every user");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "snapshot, horizon_days, currency, margin, discount_per_year, data_hash\n"
            "users, customers   known at the snapshot; with at least one order\n"
            "realised           net revenue up to the snapshot\n"
            "predicted_value    margin-weighted and discounted, of the horizon; null without a model\n"
            "predicted_interval_90   [lower, upper] of the total: as wide as the drawn futures or\n"
            "                   the errors of past totals make it; null where neither is known\n"
            "total_error        {windows, rms_log}: of log(actual / predicted) in past windows, or null\n"
            "expected_orders, mean_p_alive, mean_churn_risk\n"
            "value_at_risk      predicted value of the users at a churn risk of 50 % or more\n"
            "churn_source       behavior | bg-nbd | nbd\n"
            "churned_after_days days of silence from which a user counts as churned\n"
            "value_model        the method behind predicted_value, null without one\n"
            "value_status       converged | boundary | failed | none\n"
            "value_run, behavior_run   run ids, 0 = none\n"
            "stages             {stage: users}\n"
            "stage_thresholds   {dormant_after_days, active_days_needed, active_window_days,\n"
            "                   acquired_within_days, recent_order_days, loyal_orders,\n"
            "                   churned_after_days}: days and counts; null = told by the data\n"
            "notes              [why a part is empty]; value_error, behavior_error: what failed\n"
            "truth              null, or {users, predicted_total, true_total, bias, mae, spearman,\n"
            "                   auc_alive}: the error against a sample shop's known truth\n"
            "resumed_users      scored by the behaviour model in a scoring that was stopped, and kept\n"
            "out, rows          the CSV written, null without --out");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        command.add_option("--horizon", m_horizon,
                           "days predicted, such as 180d, 39w, 6m, 1y (the project's setting)");
        command.add_option("--until", m_until, "last day known, YYYY-MM-DD (the project's setting)");
        command.add_option("--out", m_out, "CSV file of all users, replaced if it is there");
    }

    Result<VerbOutput> run(const Task &task) override
    {
        const auto options = readOptions();
        if (!options) {
            return options.error();
        }
        auto project = Project::open(m_path, Project::Access::ReadWrite);
        if (!project) {
            return project.error();
        }
        if (!m_out.empty()) {
            // Said before the work, not after it; dropping the writer leaves nothing behind.
            if (const auto writable = CsvWriter::create(m_out); !writable) {
                return writable.error();
            }
        }
        const auto report = scoreUsers(*project, *options, task.part(0, .9));
        if (!report) {
            return report.error();
        }
        VerbOutput output;
        output.json = nlohmann::ordered_json::parse(scoreReportToJson(*report));
        output.json["resumed_users"] = report->resumedUsers;
        output.json["out"] = nullptr;
        output.json["rows"] = nullptr;
        output.text = textOf(*report);
        if (m_out.empty()) {
            return output;
        }
        const auto written =
            exportTableLogged(*project, {.table = "users", .out = m_out}, task.part(.9, 1));
        if (!written) {
            return written.error();
        }
        output.json["out"] = m_out;
        output.json["rows"] = written->rows;
        output.text += u'\n' + tr("%1 in %2")
                                   .arg(rowsText(written->rows), QString::fromStdString(m_out));
        return output;
    }

private:
    Result<ScoreOptions> readOptions() const
    {
        const auto days = horizonArgument(m_horizon, "--horizon");
        if (!days) {
            return days.error();
        }
        const auto until = dayArgument(m_until, "--until");
        if (!until) {
            return until.error();
        }
        ScoreOptions options;
        options.horizonDays = *days;
        options.until = *until;
        return options;
    }

    std::string m_path, m_horizon, m_until, m_out;
};

} // namespace

std::unique_ptr<Verb> makeScoreVerb()
{
    return std::make_unique<ScoreVerb>();
}

} // namespace perennial
