#include "core/tuning/baselines.h"

#include "core/features/metrics.h"
#include "core/features/splits.h"
#include "core/project/event_store.h"
#include "core/project/settings.h"
#include "core/recommend/popularity.h"
#include "core/value/value_prediction.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <unordered_map>

namespace perennial {

namespace {

constexpr int kRecentDays = 30;

/// Predictions and truth of the customers among the validation users.
struct Customers {
    std::vector<double> pChurn, expected, value;
    std::vector<bool> churned;
};

template <class Predict>
Customers collect(const ValidationSet &set, Predict predict)
{
    Customers c;
    for (const ValidationRow &row : set.rows) {
        if (row.customer) {
            const auto [pChurn, expected] = predict(row);
            c.pChurn.push_back(pChurn);
            c.expected.push_back(expected);
            c.churned.push_back(row.churned);
            c.value.push_back(row.value);
        }
    }
    return c;
}

bool allFinite(const std::vector<double> &values)
{
    return std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); });
}

void setValue(ComparedModel &model, const Customers &c)
{
    if (allFinite(c.pChurn)) {
        model.churnAuc = areaUnderCurve(c.pChurn, c.churned);
        model.churnLogLoss = logLoss(c.pChurn, c.churned);
    }
    if (allFinite(c.expected)) {
        model.valueMae = meanAbsoluteError(c.expected, c.value);
        model.valueSpearman = spearman(c.expected, c.value);
        model.valueBias = relativeBias(c.expected, c.value);
    }
}

/// Ranks by a count per item, over all items of a project.
class CountRanks {
public:
    CountRanks(const std::vector<std::int64_t> &counts, const std::vector<ItemRecord> &items)
        : m_counts(counts)
    {
        for (const ItemRecord &item : items) {
            m_sorted.push_back(countOf(item.id));
        }
        std::sort(m_sorted.begin(), m_sorted.end());
    }

    /// @param met distinct items left out of the competition; never holds `item`.
    double rankOf(std::int64_t item, const std::vector<std::int32_t> &met) const
    {
        const std::int64_t mine = countOf(item);
        const auto [low, high] = std::equal_range(m_sorted.begin(), m_sorted.end(), mine);
        auto above = m_sorted.end() - high;
        auto equal = high - low - 1;
        for (const std::int32_t other : met) {
            above -= countOf(other) > mine ? 1 : 0;
            equal -= countOf(other) == mine ? 1 : 0;
        }
        return 1.0 + static_cast<double>(above) + static_cast<double>(equal) / 2;
    }

private:
    std::int64_t countOf(std::int64_t item) const
    {
        const auto id = static_cast<std::size_t>(item);
        return id < m_counts.size() ? m_counts[id] : 0;
    }

    const std::vector<std::int64_t> &m_counts;
    std::vector<std::int64_t> m_sorted;
};

ComparedModel popularityRow(const std::string &name, const std::vector<std::int64_t> &counts,
                            const std::vector<ItemRecord> &items, const EventTable &events,
                            const ValidationSet &set)
{
    const CountRanks ranks(counts, items);
    std::vector<double> all, fresh;
    for (const ValidationRow &row : set.rows) {
        if (row.nextItem > 0) {
            all.push_back(ranks.rankOf(row.nextItem, {}));
        }
        if (row.newItem > 0) {
            fresh.push_back(
                ranks.rankOf(row.newItem, itemsMet(events, row.user, set.split.cut)));
        }
    }
    ComparedModel model;
    model.name = name;
    setRanking(model, all, fresh);
    return model;
}

ComparedModel pastSpendRow(const CustomerSummary &customers, const ValidationSet &set)
{
    const double days = set.split.cut - set.split.first + 1;
    std::unordered_map<std::int64_t, double> realised;
    for (std::size_t k = 0; k < customers.size(); ++k) {
        realised.emplace(customers.user[k], customers.realised[k]);
    }
    ComparedModel model;
    model.name = "past_spend";
    setValue(model, collect(set, [&](const ValidationRow &row) {
                 const auto found = realised.find(row.user);
                 const double spent = found == realised.end() ? 0.0 : found->second;
                 return std::pair(std::nan(""), spent * set.split.labelDays / days);
             }));
    return model;
}

