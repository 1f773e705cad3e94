#include "core/learned/forest.h"

#include <algorithm>
#include <limits>

namespace perennial {

namespace {

/// Whether the nodes from a root to the end of its tree lead forwards only, and none past the end.
bool isTree(const std::vector<TreeNode> &nodes, std::int64_t root, std::int64_t end,
            std::size_t columns)
{
    for (std::int64_t i = root; i < end; ++i) {
        const TreeNode &node = nodes[static_cast<std::size_t>(i)];
        const bool forwards = node.left > i && node.left < end && node.right > i &&
                              node.right < end && node.feature >= 0 &&
                              static_cast<std::size_t>(node.feature) < columns;
        if (!node.isLeaf() && !forwards) {
            return false;
        }
    }
    return true;
}

bool isForest(const Forest &forest, std::size_t columns)
{
    const auto size = static_cast<std::int64_t>(forest.nodes.size());
    if (forest.roots.empty()) {
        return size == 0;
    }
    if (forest.roots.front() != 0) {
        return false;
    }
    for (std::size_t t = 0; t < forest.roots.size(); ++t) {
        const bool last = t + 1 == forest.roots.size();
        const std::int64_t end = last ? size : forest.roots[t + 1];
        if (end <= forest.roots[t] || end > size ||
            !isTree(forest.nodes, forest.roots[t], end, columns)) {
            return false;
        }
    }
    return true;
}

bool isCover(const Forest &forest)
{
    return forest.cover.size() == forest.nodes.size() &&
           std::ranges::all_of(forest.cover, [](float cover) { return cover >= 0.0F; });
}

bool fitsInt32(const std::vector<std::int64_t> &values)
{
    for (const std::int64_t v : values) {
        if (v < 0 || v > std::numeric_limits<std::int32_t>::max()) {
            return false;
        }
    }
    return true;
}

} // namespace

double Forest::sum(std::span<const float> row) const noexcept
{
    double total = 0.0;
    for (const std::int64_t root : roots) {
        const TreeNode *node = &nodes[static_cast<std::size_t>(root)];
        while (!node->isLeaf()) {
            const bool goesLeft = row[static_cast<std::size_t>(node->feature)] < node->value;
            node = &nodes[static_cast<std::size_t>(goesLeft ? node->left : node->right)];
        }
        total += static_cast<double>(node->value);
    }
    return total;
}

std::vector<WeightBlob> blobsOf(const Forest &forest)
{
    std::vector<std::int64_t> left, right, feature;
    std::vector<float> value;
    for (const TreeNode &node : forest.nodes) {
        left.push_back(node.left);
        right.push_back(node.right);
        feature.push_back(node.feature);
        value.push_back(node.value);
    }
    std::vector<WeightBlob> blobs{
        listBlob("forest.roots", forest.roots), listBlob("forest.left", left),
        listBlob("forest.right", right), listBlob("forest.feature", feature),
        listBlob("forest.value", value)};
    if (!forest.cover.empty()) {
        blobs.push_back(listBlob("forest.cover", forest.cover));
    }
    return blobs;
}

std::optional<Forest> forestFrom(const std::vector<WeightBlob> &blobs, std::size_t columns)
{
    Forest forest;
    std::vector<std::int64_t> left, right, feature;
    std::vector<float> value;
    const bool whole =
        readList(blobs, "forest.roots", forest.roots) && readList(blobs, "forest.left", left) &&
        readList(blobs, "forest.right", right) && readList(blobs, "forest.feature", feature) &&
        readList(blobs, "forest.value", value) && left.size() == value.size() &&
        right.size() == value.size() && feature.size() == value.size() && fitsInt32(left) &&
        fitsInt32(right) && fitsInt32(feature);
    if (!whole) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
        forest.nodes.push_back({static_cast<std::int32_t>(left[i]),
                                static_cast<std::int32_t>(right[i]),
                                static_cast<std::int32_t>(feature[i]), value[i]});
    }
    const bool isCovered = findBlob(blobs, "forest.cover") == nullptr ||
                           (readList(blobs, "forest.cover", forest.cover) && isCover(forest));
    if (!isCovered || !isForest(forest, columns)) {
        return std::nullopt;
    }
    return forest;
}

} // namespace perennial
