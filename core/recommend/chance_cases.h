#pragma once

// Private to core/recommend.

#include "core/recommend/buy_chance.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// A user before and after a window: numbers of items, ascending.
struct ChanceUser {
    std::int64_t id = 0;
    double chance = 0; ///< P(he buys within the window)
    std::vector<std::int32_t> hidden, known, taken; ///< not offered; taken before; in the window
};

/// Pairs of users and items to fit chances on: of each user the best items, those he took, and a
/// sample of the others that stands for all of them.
class ChanceCases {
public:
    /// @param listed the first so many of a user's list are what calibration is checked on.
    ChanceCases(int listed, std::uint64_t seed);

    /// @param shares of each item in the user's blended scores.
    void add(const ChanceUser &user, std::span<const float> shares);
    /// On the users that `counts` lets in; all where it is empty.
    ItemChance fit(const std::function<bool(std::int64_t)> &counts) const;
    /// Of the listed items, by the chance that `chanceOf` a user has. Empty where one is not fitted
    /// or there is nothing listed.
    std::optional<CalibrationError>
    listError(const std::function<const ItemChance &(std::int64_t)> &chanceOf, int bins,
              int replicates) const;

private:
    void keep(const ChanceUser &user, std::int32_t item, double share, double weight, bool listed);

    int m_listed;
    std::uint64_t m_seed;
    std::vector<ItemCase> m_cases;
    std::vector<bool> m_bought, m_isListed;
    std::vector<double> m_weight;
    std::vector<std::int64_t> m_user;
};

} // namespace perennial
