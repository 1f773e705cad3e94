#include "core/churn/churn_risk.h"

#include "core/value/discounting.h"
#include "core/value/frequency_model.h"

#include <algorithm>
#include <cassert>

namespace perennial {

namespace {

/// Errors that are a method's own, and leave the others as they are.
bool isOwnProblem(const Error &error)
{
    switch (error.code) {
    case ErrorCode::NoRepeatBuyers:
    case ErrorCode::TooLittleData:
    case ErrorCode::DidNotConverge:
    case ErrorCode::NotFinite:
    case ErrorCode::InvalidArgument:
        return true;
    default:
        return false;
    }
}

/// Days since the last order: the risk that anybody can tell without a model.
std::vector<double> daysSinceOrder(const CustomerSummary &customers)
{
    std::vector<double> days;
    days.reserve(customers.size());
    for (std::size_t i = 0; i < customers.size(); ++i) {
        days.push_back((customers.T[i] - customers.tx[i]) * daysPer(customers.period));
    }
    return days;
}

Status addValueModel(ChurnRisk &risk, const OrderHistory &history, const ValueOptions &options,
                     const Task &task)
{
    RiskMethod method{options.frequencyModel, true, {}, std::nullopt};
    auto value = fitValueModel(customersFor(history, options), options, task);
    if (value) {
        assert((*value)->customers.user == risk.user);
        method.risk = (*value)->predictions.churnRisk;
        risk.value = *std::move(value);
    } else if (isOwnProblem(value.error())) {
        method.problem = value.error();
    } else {
        return value.error();
    }
    risk.methods.push_back(std::move(method));
    return Done{};
}

Status addTrees(ChurnRisk &risk, const OrderHistory &history, const ValueOptions &options,
                std::uint64_t seed, const Task &task)
{
    RiskMethod method{std::string(kTreeMethod), true, {}, std::nullopt};
    auto trees =
        treeRisk(history, risk.at, treeOptionsFrom(options, seed), task);
    if (trees) {
        method.risk = (*trees)->risk;
        risk.trees = *std::move(trees);
    } else if (isOwnProblem(trees.error())) {
        method.problem = trees.error();
    } else {
        return trees.error();
    }
    risk.methods.push_back(std::move(method));
    return Done{};
}

} // namespace

TreeRiskOptions treeOptionsFrom(const ValueOptions &options, std::uint64_t seed)
{
    TreeRiskOptions trees;
    trees.horizonDays = options.horizonDays;
    trees.period = options.period;
    trees.firstPurchaseInSpend = options.firstPurchaseInSpend;
    trees.seed = seed;
    return trees;
}

const RiskMethod *ChurnRisk::method(std::string_view name) const noexcept
{
    const auto found = std::ranges::find(methods, name, &RiskMethod::name);
    return found == methods.end() ? nullptr : &*found;
}

Result<std::shared_ptr<const ChurnRisk>> churnRiskAt(const OrderHistory &history,
                                                     const ValueOptions &options,
                                                     std::uint64_t seed, const Task &task)
{
    if (options.horizonDays <= 0) {
        return fail(ErrorCode::HorizonNotPositive, std::to_string(options.horizonDays), "horizon");
    }
    auto risk = std::make_shared<ChurnRisk>();
    risk->at = options.until.value();
    risk->horizonDays = options.horizonDays;
    // Of whole days, on whatever clock the value model runs: recency is one of days.
    const CustomerSummary customers = summarizeAt(history, {risk->at, Period::Day, false});
    if (customers.size() == 0) {
        return fail(ErrorCode::NoPurchases, formatDate(risk->at));
    }
    risk->user = customers.user;
    if (const Status s = addValueModel(*risk, history, options, task.part(0.0, 0.3)); !s) {
        return s.error();
    }
    if (const Status s = addTrees(*risk, history, options, seed, task.part(0.3, 1.0)); !s) {
        return s.error();
    }
    risk->methods.push_back(
        {std::string(kRecencyMethod), false, daysSinceOrder(customers), std::nullopt});
    return std::shared_ptr<const ChurnRisk>(std::move(risk));
}

std::vector<double> valueIfKept(const ValueResult &value)
{
    const ValueOptions &options = value.options;
    const CustomerSummary &customers = value.customers;
    const FrequencyModel &model = **findFrequencyModel(value.frequency.reportedModel);
    const auto &parameters = value.frequency.parameters;
    const double horizon = options.horizonDays / daysPer(customers.period);
    const double force = discountForce(options.discountPerYear, customers.period);
    const OutlookClasses classes = outlookClasses(customers, model.outlookReadsRecency());
    std::vector<double> orders;
    orders.reserve(classes.size());
    for (std::size_t c = 0; c < classes.size(); ++c) {
        const RepeatHistory h{classes.x[c], classes.tx[c], classes.T[c]};
        const double expected = model.expectedWhileAlive(parameters, h, horizon);
        const double some = 1.0 - model.noneWhileAlive(parameters, h, horizon);
        // Below 1e-9 both are rounding; their quotient goes to 1 there.
        const double ifAny = some > 1e-9 ? std::max(expected / some, 1.0) : 1.0;
        const double discount =
            expected > 0.0 ? discountedWhileAlive(model, parameters, h, horizon, force) / expected
                           : 1.0;
        orders.push_back(ifAny * std::clamp(discount, 0.0, 1.0));
    }
    const double share = options.margin * customers.netRatio();
    std::vector<double> kept;
    kept.reserve(customers.size());
    for (std::size_t i = 0; i < customers.size(); ++i) {
        const double order = std::max(value.predictions.meanOrderValue[i], 0.0);
        kept.push_back(share * order * orders[classes.of[i]]);
    }
    return kept;
}

} // namespace perennial
