#pragma once

#include "core/project/weight_blob.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// A place in a decision tree: a question (row[feature] < value ? left : right), or a leaf with a
/// value.
struct TreeNode {
    std::int32_t left = 0; ///< 0 in a leaf: no child is the first node
    std::int32_t right = 0;
    std::int32_t feature = 0; ///< column asked for; 0 in a leaf
    float value = 0.0F;       ///< threshold or leaf value, finite

    bool isLeaf() const noexcept { return left == 0; }
};

/// Trees whose leaves are summed. Children stand behind their parent, and a tree's nodes between
/// its root and the next one's, so that no walk goes round in a circle.
struct Forest {
    std::vector<TreeNode> nodes;
    std::vector<std::int64_t> roots; ///< ascending; the first is 0
    /// How much of the training came through each node, Σ of second derivatives, >= 0: what a
    /// reason weighs a branch by that a row did not take. Empty in trees of an older version.
    std::vector<float> cover;

    std::size_t trees() const noexcept { return roots.size(); }
    /// Sum of the leaves that a row falls into; 0 without trees. @param row of checked width.
    double sum(std::span<const float> row) const noexcept;
};

/// "forest.roots", "forest.left", "forest.right", "forest.feature" (int64), "forest.value" and,
/// where it is known, "forest.cover" (float32).
std::vector<WeightBlob> blobsOf(const Forest &forest);
/// @param columns features a node may ask for. Empty where a tensor is missing or the nodes are no
/// forest as above; without "forest.cover" its cover is empty.
std::optional<Forest> forestFrom(const std::vector<WeightBlob> &blobs, std::size_t columns);

} // namespace perennial
