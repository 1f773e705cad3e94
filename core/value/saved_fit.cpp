#include "core/value/saved_fit.h"

#include "core/value/frequency_model.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

FitStatus statusFromName(const std::string &name)
{
    for (const FitStatus status : {FitStatus::Converged, FitStatus::Boundary}) {
        if (name == fitStatusName(status)) {
            return status;
        }
    }
    return FitStatus::Failed;
}

std::string textOf(const nlohmann::ordered_json &json, const char *key)
{
    return json.contains(key) && json[key].is_string() ? json[key].get<std::string>()
                                                       : std::string();
}

ModelFit fitOf(const nlohmann::ordered_json &json)
{
    ModelFit fit;
    fit.model = json.at("model").get<std::string>();
    fit.reportedModel = json.at("reported_model").get<std::string>();
    fit.status = statusFromName(json.at("status").get<std::string>());
    fit.reason = textOf(json, "reason");
    const auto &errors = json.at("standard_errors");
    for (const auto &[name, value] : json.at("parameters").items()) {
        fit.names.push_back(name);
        fit.parameters.push_back(value.get<double>());
        const bool known = errors.contains(name) && errors[name].is_number();
        fit.standardErrors.push_back(known ? errors[name].get<double>() : 0.0);
    }
    // Null is a parameter without an error of its own; none at all, a fit without.
    if (std::all_of(fit.standardErrors.begin(), fit.standardErrors.end(),
                    [](double error) { return error == 0.0; })) {
        fit.standardErrors.clear();
    }
    for (std::size_t i = 0; i < fit.standardErrors.size(); ++i) {
        fit.logStandardErrors.push_back(fit.standardErrors[i] / fit.parameters[i]);
    }
    fit.logCovariance = json.value("log_covariance", std::vector<double>{});
    if (json.at("log_likelihood").is_number()) {
        fit.logLikelihood = json["log_likelihood"].get<double>();
    }
    fit.customers = json.at("customers").get<std::int64_t>();
    fit.excluded = json.value("excluded", std::int64_t{0});
    fit.evaluations = json.value("evaluations", 0);
    return fit;
}

bool isPlausible(const ModelFit &fit)
{
    for (const double parameter : fit.parameters) {
        if (!std::isfinite(parameter) || parameter <= 0.0) {
            return false;
        }
    }
    const std::size_t k = fit.parameters.size();
    const bool matches = fit.hasCovariance() ? fit.logCovariance.size() == k * k &&
                                                   fit.standardErrors.size() == k
                                             : fit.standardErrors.empty();
    if (!matches) {
        return false;
    }
    return fit.usable() ? !fit.parameters.empty() : true;
}

} // namespace

Result<ModelFit> fitFromJson(std::string_view json)
{
    try {
        ModelFit fit = fitOf(nlohmann::ordered_json::parse(json));
        if (!isPlausible(fit)) {
            return fail(ErrorCode::BadData, "parameters");
        }
        return fit;
    } catch (const nlohmann::json::exception &e) {
        return fail(ErrorCode::BadData, e.what());
    }
}

Result<SavedFit> readSavedFit(const Project &project, std::int64_t run)
{
    Result<RunRecord> record = readRun(project, run);
    if (!record) {
        return record.error();
    }
    const Result<ModelFit> fit = fitFromJson(record->metrics);
    if (!fit) {
        return fail(ErrorCode::Damaged, "run " + std::to_string(run), project.path().string());
    }
    SavedFit saved;
    saved.fit = *fit;
    saved.customers.until = record->until;
    saved.customers.clock = clockOf(saved.fit.model);
    try {
        const auto config = nlohmann::json::parse(record->config);
        saved.customers.period =
            periodFromName(config.at("period").get<std::string>()).value_or(Period::Week);
        saved.customers.firstPurchaseInSpend = config.at("first_purchase_in_spend").get<bool>();
    } catch (const nlohmann::json::exception &) {
        return fail(ErrorCode::Damaged, "run " + std::to_string(run), project.path().string());
    }
    saved.run = *std::move(record);
    return saved;
}

} // namespace perennial
