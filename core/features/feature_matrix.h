#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace perennial {

/// What learned models see of users: one row each, one column for each fact. Every value is a
/// number; what is not known of a user has a column of its own that says so.
struct FeatureMatrix {
    std::vector<std::string> columns; ///< names, each once
    std::vector<std::int64_t> user;   ///< project id of each row's user
    std::vector<float> values;        ///< rows() × columns.size(), row-major, finite

    std::size_t rows() const noexcept { return user.size(); }
    std::span<const float> row(std::size_t i) const noexcept
    {
        return {values.data() + i * columns.size(), columns.size()};
    }
};

/// A label further from 0 is no money and no count.
inline constexpr double kLargestLabel = 1e15;

/// Whether rows and columns are as many as the values, and all values finite.
/// @error InvalidArgument; where: "features", detail: "shape", a column's name that is there twice
/// or has a value that is not finite.
Status checkFeatures(const FeatureMatrix &features);
/// The same for the columns that a model was trained on, in their order.
/// @error InvalidArgument; detail: the first column that differs, or "columns" for their number.
Status checkFeatures(const FeatureMatrix &features, const std::vector<std::string> &columns);
/// Features that fit, and one finite label within ± kLargestLabel for each row.
/// @error TooLittleData (detail "rows") for no row; InvalidArgument, where: "features" or "labels",
/// detail: "shape", or the row counted from 0 whose label is none.
Status checkTrainingRows(const FeatureMatrix &features, std::span<const double> labels);

/// Which rows stay out of a fit to say when it should stop: about `share` of the users, drawn by
/// their ids, so that a user is on the same side in whatever order and company the rows come.
/// @param share in [0, 1).
std::vector<bool> heldOutRows(const FeatureMatrix &features, double share, std::uint64_t seed);

} // namespace perennial
