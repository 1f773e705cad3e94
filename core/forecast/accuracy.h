#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace perennial {

double sumOf(std::span<const double> values);

/// Which number of a forecast's accuracy. Empty where the truth gives none: no money at all, a
/// constant side.
enum class Metric {
    Mae,        ///< mean |predicted − actual| per customer
    Rmse,       ///< √ mean (predicted − actual)²
    Bias,       ///< Σ predicted / Σ actual − 1
    Spearman,   ///< correlation of ranks, ties averaged
    NormGini,   ///< Gini of the ranking over that of the perfect one; 1 = perfect, 0 = random
    DecileMape, ///< mean |predicted − actual| / |actual| over ten equal groups by prediction
};
inline constexpr std::array<Metric, 6> kMetrics{Metric::Mae,      Metric::Rmse,     Metric::Bias,
                                                Metric::Spearman, Metric::NormGini, Metric::DecileMape};
std::string_view metricName(Metric metric) noexcept; // "mae", …, "decile_mape"
/// How far from perfect a value is; the smaller the better: |bias|, 1 − Spearman, …
double distanceFromPerfect(Metric metric, double value) noexcept;

using MetricValues = std::array<std::optional<double>, kMetrics.size()>;
inline std::optional<double> at(const MetricValues &values, Metric metric) noexcept
{
    return values[static_cast<std::size_t>(metric)];
}

/// A tenth of the customers, by prediction.
struct DecileRow {
    double customers = 0;
    double predicted = 0, actual = 0; ///< means per customer
};

/// Predictions beside what happened, sorted once, so that each bootstrap replicate costs one pass.
class Judge {
public:
    /// @param predicted, actual the same size, finite. Ties in the prediction share the expected value
    /// over their random order for Spearman and Gini; for deciles they are taken in row order.
    Judge(std::span<const double> predicted, std::span<const double> actual);

    /// @param weight how often each row counts; empty = once. Cost O(n).
    /// Source: Gini as in Wang, Liu & Miao (2019): 2/n Σ cumulative share of the actual value − 1,
    /// the best predicted first, over the same of the perfect order.
    MetricValues metrics(std::span<const double> weight = {}) const;
    /// Ten rows, the highest predictions first; fewer where there are fewer customers.
    std::vector<DecileRow> deciles(std::span<const double> weight = {}) const;

    /// The row of `deciles` (unweighted) that each customer is in.
    std::vector<std::uint32_t> decileOf() const;

private:
    std::optional<double> spearman(std::span<const double> weight) const;
    double cumulativeGini(const std::vector<std::uint32_t> &order, std::span<const double> key,
                          std::span<const double> weight, double customers, double total) const;

    std::span<const double> m_predicted, m_actual;
    std::vector<std::uint32_t> m_byPrediction, m_byActual; ///< descending, ties in row order
};

} // namespace perennial
