#include "core/survival/cox_pass.h"

#include <algorithm>
#include <limits>

namespace perennial {

namespace {

/// One column in units of its greatest value first, so that no square overflows.
void setColumn(CoxRows &rows, std::span<const double> column, std::size_t k)
{
    const auto at = static_cast<Eigen::Index>(k);
    double largest = 0.0;
    for (const double v : column) {
        largest = std::max(largest, std::abs(v));
    }
    if (largest == 0.0) {
        return;
    }
    double squares = 0.0, least = 0.0, most = 0.0;
    std::size_t from = 0;
    for (std::size_t s = 0; s < rows.rows.ends.size(); ++s) {
        const std::size_t end = rows.rows.ends[s];
        double sum = 0.0;
        for (std::size_t i = from; i < end; ++i) {
            sum += column[rows.rows.order[i]] / largest;
        }
        const double centre = sum / static_cast<double>(end - from);
        for (std::size_t i = from; i < end; ++i) {
            const double v = column[rows.rows.order[i]] / largest - centre;
            rows.x[i * rows.width + k] = v;
            squares += v * v;
            least = std::min(least, v);
            most = std::max(most, v);
        }
        rows.centres(static_cast<Eigen::Index>(s), at) = centre * largest;
        from = end;
    }
    const double spread = std::sqrt(squares / static_cast<double>(column.size()));
    // A mean rounds: what is left of a constant column is no difference.
    constexpr double kNoDifference = 1e-13;
    const bool differs = most - least > kNoDifference;
    rows.scale[at] = differs ? spread * largest : 0.0;
    rows.reach[at] = differs ? (most - least) / spread : 0.0;
    for (std::size_t i = 0; i < column.size(); ++i) {
        double &v = rows.x[i * rows.width + k];
        v = differs ? v / spread : 0.0;
    }
}

} // namespace

CoxRows coxRowsOf(const CoxData &data)
{
    CoxRows rows;
    rows.rows = stratify(data.durations, data.strata);
    rows.width = data.covariates.size();
    const std::size_t n = data.durations.size();
    const auto width = static_cast<Eigen::Index>(rows.width);
    rows.x.resize(n * rows.width);
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
    for (std::size_t k = 0; k < rows.width; ++k) {
        setColumn(rows, data.covariates[k], k);
    }
    return rows;
}

CoxRows onlyColumns(const CoxRows &rows, const std::vector<std::size_t> &kept)
{
    CoxRows chosen = rows;
    chosen.width = kept.size();
    chosen.x.resize(rows.times.size() * kept.size());
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
            chosen.x[i * kept.size() + k] = rows.x[i * rows.width + kept[k]];
        }
    }
    return chosen;
}

void settleEfron(CoxTime &time, const RiskSums &rest, const RiskSums &dying)
{
    // The k-th of the events is drawn from the rest and the share g of those who die: sums over k of
    // 1/z, g/z, 1/z², g/z², g²/z² for z = rest + g × dying, all of them without a difference.
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
    time.logLikelihood -= time.deaths * std::log(all.s0);
    time.hazard = time.deaths / all.s0;
    time.mean = all.s1 / all.s0;
    const Eigen::Index n = time.mean.size();
    for (Eigen::Index j = 0; j < n; ++j) {
        for (Eigen::Index i = j; i < n; ++i) {
            time.information(i, j) =
                time.deaths * (all.s2(i, j) / all.s0 - time.mean[i] * time.mean[j]);
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
                eta += beta[static_cast<Eigen::Index>(k)] * rows.x[i * rows.width + k];
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
