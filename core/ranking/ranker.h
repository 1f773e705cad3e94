#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/ranking/item_history.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

struct RankerNote {
    std::string code;
    double figure = 0;
    bool operator==(const RankerNote &) const = default;
};

/// A past item of a user and what it adds to the score of another item, in units of that score.
struct ItemPull {
    std::int32_t item = 0;
    Day day = 0; ///< that it comes from
    float amount = 0;
};

/// Learned from a history; scores any user's rows. Safe to ask from many threads.
class FittedRanker {
public:
    virtual ~FittedRanker() = default;
    /// How well each item fits next: larger is better, only the order matters; 0 = nothing speaks
    /// for it. @param rows what is known of the user up to `at`; may be empty.
    /// @param scores one per item of the history that was learned from; overwritten.
    virtual void score(const ItemRows &rows, Day at, std::span<float> scores) const = 0;
    /// What each item of the user adds to the score of one item: exact, they sum up to it. Empty
    /// where scores don't come from single items. Cost: the user's rows, and for a chain its
    /// transitions.
    virtual std::vector<ItemPull> pulls(const ItemRows &, Day /*at*/, std::int32_t /*item*/) const
    {
        return {};
    }
    /// What has to be said beside its lists: stable codes with data, e.g. "items_capped" 8000.
    virtual std::vector<RankerNote> notes() const { return {}; }
};

using Fitted = std::unique_ptr<const FittedRanker>;

/// A way to recommend items. One file each, one line in ranker_registry.cpp.
class Ranker {
public:
    virtual ~Ranker() = default;
    virtual std::string_view name() const = 0; ///< stable, "ease"
    /// @param at the last day known.
    /// @error TooLittleData where there is nothing to learn from; OutOfMemory; Cancelled.
    virtual Result<Fitted> fit(const ItemHistory &history, Day at, const Task &task) const = 0;
};

/// In the order they are offered: the simplest first.
std::vector<std::string_view> rankerNames();
/// @error UnknownModel, detail: the name.
Result<const Ranker *> findRanker(std::string_view name);

} // namespace perennial
