#include "core/features/feature_matrix.h"

#include "core/base/rng.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

Error wrong(std::string detail, const char *where)
{
    return fail(ErrorCode::InvalidArgument, std::move(detail), where);
}

} // namespace

Status checkFeatures(const FeatureMatrix &features)
{
    const std::size_t width = features.columns.size();
    if (width == 0 || features.values.size() != features.rows() * width) {
        return wrong("shape", "features");
    }
    std::vector<std::string> names = features.columns;
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end()) {
        return wrong(*twice, "features");
    }
    const auto odd = std::find_if_not(features.values.begin(), features.values.end(),
                                      [](float v) { return std::isfinite(v); });
    if (odd != features.values.end()) {
        const auto at = static_cast<std::size_t>(odd - features.values.begin());
        return wrong(features.columns[at % width], "features");
    }
    return Done{};
}

Status checkFeatures(const FeatureMatrix &features, const std::vector<std::string> &columns)
{
    if (features.columns.size() != columns.size()) {
        return wrong("columns", "features");
    }
    const auto differs = std::mismatch(columns.begin(), columns.end(), features.columns.begin());
    if (differs.first != columns.end()) {
        return wrong(*differs.first, "features");
    }
    return checkFeatures(features);
}

Status checkTrainingRows(const FeatureMatrix &features, std::span<const double> labels)
{
    if (Status fits = checkFeatures(features); !fits) {
        return fits;
    }
    if (labels.size() != features.rows()) {
        return wrong("shape", "labels");
    }
    if (labels.empty()) {
        return fail(ErrorCode::TooLittleData, "rows");
    }
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (!(std::abs(labels[i]) <= kLargestLabel)) {
            return wrong(std::to_string(i), "labels");
        }
    }
    return Done{};
}

std::vector<bool> heldOutRows(const FeatureMatrix &features, double share, std::uint64_t seed)
{
    std::vector<bool> held;
    held.reserve(features.rows());
    for (const std::int64_t user : features.user) {
        held.push_back(Rng(seed, static_cast<std::uint64_t>(user)).uniform() < share);
    }
    return held;
}

} // namespace perennial
