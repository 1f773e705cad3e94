#include "app/verbs/arguments.h"
#include "app/verbs/churn_output.h"
#include "app/verbs/open_project.h"
#include "app/verbs/user_arguments.h"
#include "app/verbs/verbs.h"
#include "core/export/csv_writer.h"
#include "core/project/audit.h"
#include "core/project/event_store.h"
#include "core/project/settings.h"
#include "core/segment/segment_file.h"
#include "core/segment/segment_users.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace perennial {

namespace {

constexpr std::array<std::string_view, 5> kColumns{"user", "risk", "value_if_kept", "at_stake",
                                                   "contact"};

QString tr(const char *text)
{
    return QCoreApplication::translate("ChurnVerb", text);
}

/// Core's names of what was wrong, as the options they came from.
Error asOption(Error error)
{
    if (error.code != ErrorCode::InvalidArgument && error.code != ErrorCode::WindowPastData) {
        return error;
    }
    for (const auto &[where, option] : {std::pair{"cut", "--cut"},
                                        {"replicates", "--bootstrap"},
                                        {"cost", "--cost"},
                                        {"save_rate", "--save-rate"},
                                        {"method", "--method"}}) {
        if (error.where == where) {
            error.where = option;
        }
    }
    return error;
}

class ChurnVerb final : public Verb {
public:
    std::string name() const override { return "churn"; }
    QString summary() const override
    {
        return tr("Who is about to leave, how well that is known, whom to contact, and why");
    }
    QString jsonHelp() const override { return churnJsonHelp(); }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        command.add_option("--horizon", m_horizon,
                           "days without an order that are churn, such as 90d, 6m (the project's)");
        command.add_option("--until", m_until,
                           "last day known, YYYY-MM-DD (the project's setting)");
        command.add_option("--cut", m_cut,
                           "day at which the methods are judged, YYYY-MM-DD; a horizon before the "
                           "last day known");
        command.add_option("--method", m_method,
                           "whose risks the plan goes by; the best of the trial if not given");
        command.add_option("--cost", m_cost, "of a contact, in the project's currency");
        command.add_option("--save-rate", m_saveRate,
                           "share of those who would leave that a contact keeps, 0 to 1");
        auto *threshold =
            command.add_option("--threshold", m_threshold, "contact from this risk (or stake) on");
        auto *contacts = command.add_option("--contacts", m_contacts, "contact so many at most")
                             ->check(CLI::NonNegativeNumber)
                             ->excludes(threshold);
        command.add_option("--budget", m_budget, "contact as many as it pays for")
            ->excludes(threshold)
            ->excludes(contacts);
        command.add_option("--order", m_order, "risk, or stake: risk x value if kept")
            ->check(CLI::IsMember({"risk", "stake"}))
            ->capture_default_str();
        command.add_option("--segment", m_segment,
                           "JSON file of a segment: judge and plan for its users only");
        m_user.setUp(command, "reasons of one user's risk");
        command.add_option("--bootstrap", m_trial.replicates, "replicates of the user bootstrap")
            ->check(CLI::Range(0, 100'000));
        command.add_option("--seed", m_trial.seed, "of the trees and the bootstrap");
        command.add_option("--out", m_out,
                           "CSV file of the customers, the first to be contacted first");
    }

    Result<VerbOutput> run(const Task &task) override
    {
        auto project = m_out.empty() ? openToRead(m_path) : openWritableIfPossible(m_path);
        if (!project) {
            return project.error();
        }
        auto report = reportOf(*project, task);
        if (!report) {
            return asOption(report.error());
        }
        VerbOutput output;
        output.json = churnJson(*report);
        output.text = churnText(*report);
        return output;
    }

private:
    Result<ChurnReport> reportOf(Project &project, const Task &task)
    {
        if (const Status sound = checkPlanArguments(); !sound) {
            return sound.error();
        }
        ChurnReport report;
        const auto value = readValueOptions(project, report);
        if (!value) {
            return value.error();
        }
        if (const Status read = readTrialOptions(project, report, task.part(0.0, 0.05)); !read) {
            return read.error();
        }
        std::optional<UserRecord> user;
        if (m_user.given()) {
            const auto key = m_user.key(project);
            if (!key) {
                return key.error();
            }
            auto found = findUser(project, *key);
            if (!found) {
                return found.error();
            }
            user = *std::move(found);
        }
        const auto history = readOrderHistory(project, *value->until, task.part(0.05, 0.15));
        if (!history) {
            return history.error();
        }
        const auto now = churnRiskAt(*history, *value, m_trial.seed, task.part(0.15, 0.5));
        if (!now) {
            return now.error();
        }
        report.now = *now;
        report.users =
            m_trial.within
                ? std::ranges::count_if((*now)->user,
                                        [&](std::int64_t id) {
                                            return std::ranges::binary_search(*m_trial.within, id);
                                        })
                : std::ssize((*now)->user);
        if (const Status s = addTrial(report, project, *history, *value, task.part(0.5, 0.95));
            !s) {
            return s.error();
        }
        if (const Status s = addPlan(report, project); !s) {
            return s.error();
        }
        if (user) {
            if (const Status s = addUser(report, *user); !s) {
                return s.error();
            }
        }
        return report;
    }

    Status checkPlanArguments() const
    {
        if (m_cost.has_value() != m_saveRate.has_value()) {
            return fail(ErrorCode::InvalidArgument, {}, "--cost, --save-rate");
        }
        if (!m_cost && (m_threshold || m_contacts || m_budget)) {
            return fail(ErrorCode::InvalidArgument,
                        tr("needs --cost and --save-rate").toStdString(),
                        m_threshold  ? "--threshold"
                        : m_contacts ? "--contacts"
                                     : "--budget");
        }
        return m_cost ? checkTerms(terms()) : Status(Done{});
    }

    ContactTerms terms() const
    {
        ContactTerms terms;
        terms.costPerContact = *m_cost;
        terms.saveRate = *m_saveRate;
        return terms;
    }

    Result<ValueOptions> readValueOptions(const Project &project, ChurnReport &report) const
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
        const auto snapshot = snapshotDay(project, *settings);
        if (!snapshot) {
            return snapshot.error();
        }
        ValueOptions options = valueOptionsFrom(*settings);
        options.until = until->value_or(*snapshot);
        options.horizonDays = horizon->value_or(settings->horizonDays);
        report.currency = settings->currency;
        return options;
    }

