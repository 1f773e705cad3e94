#pragma once

#include "core/project/user_state_store.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// Aggregates of the scored users, the same for pages, reports and the command line. All take the
/// rows of readUserStates, cost one pass (concentration: a sort), and accept an empty span.

/// Which money of a user: they are never mixed without saying so.
enum class ValueKind {
    Realised,  ///< net revenue up to t₀
    Predicted, ///< margin-weighted, discounted, of (t₀, t₀+H]
    Ltv,       ///< realised × margin + predicted: both parts are margin
};
/// Currency units; none where a user has no prediction (the LTV is then the realised part).
/// @param margin the label's, read by the LTV only.
std::optional<double> valueOf(const UserState &state, ValueKind kind,
                              double margin = 1.0) noexcept;

struct StageFigures {
    Stage stage = Stage::Acquired;
    std::int64_t users = 0;
    double share = 0; ///< of all users, in [0, 1]; 0 where there are none
    double realised = 0, predicted = 0;
};
/// In the fixed order of kStages; the users add up to the span's size.
std::array<StageFigures, kStageCount> stageFigures(std::span<const UserState> states);

/// Users with from <= value < to.
struct FigureBin {
    double from = 0, to = 0;
    std::int64_t users = 0;
    double sum = 0; ///< of the value, currency units
};

/// Below half a hundredth of the currency a value counts as zero: it prints as 0.00.
inline constexpr double kZeroValue = 0.005;

struct ValueDistribution {
    std::int64_t users = 0;    ///< = none + negative + zero + all bins
    std::int64_t none = 0;     ///< no prediction (never ordered)
    std::int64_t negative = 0; ///< refunds exceed purchases
    double negativeSum = 0;
    std::int64_t zero = 0; ///< |value| < kZeroValue
    /// Adjacent, logarithmic: edges 1, 2, 5 of each decade, or six a decade where the values span
    /// less than four; first and last are not empty.
    std::vector<FigureBin> bins;
    double total = 0;
};
ValueDistribution valueDistribution(std::span<const UserState> states, ValueKind kind,
                                    double margin = 1.0);

/// Quantiles over the users that have a value, interpolated between order statistics.
/// @param shares in [0, 1]. @return one per share; empty where nobody has a value.
/// Source: Hyndman & Fan (1996), The American Statistician 50(4), definition 7.
std::vector<double> valueQuantiles(std::span<const UserState> states, ValueKind kind,
                                   std::span<const double> shares, double margin = 1.0);

struct ShareDistribution {
    std::int64_t users = 0; ///< = none + all bins
    std::int64_t none = 0;
    std::vector<FigureBin> bins; ///< equal widths over [0, 1], the last includes 1; sum = of shares
    std::optional<double> mean;  ///< over users that have one
};
/// @param binCount >= 1.
ShareDistribution churnRiskDistribution(std::span<const UserState> states, int binCount);

/// Churn risk from which a user counts as "at risk".
inline constexpr double kHighRisk = 0.5;

struct AtRisk {
    std::int64_t users = 0; ///< churn risk >= kHighRisk
    double predicted = 0;   ///< their predicted value, currency units
};
AtRisk atRisk(std::span<const UserState> states);

struct Decile {
    int rank = 1; ///< 1 = the most valuable tenth
    std::int64_t users = 0;
    double total = 0, mean = 0;
    double share = 0;           ///< of all value, in [0, 1]
    double cumulativeShare = 0; ///< of this and all better deciles
};
struct LorenzPoint {
    double users = 0, value = 0; ///< cumulative shares from the least valuable user up, in [0, 1]
};
/// How unevenly value is spread. Values below 0 count as 0, so that shares stay in [0, 1].
struct Concentration {
    std::int64_t users = 0;   ///< with a value of this kind
    std::int64_t raised = 0;  ///< whose negative value was counted as 0
    double total = 0;
    double gini = 0;          ///< in [0, 1); 0 where everybody is worth the same or nothing
    std::vector<Decile> deciles;     ///< ten, or one per user where there are fewer; empty at 0
    std::vector<LorenzPoint> lorenz; ///< from (0, 0) to (1, 1), at most 101 points
};
Concentration concentration(std::span<const UserState> states, ValueKind kind);

/// Ids of the users behind a point of the curve: the most valuable share of those that have a value
/// of this kind, ties in the order given. @param share in [0, 1], rounded to whole users.
std::vector<std::int64_t> mostValuable(std::span<const UserState> states, ValueKind kind,
                                       double share);

} // namespace perennial
