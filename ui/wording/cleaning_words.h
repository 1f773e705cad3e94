#pragma once

#include "core/project/cleaning_store.h"

#include <QString>

namespace perennial {

/// "Test users": a kind of cleaning rule.
QString cleaningKindText(CleaningKind kind);
/// One sentence: what it finds and why that matters.
QString cleaningKindHelp(CleaningKind kind);
/// A rule in one line with what it was set to: "Outlying purchases: robust z of log amounts
/// above 3.5, set aside". Keys in it are data.
QString cleaningRuleText(const CleaningRule &rule);
/// What it finds and changes, in sentences.
QString cleaningEffectText(const CleaningEffect &effect);
/// The kind of the rule with this id; empty where none has it.
QString cleaningKindText(const std::vector<CleaningRuleRecord> &rules, std::int64_t id);

} // namespace perennial
