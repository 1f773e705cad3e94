#include "core/quality/cleaning_proposals.h"

#include "core/project/quality_store.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace perennial {

namespace {

constexpr double kMostInTail = 0.005;
constexpr Day kTailDistance = 180;

struct Candidate {
    CleaningRule rule;
    bool certain = false;
};

/// Some have it and some don't: where none has, the files have no such column.
bool partly(std::int64_t found, std::int64_t all)
{
    return found > 0 && found < all;
}

/// The last day of a few early events that lie far before all others.
std::optional<Day> earlyTail(const std::vector<std::pair<Day, std::int64_t>> &days, double most)
{
    std::int64_t events = 0;
    for (std::size_t k = 0; k + 1 < days.size(); ++k) {
        events += days[k].second;
        if (static_cast<double>(events) > most) {
            return std::nullopt;
        }
        if (std::int64_t{days[k + 1].first} - days[k].first > kTailDistance) {
            return days[k + 1].first;
        }
    }
    return std::nullopt;
}

/// The last day before a few late events that lie far after all others.
std::optional<Day> lateTail(const std::vector<std::pair<Day, std::int64_t>> &days, double most)
{
    std::int64_t events = 0;
    for (std::size_t k = days.size(); k-- > 1;) {
        events += days[k].second;
        if (static_cast<double>(events) > most) {
            return std::nullopt;
        }
        if (std::int64_t{days[k].first} - days[k - 1].first > kTailDistance) {
            return days[k - 1].first;
        }
    }
    return std::nullopt;
}

/// Rules about times: after the import that brought an event, and in a far tail.
std::vector<Candidate> timeCandidates(const SuspectCounts &counts)
{
    const std::vector<std::pair<Day, std::int64_t>> days(counts.days.begin(), counts.days.end());
    const double most = kMostInTail * static_cast<double>(counts.events);
    const auto last = lateTail(days, most), first = earlyTail(days, most);
    std::vector<Candidate> candidates;
    if (counts.afterImport > 0) {
        candidates.push_back({FutureTimeRule{}, true});
    }
    if (last) {
        candidates.push_back({FutureTimeRule{startOf(*last) + kSecondsPerDay - 1}, false});
    }
    if (first) {
        candidates.push_back({BeforeTimeRule{startOf(*first)}, false});
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
    std::vector<CleaningProposal> proposals;
    for (std::size_t k = 0; k < candidates.size(); ++k) {
        task.progress(static_cast<double>(k) / static_cast<double>(candidates.size()), "checking");
        auto effect = previewCleaningRule(project, candidates[k].rule, task);
        if (!effect) {
            return effect.error();
        }
        CleaningProposal proposal{candidates[k].rule, candidates[k].certain, *effect,
                                  activeEqual(*records, candidates[k].rule)};
        if (effect->found.rows > 0 && !saysNothingNew(proposals, proposal)) {
            proposals.push_back(std::move(proposal));
        }
    }
    return proposals;
}

} // namespace perennial
