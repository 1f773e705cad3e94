// Churn at the size of a large shop, from a history already read: CPU seconds, beside what
// libxgboost takes for as many trees on the same rows.
//   bench_churn [CUSTOMERS]
#include "core/base/rng.h"
#include "core/churn/risk_plan.h"
#include "core/churn/risk_trial.h"
#include "core/churn/tree_reasons.h"
#include "tests/bench/cpu_seconds.h"

#include <xgboost/c_api.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>

using namespace perennial;

namespace {

constexpr Day kStart = 19000;
constexpr int kDays = 730;
constexpr int kHorizon = 90;
constexpr Day kAt = kStart + kDays - 1;

OrderHistory madeUpHistory(int customers)
{
    std::vector<MoneyDay> rows;
    for (int user = 1; user <= customers; ++user) {
        Rng rng(7, static_cast<std::uint64_t>(user));
        const double gap = 20.0 + 60.0 * rng.exponential();
        double at = kDays * rng.uniform();
        const double end = std::min<double>(kDays, at + 300.0 * rng.exponential());
        Day last = -1;
        for (; at < end || last < 0; at += gap * rng.exponential()) {
            const Day day = static_cast<Day>(at);
            if (day > last) {
                rows.push_back(
                    {user, kStart + day, true, moneyFromUnits(10 + 40 * rng.uniform()), 0});
                last = day;
            }
        }
    }
    return orderHistoryOf(rows);
}

template <class Work>
double measure(const std::string &what, Work work)
{
    const double from = cpuSeconds();
    work();
    const double seconds = cpuSeconds() - from;
    std::printf("%-58s %10.4f s\n", what.c_str(), seconds);
    std::fflush(stdout);
    return seconds;
}

bool sound(int code)
{
    if (code != 0) {
        std::printf("xgboost: %s\n", XGBGetLastError());
    }
    return code == 0;
}

/// As many trees of as many leaves by libxgboost on the same rows: its own predictions and its own
/// contributions.
void measureXgboost(const TreeRisk &risk, const std::vector<float> &labels, std::size_t explained)
{
    const std::size_t columns = risk.asked.columns.size();
    const auto missing = std::numeric_limits<float>::quiet_NaN();
    DMatrixHandle rows = nullptr, few = nullptr;
    BoosterHandle booster = nullptr;
    bool ok = sound(XGDMatrixCreateFromMat(risk.asked.values.data(), risk.asked.rows(), columns,
                                           missing, &rows)) &&
              sound(XGDMatrixSetFloatInfo(rows, "label", labels.data(), labels.size())) &&
              sound(XGDMatrixCreateFromMat(risk.asked.values.data(), explained, columns, missing,
                                           &few)) &&
              sound(XGBoosterCreate(&rows, 1, &booster));
    for (const auto &[name, value] : {std::pair{"tree_method", "hist"},
                                      {"grow_policy", "lossguide"},
                                      {"max_leaves", "15"},
                                      {"max_depth", "0"},
                                      {"objective", "binary:logistic"},
                                      {"eta", "0.05"},
                                      {"nthread", "1"}}) {
        ok = ok && sound(XGBoosterSetParam(booster, name, value));
    }
    const auto trees = static_cast<int>(risk.trees.forest.trees());
    measure("  libxgboost: as many rounds of training", [&] {
        for (int round = 0; ok && round < trees; ++round) {
            ok = sound(XGBoosterUpdateOneIter(booster, round, rows));
        }
    });
    const auto predict = [&](DMatrixHandle matrix, const char *config) {
        const bst_ulong *shape = nullptr;
        bst_ulong dimensions = 0;
        const float *result = nullptr;
        ok = ok && sound(XGBoosterPredictFromDMatrix(booster, matrix, config, &shape, &dimensions,
                                                     &result));
    };
    // Of new rows, or it hands out what it kept of the training.
    DMatrixHandle fresh = nullptr;
    ok = ok && sound(XGDMatrixCreateFromMat(risk.asked.values.data(), risk.asked.rows(), columns,
                                            missing, &fresh));
    constexpr const char *kEnds = R"("training": false, "iteration_begin": 0, "iteration_end": 0,
                                     "strict_shape": false})";
    measure("  libxgboost: its own predictions",
            [&] { predict(fresh, (std::string(R"({"type": 0, )") + kEnds).c_str()); });
    const double seconds = measure(
        "  libxgboost: its own contributions of " + std::to_string(explained) + " customers",
        [&] { predict(few, (std::string(R"({"type": 2, )") + kEnds).c_str()); });
    std::printf("%-58s %10.4f ms\n", "    a customer", 1e3 * seconds / double(explained));
    XGDMatrixFree(fresh);
    XGDMatrixFree(few);
    XGDMatrixFree(rows);
    XGBoosterFree(booster);
}

