#include "app/verbs/cleaning_output.h"
#include "app/verbs/open_project.h"
#include "app/verbs/verbs.h"
#include "core/base/json_depth.h"
#include "core/quality/cleaning_proposals.h"
#include "ui/wording/cleaning_words.h"
#include "ui/wording/format.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <charconv>

namespace perennial {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kDeepest = 8; ///< of a rule's JSON

QString tr(const char *text)
{
    return QCoreApplication::translate("Clean", text);
}

Json listOf(const std::string &text)
{
    Json list = Json::array();
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find('|', from), text.size());
        list.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return list;
}

/// A value as typed: a list where the key takes one, a number or true/false, else a text.
Json valueOf(const std::string &key, const std::string &text)
{
    constexpr std::array<std::string_view, 4> kLists{"kinds", "keys", "prefixes", "patterns"};
    if (std::ranges::find(kLists, key) != kLists.end()) {
        return listOf(text);
    }
    const Json parsed = Json::parse(text, nullptr, false);
    return parsed.is_number() || parsed.is_boolean() ? parsed : Json(text);
}

/// "KIND", "KIND:{json}" or "KIND:key=value,key=value".
Result<CleaningRule> ruleFromText(const std::string &text)
{
    const std::size_t colon = std::min(text.find(':'), text.size());
    const std::string rest = colon < text.size() ? text.substr(colon + 1) : std::string();
    Json json = Json::object();
    if (!rest.empty() && rest.front() == '{') {
        json = Json::parse(rest, shallowerThan(kDeepest), false);
        if (!json.is_object()) {
            return fail(ErrorCode::InvalidArgument, rest, "--on");
        }
    } else {
        for (std::size_t from = 0; from < rest.size();) {
            const std::size_t to = std::min(rest.find(',', from), rest.size());
            const std::string pair = rest.substr(from, to - from);
            const std::size_t equals = pair.find('=');
            if (equals == std::string::npos || equals == 0) {
                return fail(ErrorCode::InvalidArgument, pair, "--on");
            }
            const std::string key = pair.substr(0, equals);
            json[key] = valueOf(key, pair.substr(equals + 1));
            from = to + 1;
        }
    }
    json["kind"] = text.substr(0, colon);
    return cleaningRuleFromJson(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Result<std::int64_t> idFromText(const std::string &text, const char *option)
{
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc() || end != text.data() + text.size()) {
        return fail(ErrorCode::InvalidArgument, text, option);
    }
    return id;
}

/// An id that no rule has is the option's fault, not the file's.
Error blamed(const Error &error, std::int64_t id, const char *option)
{
    return error.code == ErrorCode::InvalidArgument ? fail(error.code, std::to_string(id), option)
                                                    : error;
}

QString effectText(const CleaningRule &rule, const CleaningEffect &effect)
{
    return cleaningRuleText(rule) + QStringLiteral("\n    ") + cleaningEffectText(effect);
}

QString ruleLine(const CleaningRuleRecord &record)
{
    return QStringLiteral("%1  %2  %3  %4")
        .arg(record.id, 3)
        .arg(record.active ? tr("on") : tr("off"), -3)
        .arg(record.active ? countText(record.found.rows) : kMissing, 12)
        .arg(cleaningRuleText(record.rule));
}

class CleanVerb final : public Verb {
public:
    std::string name() const override { return "clean"; }
    QString summary() const override
    {
        return tr("List, propose and switch the rules that keep events out of the figures");
    }
    QString jsonHelp() const override;
    void setUp(CLI::App &command) override;
    Result<VerbOutput> run(const Task &task) override;

private:
    Status readArguments();
    Status previewAll(const Project &project, const Task &task);
    Status previewOn(const Project &project, const Task &task);
    Status previewOff(const Project &project);
    Status switchAll(Project &project, const Task &task);
    Status propose(const Project &project, const Task &task);
    Status describe(const Project &project);

    std::string m_path, m_reason;
    std::vector<std::string> m_on, m_off, m_remove;
    std::vector<CleaningRule> m_rules;
    std::vector<std::int64_t> m_offIds, m_removeIds;
    bool m_propose = false, m_dryRun = false;
    Json m_json;
    QStringList m_lines;
};

QString CleanVerb::jsonHelp() const
{
    return QStringLiteral(
               "rules      [{id, active, definition {kind, …}, reason, rows, amount (found, as\n"
               "           imported), rows_alone, amount_alone (found by no other active rule),\n"
               "           low, high (bounds of a rule on amounts)}]\n"
               "switched   ids that --on has switched on, in their order\n"
               "previews   of --dry-run: [{definition, rows, amount, change, users, users_lost\n"
               "           (without other events), items, already_set_aside, kinds {kind: {rows,\n"
               "           amount}}, first, last, low, high, sample [{id, at, kind, user, item,\n"
               "           order, quantity, amount}]}]; of --off and --remove: [{rule,\n"
               "           rows_back (out now), amount_back (change of the sum, also by caps\n"
               "           that end)}], each after those before it\n"
               "proposals  of --propose: as previews, with certain (can hardly be meant) and\n"
               "           active_rule (an equal one that is on, 0 = none)\n"
               "totals     rows and money from the files to the figures:\n") +
           cleaningTotalsHelp();
}

void CleanVerb::setUp(CLI::App &command)
{
    std::string kinds = "KIND, KIND:key=value,key=value (lists with |) or KIND:{json}; kinds:";
    for (const CleaningKind kind : allCleaningKinds()) {
        kinds += " " + std::string(cleaningKindName(kind));
    }
    command.add_option("PROJECT", m_path, "project file")->required();
    command.add_flag("--propose", m_propose, "what the data speak for; nothing is switched");
    command.add_option("--on", m_on, kinds)->allow_extra_args(false);
    command.add_option("--off", m_off, "id of a rule to switch off; may be repeated")
        ->allow_extra_args(false);
    command.add_option("--remove", m_remove, "id of a rule to switch off and forget")
        ->allow_extra_args(false);
    command.add_option("--reason", m_reason,
                       "why, kept with the rules of --on; without it a saved rule keeps its own");
    command.add_flag("--dry-run", m_dryRun, "say what would change, change nothing");
}

Status CleanVerb::readArguments()
{
    for (const std::string &text : m_on) {
        auto rule = ruleFromText(text);
        if (!rule) {
            return rule.error();
        }
        m_rules.push_back(*std::move(rule));
    }
    for (const auto &[texts, ids, option] : {std::tuple(&m_off, &m_offIds, "--off"),
                                             std::tuple(&m_remove, &m_removeIds, "--remove")}) {
        for (const std::string &text : *texts) {
            const auto id = idFromText(text, option);
            if (!id) {
                return id.error();
            }
            ids->push_back(*id);
        }
    }
    return Done{};
}

Status CleanVerb::previewOn(const Project &project, const Task &task)
{
    for (const CleaningRule &rule : m_rules) {
        const auto effect = previewCleaningRule(project, rule, task);
        if (!effect) {
            return effect.error();
        }
        Json json = cleaningEffectJson(*effect);
        json["definition"] = Json::parse(cleaningRuleToJson(rule));
        m_json["previews"].push_back(std::move(json));
        m_lines << effectText(rule, *effect);
    }
    return Done{};
}

/// One after the other, as they would be switched: an event that two of them find comes back with
/// the second.
Status CleanVerb::previewOff(const Project &project)
{
    std::vector<std::int64_t> off;
    ImportTotals::Line before;
    for (const auto &[ids, option] :
         {std::pair(&m_offIds, "--off"), std::pair(&m_removeIds, "--remove")}) {
        for (const std::int64_t id : *ids) {
            off.push_back(id);
            const auto back = previewSwitchOff(project, off);
            if (!back) {
                return blamed(back.error(), id, option);
            }
            const std::int64_t rows = back->rows - before.rows;
            const double amount = toUnits(back->amount - before.amount);
            m_json["previews"].push_back(
                {{"rule", id}, {"rows_back", rows}, {"amount_back", amount}});
            m_lines << tr("Rule %1 off: %2 would come back, amounts change by %3")
                           .arg(id)
                           .arg(eventsText(rows), fullText(amount));
            before = *back;
        }
    }
    return Done{};
}

Status CleanVerb::previewAll(const Project &project, const Task &task)
{
    m_json["previews"] = Json::array();
    if (const auto on = previewOn(project, task); !on) {
        return on;
    }
    if (const auto off = previewOff(project); !off) {
        return off;
    }
    m_lines << tr("Dry run: nothing was changed.");
    return Done{};
}

Status CleanVerb::switchAll(Project &project, const Task &task)
{
    m_json["switched"] = Json::array();
    for (const CleaningRule &rule : m_rules) {
        const auto id = addCleaningRule(project, rule, m_reason, task);
        if (!id) {
            return id.error();
        }
        m_json["switched"].push_back(*id);
    }
    for (const std::int64_t id : m_offIds) {
        if (auto off = switchCleaningRule(project, id, false, task); !off) {
            return blamed(off.error(), id, "--off");
        }
    }
    for (const std::int64_t id : m_removeIds) {
        if (auto removed = removeCleaningRule(project, id, task); !removed) {
            return blamed(removed.error(), id, "--remove");
        }
    }
    return Done{};
}

Status CleanVerb::propose(const Project &project, const Task &task)
{
    const auto proposals = proposeCleaningRules(project, task);
    if (!proposals) {
        return proposals.error();
    }
    m_json["proposals"] = Json::array();
    for (const CleaningProposal &proposal : *proposals) {
        Json json = cleaningEffectJson(proposal.effect);
        json["definition"] = Json::parse(cleaningRuleToJson(proposal.rule));
        json["certain"] = proposal.certain;
        json["active_rule"] = proposal.activeRule;
        m_json["proposals"].push_back(std::move(json));
        m_lines << effectText(proposal.rule, proposal.effect)
                << QStringLiteral("    %1").arg(proposal.activeRule != 0 ? tr("is on already")
                                                : proposal.certain
                                                    ? tr("can hardly be meant")
                                                    : tr("may be real: look before switching on"));
    }
    m_lines << (proposals->empty() ? tr("The data speak for no rule.")
                                   : tr("Proposed only: nothing was switched on."))
            << QString();
    return Done{};
}

Status CleanVerb::describe(const Project &project)
{
    const auto rules = readCleaningRules(project);
    const auto totals = rules ? readCleaningTotals(project) : rules.error();
    if (!totals) {
        return totals.error();
    }
    m_json["rules"] = Json::array();
    for (const CleaningRuleRecord &record : *rules) {
        m_json["rules"].push_back(cleaningRuleJson(record));
        m_lines << ruleLine(record);
    }
    m_json["totals"] = cleaningTotalsJson(*totals);
    m_lines << cleaningTotalsText(*totals, *rules);
    return Done{};
}

Result<VerbOutput> CleanVerb::run(const Task &task)
{
    if (const auto read = readArguments(); !read) {
        return read.error();
    }
    const bool changes = !m_dryRun && m_rules.size() + m_offIds.size() + m_removeIds.size() > 0;
    auto project =
        changes ? Project::open(m_path, Project::Access::ReadWrite) : openToRead(m_path);
    if (!project) {
        return project.error();
    }
    if (m_dryRun) {
        if (const auto shown = previewAll(*project, task); !shown) {
            return shown.error();
        }
    } else if (changes) {
        if (const auto switched = switchAll(*project, task); !switched) {
            return switched.error();
        }
    }
    if (m_propose) {
        if (const auto proposed = propose(*project, task); !proposed) {
            return proposed.error();
        }
    }
    if (const auto described = describe(*project); !described) {
        return described.error();
    }
    return VerbOutput{std::move(m_json), m_lines.join(u'\n')};
}

} // namespace

std::unique_ptr<Verb> makeCleanVerb()
{
    return std::make_unique<CleanVerb>();
}

} // namespace perennial
