#pragma once

#include "core/project/event_selection.h"
#include "core/quality/cleaning_proposals.h"
#include "core/quality/data_profile.h"
#include "core/quality/event_breaks.h"
#include "core/quality/readiness.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace perennial {

/// Something in the data that a reader of figures should know of.
struct QualityFinding {
    enum class Severity { Info, Warning, Bad };
    std::string code; ///< stable: a cleaning rule's kind (".row", ".day" behind a variant), "gap",
                      ///< "level_change", "cold_items", "single_event_users", "mixed_units"
    Severity severity = Severity::Info;
    std::int64_t count = 0; ///< events: as many as `rows` selects
    double share = 0;       ///< of the events `rows` selects from, in [0, 1]
    EventQuery rows;
    std::int64_t activeRule = 0; ///< the cleaning rule that takes care of it; 0 = none
    /// More figures by name: "gaps", "longest_days", "changes", "largest_factor", "items",
    /// "money_share", "users", "change".
    std::vector<std::pair<std::string, double>> figures;
    std::string ignoredBecause; ///< the reason it is ignored for; empty = it is not
};
std::string_view severityName(QualityFinding::Severity severity) noexcept;

/// What a sparse table of users × items asks for.
enum class SparsityAdvice {
    None,             ///< no items, or none that anything can be said of
    Dense,            ///< neighbours by co-occurrence work
    ReduceDimensions, ///< start item vectors from a truncated SVD
    ContentFeatures,  ///< most users or items are seen too rarely: use what is known of items
};
std::string_view sparsityAdviceName(SparsityAdvice advice) noexcept;
/// Dense from 1 % on; content features where more than half of the items have fewer than 5 users,
/// or half of the users fewer than 5 items and the density is below 0.1 %; between, fewer
/// dimensions. Source: Koren, Bell & Volinsky (2009), "Matrix factorization techniques", on sparse
/// ratings and cold start; the 5 is that of readiness.cpp.
SparsityAdvice adviceFor(const Sparsity &sparsity) noexcept;

struct QualityReport {
    DataProfile profile;
    EventBreaks breaks;
    std::vector<ReadyCheck> readiness;
    std::vector<CleaningProposal> proposals;
    std::vector<QualityFinding> findings; ///< worst first, ignored ones last
    std::vector<CleaningRuleRecord> rules;
    CleaningTotals totals;
    SparsityAdvice advice = SparsityAdvice::None;
};

/// The whole state of a project's data. Readiness, maps and breaks are of the events in the
/// figures, findings of cleaning rules of all imported ones. @error Cancelled. Cost: some walks
/// over all events; memory as profileData.
Result<std::shared_ptr<const QualityReport>> assessQuality(const Project &project,
                                                           const Task &task);

/// The report with its findings marked anew, after one was ignored or heeded: nothing else of it
/// depends on that. @param ignored as readIgnoredFindings gives them.
std::shared_ptr<const QualityReport> withIgnored(const QualityReport &report,
                                                 const std::vector<IgnoredFinding> &ignored);

} // namespace perennial