void measureReasons(const std::shared_ptr<const TreeRisk> &risk, std::size_t explained)
{
    std::optional<TreeReasons> reasons;
    measure("reasons: set up", [&] { reasons.emplace(*TreeReasons::of(risk)); });
    double most = 0.0;
    const double seconds = measure("reasons of " + std::to_string(explained) + " customers", [&] {
        for (std::size_t i = 0; i < explained; ++i) {
            const double from = cpuSeconds();
            (void)reasons->reasons(risk->asked.user[i]);
            most = std::max(most, cpuSeconds() - from);
        }
    });
    std::printf("%-58s %10.4f ms, at most %.4f ms (limit 5 ms)\n", "    a customer",
                1e3 * seconds / double(explained), 1e3 * most);
}

void measurePlan(const ChurnRisk &now)
{
    const RiskMethod &method = *now.method(kTreeMethod);
    std::optional<ContactPlan> plan;
    measure("contact plan: sort and sum",
            [&] { plan.emplace(*contactPlanOf(now, method, ContactOrder::Risk, nullptr)); });
    constexpr int kMoves = 100'000;
    double sum = 0;
    const double moves = measure("contact plan: 100 000 thresholds", [&] {
        for (int k = 0; k < kMoves; ++k) {
            sum += plan->atThreshold(double(k) / kMoves, {2, 0.1, 0.9}).net;
        }
    });
    std::printf("%-58s %10.4f us\n", "    a threshold", 1e6 * moves / kMoves);
    measure("contact plan: 1 000 best thresholds of other terms", [&] {
        for (int k = 0; k < 1000; ++k) {
            sum += plan->best({0.01 * k, 0.1, 0.9}).net;
        }
    });
    measure("contact plan: the curve", [&] { sum += plan->curve({2, 0.1, 0.9}).back().net; });
    std::printf("(sum %.3g)\n", sum);
}

} // namespace

int main(int argc, char **argv)
{
    const int customers = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
    const OrderHistory history = madeUpHistory(customers);
    std::printf("%zu customers with %zu order days\n", history.size(), history.day.size());
    ValueOptions value;
    value.horizonDays = kHorizon;
    value.until = kAt;
    std::shared_ptr<const TreeRisk> trees;
    measure("tree risk: features, training, predictions", [&] {
        trees = *treeRisk(history, kAt, {kHorizon, Period::Week, false, 1}, Task());
    });
    std::printf("  %zu trees\n", trees->trees.forest.trees());
    measure("  of it predictions",
            [&] { (void)predictWithTrees(trees->trees, trees->asked, Task()); });
    std::vector<float> labels;
    for (const double risk : trees->risk) {
        labels.push_back(Rng(1, labels.size()).uniform() < risk ? 1.0F : 0.0F);
    }
    constexpr std::size_t kExplained = 1000;
    measureXgboost(*trees, labels, std::min(kExplained, trees->asked.rows()));
    measureReasons(trees, std::min(kExplained, trees->asked.rows()));
    std::shared_ptr<const ChurnRisk> now;
    measure("every method at the snapshot", [&] { now = *churnRiskAt(history, value, 1, Task()); });
    measurePlan(*now);
    TrialOptions trial;
    trial.replicates = 0;
    measure("trial without intervals",
            [&] { (void)riskTrial(history, kAt, value, trial, Task()); });
    trial.replicates = 200;
    measure("trial with 200 replicates",
            [&] { (void)riskTrial(history, kAt, value, trial, Task()); });
    return 0;
}
