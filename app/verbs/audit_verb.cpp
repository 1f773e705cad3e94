#include "app/verbs/open_project.h"
#include "app/verbs/verbs.h"
#include "core/base/json_depth.h"
#include "core/project/audit.h"
#include "ui/wording/format.h"
#include "ui/wording/privacy_words.h"
#include "ui/wording/words.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <span>

namespace perennial {

namespace {

using nlohmann::ordered_json;

QString tr(const char *text)
{
    return QCoreApplication::translate("Audit", text);
}

/// What a line says, as JSON where it is that.
ordered_json detailOf(const AuditLine &line)
{
    constexpr int kDeepest = 20;
    const ordered_json detail = ordered_json::parse(line.detail, shallowerThan(kDeepest), false);
    return detail.is_discarded() ? ordered_json(line.detail) : detail;
}

class AuditVerb final : public Verb {
public:
    std::string name() const override { return "audit"; }
    QString summary() const override { return tr("List a project's log and check its chain"); }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "holds        every line is as it was written and none is missing (else the exit code\n"
            "             is 3). The hashes are not keyed: against a log written anew by somebody\n"
            "             who knows how, note the head elsewhere and give it as --expect\n"
            "line_count   in the log\n"
            "head         hash of the last line\n"
            "broken_line  id of the first line that is not right, or null\n"
            "end_missing  lines are missing at the end\n"
            "expected     whether --expect is the hash of a line; null without it\n"
            "lines        [{id, at, action, detail, hash}], newest first");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        command.add_option("--limit", m_limit, "lines listed; all if not given")
            ->check(CLI::NonNegativeNumber);
        command.add_option("--expect", m_expected,
                           "a hash noted earlier, which must still be there");
    }

    Result<VerbOutput> run(const Task &) override
    {
        const auto project = openToRead(m_path);
        if (!project) {
            return project.error();
        }
        const auto check = checkAudit(*project);
        const auto lines = readAudit(*project, std::numeric_limits<std::int64_t>::max());
        if (!check || !lines) {
            return check ? lines.error() : check.error();
        }
        const bool expected = m_expected.empty() || isThere(*lines);
        VerbOutput output;
        output.json = {{"holds", check->holds() && expected},
                       {"line_count", check->lines},
                       {"head", check->head},
                       {"broken_line", check->brokenLine != 0 ? ordered_json(check->brokenLine)
                                                              : ordered_json()},
                       {"end_missing", check->endMissing},
                       {"expected", m_expected.empty() ? ordered_json() : ordered_json(expected)}};
        output.json["lines"] = ordered_json::array();
        QStringList text;
        for (const AuditLine &line : std::span(*lines).first(listed(lines->size()))) {
            output.json["lines"].push_back({{"id", line.id},
                                            {"at", formatTimestamp(line.at)},
                                            {"action", line.action},
                                            {"detail", detailOf(line)},
                                            {"hash", line.hash}});
            text << QStringLiteral("%1  %2  %3  %4")
                        .arg(timeText(line.at), QString::fromStdString(line.hash).left(8))
                        .arg(QString::fromStdString(line.action), -14)
                        .arg(auditText(line.detail));
        }
        text << auditCheckText(*check);
        if (!expected) {
            text << tr("The hash expected is not in the log.");
        }
        output.text = text.join(u'\n');
        output.exitCode = check->holds() && expected ? 0 : 3;
        return output;
    }

private:
    bool isThere(const std::vector<AuditLine> &lines) const
    {
        return std::ranges::find(lines, m_expected, &AuditLine::hash) != lines.end();
    }

    std::size_t listed(std::size_t lines) const
    {
        return m_limit ? std::min(lines, static_cast<std::size_t>(*m_limit)) : lines;
    }

    std::string m_path, m_expected;
    std::optional<std::int64_t> m_limit;
};

} // namespace

std::unique_ptr<Verb> makeAuditVerb()
{
    return std::make_unique<AuditVerb>();
}

} // namespace perennial
