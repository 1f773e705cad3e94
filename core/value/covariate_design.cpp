#include "core/value/covariate_design.h"

#include <Eigen/Eigenvalues>

#include <cmath>

namespace perennial {

namespace {

/// A column's standard deviation below this share of its size is rounding.
constexpr double kConstant = 1e-10;
/// A smallest eigenvalue of the correlations below this is one column given by the others.
constexpr double kCollinear = 1e-9;

Error refusal(std::string detail)
{
    return {ErrorCode::InvalidArgument, std::move(detail), "covariates"};
}

std::string joined(const std::vector<std::string> &names)
{
    std::string text;
    for (const std::string &name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

} // namespace

Status checkCovariates(const CovariateTable &covariates, std::size_t customers)
{
    const std::size_t columns = covariates.names.size();
    if (columns == 0 || covariates.rows != customers ||
        covariates.values.size() != covariates.rows * columns) {
        return refusal("rows");
    }
    std::vector<std::string> missing;
    for (std::size_t c = 0; c < columns; ++c) {
        std::size_t count = 0;
        for (std::size_t i = 0; i < covariates.rows; ++i) {
            count += std::isfinite(covariates.values[i * columns + c]) ? 0 : 1;
        }
        if (count > 0) {
            missing.push_back(covariates.names[c] + ' ' + std::to_string(count));
        }
    }
    if (!missing.empty()) {
        return refusal("missing: " + joined(missing));
    }
    return Done{};
}

Result<CovariateDesign> standardised(const CovariateTable &covariates, std::size_t customers)
{
    if (const Status sound = checkCovariates(covariates, customers); !sound) {
        return sound.error();
    }
    const auto rows = static_cast<Eigen::Index>(covariates.rows);
    const auto columns = static_cast<Eigen::Index>(covariates.names.size());
    CovariateDesign design;
    design.z = Eigen::Map<const decltype(design.z)>(covariates.values.data(), rows, columns);
    const Eigen::VectorXd size = design.z.cwiseAbs().colwise().maxCoeff();
    // Scaled first: squares of large numbers must not overflow.
    const Eigen::VectorXd scale = (size.array() > 0.0).select(size, 1.0);
    design.z.array().rowwise() /= scale.transpose().array();
    design.mean = design.z.colwise().mean();
    design.z.rowwise() -= design.mean.transpose();
    design.deviation = (design.z.colwise().squaredNorm() / static_cast<double>(rows)).cwiseSqrt();
    std::vector<std::string> constant;
    for (Eigen::Index c = 0; c < columns; ++c) {
        if (design.deviation[c] <= kConstant) {
            constant.push_back(covariates.names[static_cast<std::size_t>(c)]);
        }
    }
    if (!constant.empty()) {
        return refusal("constant: " + joined(constant));
    }
    design.z.array().rowwise() /= design.deviation.transpose().array();
    design.range = design.z.colwise().maxCoeff() - design.z.colwise().minCoeff();
    design.mean.array() *= scale.array();
    design.deviation.array() *= scale.array();

    const Eigen::MatrixXd correlations =
        design.z.transpose() * design.z / static_cast<double>(rows);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(correlations);
    std::vector<std::string> collinear;
    for (Eigen::Index c = 0; c < columns; ++c) {
        bool takesPart = false;
        for (Eigen::Index v = 0; v < columns && solver.eigenvalues()[v] < kCollinear; ++v) {
            takesPart = takesPart || std::abs(solver.eigenvectors()(c, v)) > 1e-4;
        }
        if (takesPart) {
            collinear.push_back(covariates.names[static_cast<std::size_t>(c)]);
        }
    }
    if (!collinear.empty()) {
        return refusal("collinear: " + joined(collinear));
    }
    return design;
}

} // namespace perennial