    Status readTrialOptions(const Project &project, ChurnReport &report, const Task &task)
    {
        const auto cut = dayArgument(m_cut, "--cut");
        if (!cut) {
            return cut.error();
        }
        m_trial.cut = *cut;
        if (!m_segment.empty()) {
            const auto rule = readSegmentFile(m_segment);
            if (!rule) {
                return rule.error();
            }
            const auto users = usersOfSegment(project, *rule, task);
            if (!users) {
                return users.error();
            }
            m_trial.within = users->users;
            report.segmentUsers = std::ssize(*users->users);
        }
        report.options = m_trial;
        return Done{};
    }

    /// A window that was asked for and isn't there is an error; one by default is said.
    Status addTrial(ChurnReport &report, const Project &project, const OrderHistory &history,
                    const ValueOptions &value, const Task &task) const
    {
        const auto trial = riskTrial(history, *value.until, value, m_trial, task.part(0.0, 0.8));
        if (trial) {
            report.trial = *trial;
        } else if (!m_trial.cut && (trial.error().code == ErrorCode::NoPurchases ||
                                    trial.error().code == ErrorCode::TooLittleData)) {
            report.trialProblem = trial.error();
        } else {
            return trial.error();
        }
        const auto behavior = behaviorTrial(project, m_trial, task.part(0.8, 1.0));
        if (!behavior) {
            return behavior.error();
        }
        report.behavior = *behavior;
        return Done{};
    }

    Status addPlan(ChurnReport &report, Project &project) const
    {
        const ChosenRisk chosen = chooseRisk(*report.now, report.trial.get());
        report.method = m_method.empty() ? chosen.method : report.now->method(m_method);
        report.chosenBy = !m_method.empty() ? "asked" : chosen.byTrial ? "trial" : "default";
        if (!m_method.empty() && !report.method) {
            return fail(ErrorCode::InvalidArgument, m_method, "method");
        }
        if (!m_cost && m_out.empty()) {
            return Done{};
        }
        const auto plan = report.method
                              ? contactPlanOf(*report.now, *report.method,
                                              *contactOrderFromName(m_order), m_trial.within)
                              : Result<ContactPlan>(*report.now->methods.front().problem);
        if (!plan && (plan.error().code == ErrorCode::InvalidArgument || !m_out.empty())) {
            return plan.error();
        }
        if (!plan) {
            report.planProblem = plan.error();
            return Done{};
        }
        if (m_cost) {
            report.plan = planOf(*plan);
        }
        return m_out.empty() ? Status(Done{}) : write(report, project, *plan);
    }

