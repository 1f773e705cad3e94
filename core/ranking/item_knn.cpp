#include "core/ranking/rankers.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

struct Neighbour {
    std::int32_t item = 0;
    float similarity = 0;
};

class FittedItemKnn final : public FittedRanker {
public:
    FittedItemKnn(std::vector<std::size_t> offsets, std::vector<Neighbour> neighbours,
                  ProfileHalfLife halfLife)
        : m_offsets(std::move(offsets)), m_neighbours(std::move(neighbours)), m_halfLife(halfLife)
    {
    }

    void score(const ItemRows &rows, Day at, std::span<float> scores) const override
    {
        std::fill(scores.begin(), scores.end(), 0.0F);
        const auto profile = profileOf(rows);
        const auto weights = profileWeights(profile, at, m_halfLife);
        for (std::size_t p = 0; p < profile.size(); ++p) {
            const auto item = static_cast<std::size_t>(profile[p].item);
            for (std::size_t n = m_offsets[item]; n < m_offsets[item + 1]; ++n) {
                scores[static_cast<std::size_t>(m_neighbours[n].item)] +=
                    weights[p] * m_neighbours[n].similarity;
            }
        }
    }

    std::vector<ItemPull> pulls(const ItemRows &rows, Day at, std::int32_t item) const override
    {
        std::vector<ItemPull> pulls;
        const auto profile = profileOf(rows);
        const auto weights = profileWeights(profile, at, m_halfLife);
        for (std::size_t p = 0; p < profile.size(); ++p) {
            const auto from = static_cast<std::size_t>(profile[p].item);
            for (std::size_t n = m_offsets[from]; n < m_offsets[from + 1]; ++n) {
                if (m_neighbours[n].item == item) {
                    pulls.push_back({profile[p].item, profile[p].last,
                                     weights[p] * m_neighbours[n].similarity});
                }
            }
        }
        return pulls;
    }

private:
    std::vector<std::size_t> m_offsets;
    std::vector<Neighbour> m_neighbours; ///< of item i: [m_offsets[i], m_offsets[i + 1])
    ProfileHalfLife m_halfLife;
};

/// How many users bought item `of` and each other one; `touched` lists the others.
class TogetherCounts {
public:
    explicit TogetherCounts(const ItemHistory &history)
        : m_history(history), m_lists(buyerLists(history)), m_counts(history.items(), 0)
    {
        for (std::size_t k = 0; k < history.users(); ++k) {
            m_profiles.push_back(profileOf(rowsOf(history, k)));
        }
    }

    const std::vector<std::int32_t> &countWith(std::size_t of)
    {
        for (const std::int32_t item : m_touched) {
            m_counts[static_cast<std::size_t>(item)] = 0;
        }
        m_touched.clear();
        for (std::size_t b = m_lists.offsets[of]; b < m_lists.offsets[of + 1]; ++b) {
            for (const ProfileItem &p : m_profiles[m_lists.users[b]]) {
                const auto other = static_cast<std::size_t>(p.item);
                if (other != of && m_counts[other]++ == 0) {
                    m_touched.push_back(p.item);
                }
            }
        }
        return m_touched;
    }
    std::int32_t count(std::int32_t item) const { return m_counts[static_cast<std::size_t>(item)]; }

private:
    const ItemHistory &m_history;
    BuyerLists m_lists;
    std::vector<std::vector<ProfileItem>> m_profiles;
    std::vector<std::int32_t> m_counts, m_touched;
};

class ItemKnn final : public Ranker {
public:
    ItemKnn(std::string name, const ItemKnnOptions &options)
        : m_name(std::move(name)), m_options(options)
    {
    }
    std::string_view name() const override { return m_name; }

    Result<Fitted> fit(const ItemHistory &history, Day, const Task &task) const override
    {
        TogetherCounts together(history);
        std::vector<std::size_t> offsets{0};
        std::vector<Neighbour> neighbours;
        std::vector<Neighbour> all;
        for (std::size_t i = 0; i < history.items(); ++i) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            all.clear();
            for (const std::int32_t j : together.countWith(i)) {
                if (static_cast<std::size_t>(j) >= history.candidates) {
                    continue;
                }
                const double norm = std::sqrt(static_cast<double>(history.buyers[i]) *
                                              history.buyers[static_cast<std::size_t>(j)]);
                all.push_back({j, static_cast<float>(together.count(j) / (norm + m_options.shrink))});
            }
            keepNearest(all);
            neighbours.insert(neighbours.end(), all.begin(), all.end());
            offsets.push_back(neighbours.size());
        }
        return Fitted(std::make_unique<FittedItemKnn>(std::move(offsets), std::move(neighbours),
                                               m_options.halfLife));
    }

private:
    void keepNearest(std::vector<Neighbour> &all) const
    {
        const auto kept = std::min(all.size(), static_cast<std::size_t>(m_options.neighbours));
        std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(),
                          [](const Neighbour &a, const Neighbour &b) {
                              return a.similarity != b.similarity ? a.similarity > b.similarity
                                                                  : a.item < b.item;
                          });
        all.resize(kept);
    }

    std::string m_name;
    ItemKnnOptions m_options;
};

} // namespace

std::unique_ptr<const Ranker> itemKnnRanker(std::string name, const ItemKnnOptions &options)
{
    return std::make_unique<ItemKnn>(std::move(name), options);
}

} // namespace perennial
