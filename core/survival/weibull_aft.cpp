#include "core/survival/weibull_aft.h"

#include "core/survival/strata.h"
#include "core/survival/weibull_likelihood.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace perennial {

namespace {

/// Shapes beyond it are a spread of log t that no data have.
constexpr double kSteepest = 1e7;

Status checkData(const WeibullData &data)
{
    if (const Status sound = checkSurvivalRows(data.durations, data.observed, {}); !sound) {
        return sound.error();
    }
    if (data.covariates.size() > kMostWeibullCovariates) {
        return fail(ErrorCode::InvalidArgument, std::to_string(data.covariates.size()),
                    "covariates");
    }
    for (const std::span<const double> column : data.covariates) {
        if (column.size() != data.durations.size()) {
            return fail(ErrorCode::InvalidArgument, std::to_string(column.size()), "lengths");
        }
        if (!std::ranges::all_of(column, [](double v) { return std::isfinite(v); })) {
            return fail(ErrorCode::InvalidArgument, {}, "covariates");
        }
    }
    std::size_t rows = 0, events = 0;
    for (std::size_t i = 0; i < data.durations.size(); ++i) {
        const bool isEvent = data.observed[i] != 0;
        if (isEvent && data.durations[i] == 0.0) {
            return fail(ErrorCode::InvalidArgument, "0", "durations");
        }
        rows += data.durations[i] > 0.0 ? 1 : 0;
        events += isEvent ? 1 : 0;
    }
    return rows < 2      ? Status(fail(ErrorCode::TooLittleData, "rows"))
           : events == 0 ? Status(fail(ErrorCode::TooLittleData, "events"))
                         : Status(Done{});
}

/// How the columns were changed.
struct Units {
    Eigen::VectorXd centre, scale; ///< scale 0 = never differs
    Eigen::VectorXd reach;         ///< of α, the intercept and the columns
};

void setColumn(WeibullRows &rows, Units &units, std::span<const double> values, std::size_t k,
               std::span<const double> durations)
{
    const auto at = static_cast<Eigen::Index>(k);
    double largest = 0.0;
    for (const double v : values) {
        largest = std::max(largest, std::abs(v));
    }
    auto column = rows.x.col(at + 1);
    Eigen::Index row = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (durations[i] > 0.0) {
            column[row++] = largest > 0.0 ? values[i] / largest : 0.0;
        }
    }
    const double mean = column.mean();
    column.array() -= mean;
    const double range = column.maxCoeff() - column.minCoeff();
    const double spread = std::sqrt(column.squaredNorm() / static_cast<double>(row));
    const bool differs = range > 1e-13; // a mean rounds
    units.centre[at] = mean * largest;
    units.scale[at] = differs ? spread * largest : 0.0;
    units.reach[at + 2] = differs ? range / spread : 0.0;
    column *= differs ? 1.0 / spread : 0.0;
}

std::pair<WeibullRows, Units> rowsOf(const WeibullData &data)
{
    const auto usable = static_cast<Eigen::Index>(
        std::ranges::count_if(data.durations, [](double t) { return t > 0.0; }));
    const auto width = static_cast<Eigen::Index>(data.covariates.size());
    WeibullRows rows;
    rows.logTime.resize(usable);
    rows.event.resize(usable);
    rows.x.resize(usable, width + 1);
    rows.x.col(0).setOnes();
    Eigen::Index row = 0;
    for (std::size_t i = 0; i < data.durations.size(); ++i) {
        if (data.durations[i] > 0.0) {
            rows.logTime[row] = std::log(data.durations[i]);
            rows.event[row++] = data.observed[i] != 0 ? 1.0 : 0.0;
        }
    }
    rows.meanLog = rows.logTime.mean();
    rows.logTime.array() -= rows.meanLog;
    Units units{Eigen::VectorXd::Zero(width), Eigen::VectorXd::Zero(width),
                Eigen::VectorXd::Zero(width + 2)};
    units.reach[1] = 1.0;
    for (std::size_t k = 0; k < data.covariates.size(); ++k) {
        setColumn(rows, units, data.covariates[k], k, data.durations);
    }
    return {std::move(rows), std::move(units)};
}

