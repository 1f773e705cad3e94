#include "core/value/value_prediction.h"

#include "core/project/audit.h"
#include "core/project/event_store.h"
#include "core/project/run_store.h"
#include "core/value/discounting.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

constexpr std::size_t kRowsPerCheck = 4096;

Status checkOptions(const ValueOptions &options)
{
    if (options.horizonDays <= 0) {
        return fail(ErrorCode::HorizonNotPositive, std::to_string(options.horizonDays),
                    "horizonDays");
    }
    if (!(options.margin > 0.0 && options.margin <= 1.0)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.margin), "margin");
    }
    if (!(options.discountPerYear >= 0.0 && options.discountPerYear < 1.0)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.discountPerYear),
                    "discountPerYear");
    }
    if (const auto found = findFrequencyModel(options.frequencyModel); !found) {
        return found.error();
    }
    if (const auto found = findSpendModel(options.spendModel); !found) {
        return found.error();
    }
    return Done{};
}

/// What a class of customers orders while active, undiscounted and discounted, and the chance that
/// it orders nothing.
struct ClassOutlook {
    double expected = 0.0;
    double discounted = 0.0;
    double none = 1.0;
};

ClassOutlook outlookOf(const FrequencyModel &model, std::span<const double> parameters,
                       const RepeatHistory &h, double horizon, double force)
{
    return {model.expectedWhileAlive(parameters, h, horizon),
            discountedWhileAlive(model, parameters, h, horizon, force),
            model.noneWhileAlive(parameters, h, horizon)};
}

Result<std::vector<ClassOutlook>> outlooks(const FrequencyModel &model,
                                           std::span<const double> parameters,
                                           const OutlookClasses &classes,
                                           const ValueOptions &options, Period period,
                                           const Task &task)
{
    const double horizon = options.horizonDays / daysPer(period);
    const double force = discountForce(options.discountPerYear, period);
    std::vector<ClassOutlook> result(classes.x.size());
    for (std::size_t c = 0; c < result.size(); ++c) {
        if (c % kRowsPerCheck == 0) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            task.progress(static_cast<double>(c) / static_cast<double>(result.size()),
                          "predicting");
        }
        result[c] = outlookOf(model, parameters, {classes.x[c], classes.tx[c], classes.T[c]}, horizon,
                              force);
    }
    return result;
}

double sumOf(const std::vector<double> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

std::string optionsToJson(const ValueOptions &options)
{
    nlohmann::ordered_json json;
    json["period"] = periodName(options.period);
    json["horizon_days"] = options.horizonDays;
    json["margin"] = options.margin;
    json["discount_per_year"] = options.discountPerYear;
    json["first_purchase_in_spend"] = options.firstPurchaseInSpend;
    return json.dump();
}

} // namespace

ValueOptions valueOptionsFrom(const ProjectSettings &settings)
{
    ValueOptions options;
    options.until = settings.snapshot;
    options.horizonDays = settings.horizonDays;
    options.period = settings.period;
    options.margin = settings.margin;
    options.discountPerYear = settings.discountPerYear;
    options.firstPurchaseInSpend = settings.firstPurchaseInSpend;
    if (findFrequencyModel(settings.valueModel)) {
        options.frequencyModel = settings.valueModel;
    }
    return options;
}

CustomerSummary customersFor(const OrderHistory &history, const ValueOptions &options)
{
    SummaryOptions summary;
    summary.until = options.until;
    summary.period = options.period;
    summary.firstPurchaseInSpend = options.firstPurchaseInSpend;
    return clockOf(options.frequencyModel) == OrderClock::WholePeriods
               ? summarizeByPeriod(history, summary)
               : summarizeAt(history, summary);
}

