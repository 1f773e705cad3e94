#pragma once

// Private to core/recommend.

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/ranking/ranker.h"
#include "core/recommend/item_space.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// The behaviour model's name among the members of a blend.
inline constexpr std::string_view kBehaviorMember = "behavior";

/// Every recommender of core/ranking but its blend, simplest first, and the behaviour model last.
std::vector<std::string> memberNames(bool withBehavior);

/// Recommenders that have learned everything up to the day of a space, asked together.
class BlendMembers {
public:
    /// @param names of members; the others are not fitted. A simple one that can't be fitted (too
    /// little data, too little memory) says nothing from then on; notes() name it.
    /// @error Cancelled.
    static Result<BlendMembers> fit(const ItemSpace &space, std::vector<std::string> names,
                                    const Task &task);

    const std::vector<std::string> &names() const noexcept { return m_names; }
    /// Notes of the members, and "failed_" + name.
    const std::vector<RankerNote> &notes() const noexcept { return m_notes; }

    struct Scores {
        std::vector<std::vector<float>> rows; ///< by member; by number; the largest is 1
        std::vector<float> scale;             ///< what each row was divided by, 0 where it is all 0
    };
    /// @param behavior log probabilities of the next item by project id; empty = nothing known.
    Scores score(std::int64_t user, std::span<const float> behavior) const;
    /// What the user's items add to a scaled score; empty where it doesn't come from single items.
    std::vector<ItemPull> pulls(std::size_t member, std::int64_t user, std::int32_t item,
                                float scale) const;

private:
    const ItemSpace *m_space = nullptr;
    std::vector<std::string> m_names;
    std::vector<Fitted> m_fitted; ///< null for the behaviour model and what could not be fitted
    std::vector<RankerNote> m_notes;
};

/// Σ weight × row / Σ weight: in (−∞, 1].
std::vector<float> blended(const BlendMembers::Scores &scores, std::span<const double> weights,
                           std::size_t size);

/// Each item's part of the blended scores above 0 of what is not hidden: those sum up to 1. Hidden
/// ones are measured by the same sum, at most 1.
/// @param hidden numbers, ascending.
std::vector<float> sharesOf(std::span<const float> blended, std::span<const std::int32_t> hidden);

} // namespace perennial
