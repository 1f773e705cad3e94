#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/ranking/blend_weights.h"
#include "core/recommend/blend_recipe.h"
#include "core/project/event_store.h"
#include "core/ranking/item_history.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// A window of the past to fit a blend on, and what a network that has not seen it says before it.
struct PastWindow {
    const EventTable *events = nullptr; ///< up to `until` or longer
    const std::vector<ItemRecord> *items = nullptr;
    Day cut = 0, until = 0;
    ItemSignal signal = ItemSignal::Purchases; ///< what is learned from and taken
    /// By project item id, the log probability of being each user's next item. Empty = no network:
    /// the blend is one of simple recommenders.
    std::function<Result<std::vector<std::vector<float>>>(std::span<const std::int64_t> users)>
        itemScores;
    /// P(the user buys within the window) by the network. Empty, or nothing for a user: by what his
    /// history sums up to.
    std::function<std::optional<double>(std::int64_t user)> userChance;
    int hidePurchasedDays = 30; ///< items bought so lately are in no list
    std::uint64_t seed = 1;
};

/// The members of a blend as they were at a cut, and the users of the window after it.
class PastBlend {
public:
    /// @error TooLittleData where no item was taken up to the cut; Cancelled.
    static Result<PastBlend> make(const PastWindow &window, const Task &task);
    ~PastBlend();
    PastBlend(PastBlend &&) noexcept;
    PastBlend &operator=(PastBlend &&) noexcept;

    /// Fitted on all the users. @error Cancelled.
    Result<BlendRecipe> recipe(const Task &task) const;

    /// Fits weights on either half of the users, to judge the other half by; on a half that took
    /// nothing new there is nothing to fit, and the last member alone speaks. @error Cancelled.
    Status crossFit(const Task &task);
    /// Blended scores of the items of a user, by weights that were fitted without his half: after
    /// crossFit.
    struct Judged {
        std::vector<std::int64_t> id; ///< of the project's items; shared by all users
        std::vector<float> score;
    };
    /// @param behavior of the user, as the window's itemScores gives it; may be empty.
    Judged judged(std::int64_t user, std::span<const float> behavior) const;

private:
    struct Impl;
    explicit PastBlend(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace perennial
