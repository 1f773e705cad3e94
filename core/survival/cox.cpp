#include "core/survival/cox.h"

#include "core/survival/concave.h"
#include "core/survival/cox_pass.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

Status checkData(const CoxData &data)
{
    if (const Status sound = checkSurvivalRows(data.durations, data.observed, data.strata);
        !sound) {
        return sound.error();
    }
    if (data.covariates.size() > kMostCoxCovariates) {
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
    if (data.durations.size() < 2) {
        return fail(ErrorCode::TooLittleData, "rows");
    }
    const bool anyEvent = std::ranges::any_of(data.observed, [](std::int8_t e) { return e != 0; });
    return anyEvent ? Status(Done{}) : Status(fail(ErrorCode::TooLittleData, "events"));
}

ConcavePoint likelihoodAt(const CoxRows &rows, const Eigen::VectorXd &beta, CoxTies ties)
{
    const auto stride = static_cast<Eigen::Index>(rows.stride);
    double value = 0.0;
    Eigen::VectorXd gradient = Eigen::VectorXd::Zero(stride);
    Eigen::MatrixXd information = Eigen::MatrixXd::Zero(stride, stride);
    walkCox(rows, predictorsOf(rows, beta).eta, ties, [&](const CoxTime &time) {
        value += time.logLikelihood;
        gradient += time.score;
        information += time.information;
    });
    const Eigen::Index n = beta.size();
    const Eigen::MatrixXd whole = information.selfadjointView<Eigen::Lower>();
    return {value, gradient.head(n), whole.topLeftCorner(n, n)};
}

ConcavePoint partOf(const ConcavePoint &point, const std::vector<std::size_t> &kept)
{
    const auto size = static_cast<Eigen::Index>(kept.size());
    ConcavePoint part{point.value, Eigen::VectorXd(size), Eigen::MatrixXd(size, size)};
    for (Eigen::Index i = 0; i < size; ++i) {
        const auto from = static_cast<Eigen::Index>(kept[static_cast<std::size_t>(i)]);
        part.gradient[i] = point.gradient[from];
        for (Eigen::Index j = 0; j < size; ++j) {
            part.information(i, j) = point.information(
                from, static_cast<Eigen::Index>(kept[static_cast<std::size_t>(j)]));
        }
    }
    return part;
}

/// g' I⁻¹ g
double scoreStatistic(const ConcavePoint &start)
{
    const Eigen::MatrixXd inverse = inverseInformation(start.information);
    return inverse.size() == 0 ? 0.0 : start.gradient.dot(inverse * start.gradient);
}

/// Coefficients in the covariates' own units, and the tests.
Status describe(CoxFit &fit, const CoxRows &rows, const std::vector<std::size_t> &kept,
                const ConcaveTop &top)
{
    const Eigen::MatrixXd covariance = inverseInformation(top.point.information);
    if (covariance.rows() != top.at.size()) {
        return fail(ErrorCode::NotFinite);
    }
    for (std::size_t k = 0; k < kept.size(); ++k) {
        const auto at = static_cast<Eigen::Index>(k);
        SurvivalTerm &term = fit.terms[kept[k]];
        if (top.runsOff[k]) {
            term.state = TermState::Infinite;
            term.sign = top.lastStep[at] > 0.0 ? 1 : -1;
            continue;
        }
        term.coefficient = top.at[at] / rows.scale[at];
        term.standardError = std::sqrt(covariance(at, at)) / rows.scale[at];
        if (!std::isfinite(*term.coefficient) || !std::isfinite(*term.standardError)) {
            return fail(ErrorCode::NotFinite, std::to_string(kept[k]), "covariates");
        }
    }
    if (fit.status == SurvivalFitStatus::Converged) {
        const double wald = top.at.dot(top.point.information * top.at);
        fit.wald = chiSquareTest(wald, static_cast<int>(kept.size()));
    }
    return Done{};
}

/// Higher η = sooner, in the order of the data.
Result<Concordance> concordanceOf(const CoxData &data, const CoxRows &rows,
                                  const Eigen::VectorXd &beta)
{
    const CoxPredictors predictors = predictorsOf(rows, beta);
    std::vector<double> risk(predictors.eta.size());
    for (std::size_t i = 0; i < risk.size(); ++i) {
        risk[rows.rows.order[i]] = predictors.eta[i];
    }
    return concordance(data.durations, data.observed, risk, data.strata);
}

std::vector<double> meansOf(const CoxData &data)
{
    std::vector<double> means;
    const auto n = static_cast<double>(data.durations.size());
    for (const std::span<const double> column : data.covariates) {
        double sum = 0.0;
        for (const double v : column) {
            sum += v / n; // never past the largest
        }
        means.push_back(sum);
    }
    return means;
}

/// What is known before the first step.
/// @param null all coefficients 0
CoxFit startedFit(const CoxData &data, CoxTies ties, const CoxRows &rows, const ConcavePoint &null)
{
    CoxFit fit;
    fit.ties = ties;
    fit.rows = data.durations.size();
    fit.events = static_cast<std::size_t>(
        std::ranges::count_if(data.observed, [](std::int8_t e) { return e != 0; }));
    fit.strata = rows.rows.ends.size();
    fit.means = meansOf(data);
    fit.nullLogLikelihood = null.value;
    // Columns have a spread of 1 over all rows, and each event adds their variance at its time.
    for (const TermState state :
         statesOf(null.information, 1e-12 * static_cast<double>(fit.events))) {
        fit.terms.push_back({state, {}, {}, 0});
    }
    return fit;
}

std::vector<std::size_t> estimatedTerms(const CoxFit &fit)
{
    std::vector<std::size_t> kept;
    for (std::size_t k = 0; k < fit.terms.size(); ++k) {
        if (fit.terms[k].state == TermState::Estimated) {
            kept.push_back(k);
        }
    }
    return kept;
}

} // namespace

