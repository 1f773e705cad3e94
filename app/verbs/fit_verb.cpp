#include "app/verbs/arguments.h"
#include "app/verbs/contract_fit.h"
#include "app/verbs/fit_of_kinds.h"
#include "app/verbs/fit_output.h"
#include "app/verbs/interval_output.h"
#include "app/verbs/open_project.h"
#include "app/verbs/verbs.h"
#include "core/contract/contract_model.h"
#include "core/value/value_prediction.h"
#include "ui/wording/format.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <span>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Fit", text);
}

bool isIn(std::span<const std::string_view> names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

QString textOf(const ModelFit &fit, const std::optional<ParameterIntervals> &intervals, Day until,
               std::int64_t run)
{
    QStringList lines = fitLines(fit);
    if (intervals) {
        lines << intervalLines(*intervals);
    }
    lines << tr("%1 up to %2").arg(customersText(fit.customers), dayText(until));
    if (fit.excluded > 0) {
        lines << tr("%1 left out: nothing spent on the days that count")
                     .arg(customersText(fit.excluded));
    }
    lines << (run > 0 ? tr("saved as run %1").arg(run)
                      : tr("not saved: the project is open for reading only"));
    return lines.join(u'\n');
}

/// "bg-nbd, …, gamma-gamma"
std::string modelList()
{
    std::string list;
    for (const auto &names : {frequencyModelNames(), spendModelNames()}) {
        for (const std::string_view name : names) {
            list += (list.empty() ? "" : ", ") + std::string(name);
        }
    }
    return list;
}

class FitVerb final : public Verb {
public:
    std::string name() const override { return "fit"; }
    QString summary() const override
    {
        return tr("Fit a value model: how often customers buy, or what they spend");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "model              the model asked for\n"
            "status             converged | boundary | failed (exit code 1)\n"
            "reason             null, or why not converged: no_churn, no_aging, no_dropout,\n"
            "                   homogeneous_rate, homogeneous_dropout, homogeneous_spend,\n"
            "                   homogeneous_churn, constant_spend, infinite_mean, at_limit, iterations\n"
            "reported_model     the model the parameters belong to (nbd for no_churn; pareto-nbd for\n"
            "                   no_aging; geometric or discrete-weibull for homogeneous_churn)\n"
            "parameters         {name: value}; alpha in periods, gamma in currency units\n"
            "standard_errors    {name: value, or null where the fit gives none}\n"
            "log_likelihood     without the x! constant; null when failed\n"
            "log_covariance     of the log-parameters, row by row; empty where there is none\n"
            "customers          used by the fit\n"
            "excluded           customers without a positive spend (spend models)\n"
            "evaluations        of the likelihood\n"
            "until, period, first_purchase_in_spend\n"
            "intervals          with --intervals: {method, level, resamples, unresolved, parameters\n"
            "                   {name: [lower, upper]}}; null is an open end: the data, or the method,\n"
            "                   do not bound the parameter there\n"
            "with --by          {model, by, pooled, groups [{group, customers, fit, error}],\n"
            "                   likelihood_ratio {statistic, degrees, p}}; nothing is saved\n"
            "with --covariates  {model, baseline, terms [{covariate, parameter, coefficient,\n"
            "                   standard_error, z, unbounded}], likelihood_ratio}; nothing is saved\n"
            "run                id of the saved run, null where the project is read-only\n"
            "With --table, instead of the last two lines:\n"
            "decisions          renewal decisions fitted\n"
            "forecast           [{period, survival, lower, upper, retention}]: share under\n"
            "                   contract after it, its 90 % interval from the parameters alone\n"
            "discount, discounted_lifetime, discounted_residual_lifetime\n"
            "                   with --discount: expected discounted periods of a new customer,\n"
            "                   and right before the 1st, 2nd, … renewal decision");
    }
    void setUp(CLI::App &command) override
    {
        auto *project = command.add_option("PROJECT", m_path, "project file");
        auto *table = command.add_option("--table", m_contracts.table,
                                         "a CSV of survivors per period, for sbg and bdw");
        project->excludes(table);
        command.add_option("--model", m_model, modelList() + "; with --table sbg or bdw")
            ->required();
        command.add_option("--time", m_contracts.time, "its column of periods 0, 1, 2, …")
            ->needs(table);
        command.add_option("--survivors", m_contracts.survivors, "its column of those left")
            ->needs(table);
        command
            .add_option("--customers", m_contracts.customers,
                        "that column is in per cent of so many customers")
            ->needs(table);
        command.add_option("--last-period", m_contracts.lastPeriod, "later ones are not fitted")
            ->needs(table);
        command.add_option("--ahead", m_contracts.ahead, "periods to forecast past the last one")
            ->needs(table);
        command.add_option("--discount", m_contracts.discount, "rate per period, for lifetimes")
            ->needs(table);
        auto *by = command.add_option(
            "--by", m_by, "fit each group by itself: cohort, orders or a user attribute");
        auto *covariates =
            command
                .add_option("--covariates", m_covariates,
                            "user attributes that move the parameters, comma-separated")
                ->delimiter(',');
        auto *intervals = command.add_option(
            "--intervals", m_intervals,
            "90 % of each parameter: wald, profile, bootstrap or bootstrap:N (resamples)");
        for (auto *option : {by, covariates, intervals}) {
            option->excludes(table);
        }
        by->excludes(covariates);
        intervals->excludes(by)->excludes(covariates);
        command.add_option("--until", m_until, "last day known, YYYY-MM-DD");
        command.add_option("--period", m_period, "unit of time: day, week or month");
        command.add_flag("--first-purchase,!--repeats-only", m_firstPurchase,
                         "gamma-gamma on all order days, or on repeat days only");
    }

    Result<VerbOutput> run(const Task &task) override
    {
        if (!m_contracts.table.empty()) {
            return runOnTable(task);
        }
        if (m_path.empty()) {
            return fail(ErrorCode::InvalidArgument, {}, "PROJECT");
        }
        auto project = openWritableIfPossible(m_path);
        if (!project) {
            return project.error();
        }
        const auto wanted = intervalsArgument(m_intervals);
        if (!wanted) {
            return wanted.error();
        }
        const auto options = readOptions(*project);
        if (!options) {
            return options.error();
        }
        if (!isFrequencyModel() && !(m_by.empty() && m_covariates.empty())) {
            return fail(ErrorCode::InvalidArgument, m_model, m_by.empty() ? "--covariates" : "--by");
        }
        const auto customers = readCustomerSummary(
            *project, {options->until, options->period, options->firstPurchaseInSpend,
                       frequencyModelReadsGaps(m_model), clockOf(m_model)},
            task.part(0.0, 0.4));
        if (!customers) {
            return customers.error();
        }
        if (!m_by.empty()) {
            return fitByKind(*project, m_model, *customers, m_by, task.part(0.4, 1.0));
        }
        if (!m_covariates.empty()) {
            return fitWithAttributes(*project, m_model, *customers, m_covariates,
                                     task.part(0.4, 1.0));
        }
        const auto fit = fitModel(*customers, task.part(0.4, *wanted ? 0.6 : 1.0));
        if (!fit) {
            return fit.error();
        }
        std::optional<ParameterIntervals> intervals;
        if (*wanted && fit->usable()) {
            auto found = parameterIntervals(*fit, *customers, **wanted, task.part(0.6, 1.0));
            if (!found) {
                return found.error();
            }
            intervals = std::move(*found);
        }
        std::int64_t run = 0;
        if (!project->readOnly()) {
            const auto saved = saveFitRun(*project, *fit, customers->until, *options);
            if (!saved) {
                return saved.error();
            }
            run = *saved;
        }
        return outputOf(*fit, intervals, *customers, run);
    }

private:
    Result<VerbOutput> runOnTable(const Task &task)
    {
        if (!isIn(contractModelNames(), m_model)) {
            return fail(ErrorCode::UnknownModel, m_model, "--model");
        }
        m_contracts.model = m_model;
        return fitContractTable(m_contracts, task);
    }

    bool isFrequencyModel() const { return isIn(frequencyModelNames(), m_model); }

    /// The project's settings, with what the command line says instead.
    Result<ValueOptions> readOptions(const Project &project) const
    {
        if (!isFrequencyModel() && !isIn(spendModelNames(), m_model)) {
            return fail(ErrorCode::UnknownModel, m_model, "--model");
        }
        const auto settings = readSettings(project);
        if (!settings) {
            return settings.error();
        }
        ValueOptions options = valueOptionsFrom(*settings);
        const auto until = dayArgument(m_until, "--until");
        if (!until) {
            return until.error();
        }
        const auto period = periodArgument(m_period, "--period");
        if (!period) {
            return period.error();
        }
        options.until = *until ? *until : options.until;
        options.period = period->value_or(options.period);
        options.firstPurchaseInSpend = m_firstPurchase.value_or(options.firstPurchaseInSpend);
        return options;
    }

    Result<ModelFit> fitModel(const CustomerSummary &customers, const Task &task) const
    {
        return isFrequencyModel() ? fitFrequencyModel(m_model, customers, {}, task)
                                  : fitSpendModel(m_model, customers, {}, task);
    }

    static VerbOutput outputOf(const ModelFit &fit,
                               const std::optional<ParameterIntervals> &intervals,
                               const CustomerSummary &customers, std::int64_t run)
    {
        VerbOutput output;
        output.json = nlohmann::ordered_json::parse(fitToJson(fit));
        if (intervals) {
            output.json["intervals"] = intervalsJson(*intervals);
        }
        output.json["until"] = formatDate(customers.until);
        output.json["period"] = periodName(customers.period);
        output.json["first_purchase_in_spend"] = customers.firstPurchaseInSpend;
        output.json["run"] = run > 0 ? nlohmann::ordered_json(run) : nullptr;
        output.text = textOf(fit, intervals, customers.until, run);
        output.exitCode = fit.usable() ? 0 : 1;
        return output;
    }

    std::string m_path, m_model, m_until, m_period, m_by, m_intervals;
    std::vector<std::string> m_covariates;
    std::optional<bool> m_firstPurchase;
    ContractFitRequest m_contracts;
};

} // namespace

std::unique_ptr<Verb> makeFitVerb()
{
    return std::make_unique<FitVerb>();
}

} // namespace perennial
