#pragma once

// For core/survival alone: the rows of a Cox model in the order of their strata and times, and one
// walk over them from the last time back, which all sums over risk sets are taken from.

#include "core/base/task.h"
#include "core/survival/cox.h"
#include "core/survival/strata.h"

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <vector>

namespace perennial {

/// Covariates are centred within strata, which no partial likelihood notices, and in units of their
/// spread there: differences of large sums stay exact.
struct CoxRows {
    StratifiedRows rows;
    std::size_t width = 0;
    std::size_t stride = 0;     ///< of `x`: width up to the next multiple of 4, the rest 0
    std::vector<double> x;      ///< row by row, in the order of `rows`
    std::vector<double> times;  ///< in the order of `rows`
    std::vector<std::int8_t> observed;
    std::vector<std::uint32_t> stratumOf; ///< index into `rows.ends`, in the order of `rows`
    Eigen::VectorXd scale;      ///< a unit of x is so much of the covariate; 0 = it never differs
    Eigen::VectorXd reach;      ///< greatest |x|, both ends together
    Eigen::MatrixXd centres;    ///< by stratum and covariate: what was taken off
};
CoxRows coxRowsOf(const CoxData &data);

/// The same with some of the columns. @param kept rising.
CoxRows onlyColumns(const CoxRows &rows, const std::vector<std::size_t> &kept);

/// Sums over a set of rows with weights w = e^η. Vectors and matrices are as wide as the stride,
/// and loops go by four: for a handful of covariates the compiler's own loops cost several times as
/// much.
struct RiskSums {
    double s0 = 0.0;
    Eigen::VectorXd s1;
    Eigen::MatrixXd s2; ///< lower half
    explicit RiskSums(std::size_t stride)
        : s1(Eigen::VectorXd::Zero(static_cast<Eigen::Index>(stride))),
          s2(Eigen::MatrixXd::Zero(s1.size(), s1.size()))
    {
    }
    void clear()
    {
        s0 = 0.0;
        s1.setZero();
        s2.setZero();
    }
    void add(const double *x, double w) noexcept
    {
        const Eigen::Index n = s1.size();
        double *const sum1 = s1.data();
        s0 += w;
        for (Eigen::Index j = 0; j < n; j += 4) {
            sum1[j] += w * x[j];
            sum1[j + 1] += w * x[j + 1];
            sum1[j + 2] += w * x[j + 2];
            sum1[j + 3] += w * x[j + 3];
        }
        for (Eigen::Index j = 0; j < n; ++j) {
            const double wx = w * x[j];
            double *const column = s2.data() + j * n;
            for (Eigen::Index i = j & ~Eigen::Index{3}; i < n; i += 4) {
                column[i] += wx * x[i];
                column[i + 1] += wx * x[i + 1];
                column[i + 2] += wx * x[i + 2];
                column[i + 3] += wx * x[i + 3];
            }
        }
    }
    void add(const RiskSums &other)
    {
        s0 += other.s0;
        s1 += other.s1;
        s2 += other.s2;
    }
};

/// What the events of one time are among those at risk; as wide as the stride.
struct CoxTime {
    std::size_t from = 0, to = 0; ///< places of the rows that end then
    double time = 0.0;
    std::size_t stratum = 0;
    double deaths = 0.0;
    double logLikelihood = 0.0;
    double hazard = 0.0;         ///< increment, at the stratum's centre (η = 0)
    Eigen::VectorXd mean;        ///< covariates expected of an event
    Eigen::VectorXd score;       ///< Σ x of the events − deaths × mean
    Eigen::MatrixXd information; ///< lower half; above the diagonal anything
};

/// The rows that end at the time of row `to` − 1, and how many of them with an event.
void startTime(const CoxRows &rows, std::size_t to, CoxTime &time);

/// Fills in a time from its sums. @param rest who is at risk and has no event then.
/// @param dying those with the event.
void settleEfron(CoxTime &time, const RiskSums &rest, const RiskSums &dying);
void settleBreslow(CoxTime &time, const RiskSums &all);

/// Calls visit(const CoxTime &) for every time with an event, from the last back in each stratum.
/// @param eta linear predictors in the order of the rows, so that no stratum's greatest e^η
/// overflows (see predictorsOf).
template <class Visit>
void walkCox(const CoxRows &rows, const std::vector<double> &eta, CoxTies ties, Visit visit)
{
    RiskSums atRisk(rows.stride), dying(rows.stride);
    CoxTime time;
    time.mean = time.score = atRisk.s1;
    time.information = atRisk.s2;
    Eigen::VectorXd sumOfX = atRisk.s1;
    for (std::size_t to = rows.times.size(); to > 0; to = time.from) {
        if (to == rows.times.size() || rows.stratumOf[to] != rows.stratumOf[to - 1]) {
            atRisk.clear();
        }
        startTime(rows, to, time);
        // Of one event alone it does not matter which of the tied is first.
        const bool isEfron = ties == CoxTies::Efron && time.deaths > 1.0;
        sumOfX.setZero();
        for (std::size_t i = time.from; i < to; ++i) {
            const double *const x = rows.x.data() + i * rows.stride;
            const bool dies = rows.observed[i] != 0;
            (isEfron && dies ? dying : atRisk).add(x, std::exp(eta[i]));
            if (dies) {
                time.logLikelihood += eta[i];
                sumOfX += Eigen::Map<const Eigen::VectorXd>(x, sumOfX.size());
            }
        }
        if (time.deaths == 0.0) {
            continue;
        }
        if (isEfron) {
            settleEfron(time, atRisk, dying);
            atRisk.add(dying);
            dying.clear();
        } else {
            settleBreslow(time, atRisk);
        }
        time.score = sumOfX - time.deaths * time.mean;
        visit(static_cast<const CoxTime &>(time));
    }
}

struct CoxPredictors {
    std::vector<double> eta;   ///< in the order of the rows, less the stratum's greatest
    std::vector<double> taken; ///< by stratum: what was taken off
};
CoxPredictors predictorsOf(const CoxRows &rows, const Eigen::VectorXd &beta);

} // namespace perennial