std::string_view coxTiesName(CoxTies ties) noexcept
{
    return ties == CoxTies::Efron ? "efron" : "breslow";
}

std::optional<CoxTies> coxTiesFromName(std::string_view name) noexcept
{
    return name == "efron"     ? std::optional(CoxTies::Efron)
           : name == "breslow" ? std::optional(CoxTies::Breslow)
                               : std::nullopt;
}

std::vector<double> CoxFit::coefficients() const
{
    std::vector<double> values;
    for (const SurvivalTerm &term : terms) {
        values.push_back(term.coefficient.value_or(0.0));
    }
    return values;
}

Result<CoxFit> fitCox(const CoxData &data, CoxTies ties, const Task &task)
{
    if (const Status sound = checkData(data); !sound) {
        return sound.error();
    }
    const CoxRows all = coxRowsOf(data);
    const auto width = static_cast<Eigen::Index>(all.width);
    const ConcavePoint null = likelihoodAt(all, Eigen::VectorXd::Zero(width), ties);
    CoxFit fit = startedFit(data, ties, all, null);
    const std::vector<std::size_t> kept = estimatedTerms(fit);
    std::optional<CoxRows> some;
    if (kept.size() < all.width) {
        some = onlyColumns(all, kept);
    }
    const CoxRows &rows = some ? *some : all;
    const ConcavePoint start = partOf(null, kept);
    const auto top = climb(
        [&](const Eigen::VectorXd &beta) { return likelihoodAt(rows, beta, ties); },
        Eigen::VectorXd::Zero(static_cast<Eigen::Index>(kept.size())), start, rows.reach, task);
    if (!top) {
        return top.error();
    }
    fit.status = top->status;
    fit.iterations = top->iterations;
    fit.logLikelihood = top->point.value;
    const int df = static_cast<int>(kept.size());
    fit.likelihoodRatio =
        chiSquareTest(std::max(0.0, 2.0 * (fit.logLikelihood - fit.nullLogLikelihood)), df);
    fit.score = chiSquareTest(scoreStatistic(start), df);
    if (const Status told = describe(fit, rows, kept, *top); !told) {
        return told.error();
    }
    const auto pairs = concordanceOf(data, rows, top->at);
    if (!pairs) {
        return pairs.error();
    }
    fit.concordance = *pairs;
    return fit;
}

} // namespace perennial
