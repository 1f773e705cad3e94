#include "core/project/forget_rules.h"

#include "core/base/text.h"
#include "core/project/cleaning_apply.h"
#include "core/project/counts.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace perennial {

namespace {

/// Takes out of a list of keys what names him.
class ListWithout {
public:
    ListWithout(const std::string &key, const KeyMatch &match) : m_key(key), m_match(match) {}

    void clear(KeyList &list, const KeyList &usual) const
    {
        erase(list.keys, usual.keys, list.ignoreCase);
        erase(list.prefixes, usual.prefixes, list.ignoreCase);
        // Never by "***", which is a pattern of everybody.
        erase(list.patterns, usual.patterns, list.ignoreCase);
        if (list.keys.empty() && list.prefixes.empty() && list.patterns.empty()) {
            list.keys = {"***"}; // without any entry it would be no rule
        }
    }

private:
    void erase(std::vector<std::string> &entries, const std::vector<std::string> &usual,
               bool ignoreCase) const
    {
        std::erase_if(entries, [&](const std::string &entry) {
            return names(entry, ignoreCase) && std::ranges::find(usual, entry) == usual.end();
        });
    }

    bool names(const std::string &entry, bool ignoreCase) const
    {
        return m_match.inText(entry) || (ignoreCase && toLowerAscii(entry) == toLowerAscii(m_key));
    }

    const std::string &m_key;
    const KeyMatch &m_match;
};

std::string ruleWithout(const std::string &definition, const std::string &key,
                        const KeyMatch &match)
{
    auto rule = cleaningRuleFromJson(definition);
    if (!rule) {
        return match.inJson(definition) ? match.withoutInJson(definition) : definition;
    }
    const CleaningRule before = *rule;
    const ListWithout without(key, match);
    if (auto *items = std::get_if<ItemCodesRule>(&*rule)) {
        without.clear(items->list, usualItemCodes());
    } else if (auto *users = std::get_if<TestUsersRule>(&*rule)) {
        without.clear(users->list, usualTestUsers());
    }
    return *rule == before ? definition : cleaningRuleToJson(*rule);
}

struct RuleText {
    std::int64_t id;
    std::string definition, reason;
};

/// The rules that name him, as they are to be.
std::vector<RuleText> rulesWithout(Database &database, const std::string &key,
                                   const KeyMatch &match)
{
    std::vector<RuleText> cleared;
    Statement rows(database, "SELECT id, definition, reason FROM cleaning_rule");
    while (rows.step()) {
        const std::string definition = rows.text(1), reason = rows.text(2);
        RuleText rule{rows.integer(0), ruleWithout(definition, key, match), match.without(reason)};
        if (rule.definition != definition || rule.reason != reason) {
            cleared.push_back(std::move(rule));
        }
    }
    return cleared;
}

std::int64_t heedNamingFindings(Database &database, const KeyMatch &match)
{
    std::vector<std::string> codes;
    Statement ignored(database, "SELECT code, reason FROM ignored_finding");
    while (ignored.step()) {
        if (match.inText(ignored.text(1))) { // a code is the program's word
            codes.push_back(ignored.text(0));
        }
    }
    for (const std::string &code : codes) {
        Statement remove(database, "DELETE FROM ignored_finding WHERE code = ?");
        remove.bindAll(code);
        remove.run();
    }
    return std::ssize(codes);
}

bool rulesCanBeRead(Database &database)
{
    try {
        savedRules(database);
        return true;
    } catch (const SqlFailure &failure) {
        if (failure.code() != ErrorCode::Damaged) {
            throw;
        }
        return false;
    }
}

} // namespace

std::int64_t clearRules(Database &database, const std::string &key, const KeyMatch &match)
{
    const std::vector<RuleText> cleared = rulesWithout(database, key, match);
    for (const RuleText &rule : cleared) {
        Statement update(database, "UPDATE cleaning_rule SET definition = ?2, reason = ?3 "
                                   "WHERE id = ?1");
        update.bindAll(rule.id, rule.definition, rule.reason);
        update.run();
    }
    return std::ssize(cleared) + heedNamingFindings(database, match);
}

void cleanWithoutHim(Database &database, const Task &task)
{
    if (!rulesCanBeRead(database) || activeRules(database).empty()) {
        return;
    }
    reapplyRules(database, task);
    storeCounts(database);
}

} // namespace perennial
