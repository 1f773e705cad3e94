#include "core/ranking/rankers.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

struct Follower {
    std::int32_t item = 0;
    float weight = 0;
};

/// T by rows, only what is not 0.
struct Transitions {
    std::vector<std::size_t> offsets{0};
    std::vector<Follower> followers;
};

class FittedMarkov final : public FittedRanker {
public:
    FittedMarkov(Transitions transitions, const MarkovOptions &options)
        : m_transitions(std::move(transitions)), m_options(options)
    {
    }

    void score(const ItemRows &rows, Day, std::span<float> scores) const override
    {
        std::fill(scores.begin(), scores.end(), 0.0F);
        const auto baskets = basketsOf(rows);
        float weight = 1.0F;
        const std::size_t last =
            std::min(baskets.size(), static_cast<std::size_t>(m_options.reach));
        for (std::size_t back = 0; back < last; ++back) {
            for (const std::int32_t i : baskets[baskets.size() - 1 - back].items) {
                addFollowers(static_cast<std::size_t>(i), weight, scores);
            }
            weight *= static_cast<float>(m_options.decay);
        }
    }

    std::vector<ItemPull> pulls(const ItemRows &rows, Day, std::int32_t item) const override
    {
        std::vector<ItemPull> pulls;
        const auto baskets = basketsOf(rows);
        float weight = 1.0F;
        const std::size_t last =
            std::min(baskets.size(), static_cast<std::size_t>(m_options.reach));
        for (std::size_t back = 0; back < last; ++back) {
            const Basket &basket = baskets[baskets.size() - 1 - back];
            for (const std::int32_t from : basket.items) {
                const float to = transition(static_cast<std::size_t>(from), item);
                if (to != 0.0F) {
                    pulls.push_back({from, basket.day, weight * to});
                }
            }
            weight *= static_cast<float>(m_options.decay);
        }
        return pulls;
    }

private:
    /// Followers of an item rise.
    float transition(std::size_t from, std::int32_t to) const
    {
        const auto begin = m_transitions.followers.begin();
        const auto end = begin + static_cast<std::ptrdiff_t>(m_transitions.offsets[from + 1]);
        const auto found = std::lower_bound(
            begin + static_cast<std::ptrdiff_t>(m_transitions.offsets[from]), end, to,
            [](const Follower &one, std::int32_t item) { return one.item < item; });
        return found != end && found->item == to ? found->weight : 0.0F;
    }

    void addFollowers(std::size_t item, float weight, std::span<float> scores) const
    {
        for (std::size_t f = m_transitions.offsets[item]; f < m_transitions.offsets[item + 1]; ++f) {
            const Follower &to = m_transitions.followers[f];
            scores[static_cast<std::size_t>(to.item)] += weight * to.weight;
        }
    }

    Transitions m_transitions;
    MarkovOptions m_options;
};

/// Baskets of all users, which of their items are first bought there, and each item's baskets.
struct Chains {
    std::vector<Basket> baskets;                    ///< user by user, oldest first
    std::vector<std::vector<std::int32_t>> firsts;  ///< of each basket, ascending
    std::vector<std::size_t> userEnd;               ///< of each basket: where its user's baskets end
    std::vector<std::vector<std::uint32_t>> basketsWith; ///< of each item
};

Chains chainsOf(const ItemHistory &history)
{
    Chains chains;
    chains.basketsWith.resize(history.items());
    std::vector<std::size_t> boughtBy(history.items(), 0); // 1 + user position
    for (std::size_t k = 0; k < history.users(); ++k) {
        const auto baskets = basketsOf(rowsOf(history, k));
        const std::size_t end = chains.baskets.size() + baskets.size();
        for (const Basket &basket : baskets) {
            std::vector<std::int32_t> firsts;
            for (const std::int32_t item : basket.items) {
                const auto i = static_cast<std::size_t>(item);
                if (boughtBy[i] != k + 1) {
                    boughtBy[i] = k + 1;
                    firsts.push_back(item);
                }
                chains.basketsWith[i].push_back(static_cast<std::uint32_t>(chains.baskets.size()));
            }
            chains.baskets.push_back(basket);
            chains.firsts.push_back(std::move(firsts));
            chains.userEnd.push_back(end);
        }
    }
    return chains;
}

class Markov final : public Ranker {
public:
    Markov(std::string name, const MarkovOptions &options)
        : m_name(std::move(name)), m_options(options)
    {
    }
    std::string_view name() const override { return m_name; }

    Result<Fitted> fit(const ItemHistory &history, Day, const Task &task) const override
    {
        const Chains chains = chainsOf(history);
        Transitions t;
        std::vector<double> columns(history.items(), 0.0);
        std::vector<float> row(history.items(), 0.0F);
        std::vector<std::int32_t> touched;
        for (std::size_t i = 0; i < history.items(); ++i) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            countFollowers(chains, i, row, touched);
            std::sort(touched.begin(), touched.end());
            for (const std::int32_t j : touched) {
                float &count = row[static_cast<std::size_t>(j)];
                if (static_cast<std::size_t>(j) != i) {
                    t.followers.push_back({j, count});
                    columns[static_cast<std::size_t>(j)] += count;
                }
                count = 0.0F;
            }
            touched.clear();
            t.offsets.push_back(t.followers.size());
        }
        normalize(t, chains, columns);
        return Fitted(std::make_unique<FittedMarkov>(std::move(t), m_options));
    }

private:
    void countFollowers(const Chains &chains, std::size_t item, std::vector<float> &row,
                        std::vector<std::int32_t> &touched) const
    {
        const auto add = [&](const auto &items, float weight) {
            for (const std::int32_t j : items) {
                float &count = row[static_cast<std::size_t>(j)];
                if (count == 0.0F) {
                    touched.push_back(j);
                }
                count += weight;
            }
        };
        for (const std::uint32_t b : chains.basketsWith[item]) {
            add(chains.baskets[b].items, static_cast<float>(m_options.together));
            float weight = 1.0F;
            for (int d = 1; d <= m_options.reach; ++d) {
                const std::size_t later = b + static_cast<std::size_t>(d);
                if (later >= chains.userEnd[b]) {
                    break;
                }
                add(chains.firsts[later], weight);
                weight *= static_cast<float>(m_options.decay);
            }
        }
    }

    void normalize(Transitions &t, const Chains &chains, const std::vector<double> &columns) const
    {
        for (std::size_t i = 0; i + 1 < t.offsets.size(); ++i) {
            const double with = static_cast<double>(chains.basketsWith[i].size());
            for (std::size_t f = t.offsets[i]; f < t.offsets[i + 1]; ++f) {
                Follower &to = t.followers[f];
                const double norm =
                    std::sqrt(with * columns[static_cast<std::size_t>(to.item)]) + m_options.shrink;
                to.weight = static_cast<float>(to.weight / norm);
            }
        }
    }

    std::string m_name;
    MarkovOptions m_options;
};

} // namespace

std::unique_ptr<const Ranker> markovRanker(std::string name, const MarkovOptions &options)
{
    return std::make_unique<Markov>(std::move(name), options);
}

} // namespace perennial
