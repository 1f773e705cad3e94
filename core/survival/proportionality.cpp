#include "core/survival/proportionality.h"

#include "core/survival/concave.h"
#include "core/survival/cox_pass.h"
#include "core/survival/kaplan_meier.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace perennial {

namespace {

constexpr std::array<std::string_view, 4> kNames{"km", "rank", "log", "identity"};

/// Rows of the estimated terms alone, with β in their units.
struct Fitted {
    CoxRows rows;
    std::vector<std::size_t> kept; ///< covariates
    Eigen::VectorXd beta;
    std::vector<double> eta;
};

Fitted fittedRows(const CoxData &data, const CoxFit &fit)
{
    Fitted fitted;
    for (std::size_t k = 0; k < fit.terms.size(); ++k) {
        if (fit.terms[k].coefficient) {
            fitted.kept.push_back(k);
        }
    }
    fitted.rows = onlyColumns(coxRowsOf(data), fitted.kept);
    fitted.beta.resize(static_cast<Eigen::Index>(fitted.kept.size()));
    for (Eigen::Index k = 0; k < fitted.beta.size(); ++k) {
        const SurvivalTerm &term = fit.terms[fitted.kept[static_cast<std::size_t>(k)]];
        fitted.beta[k] = *term.coefficient * fitted.rows.scale[k];
    }
    fitted.eta = predictorsOf(fitted.rows, fitted.beta).eta;
    return fitted;
}

/// g of every row's time, in the order of `times`, which rise.
std::vector<double> overRisingTimes(std::span<const double> times, const CoxData &data,
                                    TimeTransform transform)
{
    std::vector<double> g(times.begin(), times.end());
    if (transform == TimeTransform::Log) {
        std::ranges::transform(g, g.begin(), [](double t) { return std::log(t); });
    } else if (transform == TimeTransform::Rank) {
        for (std::size_t from = 0; from < g.size();) {
            std::size_t to = from;
            while (to < g.size() && times[to] == times[from]) {
                ++to;
            }
            std::fill(g.begin() + static_cast<std::ptrdiff_t>(from),
                      g.begin() + static_cast<std::ptrdiff_t>(to),
                      (static_cast<double>(from) + 1.0 + static_cast<double>(to)) / 2.0);
            from = to;
        }
    } else if (transform == TimeTransform::KaplanMeier) {
        const SurvivalCurve curve = *kaplanMeier(data.durations, data.observed);
        std::size_t step = 0;
        for (std::size_t i = 0; i < g.size(); ++i) {
            while (curve.steps[step].time < times[i]) {
                ++step;
            }
            g[i] = step == 0 ? 0.0 : 1.0 - curve.steps[step - 1].survival;
        }
    }
    return g;
}

/// g in the order of the rows. @error InvalidArgument.
Result<std::vector<double>> transformed(const CoxRows &rows, const CoxData &data,
                                        TimeTransform transform)
{
    const StratifiedRows byTime = stratify(data.durations, {});
    std::vector<double> rising(data.durations.size()), ofData(rising.size()), g(rising.size());
    for (std::size_t i = 0; i < rising.size(); ++i) {
        rising[i] = data.durations[byTime.order[i]];
    }
    const std::vector<double> over = overRisingTimes(rising, data, transform);
    for (std::size_t i = 0; i < over.size(); ++i) {
        ofData[byTime.order[i]] = over[i];
    }
    for (std::size_t i = 0; i < g.size(); ++i) {
        g[i] = ofData[rows.rows.order[i]];
        if (rows.observed[i] != 0 && !std::isfinite(g[i])) {
            return fail(ErrorCode::InvalidArgument, std::string(timeTransformName(transform)),
                        "transform");
        }
    }
    return g;
}

/// Mean of g over the events. The test is the same whatever is taken off; near 0 its sums are
/// exact.
double meanOverEvents(const CoxRows &rows, const std::vector<double> &g)
{
    double sum = 0.0, events = 0.0;
    for (std::size_t i = 0; i < g.size(); ++i) {
        if (rows.observed[i] != 0) {
            sum += g[i];
            events += 1.0;
        }
    }
    return sum / events;
}

/// From a sum of lower halves, as wide as the stride, to the matrix of n covariates.
Eigen::MatrixXd wholeOf(const Eigen::MatrixXd &half, Eigen::Index n)
{
    const Eigen::MatrixXd whole = half.selfadjointView<Eigen::Lower>();
    return whole.topLeftCorner(n, n);
}

Status checkFit(const CoxData &data, const CoxFit &fit)
{
    if (fit.status != SurvivalFitStatus::Converged) {
        return fail(ErrorCode::DidNotConverge,
                    std::string(survivalFitStatusName(fit.status)));
    }
    if (fit.terms.size() != data.covariates.size() || fit.rows != data.durations.size()) {
        return fail(ErrorCode::InvalidArgument, std::to_string(fit.terms.size()), "lengths");
    }
    return Done{};
}

/// Test of the terms at some places: u' S⁻¹ u over those directions that the data speak of.
ChiSquareTest testOf(const Eigen::VectorXd &u, const Eigen::MatrixXd &s,
                     const Eigen::VectorXd &whole, const std::vector<Eigen::Index> &places)
{
    const auto pick = [&](const std::vector<Eigen::Index> &at) {
        Eigen::MatrixXd part(at.size(), at.size());
        for (std::size_t i = 0; i < at.size(); ++i) {
            for (std::size_t j = 0; j < at.size(); ++j) {
                part(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = s(at[i], at[j]);
            }
        }
        return part;
    };
    constexpr double kNothingLeft = 1e-10; // of what the term has before the others explain it
    std::vector<Eigen::Index> told;
    for (const Eigen::Index k : places) {
        if (s(k, k) > kNothingLeft * whole[k]) {
            told.push_back(k);
        }
    }
    const std::vector<TermState> states = statesOf(pick(told), 0.0);
    std::vector<Eigen::Index> free;
    for (std::size_t k = 0; k < told.size(); ++k) {
        if (states[k] == TermState::Estimated) {
            free.push_back(told[k]);
        }
    }
    if (free.empty()) {
        return {};
    }
    Eigen::VectorXd part(free.size());
    for (std::size_t k = 0; k < free.size(); ++k) {
        part[static_cast<Eigen::Index>(k)] = u[free[k]];
    }
    const Eigen::MatrixXd inverse = inverseInformation(pick(free));
    return inverse.size() == 0 ? ChiSquareTest{}
                               : chiSquareTest(part.dot(inverse * part),
                                               static_cast<int>(free.size()));
}

} // namespace

std::string_view timeTransformName(TimeTransform transform) noexcept
{
    return kNames[static_cast<std::size_t>(transform)];
}

std::optional<TimeTransform> timeTransformFromName(std::string_view name) noexcept
{
    const auto found = std::ranges::find(kNames, name);
    return found == kNames.end()
               ? std::nullopt
               : std::optional(static_cast<TimeTransform>(found - kNames.begin()));
}

Result<ProportionalityTest> testProportionality(const CoxData &data, const CoxFit &fit,
                                                TimeTransform transform,
                                                const std::vector<std::size_t> &termOf)
{
    if (const Status sound = checkFit(data, fit); !sound) {
        return sound.error();
    }
    if (!termOf.empty() &&
        (termOf.size() != fit.terms.size() || !std::ranges::is_sorted(termOf))) {
        return fail(ErrorCode::InvalidArgument, std::to_string(termOf.size()), "lengths");
    }
    const Fitted fitted = fittedRows(data, fit);
    const auto g = transformed(fitted.rows, data, transform);
    if (!g) {
        return g.error();
    }
    const double centre = meanOverEvents(fitted.rows, *g);
    const Eigen::Index n = fitted.beta.size();
    const auto stride = static_cast<Eigen::Index>(fitted.rows.stride);
    Eigen::VectorXd u = Eigen::VectorXd::Zero(stride);
    Eigen::MatrixXd plain = Eigen::MatrixXd::Zero(stride, stride), mixed = plain, drifting = plain;
    walkCox(fitted.rows, fitted.eta, fit.ties, [&](const CoxTime &time) {
        const double at = (*g)[time.from] - centre;
        u += at * time.score;
        plain += time.information;
        mixed += at * time.information;
        drifting += at * at * time.information;
    });
    for (Eigen::MatrixXd *const half : {&plain, &mixed, &drifting}) {
        *half = wholeOf(*half, n);
    }
    const Eigen::MatrixXd inverse = inverseInformation(plain);
    const Eigen::MatrixXd left =
        n == 0 ? drifting : Eigen::MatrixXd(drifting - mixed * inverse * mixed);
    ProportionalityTest test;
    test.transform = transform;
    const Eigen::VectorXd whole = drifting.diagonal();
    std::vector<Eigen::Index> all;
    std::vector<std::vector<Eigen::Index>> places(
        termOf.empty() ? fit.terms.size() : termOf.back() + 1);
    for (std::size_t k = 0; k < fitted.kept.size(); ++k) {
        const std::size_t covariate = fitted.kept[k];
        places[termOf.empty() ? covariate : termOf[covariate]].push_back(
            static_cast<Eigen::Index>(k));
        all.push_back(static_cast<Eigen::Index>(k));
    }
    for (const auto &term : places) {
        test.terms.push_back(testOf(u, left, whole, term));
    }
    test.global = testOf(u, left, whole, all);
    return test;
}

Result<ScaledSchoenfeld> scaledSchoenfeld(const CoxData &data, const CoxFit &fit,
                                          TimeTransform transform)
{
    if (const Status sound = checkFit(data, fit); !sound) {
        return sound.error();
    }
    const Fitted fitted = fittedRows(data, fit);
    const auto g = transformed(fitted.rows, data, transform);
    if (!g) {
        return g.error();
    }
    const CoxRows &rows = fitted.rows;
    const Eigen::Index n = fitted.beta.size();
    const auto stride = static_cast<Eigen::Index>(rows.stride);
    Eigen::MatrixXd information = Eigen::MatrixXd::Zero(stride, stride);
    std::vector<Eigen::VectorXd> raw; // from the last event back
    ScaledSchoenfeld result;
    walkCox(rows, fitted.eta, fit.ties, [&](const CoxTime &time) {
        information += time.information;
        for (std::size_t i = time.to; i > time.from; --i) {
            if (rows.observed[i - 1] != 0) {
                const double *const x = rows.x.data() + (i - 1) * rows.stride;
                raw.push_back(Eigen::Map<const Eigen::VectorXd>(x, n) - time.mean.head(n));
                result.time.push_back(time.time);
                result.transformed.push_back((*g)[i - 1]);
            }
        }
    });
    const Eigen::MatrixXd covariance = inverseInformation(wholeOf(information, n));
    std::ranges::reverse(raw);
    std::ranges::reverse(result.time);
    std::ranges::reverse(result.transformed);
    result.residuals.resize(fit.terms.size());
    const auto events = static_cast<double>(raw.size());
    for (Eigen::Index k = 0; k < n; ++k) {
        std::vector<double> &column = result.residuals[fitted.kept[static_cast<std::size_t>(k)]];
        for (const Eigen::VectorXd &residual : raw) {
            const double scaled = events * covariance.row(k).dot(residual) + fitted.beta[k];
            column.push_back(scaled / rows.scale[k]);
        }
    }
    return result;
}

} // namespace perennial
