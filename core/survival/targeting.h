#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// What is met when everybody with at least some score is targeted.
struct TargetingPoint {
    double score = 0.0;        ///< the least among those targeted
    std::int64_t targeted = 0; ///< users
    std::int64_t hit = 0;      ///< of them those to whom it happened
    double precision = 0.0;    ///< hit / targeted
    double recall = 0.0;       ///< hit / all to whom it happened
};
struct PrecisionRecall {
    std::vector<TargetingPoint> points; ///< from the highest score down; equal scores in one
    std::int64_t users = 0, happened = 0;
    /// Σ (recall − recall before) × precision, in [0, 1]; at random it is happened / users.
    double averagePrecision = 0.0;
};

/// @param scores   higher = likelier; no NaN. @param happened 1 or 0, as long.
/// @error InvalidArgument (where: "scores", "lengths"); TooLittleData where it happened to nobody
/// (detail: "happened"). Cost O(n).
/// Source: Davis & Goadrich (2006), ICML, on why points are not joined by lines; average precision
/// as scikit-learn has it.
Result<PrecisionRecall> precisionRecall(std::span<const double> scores,
                                        std::span<const std::int8_t> happened);

/// Users from the highest score down to some share of all.
struct GainRow {
    double score = 0.0;          ///< the least among those targeted
    std::int64_t targeted = 0;
    std::int64_t hit = 0;
    double share = 0.0;          ///< targeted / all users
    double gain = 0.0;           ///< hit / all to whom it happened
    double lift = 0.0;           ///< gain / share: 1 = no better than a random choice
    std::optional<double> value; ///< of the users hit
    /// Of the value of all to whom it happened; none where that is 0.
    std::optional<double> valueShare;
};

/// At most `parts` rows, cut where the share passes 1 / parts, 2 / parts, …; equal scores are never
/// parted, so that rows may be fewer and wider. The last has everybody.
/// @param value by user, >= 0 and finite: what is lost where it happens; empty = not asked.
/// @param parts >= 1.
/// @error as precisionRecall; InvalidArgument (where: "value", "parts").
/// Source: Ling & Li (1998), "Data mining for direct marketing", KDD.
Result<std::vector<GainRow>> gainTable(std::span<const double> scores,
                                       std::span<const std::int8_t> happened,
                                       std::span<const double> value, int parts);

} // namespace perennial
