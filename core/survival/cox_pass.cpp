#include "core/survival/cox_pass.h"

#include <algorithm>
#include <limits>

namespace perennial {

namespace {

std::size_t strideOf(std::size_t width)
{
    return (width + 3) / 4 * 4;
}

/// The covariates row by row in the order of the rows, each in units of its greatest value, so that
/// no square overflows.
void gather(CoxRows &rows, const CoxData &data, const std::vector<double> &largest)
{
    for (std::size_t i = 0; i < rows.times.size(); ++i) {
        const std::uint32_t row = rows.rows.order[i];
        for (std::size_t k = 0; k < rows.width; ++k) {
            rows.x[i * rows.stride + k] = data.covariates[k][row] / largest[k];
        }
    }
}

/// Takes each stratum's means off.
void centre(CoxRows &rows)
{
    std::size_t from = 0;
    std::vector<double> means(rows.width);
    for (std::size_t s = 0; s < rows.rows.ends.size(); ++s) {
        const std::size_t end = rows.rows.ends[s];
        std::ranges::fill(means, 0.0);
        for (std::size_t i = from; i < end; ++i) {
            for (std::size_t k = 0; k < rows.width; ++k) {
                means[k] += rows.x[i * rows.stride + k];
            }
        }
        for (std::size_t k = 0; k < rows.width; ++k) {
            means[k] /= static_cast<double>(end - from);
            rows.centres(static_cast<Eigen::Index>(s), static_cast<Eigen::Index>(k)) = means[k];
        }
        for (std::size_t i = from; i < end; ++i) {
            for (std::size_t k = 0; k < rows.width; ++k) {
                rows.x[i * rows.stride + k] -= means[k];
            }
        }
        from = end;
    }
}

/// Puts the centred columns in units of their spread, those that never differ at 0.
void scale(CoxRows &rows, const std::vector<double> &largest)
{
    std::vector<double> squares(rows.width, 0.0), least(rows.width, 0.0), most(rows.width, 0.0);
    const std::size_t n = rows.times.size();
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < rows.width; ++k) {
            const double v = rows.x[i * rows.stride + k];
            squares[k] += v * v;
            least[k] = std::min(least[k], v);
            most[k] = std::max(most[k], v);
        }
    }
    constexpr double kNoDifference = 1e-13; // a mean rounds
    std::vector<double> factor(rows.width, 0.0);
    for (std::size_t k = 0; k < rows.width; ++k) {
        const auto at = static_cast<Eigen::Index>(k);
        const double spread = std::sqrt(squares[k] / static_cast<double>(n));
        if (most[k] - least[k] > kNoDifference) {
            factor[k] = 1.0 / spread;
            rows.scale[at] = spread * largest[k];
            rows.reach[at] = (most[k] - least[k]) / spread;
        }
        rows.centres.col(at) *= largest[k];
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < rows.width; ++k) {
            rows.x[i * rows.stride + k] *= factor[k];
        }
    }
}

} // namespace

CoxRows coxRowsOf(const CoxData &data)
{
    CoxRows rows;
    rows.rows = stratify(data.durations, data.strata);
    rows.width = data.covariates.size();
    rows.stride = strideOf(rows.width);
    const std::size_t n = data.durations.size();
    const auto width = static_cast<Eigen::Index>(rows.width);
    rows.x.resize(n * rows.stride);
    rows.times.resize(n);
    rows.observed.resize(n);
    rows.stratumOf.resize(n);
    std::uint32_t stratum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        stratum += i == rows.rows.ends[stratum] ? 1 : 0;
        rows.times[i] = data.durations[rows.rows.order[i]];
        rows.observed[i] = data.observed[rows.rows.order[i]];
        rows.stratumOf[i] = stratum;
    }
    rows.scale = rows.reach = Eigen::VectorXd::Zero(width);
    rows.centres = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(rows.rows.ends.size()), width);
    std::vector<double> largest;
    for (const std::span<const double> column : data.covariates) {
        double most = 0.0;
        for (const double v : column) {
            most = std::max(most, std::abs(v));
        }
        largest.push_back(most > 0.0 ? most : 1.0);
    }
    gather(rows, data, largest);
    centre(rows);
    scale(rows, largest);
    return rows;
}

