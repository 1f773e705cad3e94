#include "core/learned/tree_shap.h"

#include <algorithm>
#include <cstdint>

namespace perennial {

namespace {

constexpr std::size_t kLongestPath = 1024;

/// A feature that was asked for on the way to a node.
struct Asked {
    std::int32_t feature = 0;
    double unknown = 1.0; ///< share that goes on along the path when the feature is not known
    double known = 1.0;   ///< the same for the row: 1 or 0
    /// Share of the ways to know as many features as this one's place says that go on along the
    /// path, weighed as Shapley's value weighs them.
    double weight = 1.0;
};

/// The unique features on a path. Places 0 … size − 1; place 0 is of no feature.
using Path = std::span<Asked>;

/// One feature more at the end. @param path with room for it.
void extend(Path path, std::size_t size, std::int32_t feature, double unknown, double known)
{
    path[size] = {feature, unknown, known, size == 0 ? 1.0 : 0.0};
    const auto places = static_cast<double>(size + 1);
    for (std::size_t i = size; i > 0; --i) {
        path[i].weight += known * path[i - 1].weight * static_cast<double>(i) / places;
        path[i - 1].weight *= unknown * static_cast<double>(size - i + 1) / places;
    }
}

/// As if the feature at a place had never been asked for. @return the size left.
std::size_t unwind(Path path, std::size_t size, std::size_t place)
{
    const std::size_t last = size - 1;
    const auto places = static_cast<double>(size);
    const double known = path[place].known;
    const double unknown = path[place].unknown;
    double next = path[last].weight;
    for (std::size_t i = last; i > 0; --i) {
        Asked &before = path[i - 1];
        if (known != 0.0) {
            const double was = before.weight;
            before.weight = next * places / (static_cast<double>(i) * known);
            next = was - before.weight * unknown * static_cast<double>(last - i + 1) / places;
        } else {
            before.weight *= places / (unknown * static_cast<double>(last - i + 1));
        }
    }
    for (std::size_t i = place; i < last; ++i) {
        path[i].feature = path[i + 1].feature;
        path[i].unknown = path[i + 1].unknown;
        path[i].known = path[i + 1].known;
    }
    return last;
}

/// Σ of the weights after unwinding, without touching the path.
double unwoundSum(std::span<const Asked> path, std::size_t size, std::size_t place)
{
    const std::size_t last = size - 1;
    const auto places = static_cast<double>(size);
    const double known = path[place].known;
    const double unknown = path[place].unknown;
    double next = path[last].weight;
    double sum = 0.0;
    for (std::size_t i = last; i > 0; --i) {
        if (known != 0.0) {
            const double weight = next * places / (static_cast<double>(i) * known);
            sum += weight;
            next =
                path[i - 1].weight - weight * unknown * static_cast<double>(last - i + 1) / places;
        } else {
            sum += path[i - 1].weight * places / (unknown * static_cast<double>(last - i + 1));
        }
    }
    return sum;
}

/// One row's walk down one tree, along all its branches.
class Walk {
public:
    Walk(const Forest &forest, std::span<const double> leftShare, std::span<const float> row,
         std::size_t longest, std::vector<double> &contributions)
        : m_forest(forest), m_leftShare(leftShare), m_row(row), m_room(longest + 2),
          m_paths(m_room * m_room), m_contributions(contributions)
    {
    }

    void from(std::int64_t root) { visit(static_cast<std::size_t>(root), 0, 0, -1, 1.0, 1.0); }

private:
    void visit(std::size_t at, std::size_t depth, std::size_t size, std::int32_t feature,
               double unknown, double known)
    {
        const Path path = pathAt(depth);
        if (depth > 0) {
            std::ranges::copy(pathAt(depth - 1).first(size), path.begin());
        }
        extend(path, size, feature, unknown, known);
        ++size;
        const TreeNode &node = m_forest.nodes[at];
        if (node.isLeaf()) {
            credit(path, size, static_cast<double>(node.value));
            return;
        }
        double earlierUnknown = 1.0, earlierKnown = 1.0;
        for (std::size_t place = 1; place < size; ++place) {
            if (path[place].feature == node.feature) {
                earlierUnknown = path[place].unknown;
                earlierKnown = path[place].known;
                size = unwind(path, size, place);
                break;
            }
        }
        const bool goesLeft = m_row[static_cast<std::size_t>(node.feature)] < node.value;
        const auto branch = [&](std::int32_t child, double share, bool taken) {
            const double nowUnknown = earlierUnknown * share;
            const double nowKnown = taken ? earlierKnown : 0.0;
            // What nobody reaches, known or not, is worth nothing to any set of features.
            if (nowUnknown > 0.0 || nowKnown > 0.0) {
                visit(static_cast<std::size_t>(child), depth + 1, size, node.feature, nowUnknown,
                      nowKnown);
            }
        };
        branch(node.left, m_leftShare[at], goesLeft);
        branch(node.right, 1.0 - m_leftShare[at], !goesLeft);
    }

