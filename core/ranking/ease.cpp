#include "core/neural/dense_algebra.h"
#include "core/ranking/rankers.h"

#include <algorithm>
#include <cmath>
#include <new>

namespace perennial {

namespace {

/// Three square matrices of floats: XᵀX, its inverse and what the factorisation works on.
constexpr double kBytesPerWeight = 12;

std::size_t itemsWithin(std::size_t items, const EaseOptions &options)
{
    const auto bytes = static_cast<double>(std::max<std::int64_t>(options.memoryBytes, 0));
    const double side = std::sqrt(bytes / kBytesPerWeight);
    return static_cast<double>(items) <= side ? items : static_cast<std::size_t>(side);
}

class FittedEase final : public FittedRanker {
public:
    /// @param items of the history, `size` of which have weights.
    FittedEase(std::vector<float> weights, std::size_t size, std::size_t items,
               ProfileHalfLife halfLife)
        : m_weights(std::move(weights)), m_size(size), m_items(items), m_halfLife(halfLife)
    {
    }

    void score(const ItemRows &rows, Day at, std::span<float> scores) const override
    {
        std::fill(scores.begin(), scores.end(), 0.0F);
        const auto profile = profileOf(rows);
        const auto weights = profileWeights(profile, at, m_halfLife);
        for (std::size_t p = 0; p < profile.size(); ++p) {
            const auto item = static_cast<std::size_t>(profile[p].item);
            if (item >= m_size) {
                continue;
            }
            const float *__restrict row = m_weights.data() + item * m_size;
            float *__restrict to = scores.data();
            const float weight = weights[p];
            for (std::size_t j = 0; j < m_size; ++j) {
                to[j] += weight * row[j];
            }
        }
    }

    std::vector<ItemPull> pulls(const ItemRows &rows, Day at, std::int32_t item) const override
    {
        std::vector<ItemPull> pulls;
        const auto to = static_cast<std::size_t>(item);
        if (to >= m_size) {
            return pulls;
        }
        const auto profile = profileOf(rows);
        const auto weights = profileWeights(profile, at, m_halfLife);
        for (std::size_t p = 0; p < profile.size(); ++p) {
            const auto from = static_cast<std::size_t>(profile[p].item);
            if (from < m_size) {
                pulls.push_back({profile[p].item, profile[p].last,
                                 weights[p] * m_weights[from * m_size + to]});
            }
        }
        return pulls;
    }

    std::vector<RankerNote> notes() const override
    {
        if (m_size == m_items) {
            return {};
        }
        const auto all = static_cast<double>(m_items);
        return {{"items_capped", static_cast<double>(m_size)},
                {"items_whole", all},
                {"bytes_whole", kBytesPerWeight * all * all}};
    }

private:
    std::vector<float> m_weights; ///< m_size², B by rows
    std::size_t m_size, m_items;
    ProfileHalfLife m_halfLife;
};

/// XᵀX + λI over the first `size` items.
std::vector<float> gram(const ItemHistory &history, std::size_t size, double lambda)
{
    std::vector<float> g(size * size, 0.0F);
    for (std::size_t k = 0; k < history.users(); ++k) {
        auto profile = profileOf(rowsOf(history, k)); // in item order
        while (!profile.empty() && static_cast<std::size_t>(profile.back().item) >= size) {
            profile.pop_back();
        }
        for (const ProfileItem &a : profile) {
            float *row = g.data() + static_cast<std::size_t>(a.item) * size;
            for (const ProfileItem &b : profile) {
                row[b.item] += 1.0F;
            }
        }
    }
    for (std::size_t i = 0; i < size; ++i) {
        g[i * size + i] += static_cast<float>(lambda);
    }
    return g;
}

/// B_ij = −P_ij / P_jj, 0 on the diagonal.
void weightsFromInverse(std::vector<float> &p, std::size_t size)
{
    std::vector<float> scale(size);
    for (std::size_t j = 0; j < size; ++j) {
        scale[j] = -1.0F / p[j * size + j];
    }
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < size; ++j) {
            p[i * size + j] *= scale[j];
        }
        p[i * size + i] = 0.0F;
    }
}

class Ease final : public Ranker {
public:
    Ease(std::string name, const EaseOptions &options) : m_name(std::move(name)), m_options(options)
    {
    }
    std::string_view name() const override { return m_name; }

    Result<Fitted> fit(const ItemHistory &history, Day, const Task &task) const override
    {
        const std::size_t size = itemsWithin(history.items(), m_options);
        if (history.items() == 0) {
            return fail(ErrorCode::TooLittleData, "0", "items");
        }
        if (size == 0) {
            return fail(ErrorCode::OutOfMemory, std::to_string(m_options.memoryBytes), m_name);
        }
        try {
            std::vector<float> matrix = gram(history, size, m_options.lambda);
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            if (const Status inverted =
                    invertSymmetric(matrix, static_cast<std::int64_t>(size));
                !inverted) {
                return inverted.error();
            }
            weightsFromInverse(matrix, size);
            return Fitted(std::make_unique<FittedEase>(std::move(matrix), size, history.items(),
                                                       m_options.halfLife));
        } catch (const std::bad_alloc &) {
            return fail(ErrorCode::OutOfMemory, std::to_string(12 * size * size), m_name);
        }
    }

private:
    std::string m_name;
    EaseOptions m_options;
};

} // namespace

std::unique_ptr<const Ranker> easeRanker(std::string name, const EaseOptions &options)
{
    return std::make_unique<Ease>(std::move(name), options);
}

} // namespace perennial