CoxRows onlyColumns(const CoxRows &rows, const std::vector<std::size_t> &kept)
{
    CoxRows chosen = rows;
    chosen.width = kept.size();
    chosen.stride = strideOf(chosen.width);
    chosen.x.assign(rows.times.size() * chosen.stride, 0.0);
    const auto width = static_cast<Eigen::Index>(kept.size());
    chosen.scale.resize(width);
    chosen.reach.resize(width);
    chosen.centres.resize(rows.centres.rows(), width);
    for (std::size_t k = 0; k < kept.size(); ++k) {
        const auto to = static_cast<Eigen::Index>(k);
        const auto from = static_cast<Eigen::Index>(kept[k]);
        chosen.scale[to] = rows.scale[from];
        chosen.reach[to] = rows.reach[from];
        chosen.centres.col(to) = rows.centres.col(from);
        for (std::size_t i = 0; i < rows.times.size(); ++i) {
            chosen.x[i * chosen.stride + k] = rows.x[i * rows.stride + kept[k]];
        }
    }
    return chosen;
}

void startTime(const CoxRows &rows, std::size_t to, CoxTime &time)
{
    time.to = time.from = to;
    time.time = rows.times[to - 1];
    time.stratum = rows.stratumOf[to - 1];
    time.deaths = time.logLikelihood = 0.0;
    while (time.from > 0 && rows.times[time.from - 1] == time.time &&
           rows.stratumOf[time.from - 1] == time.stratum) {
        --time.from;
        time.deaths += rows.observed[time.from] != 0 ? 1.0 : 0.0;
    }
}

void settleEfron(CoxTime &time, const RiskSums &rest, const RiskSums &dying)
{
    // The k-th of the events is drawn from the rest and the share g of those who die: sums over k
    // of 1/z, g/z, 1/z², g/z², g²/z² for z = rest + g × dying, all of them without a difference.
    double one = 0, g1 = 0, one2 = 0, g12 = 0, g22 = 0;
    for (double k = 0; k < time.deaths; k += 1.0) {
        const double g = (time.deaths - k) / time.deaths;
        const double z = 1.0 / (rest.s0 + g * dying.s0);
        time.logLikelihood += std::log(z);
        one += z;
        g1 += g * z;
        one2 += z * z;
        g12 += g * z * z;
        g22 += g * g * z * z;
    }
    time.hazard = one;
    time.mean = (rest.s1 * one + dying.s1 * g1) / time.deaths;
    const Eigen::Index n = time.mean.size();
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index i = j; i < n; ++i) {
            const double squares = rest.s2(i, j) * one + dying.s2(i, j) * g1;
            const double means =
                rest.s1[i] * rest.s1[j] * one2 +
                (rest.s1[i] * dying.s1[j] + dying.s1[i] * rest.s1[j]) * g12 +
                dying.s1[i] * dying.s1[j] * g22;
            time.information(i, j) = squares - means;
        }
    }
}

void settleBreslow(CoxTime &time, const RiskSums &all)
{
    const double share = time.deaths / all.s0;
    time.logLikelihood -= time.deaths * std::log(all.s0);
    time.hazard = share;
    time.mean = all.s1 / all.s0;
    const Eigen::Index n = time.mean.size();
    const double *const s1 = all.s1.data();
    for (Eigen::Index j = 0; j < n; ++j) {
        const double mean = time.mean[j];
        const double *const from = all.s2.data() + j * n;
        double *const column = time.information.data() + j * n;
        for (Eigen::Index i = j & ~Eigen::Index{3}; i < n; i += 4) {
            column[i] = share * (from[i] - mean * s1[i]);
            column[i + 1] = share * (from[i + 1] - mean * s1[i + 1]);
            column[i + 2] = share * (from[i + 2] - mean * s1[i + 2]);
            column[i + 3] = share * (from[i + 3] - mean * s1[i + 3]);
        }
    }
}

CoxPredictors predictorsOf(const CoxRows &rows, const Eigen::VectorXd &beta)
{
    CoxPredictors predictors;
    predictors.eta.resize(rows.times.size());
    std::size_t from = 0;
    for (const std::size_t end : rows.rows.ends) {
        double most = -std::numeric_limits<double>::infinity();
        for (std::size_t i = from; i < end; ++i) {
            double eta = 0.0;
            for (std::size_t k = 0; k < rows.width; ++k) {
                eta += beta[static_cast<Eigen::Index>(k)] * rows.x[i * rows.stride + k];
            }
            predictors.eta[i] = eta;
            most = std::max(most, eta);
        }
        for (std::size_t i = from; i < end; ++i) {
            predictors.eta[i] -= most;
        }
        predictors.taken.push_back(most);
        from = end;
    }
    return predictors;
}

} // namespace perennial