ComparedModel bgNbdRow(const ValueResult &fitted, const ValidationSet &set)
{
    std::unordered_map<std::int64_t, std::size_t> rowOf;
    for (std::size_t k = 0; k < fitted.customers.size(); ++k) {
        rowOf.emplace(fitted.customers.user[k], k);
    }
    ComparedModel model;
    model.name = "bg-nbd";
    model.status = fitStatusName(fitted.frequency.status);
    setValue(model, collect(set, [&](const ValidationRow &row) {
                 const auto found = rowOf.find(row.user);
                 return found == rowOf.end()
                            ? std::pair(1.0, 0.0)
                            : std::pair(fitted.predictions.churnRisk[found->second],
                                        fitted.predictions.predictedValue[found->second]);
             }));
    return model;
}

} // namespace

void setRanking(ComparedModel &model, std::span<const double> ranks,
                std::span<const double> newRanks)
{
    if (const auto quality = rankingQuality(ranks)) {
        model.hr10 = quality->hr10;
        model.ndcg10 = quality->ndcg10;
        model.mrr = quality->mrr;
    }
    if (const auto quality = rankingQuality(newRanks)) {
        model.hr10New = quality->hr10;
        model.ndcg10New = quality->ndcg10;
        model.mrrNew = quality->mrr;
    }
}

std::vector<std::int32_t> itemsMet(const EventTable &events, std::int64_t user, Day until)
{
    const EventSpan span = eventsUpTo(events, user, until);
    std::vector<std::int32_t> met(events.item.begin() + span.begin, events.item.begin() + span.end);
    std::sort(met.begin(), met.end());
    met.erase(std::unique(met.begin(), met.end()), met.end());
    if (!met.empty() && met.front() == 0) {
        met.erase(met.begin());
    }
    return met;
}

ComparedModel behaviorRow(const ValidationSet &set)
{
    std::vector<double> ranks, newRanks;
    for (const ValidationRow &row : set.rows) {
        if (row.rank > 0) {
            ranks.push_back(row.rank);
        }
        if (row.newRank > 0) {
            newRanks.push_back(row.newRank);
        }
    }
    ComparedModel model;
    model.name = "behavior";
    setRanking(model, ranks, newRanks);
    setValue(model, collect(set, [](const ValidationRow &row) {
                 return std::pair(row.pChurn, row.expectedValue);
             }));
    return model;
}

std::vector<ComparedModel> popularityRows(const EventTable &events,
                                          const std::vector<ItemRecord> &items,
                                          const ValidationSet &set)
{
    const Day cut = set.split.cut;
    return {popularityRow("popular_all", popularityCounts(events, {}, cut), items, events, set),
            popularityRow("popular_30d", popularityCounts(events, cut - kRecentDays, cut), items,
                          events, set)};
}

Result<std::vector<ComparedModel>> valueRows(const Project &project, const ValidationSet &set,
                                             const Task &task)
{
    const auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    const auto customers = readCustomerSummary(
        project, {set.split.cut, settings->period, settings->firstPurchaseInSpend}, task);
    if (!customers) {
        // nobody bought up to the cut: nothing to compare
        return customers.error().code == ErrorCode::NoPurchases
                   ? Result<std::vector<ComparedModel>>(std::vector<ComparedModel>{})
                   : customers.error();
    }
    std::vector<ComparedModel> rows;
    ValueOptions options = valueOptionsFrom(*settings);
    options.frequencyModel = "bg-nbd";
    options.until = set.split.cut;
    options.horizonDays = set.split.labelDays;
    options.margin = 1.0;
    options.discountPerYear = 0.0;
    const auto fitted = fitValueModel(*customers, options, task);
    if (!fitted && fitted.error().code == ErrorCode::Cancelled) {
        return fitted.error();
    }
    if (fitted) {
        rows.push_back(bgNbdRow(**fitted, set));
    } else {
        ComparedModel failed;
        failed.name = "bg-nbd";
        failed.status = "failed";
        rows.push_back(failed);
    }
    rows.push_back(pastSpendRow(*customers, set));
    return rows;
}

} // namespace perennial