Result<ValuePredictions> predictValue(const CustomerSummary &customers,
                                      std::string_view frequencyModel,
                                      std::span<const double> frequencyParameters,
                                      std::string_view spendModel,
                                      std::span<const double> spendParameters,
                                      const ValueOptions &options, const Task &task)
{
    const auto frequency = findFrequencyModel(frequencyModel);
    if (!frequency) {
        return frequency.error();
    }
    auto spend = predictSpend(spendModel, spendParameters, customers);
    if (!spend) {
        return spend.error();
    }
    const OutlookClasses classes =
        outlookClasses(customers, (*frequency)->outlookReadsRecency());
    const auto perClass = outlooks(**frequency, frequencyParameters, classes, options,
                                   customers.period, task);
    if (!perClass) {
        return perClass.error();
    }
    ValuePredictions result;
    result.meanOrderValue = std::move(spend->meanOrderValue);
    for (auto *column : {&result.pAlive, &result.churnRisk, &result.expectedOrders,
                         &result.predictedValue}) {
        column->reserve(customers.size());
    }
    const double share = options.margin * customers.netRatio();
    for (std::size_t i = 0; i < customers.size(); ++i) {
        if (i % (16 * kRowsPerCheck) == 0 && task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const ClassOutlook &outlook = (*perClass)[classes.of[i]];
        const double alive = (*frequency)->pAlive(
            frequencyParameters, {customers.x[i], customers.tx[i], customers.T[i]});
        result.pAlive.push_back(alive);
        result.churnRisk.push_back(std::clamp(1.0 - alive * (1.0 - outlook.none), 0.0, 1.0));
        result.expectedOrders.push_back(alive * outlook.expected);
        result.predictedValue.push_back(share * result.meanOrderValue[i] * alive *
                                        outlook.discounted);
    }
    task.progress(1.0, "predicting");
    return result;
}

Result<std::shared_ptr<const ValueResult>> fitValueModel(CustomerSummary customers,
                                                         const ValueOptions &options,
                                                         const Task &task)
{
    if (const Status sound = checkOptions(options); !sound) {
        return sound.error();
    }
    auto result = std::make_shared<ValueResult>();
    result->options = options;
    result->options.until = customers.until;
    result->customers = std::move(customers);
    auto frequency = fitFrequencyModel(options.frequencyModel, result->customers, options.fit,
                                       task.part(0.0, 0.5));
    if (!frequency) {
        return frequency.error();
    }
    if (!frequency->usable()) {
        return fail(ErrorCode::DidNotConverge, frequency->reason, frequency->model);
    }
    result->frequency = std::move(*frequency);
    auto spend =
        fitSpendModel(options.spendModel, result->customers, options.fit, task.part(0.5, 0.7));
    if (spend) {
        result->spend = std::move(*spend);
    } else if (spend.error().code == ErrorCode::NoRepeatBuyers) {
        // Repeat orders without a positive amount: orders can be predicted, spend cannot.
        result->spend.model = result->spend.reportedModel = options.spendModel;
        result->spend.reason = "no_spend";
        result->spend.excluded = static_cast<std::int64_t>(result->customers.size());
    } else {
        return spend.error();
    }
    auto predictions = predictValue(result->customers, result->frequency.reportedModel,
                                    result->frequency.parameters, result->spend.reportedModel,
                                    result->spend.parameters, options, task.part(0.7, 1.0));
    if (!predictions) {
        return predictions.error();
    }
    result->predictions = std::move(*predictions);
    const auto model = findSpendModel(options.spendModel);
    result->spendIsObservedMean =
        !result->spend.usable() || !(*model)->hasFiniteMean(result->spend.parameters);
    result->realisedTotal = sumOf(result->customers.realised);
    result->predictedTotal = sumOf(result->predictions.predictedValue);
    result->expectedOrdersTotal = sumOf(result->predictions.expectedOrders);
    return std::shared_ptr<const ValueResult>(std::move(result));
}

Result<std::shared_ptr<const ValueResult>> fitValueModel(const Project &project,
                                                         const ValueOptions &options,
                                                         const Task &task)
{
    if (const Status sound = checkOptions(options); !sound) {
        return sound.error();
    }
    auto customers = readCustomerSummary(
        project, {options.until, options.period, options.firstPurchaseInSpend,
         frequencyModelReadsGaps(options.frequencyModel), clockOf(options.frequencyModel)},
        task.part(0.0, 0.3));
    if (!customers) {
        return customers.error();
    }
    return fitValueModel(std::move(*customers), options, task.part(0.3, 1.0));
}

Result<std::int64_t> saveFitRun(Project &project, const ModelFit &fit, Day until,
                                const ValueOptions &options)
{
    RunRecord run;
    run.model = fit.model;
    run.startedAt = nowUtc();
    run.until = until;
    run.horizonDays = options.horizonDays;
    run.device = "cpu";
    run.config = optionsToJson(options);
    run.metrics = fitToJson(fit);
    const auto hash = dataHash(project);
    if (!hash) {
        return hash.error();
    }
    run.dataHash = *hash;
    const auto id = beginRun(project, run);
    if (!id) {
        return id.error();
    }
    run.id = *id;
    run.state = fit.usable() ? RunState::Done : RunState::Failed;
    run.finishedAt = nowUtc();
    if (const Status finished = finishRun(project, run, {}); !finished) {
        return finished.error();
    }
    return *id;
}

} // namespace perennial
