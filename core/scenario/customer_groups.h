#pragma once

#include "core/base/words.h"
#include "core/features/customer_summary.h"
#include "core/scenario/order_kernel.h"

#include <array>
#include <cstdint>
#include <vector>

namespace perennial {

/// Customers merged as far as no draw can tell them apart: rows of equal stage, x, tx, T and days
/// of spend. Above them cells of equal stage, x and T, and above those one tenure curve per x. What
/// depends on x and T alone is smooth in T, and is asked for at a few nodes of each curve only.
struct CustomerGroups {
    /// Tenures T at which a curve is evaluated, and how to get from them to the cells.
    struct Curve {
        std::int32_t x = 0;
        std::vector<double> nodes;
    };
    struct Cell {
        std::uint32_t curve = 0;
        std::uint8_t stage = 0;
        std::uint32_t weights = 0; ///< first of the curve's `nodes.size()` weights in `nodeWeights`
        std::size_t firstRow = 0, lastRow = 0; ///< rows [firstRow, lastRow)
    };

    TimeColumn times; ///< of the rows
    std::vector<double> count;               ///< customers in the row
    std::vector<std::int32_t> spendDays;     ///< days of spend known of each; 0 = none
    std::vector<std::uint32_t> spendClass;   ///< into `distinctSpendDays`
    std::vector<double> spendSum;            ///< Σ mean spend of the row's customers
    std::vector<std::int32_t> distinctSpendDays;
    std::vector<Cell> cells;
    std::vector<Curve> curves;
    std::vector<double> nodeWeights;
    std::array<std::int64_t, kStageCount> customers{};
    double netRatio = 1;

    std::size_t nodeCount() const noexcept; ///< over all curves
};

/// @param stages of each customer, in the summary's row order. @param tenureScale the model's alpha:
/// functions of T bend on the scale of alpha + T.
CustomerGroups groupCustomers(const CustomerSummary &customers, const std::vector<Stage> &stages,
                              double tenureScale);

} // namespace perennial
