#pragma once

#include "core/base/result.h"
#include "core/learned/forest.h"

#include <cstddef>
#include <span>
#include <vector>

namespace perennial {

/// Says how much each feature of a row moved a forest's sum away from what the training rows have
/// on average: Shapley values of the game in which a set of features is worth the sum that the row
/// gets when only they are known, and a question on any other is answered both ways, weighed by
/// cover.
///
/// Source: Lundberg, Erion & Lee (2018), "Consistent individualized feature attribution for tree
/// ensembles", arXiv:1802.03888, algorithm 2 (path-dependent).
class TreeShap {
public:
    /// @param forest is kept by reference and must live as long. @param columns of its rows.
    /// @error NotTrained (detail: "cover") for trees of an older version; Damaged (where: "forest")
    /// where a node has two parents, or a path is longer than 1024 questions.
    static Result<TreeShap> of(const Forest &forest, std::size_t columns);

    /// The sum of a row of which nothing is known.
    double base() const noexcept { return m_base; }
    /// One value a column; together with base() they add up to `forest.sum(row)`.
    /// @param row of checked width, finite. Cost O(leaves × depth²) a tree, memory O(depth²).
    std::vector<double> contributions(std::span<const float> row) const;

private:
    TreeShap(const Forest &forest, std::size_t columns);

    const Forest *m_forest;
    std::size_t m_columns = 0;
    std::size_t m_deepest = 0;       ///< questions on the longest path
    std::vector<double> m_leftShare; ///< of each node's cover, in [0, 1]
    double m_base = 0.0;
};

} // namespace perennial
