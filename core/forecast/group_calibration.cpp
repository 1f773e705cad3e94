#include "core/forecast/group_calibration.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

Status check(const JudgedForecast &forecast, const CalibrationGroups &groups,
             const GroupCalibrationOptions &options)
{
    if (options.replicates < 0) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.replicates), "replicates");
    }
    if (!(options.level > 0.0 && options.level < 1.0)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.level), "level");
    }
    const bool fits = groups.of.size() == forecast.size() &&
                      std::ranges::all_of(groups.of, [&](std::uint32_t group) {
                          return group < groups.names.size();
                      });
    if (!fits) {
        return fail(ErrorCode::InvalidArgument, std::to_string(groups.of.size()), "groups");
    }
    return Done{};
}

/// What is added up of a group's customers.
struct Sums {
    std::int64_t customers = 0;
    double predicted = 0, actual = 0, error = 0;
    struct Bin {
        double customers = 0, predicted = 0, without = 0;
    };
    std::array<Bin, 10> bins{};

    void add(const JudgedForecast &forecast, std::size_t row)
    {
        ++customers;
        predicted += forecast.predicted[row];
        actual += forecast.actual[row];
        error += std::abs(forecast.predicted[row] - forecast.actual[row]);
        if (!forecast.noOrder.empty()) {
            const double chance = forecast.noOrder[row];
            Bin &bin = bins[churnBinOf(chance)];
            bin.customers += 1.0;
            bin.predicted += chance;
            bin.without += forecast.ordered[row] != 0 ? 0.0 : 1.0;
        }
    }
};

std::optional<double> ratioOf(double predicted, double actual)
{
    const double ratio = predicted / actual;
    return actual > 0.0 && std::isfinite(ratio) ? std::optional(ratio) : std::nullopt;
}

GroupCalibration calibrationOf(const Sums &sums, bool hasDistribution, std::int64_t smallBelow)
{
    GroupCalibration group;
    group.customers = sums.customers;
    group.predicted = sums.predicted;
    group.actual = sums.actual;
    group.ratio = ratioOf(sums.predicted, sums.actual);
    group.maeOverMean = ratioOf(sums.error, sums.actual);
    group.isSmall = sums.customers < smallBelow;
    if (hasDistribution && sums.customers > 0) {
        double error = 0.0;
        for (const Sums::Bin &bin : sums.bins) {
            error += std::abs(bin.predicted - bin.without);
        }
        group.churnError = error / static_cast<double>(sums.customers);
    }
    return group;
}

ChurnBins churnBins(const Sums &sums)
{
    ChurnBins bins;
    for (std::size_t b = 0; b < bins.size(); ++b) {
        const Sums::Bin &bin = sums.bins[b];
        if (bin.customers > 0.0) {
            bins[b] = {static_cast<std::int64_t>(bin.customers), bin.predicted / bin.customers,
                       bin.without / bin.customers};
        }
    }
    return bins;
}

/// The last entry is everybody's.
using Ratios = std::vector<std::vector<std::optional<double>>>;

/// One replicate's ratios.
void addReplicate(Ratios &ratios, const JudgedForecast &forecast, const CalibrationGroups &groups,
                  const std::vector<double> &weight)
{
    const std::size_t all = groups.names.size();
    std::vector<double> predicted(all + 1, 0.0);
    std::vector<double> actual(all + 1, 0.0);
    for (std::size_t i = 0; i < forecast.size(); ++i) {
        for (const std::size_t g : {std::size_t{groups.of[i]}, all}) {
            predicted[g] += weight[i] * forecast.predicted[i];
            actual[g] += weight[i] * forecast.actual[i];
        }
    }
    for (std::size_t g = 0; g <= all; ++g) {
        ratios[g].push_back(ratioOf(predicted[g], actual[g]));
    }
}

} // namespace

std::size_t churnBinOf(double chance) noexcept
{
    return std::min<std::size_t>(static_cast<std::size_t>(std::max(0.0, chance) * 10.0), 9);
}

Result<CalibrationResult> groupCalibration(const JudgedForecast &forecast,
                                           const CalibrationGroups &groups,
                                           const GroupCalibrationOptions &options,
                                           const Task &task)
{
    if (const Status sound = check(forecast, groups, options); !sound) {
        return sound.error();
    }
    const std::size_t all = groups.names.size();
    std::vector<Sums> sums(all + 1);
    for (std::size_t i = 0; i < forecast.size(); ++i) {
        sums[groups.of[i]].add(forecast, i);
        sums[all].add(forecast, i);
    }
    Ratios ratios(all + 1);
    for (int b = 1; b <= options.replicates; ++b) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        task.progress(static_cast<double>(b) / options.replicates, "judging");
        addReplicate(ratios, forecast, groups, userWeights(forecast.user, options.seed, b));
    }
    CalibrationResult result;
    for (std::size_t g = 0; g <= all; ++g) {
        GroupCalibration group =
            calibrationOf(sums[g], !forecast.noOrder.empty(), options.smallBelow);
        group.ratioInterval = group.ratio ? percentileInterval(ratios[g], options.level)
                                          : std::nullopt;
        (g == all ? result.all : result.groups.emplace_back()) = group;
    }
    result.churn = churnBins(sums[all]);
    return result;
}

} // namespace perennial
