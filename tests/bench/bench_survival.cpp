// Survival at the size of a large shop: CPU seconds, beside what the reference says of others.
//   bench_survival [ROWS]
#include "core/base/rng.h"
#include "core/survival/concordance.h"
#include "core/survival/cox.h"
#include "core/survival/kaplan_meier.h"
#include "core/survival/log_rank.h"
#include "core/survival/proportionality.h"
#include "core/survival/targeting.h"
#include "core/survival/weibull_aft.h"
#include "tests/bench/cpu_seconds.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace perennial;

namespace {

constexpr std::size_t kCovariates = 7;

struct Table {
    std::vector<double> durations;
    std::vector<std::int8_t> observed;
    std::vector<std::vector<double>> covariates;
    std::vector<double> risk;

    CoxData data() const
    {
        return {durations, observed, {covariates.begin(), covariates.end()}, {}};
    }
};

/// @param round times up to a multiple of it; 0 = all distinct
Table madeUp(std::size_t rows, double round)
{
    Rng rng(11);
    Table table;
    table.covariates.resize(kCovariates);
    for (std::size_t i = 0; i < rows; ++i) {
        double eta = 0.0;
        for (std::size_t k = 0; k < kCovariates; ++k) {
            const double x = k < 3 ? rng.normal() : rng.uniform() < 0.4 ? 1.0 : 0.0;
            table.covariates[k].push_back(x);
            eta += (k % 2 == 0 ? 0.3 : -0.2) * x;
        }
        const double time = rng.exponential() / std::exp(eta), end = 3.0 * rng.uniform();
        const double seen = std::min(time, end);
        table.durations.push_back(round > 0.0 ? std::ceil(seen / round) : seen);
        table.observed.push_back(time <= end ? 1 : 0);
        table.risk.push_back(eta);
    }
    return table;
}

template <class Work>
void measure(const char *what, const char *others, Work work)
{
    const double from = cpuSeconds();
    work();
    std::printf("%-34s %8.3f s   %s\n", what, cpuSeconds() - from, others);
    std::fflush(stdout);
}

void measureCox(const char *what, const char *others, const Table &table, CoxTies ties)
{
    CoxFit fit;
    measure(what, others, [&] { fit = *fitCox(table.data(), ties, Task()); });
    std::printf("  %d steps, log-likelihood %.6f, concordance %.6f\n", fit.iterations,
                fit.logLikelihood, fit.concordance.index().value_or(0.0));
}

} // namespace

int main(int argc, char **argv)
{
    const std::size_t rows = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1'000'000;
    const Table distinct = madeUp(rows, 0.0);
    const Table tied = madeUp(rows, 0.05);
    std::printf("%zu rows\n", rows);
    measure("Kaplan-Meier, all times distinct", "lifelines 1.85 s", [&] {
        (void)kaplanMeier(distinct.durations, distinct.observed);
    });
    measure("Kaplan-Meier, 60 times", "", [&] {
        (void)kaplanMeier(tied.durations, tied.observed);
    });
    measure("concordance", "lifelines 13.2 s, R 3.8 s", [&] {
        (void)concordance(distinct.durations, distinct.observed, distinct.risk);
    });
    measureCox("Cox x 7, 60 times", "lifelines 5.7 s, R 9.8 s", tied, CoxTies::Efron);
    measureCox("Cox x 7, all times distinct", "", distinct, CoxTies::Efron);
    measureCox("Cox x 7, 60 times, Breslow", "", tied, CoxTies::Breslow);
    const CoxFit fit = *fitCox(tied.data(), CoxTies::Efron, Task());
    measure("proportionality", "", [&] {
        (void)testProportionality(tied.data(), fit, TimeTransform::KaplanMeier);
    });
    std::vector<std::uint32_t> group;
    for (std::size_t i = 0; i < rows; ++i) {
        group.push_back(static_cast<std::uint32_t>(i % 10));
    }
    measure("log-rank of 10 groups, distinct", "", [&] {
        (void)logRank(distinct.durations, distinct.observed, group, 10);
    });
    measure("Weibull x 7", "", [&] {
        (void)fitWeibullAft({distinct.durations, distinct.observed, distinct.data().covariates},
                            Task());
    });
    measure("gain table", "", [&] {
        (void)gainTable(distinct.risk, distinct.observed, distinct.durations, 10);
    });
    return 0;
}
