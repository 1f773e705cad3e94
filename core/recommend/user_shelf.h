#pragma once

// Private to core/recommend.

#include "core/recommend/recommender_impl.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace perennial {

/// Scores, chances and values of one user's items, by their numbers in the recommender's space.
class UserShelf {
public:
    UserShelf(const Recommender::Impl &impl, const UserRecord &user,
              const Recommender::Impl::Outlook &outlook);

    /// The list's items, best first. What nothing speaks for is in none.
    std::vector<std::int32_t> best(RecommendationOrder order) const;
    Recommendation describe(std::int32_t number) const;

    const BlendMembers::Scores &scores() const noexcept { return m_scores; }
    const std::vector<float> &listed() const noexcept { return m_listed; }
    double chance() const noexcept { return m_chance; } ///< within the recipe's window; NaN = unknown

private:
    std::optional<double> probabilityOf(std::int32_t item) const;
    std::optional<double> valueOf(std::int32_t item) const;
    const std::optional<ItemWorth> &worthOf(std::int32_t item) const;
    bool isKnown(std::int32_t item) const;
    void orderByValue(std::vector<std::int32_t> &items) const;
    void addMembers(Recommendation &one, std::size_t number) const;
    void addBehavior(Recommendation &one) const;

    const Recommender::Impl &m_impl;
    const Recommender::Impl::Outlook &m_outlook;
    BlendMembers::Scores m_scores;
    std::vector<float> m_blend, m_listed; ///< the blend's scores, and those of what lists
    std::vector<float> m_shares;          ///< of the blend's scores
    std::vector<std::int32_t> m_hidden, m_known; ///< ascending
    double m_chance = 0;
};

} // namespace perennial