    void credit(Path path, std::size_t size, double leaf)
    {
        for (std::size_t place = 1; place < size; ++place) {
            const Asked &asked = path[place];
            m_contributions[static_cast<std::size_t>(asked.feature)] +=
                unwoundSum(path, size, place) * (asked.known - asked.unknown) * leaf;
        }
    }

    Path pathAt(std::size_t depth) { return Path(m_paths).subspan(depth * m_room, m_room); }

    const Forest &m_forest;
    std::span<const double> m_leftShare;
    std::span<const float> m_row;
    std::size_t m_room;
    std::vector<Asked> m_paths; ///< one for each depth, so that a branch finds its own again
    std::vector<double> &m_contributions;
};

/// Questions above each node; empty where a node has two parents or none.
std::vector<std::size_t> depthsOf(const Forest &forest)
{
    std::vector<std::size_t> depth(forest.nodes.size(), 0);
    std::vector<char> reached(forest.nodes.size(), 0);
    for (const std::int64_t root : forest.roots) {
        reached[static_cast<std::size_t>(root)] = 1;
    }
    for (std::size_t i = 0; i < forest.nodes.size(); ++i) {
        const TreeNode &node = forest.nodes[i];
        if (node.isLeaf()) {
            continue;
        }
        for (const std::int32_t child : {node.left, node.right}) {
            const auto c = static_cast<std::size_t>(child);
            if (reached[c] != 0) {
                return {};
            }
            reached[c] = 1;
            depth[c] = depth[i] + 1;
        }
    }
    return depth;
}

/// The mean of each tree's leaves by the shares that lead to them, summed.
double baseOf(const Forest &forest, const std::vector<double> &leftShare)
{
    // Children stand behind their parents, so that their means are there first.
    std::vector<double> mean(forest.nodes.size());
    for (std::size_t i = forest.nodes.size(); i > 0; --i) {
        const TreeNode &node = forest.nodes[i - 1];
        const double share = leftShare[i - 1];
        mean[i - 1] = node.isLeaf()
                          ? static_cast<double>(node.value)
                          : share * mean[static_cast<std::size_t>(node.left)] +
                                (1.0 - share) * mean[static_cast<std::size_t>(node.right)];
    }
    double base = 0.0;
    for (const std::int64_t root : forest.roots) {
        base += mean[static_cast<std::size_t>(root)];
    }
    return base;
}

} // namespace

TreeShap::TreeShap(const Forest &forest, std::size_t columns)
    : m_forest(&forest), m_columns(columns)
{
}

Result<TreeShap> TreeShap::of(const Forest &forest, std::size_t columns)
{
    if (forest.cover.size() != forest.nodes.size()) {
        return fail(ErrorCode::NotTrained, "cover");
    }
    TreeShap shap(forest, columns);
    const std::vector<std::size_t> depth = depthsOf(forest);
    if (depth.size() != forest.nodes.size()) {
        return fail(ErrorCode::Damaged, "parents", "forest");
    }
    shap.m_deepest = depth.empty() ? 0 : std::ranges::max(depth);
    if (shap.m_deepest > kLongestPath) {
        return fail(ErrorCode::Damaged, "depth", "forest");
    }
    shap.m_leftShare.assign(forest.nodes.size(), 0.0);
    for (std::size_t i = 0; i < forest.nodes.size(); ++i) {
        const TreeNode &node = forest.nodes[i];
        if (!node.isLeaf()) {
            const double left =
                static_cast<double>(forest.cover[static_cast<std::size_t>(node.left)]);
            const double right =
                static_cast<double>(forest.cover[static_cast<std::size_t>(node.right)]);
            // Of the children, not the parent: rounded sums must not make or lose anybody.
            shap.m_leftShare[i] = left + right > 0.0 ? left / (left + right) : 0.5;
        }
    }
    shap.m_base = baseOf(forest, shap.m_leftShare);
    return shap;
}

std::vector<double> TreeShap::contributions(std::span<const float> row) const
{
    std::vector<double> contributions(m_columns, 0.0);
    Walk walk(*m_forest, m_leftShare, row, m_deepest, contributions);
    for (const std::int64_t root : m_forest->roots) {
        walk.from(root);
    }
    return contributions;
}

} // namespace perennial
