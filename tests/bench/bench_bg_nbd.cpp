// BG/NBD on a million customers: CPU seconds of merging, fit and predictions, against what
// lifetimes took for the fit (shared/reference/value.md, two shared cores).
//   bench_bg_nbd [customers]
#include "core/base/rng.h"
#include "core/value/frequency_model.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace perennial;

namespace {

constexpr double kLifetimesSeconds = 7.2; // 1 M customers
constexpr int kWatchedDays = 728;

double cpuSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

UserPurchases simulate(std::int64_t user)
{
    Rng rng(1, static_cast<std::uint64_t>(user));
    UserPurchases p;
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
        p.orderDays += day > p.lastDay ? 1 : 0;
        p.lastDay = std::max(p.lastDay, day);
    } while (rng.uniform() >= dropout);
    return p;
}

} // namespace

int main(int argc, char **argv)
{
    const int customers = argc > 1 ? std::max(1000, std::atoi(argv[1])) : 1000000;
    std::vector<UserPurchases> purchases;
    for (int user = 1; user <= customers; ++user) {
        purchases.push_back(simulate(user));
    }
    const CustomerSummary summary =
        summarizeCustomers(purchases, kWatchedDays, Period::Week, false);

    double from = cpuSeconds();
    const std::size_t rows = mergeEqualCustomers(summary).size();
    const double merging = cpuSeconds() - from;

    from = cpuSeconds();
    const auto fit = fitFrequencyModel("bg-nbd", summary, {}, Task());
    const double fitting = cpuSeconds() - from;
    if (!fit) {
        std::fprintf(stderr, "no fit\n");
        return 1;
    }
    from = cpuSeconds();
    const auto prediction = predictFrequency(*fit, summary, 26.0, Task());
    const double predicting = cpuSeconds() - from;

    std::printf("customers          %d (%zu distinct)\n", customers, rows);
    std::printf("merge              %.3f CPU s\n", merging);
    std::printf("fit, merge in it   %.3f CPU s, %d evaluations, %s\n", fitting, fit->evaluations,
                std::string(fitStatusName(fit->status)).c_str());
    for (std::size_t i = 0; i < fit->parameters.size(); ++i) {
        std::printf("  %-6s           %.6f (se %.6f)\n", fit->names[i].c_str(), fit->parameters[i],
                    fit->hasCovariance() ? fit->standardErrors[i] : 0.0);
    }
    std::printf("predict 26 weeks   %.3f CPU s, %s\n", predicting, prediction ? "ok" : "failed");
    std::printf("lifetimes fit      %.1f CPU s for 1 M (quoted): %.0f times as long\n",
                kLifetimesSeconds, kLifetimesSeconds * customers / 1e6 / fitting);
    return 0;
}
