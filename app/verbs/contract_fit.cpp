#include "app/verbs/contract_fit.h"

#include "app/verbs/fit_output.h"
#include "core/ingest/csv_sample.h"
#include "core/ingest/decimal.h"
#include "core/ingest/recipe.h"
#include "core/contract/contract_model.h"
#include "core/contract/contract_value.h"
#include "ui/wording/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Fit", text);
}

/// A header, or a number counted from 1.
Result<std::size_t> columnOf(const CsvSample &sample, const std::string &name,
                             std::size_t otherwise, const std::string &path)
{
    if (name.empty() && otherwise < sample.columns.size()) {
        return otherwise;
    }
    const auto found = std::find(sample.columns.begin(), sample.columns.end(), name);
    if (found != sample.columns.end() && !name.empty()) {
        return static_cast<std::size_t>(found - sample.columns.begin());
    }
    std::size_t number = 0;
    const char *end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data(), end, number);
    if (error != std::errc() || stop != end || number < 1 || number > sample.columns.size()) {
        return fail(ErrorCode::UnknownColumn, name.empty() ? std::to_string(otherwise + 1) : name,
                    path);
    }
    return number - 1;
}

/// A number, with or without a per cent sign.
std::optional<double> numberIn(const std::vector<std::string> &row, std::size_t column)
{
    if (column >= row.size()) {
        return std::nullopt;
    }
    std::string_view text = row[column];
    if (text.ends_with('%')) {
        text.remove_suffix(1);
    }
    const auto number = parseDecimal(text, {});
    return number ? std::optional(toDouble(*number)) : std::nullopt;
}

Result<CsvSample> readTable(const std::string &path)
{
    auto source = TextSource::open(path, std::nullopt);
    if (!source) {
        return source.error();
    }
    auto sample = sampleCsv(*source, ImportRecipe{});
    if (sample && !sample->whole) {
        return fail(ErrorCode::BadData, "larger than 256 KiB", path);
    }
    if (sample && sample->rows.empty()) {
        return fail(ErrorCode::EmptyFile, {}, path);
    }
    return sample;
}

/// Who is left after each period, counted as customers.
Result<std::vector<double>> readSurvivors(const ContractFitRequest &request)
{
    const auto sample = readTable(request.table);
    if (!sample) {
        return sample.error();
    }
    const auto time = columnOf(*sample, request.time, 0, request.table);
    if (!time) {
        return time.error();
    }
    const auto column = columnOf(*sample, request.survivors, 1, request.table);
    if (!column) {
        return column.error();
    }
    const double scale = request.customers > 0 ? request.customers / 100.0 : 1.0;
    std::vector<double> survivors;
    for (const std::vector<std::string> &row : sample->rows) {
        const auto period = numberIn(row, *time);
        const auto left = numberIn(row, *column);
        const auto expected = static_cast<double>(survivors.size());
        // More than 100 per cent are customers, which would count many times over.
        const bool isShare = request.customers == 0 || (left && *left <= 100.0);
        if (!period || !left || *period != expected || !isShare) {
            return fail(ErrorCode::BadData, "period " + std::to_string(survivors.size()),
                        request.table);
        }
        survivors.push_back(*left * scale);
    }
    return survivors;
}

Status checkRequest(const ContractFitRequest &request)
{
    const auto wrong = [](double value, const char *option) {
        return fail(ErrorCode::InvalidArgument, std::to_string(value), option);
    };
    if (!(request.customers >= 0.0 && request.customers <= 1e15)) {
        return wrong(request.customers, "--customers");
    }
    if (request.lastPeriod < 0) {
        return wrong(request.lastPeriod, "--last-period");
    }
    if (request.ahead < 0 || request.ahead > 1000) {
        return wrong(request.ahead, "--ahead");
    }
    const bool discounted =
        request.discount >= kLeastContractDiscount && request.discount <= kMostContractDiscount;
    if (request.discount != 0.0 && !discounted) {
        return wrong(request.discount, "--discount");
    }
    return Done{};
}