/// The exponential model without covariates.
Eigen::VectorXd startOf(const WeibullRows &rows)
{
    Eigen::VectorXd start = Eigen::VectorXd::Zero(rows.x.cols() + 1);
    start[0] = 1.0;
    // Σ t may be beyond the numbers: by its largest term.
    const double most = rows.logTime.maxCoeff();
    start[1] = most + std::log((rows.logTime.array() - most).exp().sum() / rows.event.sum());
    return start;
}

WeibullRows onlyColumns(const WeibullRows &rows, const std::vector<Eigen::Index> &kept)
{
    WeibullRows chosen{rows.logTime, rows.event, {}, rows.meanLog};
    chosen.x.resize(rows.x.rows(), static_cast<Eigen::Index>(kept.size()));
    for (std::size_t k = 0; k < kept.size(); ++k) {
        chosen.x.col(static_cast<Eigen::Index>(k)) = rows.x.col(kept[k]);
    }
    return chosen;
}

/// From (α, γ) in the rows' units to the model's terms.
class Describer {
public:
    Describer(const WeibullRows &rows, const Units &units, const std::vector<Eigen::Index> &kept,
              const ConcaveTop &top)
        : m_rows(rows), m_units(units), m_kept(kept), m_top(top),
          m_covariance(inverseInformation(top.point.information)), m_shape(top.at[0])
    {
    }

    void describe(WeibullFit &fit) const
    {
        fit.shape = m_shape;
        const Eigen::Index n = m_top.at.size();
        // The intercept at covariates of 0: what centring took off comes back.
        Eigen::VectorXd atZero = Eigen::VectorXd::Zero(n);
        atZero[1] = 1.0;
        for (std::size_t k = 1; k < m_kept.size(); ++k) {
            const Eigen::Index covariate = m_kept[k] - 1;
            const auto place = static_cast<Eigen::Index>(k) + 1;
            SurvivalTerm &term = fit.terms[static_cast<std::size_t>(covariate)];
            Eigen::VectorXd weights = Eigen::VectorXd::Zero(n);
            weights[place] = 1.0 / m_units.scale[covariate];
            if (m_top.runsOff[static_cast<std::size_t>(place)]) {
                term.state = TermState::Infinite;
                term.sign = m_top.lastStep[place] > 0.0 ? 1 : -1;
                continue;
            }
            atZero[place] = -m_units.centre[covariate] / m_units.scale[covariate];
            setTerm(term, weights, 0.0);
        }
        if (m_top.runsOff[1]) {
            fit.intercept.state = TermState::Infinite;
            fit.intercept.sign = m_top.lastStep[1] > 0.0 ? 1 : -1;
        } else {
            setTerm(fit.intercept, atZero, m_rows.meanLog);
        }
        if (m_covariance.size() > 0) {
            fit.logScaleError = std::sqrt(m_covariance(0, 0)) / m_shape;
        }
    }

private:
    /// Σ weightsₖ γₖ / α + offset, with its error.
    void setTerm(SurvivalTerm &term, const Eigen::VectorXd &weights, double offset) const
    {
        const double value = weights.dot(m_top.at) / m_shape; // weights[0] = 0
        Eigen::VectorXd slope = weights / m_shape;
        slope[0] = -value / m_shape;
        term.coefficient = value + offset;
        if (m_covariance.size() > 0) {
            term.standardError = std::sqrt(slope.dot(m_covariance * slope));
        }
    }

    const WeibullRows &m_rows;
    const Units &m_units;
    const std::vector<Eigen::Index> &m_kept;
    const ConcaveTop &m_top;
    Eigen::MatrixXd m_covariance;
    double m_shape;
};

} // namespace

