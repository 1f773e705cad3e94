#include "app/verbs/arguments.h"
#include "app/verbs/verbs.h"
#include "core/value/value_prediction.h"
#include "ui/wording/format.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Fit", text);
}

bool isIn(const std::vector<std::string_view> &names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The project to write the run into, or one to read from where another window holds it.
Result<Project> openWritableIfPossible(const std::string &path)
{
    auto project = Project::open(path, Project::Access::ReadWrite);
    if (project) {
        return project;
    }
    const ErrorCode code = project.error().code;
    const bool mayRead = code == ErrorCode::Locked || code == ErrorCode::NotWritable ||
                         code == ErrorCode::ReadOnly;
    return mayRead ? Project::open(path, Project::Access::ReadOnly) : std::move(project);
}

QString statusText(const ModelFit &fit)
{
    if (fit.status == FitStatus::Converged) {
        return tr("converged");
    }
    if (fit.status == FitStatus::Failed) {
        return tr("failed: no maximum found");
    }
    if (fit.reason == "no_churn") {
        return tr("boundary: the data show no churn; the NBD is reported in its place");
    }
    if (fit.reason == "infinite_mean") {
        return tr("boundary: the tail of spend has no finite mean; predictions use the observed one");
    }
    if (fit.reason.starts_with("homogeneous")) {
        return tr("boundary: all customers look alike");
    }
    return tr("boundary: a parameter runs to its limit");
}

QString textOf(const ModelFit &fit, Day until, std::int64_t run)
{
    QStringList lines;
    lines << QStringLiteral("%1, %2").arg(QString::fromStdString(fit.model), statusText(fit));
    for (std::size_t i = 0; i < fit.parameters.size(); ++i) {
        const QString error = fit.hasErrorOf(i)
                                  ? QStringLiteral("± %1").arg(fit.standardErrors[i], 0, 'g', 5)
                                  : QString();
        lines << QStringLiteral("  %1 %2 %3")
                     .arg(QString::fromStdString(fit.names[i]), -6)
                     .arg(fit.parameters[i], -12, 'g', 8)
                     .arg(error)
                     .trimmed()
                     .prepend(QStringLiteral("  "));
    }
    if (fit.usable()) {
        lines << tr("log-likelihood %1").arg(fit.logLikelihood, 0, 'f', 4);
    }
    lines << tr("%1 customers up to %2").arg(countText(fit.customers), dayText(until));
    if (fit.excluded > 0) {
        lines << tr("%1 customers left out: nothing spent on the days that count")
                     .arg(countText(fit.excluded));
    }
    lines << (run > 0 ? tr("saved as run %1").arg(run)
                      : tr("not saved: the project is open for reading only"));
    return lines.join(u'\n');
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
            "reason             null, or why not converged: no_churn, homogeneous_rate,\n"
            "                   homogeneous_dropout, homogeneous_spend, constant_spend,\n"
            "                   infinite_mean, at_limit, iterations\n"
            "reported_model     the model the parameters belong to (nbd for no_churn)\n"
            "parameters         {name: value}; alpha in periods, gamma in currency units\n"
            "standard_errors    {name: value, or null where the fit gives none}\n"
            "log_likelihood     without the x! constant; null when failed\n"
            "log_covariance     of the log-parameters, row by row; empty where there is none\n"
            "customers          used by the fit\n"
            "excluded           customers without a positive spend (spend models)\n"
            "evaluations        of the likelihood\n"
            "until, period, first_purchase_in_spend\n"
            "run                id of the saved run, null where the project is read-only");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        command.add_option("--model", m_model, "bg-nbd, nbd or gamma-gamma")->required();
        command.add_option("--until", m_until, "last day known, YYYY-MM-DD");
        command.add_option("--period", m_period, "unit of time: day, week or month");
        command.add_flag("--first-purchase,!--repeats-only", m_firstPurchase,
                         "gamma-gamma on all order days, or on repeat days only");
    }

    Result<VerbOutput> run(const Task &task) override
    {
        auto project = openWritableIfPossible(m_path);
        if (!project) {
            return project.error();
        }
        const auto options = readOptions(*project);
        if (!options) {
            return options.error();
        }
        const auto customers = readCustomerSummary(
            *project, {options->until, options->period, options->firstPurchaseInSpend,
                       frequencyModelReadsGaps(m_model)},
            task.part(0.0, 0.4));
        if (!customers) {
            return customers.error();
        }
        const auto fit = fitModel(*customers, task.part(0.4, 1.0));
        if (!fit) {
            return fit.error();
        }
        std::int64_t run = 0;
        if (!project->readOnly()) {
            const auto saved = saveFitRun(*project, *fit, customers->until, *options);
            if (!saved) {
                return saved.error();
            }
            run = *saved;
        }
        return outputOf(*fit, *customers, run);
    }

private:
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

    static VerbOutput outputOf(const ModelFit &fit, const CustomerSummary &customers,
                               std::int64_t run)
    {
        VerbOutput output;
        output.json = nlohmann::ordered_json::parse(fitToJson(fit));
        output.json["until"] = formatDate(customers.until);
        output.json["period"] = periodName(customers.period);
        output.json["first_purchase_in_spend"] = customers.firstPurchaseInSpend;
        output.json["run"] = run > 0 ? nlohmann::ordered_json(run) : nullptr;
        output.text = textOf(fit, customers.until, run);
        output.exitCode = fit.usable() ? 0 : 1;
        return output;
    }

    std::string m_path, m_model, m_until, m_period;
    std::optional<bool> m_firstPurchase;
};

} // namespace

std::unique_ptr<Verb> makeFitVerb()
{
    return std::make_unique<FitVerb>();
}

} // namespace perennial
