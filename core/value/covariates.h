#pragma once

#include "core/value/frequency_model.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// What is known of customers and does not change (a channel, an age), as numbers: a category is one
/// 0/1 column for each value but one.
struct CovariateTable {
    std::vector<std::string> names;
    std::vector<double> values; ///< row-major, rows × names; NaN = missing
    std::size_t rows = 0;       ///< in the order of the summary's customers

    std::span<const double> row(std::size_t i) const
    {
        return std::span(values).subspan(i * names.size(), names.size());
    }
};

/// One parameter that covariates move: parameter_i = baseline · exp(sign · γ'z_i).
struct CovariateEffect {
    std::size_t parameter = 0; ///< index among the model's parameters
    double sign = 1.0;
};

/// A model with covariates: a new one is an entry in covariate_models.cpp.
struct CovariateModel {
    const FrequencyModel *model = nullptr; ///< at most four parameters
    std::span<const CovariateEffect> effects;
    CustomerLikelihood (*ofCustomer)(std::span<const double> parameters,
                                     const RepeatHistory &h) = nullptr;
};
std::vector<CovariateModel> covariateModels();
/// @error UnknownModel, detail: the name.
Result<CovariateModel> findCovariateModel(std::string_view name);

/// γ of one covariate on one parameter, per unit of the covariate.
struct CovariateTerm {
    std::string covariate;
    std::string parameter; ///< "alpha" (a positive γ buys more often), "a", "b", …
    double coefficient = 0.0;
    std::optional<double> standardError; ///< none where the Hessian gives no covariance
    std::optional<double> z;             ///< coefficient / standardError
    /// The likelihood rises without end as it grows (everybody of one kind does the same), or knows
    /// nothing of it: where it stopped is no estimate.
    bool unbounded = false;
};

struct CovariateFit {
    /// Parameters of a customer whose covariates are all 0; `model`, `status` and `reason` are those
    /// of the whole fit, so is `logLikelihood`. Boundary, beside the model's own reasons:
    /// "unbounded_effect" (see the terms). Without churn the NBD with covariates is reported.
    ModelFit baseline;
    std::vector<CovariateTerm> terms; ///< by parameter, then in the order of the covariates
    /// (parameters + terms)² row-major, of the log-parameters and the coefficients; may be empty.
    std::vector<double> covariance;
    ModelFit plain;               ///< the same model without covariates
    double likelihoodRatio = 0.0; ///< 2 (log-likelihood - the plain one's), >= 0
    int degreesOfFreedom = 0;     ///< terms
    double pValue = 1.0;          ///< of the ratio, chi-square
};

/// Covariates are standardised for the fit and reported per unit.
/// @error InvalidArgument, where "covariates", detail: "rows", "constant: NAMES", "collinear: NAMES"
/// or "missing: NAME COUNT, …"; else those of fitFrequencyModel.
/// Cost O(customers · (x + terms)) an evaluation.
/// Source: Fader & Hardie (2007), "Incorporating time-invariant covariates into the Pareto/NBD and
/// BG/NBD models".
Result<CovariateFit> fitWithCovariates(std::string_view model, const CustomerSummary &customers,
                                       const CovariateTable &covariates, const FitOptions &options,
                                       const Task &task);

/// The reported model's parameters for a customer with covariates z, > 0 and finite.
std::vector<double> parametersFor(const CovariateFit &fit, std::span<const double> z);

/// As predictFrequency, each customer by his own parameters.
/// @error as predictFrequency; InvalidArgument where a covariate is missing or `rows` does not match.
Result<FrequencyPrediction> predictWithCovariates(const CovariateFit &fit,
                                                  const CustomerSummary &customers,
                                                  const CovariateTable &covariates, double t,
                                                  const Task &task);

} // namespace perennial
