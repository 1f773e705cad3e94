// The frequency models on a million customers: single-thread CPU seconds of each one's fit and of all
// its predictions, beside what the other tools took (shared/reference/value.md, two shared cores).
//   bench_value [customers] [model]
#include "core/base/rng.h"
#include "core/value/frequency_model.h"
#include "core/value/value_draws.h"
#include "tests/bench/cpu_seconds.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include <sys/resource.h>

using namespace perennial;

namespace {

constexpr int kWatchedDays = 728;
constexpr double kHorizon = 26.0; // weeks
constexpr double kFasterThan = 1.0;

/// A BG/NBD shop's customer, and the logarithms of the gaps between his order days, in weeks.
struct Simulated {
    UserPurchases purchases;
    double logGaps = 0.0;
};

Simulated simulate(std::int64_t user)
{
    Rng rng(1, static_cast<std::uint64_t>(user));
    Simulated customer;
    UserPurchases &p = customer.purchases;
    p.user = user;
    p.firstDay = static_cast<Day>(rng.below(365));
    p.lastDay = p.firstDay;
    p.orderDays = 1;
    const double rate = rng.gamma(0.25) / 4.0 / 7.0;
    const double dropout = rng.beta(0.8, 2.5);
    double at = p.firstDay;
    do {
        at += rng.exponential() / std::max(rate, 1e-9);
        if (at >= kWatchedDays) {
            break;
        }
        const Day day = static_cast<Day>(at);
        if (day > p.lastDay) {
            customer.logGaps += std::log((day - p.lastDay) / 7.0);
            ++p.orderDays;
            p.lastDay = day;
        }
    } while (rng.uniform() >= dropout);
    const double spendRate = rng.gamma(4.0) / 15.0;
    p.firstDayGross = moneyFromUnits(rng.gamma(6.0) / spendRate);
    const int repeats = p.orderDays - 1;
    p.gross = p.firstDayGross +
              (repeats > 0 ? moneyFromUnits(rng.gamma(6.0 * repeats) / spendRate) : 0);
    return customer;
}

CustomerSummary simulateShop(int customers)
{
    std::vector<UserPurchases> purchases;
    std::vector<double> logGaps;
    for (int user = 1; user <= customers; ++user) {
        const Simulated customer = simulate(user);
        purchases.push_back(customer.purchases);
        logGaps.push_back(customer.logGaps);
    }
    CustomerSummary summary = summarizeCustomers(purchases, kWatchedDays, Period::Week, false);
    summary.logGaps = std::move(logGaps);
    return summary;
}

/// Seconds of a fit of 1 M customers that are aimed at, and those of the others; 0 = none quoted.
struct Quoted {
    double aim = 0.0, lifetimes = 0.0, clvTools = 0.0;
};
const std::map<std::string, Quoted> kQuoted{
    {"bg-nbd", {0.4, 7.2, 0.0}}, {"mbg-nbd", {0.4, 0.0, 0.0}}, {"pareto-nbd", {4.0, 157.0, 27.4}}};

void printOthers(const std::string &model)
{
    const auto found = kQuoted.find(model);
    if (found == kQuoted.end()) {
        return;
    }
    std::printf("  1 M: aim < %.1f", found->second.aim);
    if (found->second.lifetimes > 0.0) {
        std::printf(", lifetimes %.1f", found->second.lifetimes);
    }
    if (found->second.clvTools > 0.0) {
        std::printf(", CLVTools %.1f", found->second.clvTools);
    }
    std::printf("\n");
}

void measure(std::string_view name, const CustomerSummary &summary)
{
    const std::string model(name);
    double from = cpuSeconds();
    const auto fit = fitFrequencyModel(model, summary, {}, Task());
    const double fitting = cpuSeconds() - from;
    if (!fit) {
        std::printf("%-13s no fit: %s\n", model.c_str(), fit.error().where.c_str());
        return;
    }
    std::printf("%-13s fit %7.3f  %4d evaluations, %s%s%s", model.c_str(), fitting, fit->evaluations,
                std::string(fitStatusName(fit->status)).c_str(), fit->reason.empty() ? "" : " ",
                fit->reason.c_str());
    for (std::size_t i = 0; i < fit->parameters.size(); ++i) {
        std::printf(", %s %.5g", fit->names[i].c_str(), fit->parameters[i]);
    }
    std::printf("\n");
    printOthers(model);
    from = cpuSeconds();
    const auto prediction = predictFrequency(*fit, summary, kHorizon, Task());
    std::printf("  predict all %7.3f  (aim < %.0f; lifetimes' expectations alone 0.35)%s\n",
                cpuSeconds() - from, kFasterThan, prediction ? "" : " FAILED");
}

void measureSpend(const CustomerSummary &summary)
{
    const double from = cpuSeconds();
    const auto fit = fitSpendModel("gamma-gamma", summary, {}, Task());
    const double fitting = cpuSeconds() - from;
    std::printf("gamma-gamma   fit %7.3f  %4d evaluations, %s, %lld customers\n  1 M: aim < 0.3, "
                "lifetimes 1.05\n",
                fitting, fit ? fit->evaluations : 0,
                fit ? std::string(fitStatusName(fit->status)).c_str() : "no fit",
                fit ? static_cast<long long>(fit->customers) : 0LL);
}

/// Futures of everybody, as the intervals of users and of the total need them.
void measureDraws(std::string_view model, const CustomerSummary &summary)
{
    ValueOptions options;
    options.frequencyModel = model;
    options.horizonDays = 182;
    const auto value = fitValueModel(summary, options, Task());
    if (!value) {
        std::printf("%s: no draws\n", std::string(model).c_str());
        return;
    }
    const double from = cpuSeconds();
    const auto intervals = drawValueIntervals(summary, (*value)->frequency, (*value)->spend, options,
                                              {}, 0.9, Task());
    std::printf("%-13s 200 draws of all customers' value %7.3f  (aim < 10), total %.0f [%.0f, %.0f]\n",
                std::string(model).c_str(), cpuSeconds() - from, (*value)->predictedTotal,
                intervals ? intervals->totalLower : 0.0, intervals ? intervals->totalUpper : 0.0);
}

/// Resident memory at its peak, from the kernel.
double peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

} // namespace

int main(int argc, char **argv)
{
    const int customers = argc > 1 ? std::max(1000, std::atoi(argv[1])) : 1000000;
    const CustomerSummary summary = simulateShop(customers);
    const double from = cpuSeconds();
    const std::size_t rows = mergeEqualCustomers(summary).size();
    std::printf("%d customers, %zu distinct, merged in %.3f CPU s (part of each fit)\n", customers,
                rows, cpuSeconds() - from);
    for (const std::string_view name : frequencyModelNames()) {
        if (argc < 3 || name == argv[2]) {
            measure(name, summary);
        }
    }
    if (argc < 3) {
        measureSpend(summary);
    }
    for (const std::string_view model : {"bg-nbd", "mbg-nbd", "pareto-nbd"}) {
        if (argc < 3 || model == argv[2]) {
            measureDraws(model, summary);
        }
    }
    std::printf("peak memory %.0f MB, %.0f bytes a customer, the simulation included\n",
                peakMegabytes(), peakMegabytes() * 1048576.0 / customers);
    return 0;
}
