#include "core/quality/cleaning_proposals.h"

#include "core/project/quality_store.h"
#include "core/quality/time_span.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace perennial {

namespace {

struct Candidate {
    CleaningRule rule;
    bool certain = false;
};

/// Some have it and some don't: where none has, the files have no such column.
bool partly(std::int64_t found, std::int64_t all)
{
    return found > 0 && found < all;
}

/// Rules about times: after the import that brought an event, and in a far tail.
std::vector<Candidate> timeCandidates(const SuspectCounts &counts)
{
    const auto span = mainTimeSpan({counts.days.begin(), counts.days.end()});
    std::vector<Candidate> candidates;
    if (counts.afterImport > 0) {
        candidates.push_back({FutureTimeRule{}, true});
    }
    if (span && span->after > 0) {
        candidates.push_back({FutureTimeRule{startOf(span->last) + kSecondsPerDay - 1}, false});
    }
    if (span && span->before > 0) {
        candidates.push_back({BeforeTimeRule{startOf(span->first)}, false});
    }
    return candidates;
}

std::vector<Candidate> fieldCandidates(const SuspectCounts &counts)
{
    std::vector<Candidate> candidates;
    // Even an exact copy may be meant: the same article on two lines of an order.
    candidates.push_back({DuplicateRule{DuplicateRule::Same::Row}, false});
    if (counts.withTimeOfDay > 0) {
        candidates.push_back({DuplicateRule{DuplicateRule::Same::UserTimeItem}, false});
    }
    if (partly(counts.missingItem, counts.moneyEvents)) {
        candidates.push_back({MissingItemRule{}, false});
    }
    if (partly(counts.missingOrder, counts.purchases)) {
        candidates.push_back({MissingOrderRule{}, false});
    }
    candidates.push_back({AmountOutlierRule{}, false});
    if (counts.negativePrice > 0) {
        candidates.push_back({NegativePriceRule{}, true});
    }
    if (partly(counts.zeroPrice, counts.purchases)) {
        candidates.push_back({ZeroPriceRule{}, false});
    }
    candidates.push_back({ItemCodesRule{usualItemCodes()}, false});
    candidates.push_back({TestUsersRule{usualTestUsers()}, false});
    candidates.push_back({FrequentUsersRule{}, false});
    return candidates;
}

std::int64_t activeEqual(const std::vector<CleaningRuleRecord> &records, const CleaningRule &rule)
{
    const auto found = std::ranges::find_if(records, [&](const CleaningRuleRecord &record) {
        return record.active && record.rule == rule;
    });
    return found == records.end() ? 0 : found->id;
}

/// A looser equality of duplicates that finds no more than the exact one says nothing new.
bool saysNothingNew(const std::vector<CleaningProposal> &proposals, const CleaningProposal &next)
{
    return !proposals.empty() && kindOf(next.rule) == CleaningKind::Duplicate &&
           kindOf(proposals.back().rule) == CleaningKind::Duplicate &&
           proposals.back().effect.found == next.effect.found;
}

} // namespace

Result<std::vector<CleaningProposal>> proposeCleaningRules(const Project &project, const Task &task)
{
    const auto counts = countSuspects(project, task);
    const auto records = counts ? readCleaningRules(project) : counts.error();
    if (!records) {
        return records.error();
    }
    std::vector<Candidate> candidates = fieldCandidates(*counts);
    std::ranges::move(timeCandidates(*counts), std::back_inserter(candidates));
    std::ranges::stable_sort(candidates, {}, [](const Candidate &c) { return kindOf(c.rule); });
    std::vector<CleaningRule> rules;
    std::ranges::transform(candidates, std::back_inserter(rules), &Candidate::rule);
    auto effects = previewCleaningRules(project, rules, task);
    if (!effects) {
        return effects.error();
    }
    std::vector<CleaningProposal> proposals;
    for (std::size_t k = 0; k < candidates.size(); ++k) {
        CleaningProposal proposal{candidates[k].rule, candidates[k].certain,
                                  std::move((*effects)[k]), activeEqual(*records, rules[k])};
        if (proposal.effect.found.rows > 0 && !saysNothingNew(proposals, proposal)) {
            proposals.push_back(std::move(proposal));
        }
    }
    return proposals;
}

} // namespace perennial
