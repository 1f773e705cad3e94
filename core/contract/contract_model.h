#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/contract/contract_survival.h"
#include "core/value/model_fit.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace perennial {

/// Contracts of one fate: ended at the `periods`-th renewal decision, or still running after that
/// many.
struct ContractRow {
    std::int32_t periods = 0; ///< in [0, kMostContractPeriods]; >= 1 where ended
    bool active = false;
    double weight = 1.0; ///< contracts, >= 0; need not be whole
};

/// Contracts of one cohort or of several of different ages.
struct ContractTable {
    std::vector<ContractRow> rows; ///< equal ones merged, in order of periods
    double customers = 0.0;        ///< sum of weights
};
/// @error TooLittleData for no weight at all; BadData, detail: the first bad row, from 0.
Result<ContractTable> contractTable(std::span<const ContractRow> rows);

/// The rows of one cohort of which `survivors[t]` are left after t renewal decisions: what ended at
/// each, and the last ones still active. Several cohorts' rows may stand one behind the other.
/// @error TooLittleData (detail "periods") for fewer than 2 counts, or none at the start; BadData
/// (detail: t) for a count that is not finite, negative, or above the one before.
Result<std::vector<ContractRow>> contractsOfCohort(std::span<const double> survivors);

/// "sbg", "bdw".
std::span<const std::string_view> contractModelNames() noexcept;

/// Log-likelihood: Σ weight × log (S(t − 1) − S(t)) of what ended, log S(t) of what runs.
LogLikelihood contractLogLikelihood(ContractFamily family, std::span<const double> parameters,
                                    const ContractTable &contracts);

/// Maximum likelihood. Where customers do not differ, alpha and beta run away together: the fit is
/// then Boundary, "homogeneous_churn", and carries the geometric (for sbg) or discrete Weibull (for
/// bdw) distribution instead. "at_limit" says that the periods are too few for the parameters, or
/// that nearly all churn sits at the first decision.
/// @error UnknownModel; TooLittleData, detail "no_churn" where nothing ended (no rate above 0
/// explains that), "periods" where no contract came to a decision; Cancelled.
Result<ModelFit> fitContractModel(std::string_view model, const ContractTable &contracts,
                                  const FitOptions &options, const Task &task);

} // namespace perennial