    ChurnPlan planOf(const ContactPlan &plan) const
    {
        ChurnPlan told;
        told.order = plan.order();
        told.terms = terms();
        told.best = plan.best(told.terms);
        told.isBest = !m_threshold && !m_contacts && !m_budget;
        told.asked = m_threshold ? plan.atThreshold(*m_threshold, told.terms)
                     : m_contacts
                         ? plan.ofContacts(static_cast<std::size_t>(*m_contacts), told.terms)
                     : m_budget ? plan.withinBudget(*m_budget, told.terms)
                                : told.best;
        told.curve = plan.curve(told.terms);
        return told;
    }

    Status write(ChurnReport &report, Project &project, const ContactPlan &plan) const
    {
        const auto users = readUsers(project);
        if (!users) {
            return users.error();
        }
        auto writer = CsvWriter::create(m_out);
        if (!writer) {
            return writer.error();
        }
        writer->header(kColumns);
        const std::vector<double> kept = valueIfKept(*report.now->value);
        const auto &ids = report.now->user;
        const std::size_t contacted = report.plan ? report.plan->asked.contacted : 0;
        std::size_t place = 0;
        for (const std::int64_t id : plan.contacted(plan.ofContacts(plan.users(), {}))) {
            const auto at =
                static_cast<std::size_t>(std::ranges::lower_bound(ids, id) - ids.begin());
            const auto record = std::ranges::lower_bound(*users, id, {}, &UserRecord::id);
            const bool isKnown = record != users->end() && record->id == id;
            const double risk = report.method->risk[at];
            writer->text(isKnown ? record->key : std::string());
            writer->number(risk);
            writer->number(kept[at]);
            writer->number(risk * kept[at]);
            if (report.plan) {
                writer->integer(place < contacted ? 1 : 0);
            } else {
                writer->empty();
            }
            writer->endRow();
            ++place;
        }
        const std::int64_t rows = writer->rows();
        if (const Status finished = writer->finish(); !finished) {
            return finished;
        }
        const auto logged = logDataOut(project, "churn", rows);
        if (!logged) {
            return logged.error();
        }
        report.written = ChurnReport::Written{m_out, rows, *logged};
        return Done{};
    }

    static Status addUser(ChurnReport &report, const UserRecord &record)
    {
        const ChurnRisk &now = *report.now;
        const auto found = std::ranges::lower_bound(now.user, record.id);
        if (found == now.user.end() || *found != record.id) {
            return fail(ErrorCode::NoPurchases, record.key, "--user");
        }
        const auto at = static_cast<std::size_t>(found - now.user.begin());
        ChurnUser user;
        user.key = record.key;
        for (const RiskMethod &method : now.methods) {
            if (!method.problem) {
                user.risks.emplace_back(method.name, method.risk[at]);
            }
        }
        if (now.value) {
            user.pAlive = now.value->predictions.pAlive[at];
            user.valueIfKept = valueIfKept(*now.value)[at];
        }
        if (now.trees) {
            const auto reasons = TreeReasons::of(now.trees);
            auto told = reasons ? reasons->reasons(record.id) : reasons.error();
            if (!told) {
                return told.error();
            }
            user.reasons = *std::move(told);
        }
        report.user = std::move(user);
        return Done{};
    }

    std::string m_path, m_horizon, m_until, m_cut, m_method, m_segment, m_out, m_order = "risk";
    std::optional<double> m_cost, m_saveRate, m_threshold, m_budget;
    std::optional<std::int64_t> m_contacts;
    UserArguments m_user;
    TrialOptions m_trial;
};

} // namespace

std::unique_ptr<Verb> makeChurnVerb()
{
    return std::make_unique<ChurnVerb>();
}

} // namespace perennial
