#include "core/churn/tree_risk.h"

#include "core/base/rng.h"
#include "core/forecast/learned_features.h"

#include <algorithm>

namespace perennial {

namespace {

/// Customers at a day and what the trees may see of them.
struct Rows {
    CustomerSummary customers;
    FeatureMatrix features;
};

Result<Rows> rowsAt(const OrderHistory &history, Day at, const TreeRiskOptions &options,
                    const Task &task)
{
    Rows rows;
    rows.customers = summarizeAt(history, {at, options.period, options.firstPurchaseInSpend});
    if (rows.customers.size() == 0) {
        return fail(ErrorCode::NoPurchases, formatDate(at));
    }
    const auto opinion = modelOpinion(rows.customers, options.horizonDays, task);
    if (!opinion) {
        return opinion.error();
    }
    rows.features = learnedFeatures(history, rows.customers, at, options.horizonDays, *opinion);
    return rows;
}

/// 1 = no order day in (after, until].
std::vector<double> leftIn(const OrderHistory &history, const CustomerSummary &customers, Day after,
                           Day until)
{
    const WindowTruth truth = truthOf(history, customers, after, until);
    std::vector<double> labels;
    labels.reserve(truth.orderDays.size());
    for (const std::int32_t orders : truth.orderDays) {
        labels.push_back(orders == 0 ? 1.0 : 0.0);
    }
    return labels;
}

/// What the trees learn from.
struct Lesson {
    FeatureMatrix features;
    std::vector<double> labels;
};

/// Each row as likely as any other, in row order. Source: Knuth (1997), TAOCP 2, 3.4.2, algorithm S.
Lesson drawn(Lesson all, std::size_t most, std::uint64_t seed)
{
    if (all.labels.size() <= most) {
        return all;
    }
    constexpr std::uint64_t kDraw = 0x647261776e; // a stream of its own
    Rng rng(seed, kDraw);
    Lesson some;
    some.features.columns = all.features.columns;
    for (std::size_t i = 0; i < all.labels.size(); ++i) {
        const auto left = static_cast<double>(all.labels.size() - i);
        if (rng.uniform() * left < static_cast<double>(most - some.labels.size())) {
            const auto row = all.features.row(i);
            some.features.user.push_back(all.features.user[i]);
            some.features.values.insert(some.features.values.end(), row.begin(), row.end());
            some.labels.push_back(all.labels[i]);
        }
    }
    return some;
}

/// The anchor that a history has room for.
Result<Day> anchorFor(const OrderHistory &history, Day at, int horizonDays)
{
    if (horizonDays <= 0) {
        return fail(ErrorCode::HorizonNotPositive, std::to_string(horizonDays), "horizon");
    }
    const auto first = history.firstDay();
    if (!first || *first > at) {
        return fail(ErrorCode::NoPurchases, formatDate(at));
    }
    const std::int64_t days = std::int64_t{at} - *first + 1;
    if (days < std::int64_t{horizonDays} + kLeastDaysToLearn) {
        return fail(ErrorCode::TooLittleData, std::to_string(days), "history");
    }
    return at - horizonDays;
}

} // namespace

Result<std::shared_ptr<const TreeRisk>> treeRisk(const OrderHistory &history, Day at,
                                                 const TreeRiskOptions &options, const Task &task)
{
    const auto anchor = anchorFor(history, at, options.horizonDays);
    if (!anchor) {
        return anchor.error();
    }
    const auto now = rowsAt(history, at, options, task.part(0.0, 0.2));
    if (!now) {
        return now.error();
    }
    auto then = rowsAt(history, *anchor, options, task.part(0.2, 0.4));
    if (!then) {
        return then.error().code == ErrorCode::NoPurchases
                   ? fail(ErrorCode::TooLittleData, "no_customers", "labels")
                   : then.error();
    }
    std::vector<double> left = leftIn(history, then->customers, *anchor, at);
    const Lesson lesson = drawn({std::move(then->features), std::move(left)},
                                static_cast<std::size_t>(options.learnFrom), options.seed);
    const auto churned = std::ranges::count(lesson.labels, 1.0);
    if (churned == 0 || churned == std::ssize(lesson.labels)) {
        return fail(ErrorCode::TooLittleData, churned == 0 ? "all_returned" : "none_returned",
                    "labels");
    }
    BoostedTreesOptions boosting;
    boosting.objective = TreeObjective::Binary;
    // Of log loss a child weighs p(1 − p) a row, a quarter at most; so many rows as elsewhere.
    boosting.leastChildWeight = 5.0;
    boosting.seed = options.seed;
    auto trees = trainBoostedTrees(lesson.features, lesson.labels, boosting, task.part(0.4, 0.9));
    if (!trees) {
        return trees.error();
    }
    auto risk = predictWithTrees(*trees, now->features, task.part(0.9, 1.0));
    if (!risk) {
        return risk.error();
    }
    auto result = std::make_shared<TreeRisk>();
    result->anchor = *anchor;
    result->at = at;
    result->horizonDays = options.horizonDays;
    result->learnedFrom = std::ssize(lesson.labels);
    result->churned = churned;
    result->trees = *std::move(trees);
    result->asked = now->features;
    result->risk = *std::move(risk);
    return std::shared_ptr<const TreeRisk>(std::move(result));
}

} // namespace perennial