ConcavePoint weibullLikelihood(const WeibullRows &rows, const Eigen::VectorXd &at)
{
    const Eigen::Index columns = rows.x.cols();
    const double alpha = at[0];
    ConcavePoint point{-std::numeric_limits<double>::infinity(),
                       Eigen::VectorXd::Zero(columns + 1),
                       Eigen::MatrixXd::Zero(columns + 1, columns + 1)};
    if (!(alpha > 0.0 && alpha < kSteepest)) {
        return point;
    }
    const Eigen::VectorXd w = alpha * rows.logTime - rows.x * at.tail(columns);
    const Eigen::VectorXd hazard = w.array().exp();
    const double events = rows.event.sum();
    const double sumLogT = rows.event.dot(rows.logTime) + events * rows.meanLog;
    point.value = events * std::log(alpha) + rows.event.dot(w) - sumLogT - hazard.sum();
    const Eigen::VectorXd rest = rows.event - hazard;
    point.gradient[0] = events / alpha + rest.dot(rows.logTime);
    point.gradient.tail(columns) = -(rows.x.transpose() * rest);
    const Eigen::VectorXd weighted = hazard.cwiseProduct(rows.logTime);
    point.information(0, 0) = events / (alpha * alpha) + weighted.dot(rows.logTime);
    point.information.col(0).tail(columns) = -(rows.x.transpose() * weighted);
    point.information.row(0).tail(columns) = point.information.col(0).tail(columns).transpose();
    point.information.bottomRightCorner(columns, columns) =
        rows.x.transpose() * (rows.x.array().colwise() * hazard.array()).matrix();
    return point;
}

namespace {

Result<ConcaveTop> climbFromStart(const WeibullRows &rows, const Eigen::VectorXd &reach,
                                  const Task &task)
{
    const Eigen::VectorXd at = startOf(rows);
    return climb([&](const Eigen::VectorXd &to) { return weibullLikelihood(rows, to); }, at,
                 weibullLikelihood(rows, at), reach, task);
}

} // namespace

Result<WeibullFit> fitWeibullAft(const WeibullData &data, const Task &task)
{
    if (const Status sound = checkData(data); !sound) {
        return sound.error();
    }
    const auto [all, units] = rowsOf(data);
    const ConcavePoint start = weibullLikelihood(all, startOf(all));
    WeibullFit fit;
    fit.rows = data.durations.size();
    fit.events = static_cast<std::size_t>(all.event.sum());
    fit.terms.resize(data.covariates.size());
    const std::vector<TermState> states =
        statesOf(start.information, 1e-12 * static_cast<double>(fit.events));
    std::vector<Eigen::Index> kept{0};
    for (std::size_t k = 0; k < fit.terms.size(); ++k) {
        fit.terms[k].state = states[k + 2];
        if (states[k + 2] == TermState::Estimated) {
            kept.push_back(static_cast<Eigen::Index>(k) + 1);
        }
    }
    const WeibullRows rows = onlyColumns(all, kept), none = onlyColumns(all, {0});
    const auto null = climbFromStart(none, Eigen::VectorXd::Zero(2), task);
    if (!null) {
        return null.error();
    }
    Eigen::VectorXd reach(rows.x.cols() + 1);
    reach[0] = 0.0;
    for (Eigen::Index k = 0; k < rows.x.cols(); ++k) {
        reach[k + 1] = units.reach[kept[static_cast<std::size_t>(k)] + 1];
    }
    const auto top = climbFromStart(rows, reach, task);
    if (!top) {
        return top.error();
    }
    fit.status = top->status;
    fit.iterations = top->iterations;
    fit.logLikelihood = top->point.value;
    fit.nullLogLikelihood = null->point.value;
    fit.likelihoodRatio =
        chiSquareTest(std::max(0.0, 2.0 * (fit.logLikelihood - fit.nullLogLikelihood)),
                      static_cast<int>(kept.size()) - 1);
    if (fit.status != SurvivalFitStatus::DidNotConverge) {
        Describer(rows, units, kept, *top).describe(fit);
    }
    return fit;
}

double WeibullFit::predictor(std::span<const double> x) const
{
    double eta = intercept.coefficient.value_or(0.0);
    for (std::size_t k = 0; k < terms.size() && k < x.size(); ++k) {
        eta += terms[k].coefficient.value_or(0.0) * x[k];
    }
    return eta;
}

double WeibullFit::survival(double t, std::span<const double> x) const
{
    return t > 0.0 ? std::exp(-std::exp(shape * (std::log(t) - predictor(x)))) : 1.0;
}

double WeibullFit::median(std::span<const double> x) const
{
    return std::exp(predictor(x) + scale() * std::log(std::numbers::ln2));
}

} // namespace perennial