/// Expected discounted periods: of a new customer, and of one right before each decision so far.
Status addLifetimes(const ModelFit &fit, std::int32_t decisions, double discount,
                    VerbOutput &output)
{
    const auto family = contractFamilyFromName(fit.reportedModel);
    if (!family) {
        return family.error();
    }
    const auto whole = discountedLifetime(*family, fit.parameters, discount);
    if (!whole) {
        return whole.error();
    }
    output.json["discount"] = discount;
    output.json["discounted_lifetime"] = *whole;
    auto &residual = output.json["discounted_residual_lifetime"];
    residual = nlohmann::ordered_json::array();
    for (std::int32_t n = 1; n <= std::min(decisions + 1, 1000); ++n) {
        const auto rest = discountedResidualLifetime(*family, fit.parameters, n, discount);
        if (!rest) {
            return rest.error();
        }
        residual.push_back(*rest);
    }
    output.text += u'\n' + tr("discounted lifetime of a new customer %1 periods").arg(*whole);
    return Done{};
}

Status addForecast(const ModelFit &fit, std::int32_t decisions, std::int32_t ahead,
                   VerbOutput &output)
{
    ContractForecastOptions options;
    options.periods = std::min(decisions + ahead, 10000);
    const auto forecast = forecastContracts(fit, options);
    if (!forecast) {
        return forecast.error();
    }
    for (std::size_t t = 0; t < forecast->survival.size(); ++t) {
        output.json["forecast"].push_back({{"period", t},
                                           {"survival", forecast->survival[t]},
                                           {"lower", forecast->lower[t]},
                                           {"upper", forecast->upper[t]},
                                           {"retention", forecast->retention[t]}});
    }
    output.text += u'\n' + tr("%1 % still under contract after period %2 (90 % interval %3 to %4)")
                               .arg(100 * forecast->survival.back(), 0, 'f', 1)
                               .arg(options.periods)
                               .arg(100 * forecast->lower.back(), 0, 'f', 1)
                               .arg(100 * forecast->upper.back(), 0, 'f', 1);
    return Done{};
}

Result<VerbOutput> outputOf(const ModelFit &fit, std::int32_t decisions,
                            const ContractFitRequest &request)
{
    VerbOutput output;
    output.json = nlohmann::ordered_json::parse(fitToJson(fit));
    output.json["decisions"] = decisions;
    output.json["forecast"] = nlohmann::ordered_json::array();
    QStringList lines = fitLines(fit);
    lines << counted(decisions, tr("%2 over 1 renewal decision"),
                     tr("%2 over %1 renewal decisions"))
                 .arg(customersText(fit.customers));
    output.text = lines.join(u'\n');
    output.exitCode = fit.usable() ? 0 : 1;
    if (fit.usable()) {
        if (Status added = addForecast(fit, decisions, request.ahead, output); !added) {
            return added.error();
        }
        if (request.discount > 0.0) {
            if (Status added = addLifetimes(fit, decisions, request.discount, output); !added) {
                return added.error();
            }
        }
    }
    return output;
}

} // namespace

Result<VerbOutput> fitContractTable(const ContractFitRequest &request, const Task &task)
{
    if (Status fits = checkRequest(request); !fits) {
        return fits.error();
    }
    auto survivors = readSurvivors(request);
    if (!survivors) {
        return survivors.error();
    }
    if (request.lastPeriod > 0) {
        const auto wanted = static_cast<std::size_t>(request.lastPeriod) + 1;
        survivors->resize(std::min(survivors->size(), wanted));
    }
    const auto rows = contractsOfCohort(*survivors);
    if (!rows) {
        return fail(rows.error().code, rows.error().detail, request.table);
    }
    const auto contracts = contractTable(*rows);
    if (!contracts) {
        return contracts.error();
    }
    const auto fit = fitContractModel(request.model, *contracts, {}, task);
    if (!fit) {
        return fit.error();
    }
    return outputOf(*fit, static_cast<std::int32_t>(survivors->size()) - 1, request);
}

} // namespace perennial
