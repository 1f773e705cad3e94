#pragma once

#include "core/project/cleaning_store.h"

#include <QString>
#include <nlohmann/json.hpp>

namespace perennial {

/// What `clean`, `quality` and `import` say of cleaning, in one shape.
nlohmann::ordered_json cleaningTotalsJson(const CleaningTotals &totals);
nlohmann::ordered_json cleaningRuleJson(const CleaningRuleRecord &record);
nlohmann::ordered_json cleaningEffectJson(const CleaningEffect &effect);
/// The keys of these, for `--help`.
QString cleaningTotalsHelp();

/// One line a step, from read to kept.
QString cleaningTotalsText(const CleaningTotals &totals,
                           const std::vector<CleaningRuleRecord> &rules);

} // namespace perennial
