#include "core/recommend/chance_cases.h"

#include "core/base/rng.h"
#include "core/ranking/ranking_metrics.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr std::size_t kBest = 50;   ///< kept of each user
constexpr std::size_t kOthers = 50; ///< and so many of the rest, by chance
constexpr std::uint64_t kStream = 11;

bool holds(const std::vector<std::int32_t> &items, std::int32_t item)
{
    return std::binary_search(items.begin(), items.end(), item);
}

} // namespace

ChanceCases::ChanceCases(int listed, std::uint64_t seed) : m_listed(listed), m_seed(seed) {}

void ChanceCases::keep(const ChanceUser &user, std::int32_t item, double share, double weight,
                       bool listed)
{
    m_cases.push_back({user.chance, share, holds(user.known, item)});
    m_bought.push_back(holds(user.taken, item));
    m_isListed.push_back(listed);
    m_weight.push_back(weight);
    m_user.push_back(user.id);
}

void ChanceCases::add(const ChanceUser &user, std::span<const float> shares)
{
    const auto best = bestItems(shares, shares.size(), user.hidden, kBest);
    std::vector<std::int32_t> kept;
    for (std::size_t place = 0; place < best.size(); ++place) {
        const float share = shares[static_cast<std::size_t>(best[place])];
        if (share > 0.0F) {
            keep(user, best[place], double{share}, 1, place < static_cast<std::size_t>(m_listed));
            kept.push_back(best[place]);
        }
    }
    std::sort(kept.begin(), kept.end());
    std::vector<std::int32_t> others; // with a share, neither among the best nor taken
    for (std::size_t k = 0; k < shares.size(); ++k) {
        const auto item = static_cast<std::int32_t>(k);
        if (shares[k] > 0.0F && !holds(kept, item) && !holds(user.hidden, item)) {
            if (holds(user.taken, item)) {
                keep(user, item, double{shares[k]}, 1, false);
            } else {
                others.push_back(item);
            }
        }
    }
    Rng rng(m_seed, kStream + static_cast<std::uint64_t>(user.id));
    const std::size_t drawn = std::min(kOthers, others.size());
    for (std::size_t k = 0; k < drawn; ++k) { // Fisher–Yates, its first steps
        const std::size_t at = k + rng.below(static_cast<std::uint32_t>(others.size() - k));
        std::swap(others[k], others[at]);
        keep(user, others[k], double{shares[static_cast<std::size_t>(others[k])]},
             static_cast<double>(others.size()) / static_cast<double>(drawn), false);
    }
}

ItemChance ChanceCases::fit(const std::function<bool(std::int64_t)> &counts) const
{
    std::vector<ItemCase> cases;
    std::vector<bool> bought;
    std::vector<double> weight;
    for (std::size_t k = 0; k < m_cases.size(); ++k) {
        if (!counts || counts(m_user[k])) {
            cases.push_back(m_cases[k]);
            bought.push_back(m_bought[k]);
            weight.push_back(m_weight[k]);
        }
    }
    return fitItemChance(cases, bought, weight);
}

std::optional<CalibrationError>
ChanceCases::listError(const std::function<const ItemChance &(std::int64_t)> &chanceOf, int bins,
                       int replicates) const
{
    std::vector<double> probabilities;
    std::vector<bool> happened;
    std::vector<std::int64_t> users;
    for (std::size_t k = 0; k < m_cases.size(); ++k) {
        if (!m_isListed[k]) {
            continue;
        }
        const ItemChance &chance = chanceOf(m_user[k]);
        if (!chance.fitted()) {
            return std::nullopt;
        }
        probabilities.push_back(chance.probability(m_cases[k]));
        happened.push_back(m_bought[k]);
        users.push_back(m_user[k]);
    }
    return calibrationError(probabilities, happened, users, bins, replicates, m_seed);
}

} // namespace perennial
