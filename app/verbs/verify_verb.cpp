#include "app/verbs/chunk_output.h"
#include "app/verbs/open_project.h"
#include "app/verbs/verbs.h"
#include "core/project/recovery.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

namespace perennial {

namespace {

QString levelText(VerifyFinding::Level level)
{
    switch (level) {
    case VerifyFinding::Level::Ok: return QCoreApplication::translate("Verify", "ok");
    case VerifyFinding::Level::Warning: return QCoreApplication::translate("Verify", "warning");
    case VerifyFinding::Level::Damage: return QCoreApplication::translate("Verify", "DAMAGE");
    }
    return {};
}

const char *levelName(VerifyFinding::Level level)
{
    switch (level) {
    case VerifyFinding::Level::Ok: return "ok";
    case VerifyFinding::Level::Warning: return "warning";
    case VerifyFinding::Level::Damage: return "damage";
    }
    return "damage";
}

QString detailText(const VerifyFinding &finding)
{
    const QString detail = QString::fromStdString(finding.detail);
    if (!finding.chunk) {
        return detail;
    }
    const ChunkDamage &chunk = *finding.chunk;
    return QCoreApplication::translate("Verify", "%1, chunk %2, lines %3 to %4, bytes %5 to %6: %7")
        .arg(detail)
        .arg(chunk.number)
        .arg(chunk.firstLine)
        .arg(chunk.lastLine)
        .arg(chunk.firstByte)
        .arg(chunk.lastByte)
        .arg(QString::fromStdString(chunk.part));
}

nlohmann::ordered_json toJson(const VerifyFinding &finding)
{
    nlohmann::ordered_json json{{"check", finding.code},
                                {"level", levelName(finding.level)},
                                {"detail", finding.detail}};
    if (finding.chunk) {
        json["chunk"] = toJson(*finding.chunk);
    }
    return json;
}

VerbOutput outputOf(const VerifyReport &report)
{
    VerbOutput output;
    output.json["sound"] = report.sound();
    output.json["findings"] = nlohmann::ordered_json::array();
    QStringList lines;
    for (const VerifyFinding &finding : report.findings) {
        output.json["findings"].push_back(toJson(finding));
        lines << QStringLiteral("%1  %2  %3")
                     .arg(QString::fromStdString(finding.code), -18)
                     .arg(levelText(finding.level), -8)
                     .arg(detailText(finding));
    }
    output.text = lines.join(u'\n');
    output.exitCode = report.sound() ? 0 : 3;
    return output;
}

class VerifyVerb final : public Verb {
public:
    std::string name() const override { return "verify"; }
    QString summary() const override
    {
        return QCoreApplication::translate("Verify", "Check a project file for damage");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral("sound      true where nothing is damaged (else the exit code is 3)\n"
                              "findings   [{check, level: ok|warning|damage, detail}]; of \"chunks\" "
                              "also chunk\n"
                              "           {source, name, number, part, first_line, last_line, "
                              "first_byte, last_byte}:\n"
                              "           what of which file changed since it was imported");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
    }
    Result<VerbOutput> run(const Task &task) override
    {
        const auto project = openToRead(m_path);
        if (!project) {
            return project.error();
        }
        const auto report = verifyProject(*project, task);
        if (!report) {
            return report.error();
        }
        return outputOf(*report);
    }

private:
    std::string m_path;
};

} // namespace

std::unique_ptr<Verb> makeVerifyVerb()
{
    return std::make_unique<VerifyVerb>();
}

} // namespace perennial
