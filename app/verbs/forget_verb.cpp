#include "app/verbs/error_output.h"
#include "app/verbs/user_arguments.h"
#include "app/verbs/verbs.h"
#include "core/privacy/forget.h"
#include "ui/wording/privacy_words.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

namespace perennial {

namespace {

using nlohmann::ordered_json;

QString tr(const char *text)
{
    return QCoreApplication::translate("Forget", text);
}

ordered_json jsonOf(const UserTraces &traces)
{
    return {{"events", traces.events},
            {"set_aside_events", traces.setAsideEvents},
            {"attributes", traces.attributes},
            {"exposures", traces.exposures},
            {"orders", traces.orders},
            {"other_keys", traces.otherKeys},
            {"rejected_rows", traces.rejectedRows},
            {"definitions", traces.definitions}};
}

ordered_json jsonOf(const std::optional<Error> &error)
{
    return error ? errorJson(*error) : ordered_json();
}

class ForgetVerb final : public Verb {
public:
    std::string name() const override { return "forget"; }
    QString summary() const override { return tr("Erase a user from a project"); }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "With --compact only compacted, log_emptied and backups.\n"
            "dry_run        true where nothing was erased, only counted\n"
            "erased         {events, set_aside_events, attributes, exposures, orders, other_keys,\n"
            "               rejected_rows, definitions}: orders and other keys (devices, places,\n"
            "               channels, coupons) that nobody else had; rejected rows keep line and\n"
            "               reason and lose their text; definitions are the saved segments,\n"
            "               scenarios, reports and rules that named the user\n"
            "retrain_due    model runs that learned from the user, due to be trained again\n"
            "compacted      the file holds no old bytes of the user either\n"
            "compact_error  null, or {code, message}: why the file may hold them all the same (and\n"
            "               the exit code is 1); --compact tries again\n"
            "log_emptied    nor does its write-ahead log\n"
            "audit_lines    lines of the log that name the user, in a file's name say; they stay\n"
            "backups        [copies beside the project that may hold the user still]");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        CLI::Option *user = m_user.setUp(command, "key of the user");
        CLI::Option *dryRun =
            command.add_flag("--dry-run", m_dryRun, "count what would be erased, erase nothing");
        command
            .add_flag("--compact", m_compact,
                      "erase nobody, but write the file anew without the old bytes of whoever was "
                      "erased: where that failed before, on a full disk say. Needs up to twice as "
                      "much free space as the file has")
            ->excludes(user)
            ->excludes(dryRun);
    }

    Result<VerbOutput> run(const Task &task) override
    {
        if (m_user.given() == m_compact) {
            return fail(ErrorCode::InvalidArgument, {}, "--user | --compact");
        }
        auto project = Project::open(m_path, Project::Access::ReadWrite);
        if (!project) {
            return project.error();
        }
        return m_compact ? compacted(*project) : forgotten(*project, task);
    }

private:
    Result<VerbOutput> forgotten(Project &project, const Task &task)
    {
        const auto key = m_user.key(project);
        if (!key) {
            return key.error();
        }
        const auto report =
            m_dryRun ? counted(project, *key, task) : forgetUser(project, *key, task);
        if (!report) {
            return report.error();
        }
        VerbOutput output;
        output.json = {{"dry_run", m_dryRun},
                       {"erased", jsonOf(report->erased)},
                       {"retrain_due", report->erased.runs},
                       {"compacted", !m_dryRun && !report->notCompacted},
                       {"compact_error", jsonOf(report->notCompacted)},
                       {"log_emptied", report->logEmptied},
                       {"audit_lines", report->erased.auditLines},
                       {"backups", report->backups}};
        const QStringList left = m_dryRun ? QStringList{tr("Dry run: nothing was erased.")}
                                          : forgetWarnings(*report);
        output.text = (QStringList{tracesText(report->erased)} + left).join(u'\n');
        output.exitCode = report->notCompacted ? 1 : 0;
        return output;
    }

    static Result<VerbOutput> compacted(Project &project)
    {
        const auto emptied = compact(project);
        if (!emptied) {
            return emptied.error();
        }
        VerbOutput output;
        output.json = {{"compacted", true},
                       {"log_emptied", *emptied},
                       {"backups", backupsOf(project.path())}};
        output.text = tr("The file is written anew: nothing that was erased is left in it.");
        if (!*emptied) {
            output.text += u'\n' + logKeptText();
        }
        return output;
    }

    static Result<ForgetReport> counted(Project &project, const std::string &key, const Task &task)
    {
        const auto traces = tracesOfUser(project, key, task);
        if (!traces) {
            return traces.error();
        }
        ForgetReport report;
        report.erased = *traces;
        report.backups = backupsOf(project.path());
        return report;
    }

    std::string m_path;
    UserArguments m_user;
    bool m_dryRun = false, m_compact = false;
};

} // namespace

std::unique_ptr<Verb> makeForgetVerb()
{
    return std::make_unique<ForgetVerb>();
}

} // namespace perennial
