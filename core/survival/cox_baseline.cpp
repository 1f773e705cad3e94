#include "core/survival/cox.h"
#include "core/survival/cox_pass.h"

#include <algorithm>
#include <cmath>

namespace perennial {

double BaselineHazard::at(double t) const noexcept
{
    const auto after = std::ranges::upper_bound(time, t);
    return after == time.begin() ? 0.0
                                 : cumulative[static_cast<std::size_t>(after - time.begin()) - 1];
}

std::vector<BaselineHazard> baselineHazard(const CoxData &data, const CoxFit &fit)
{
    const CoxRows rows = coxRowsOf(data);
    const std::vector<double> coefficients = fit.coefficients();
    Eigen::VectorXd beta(static_cast<Eigen::Index>(rows.width));
    for (Eigen::Index k = 0; k < beta.size(); ++k) {
        beta[k] = coefficients[static_cast<std::size_t>(k)] * rows.scale[k];
    }
    const CoxPredictors predictors = predictorsOf(rows, beta);
    std::vector<BaselineHazard> hazards(rows.rows.names.size());
    walkCox(rows, predictors.eta, fit.ties, [&](const CoxTime &time) {
        hazards[time.stratum].time.push_back(time.time);
        hazards[time.stratum].cumulative.push_back(time.hazard);
    });
    for (std::size_t s = 0; s < hazards.size(); ++s) {
        BaselineHazard &hazard = hazards[s];
        hazard.stratum = rows.rows.names[s];
        std::ranges::reverse(hazard.time);
        std::ranges::reverse(hazard.cumulative);
        // The walk has η = 0 where the stratum's greatest is: from there to the means of all.
        double toMeans = -predictors.taken[s];
        const Eigen::VectorXd centre = rows.centres.row(static_cast<Eigen::Index>(s));
        for (std::size_t k = 0; k < rows.width; ++k) {
            const double off = fit.means[k] - centre[static_cast<Eigen::Index>(k)];
            toMeans += coefficients[k] * off;
        }
        double sum = 0.0;
        for (double &value : hazard.cumulative) {
            sum += value * std::exp(toMeans);
            value = sum;
        }
    }
    return hazards;
}

double coxPredictor(const CoxFit &fit, std::span<const double> x)
{
    double eta = 0.0;
    for (std::size_t k = 0; k < fit.terms.size() && k < x.size(); ++k) {
        eta += fit.terms[k].coefficient.value_or(0.0) * (x[k] - fit.means[k]);
    }
    return eta;
}

} // namespace perennial
