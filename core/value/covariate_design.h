#pragma once

#include "core/base/result.h"
#include "core/value/covariates.h"

#include <Eigen/Core>

namespace perennial {

/// Covariates with mean 0 and standard deviation 1.
struct CovariateDesign {
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> z;
    Eigen::VectorXd mean, deviation;
    Eigen::VectorXd range; ///< largest minus smallest z of a column
};

/// @error InvalidArgument, where "covariates": as fitWithCovariates.
Result<CovariateDesign> standardised(const CovariateTable &covariates, std::size_t customers);

/// @error InvalidArgument: "rows", or "missing: NAME COUNT, …".
Status checkCovariates(const CovariateTable &covariates, std::size_t customers);

} // namespace perennial
