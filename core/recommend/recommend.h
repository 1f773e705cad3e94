#pragma once

#include "core/base/dates.h"
#include "core/base/money.h"
#include "core/base/result.h"
#include "core/base/task.h"
#include "core/base/words.h"
#include "core/project/project.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// A past event that spoke for a recommendation.
struct RecommendationReason {
    UtcSecond at = 0;
    EventKind event = EventKind::View;
    std::int64_t itemId = 0; ///< 0 where the event had no item
    std::string item, itemName; ///< key and name, may be empty
    /// Logarithm of how many times as likely the item is with this event in the history as with
    /// this event left out of it (the model is asked again without it); > 0.
    double weight = 0;
};

struct Recommendation {
    std::int64_t itemId = 0;
    std::string key, name, category; ///< name and category may be empty
    std::optional<Money> price;
    /// Model: probability that this is the next item, over all items. Popular: share of the
    /// popularity count. In (0, 1).
    double score = 0;
    std::optional<double> cosine; ///< between the user's and the item's vector, in [−1, 1]
    std::vector<RecommendationReason> because; ///< strongest first
};

/// Where a list came from: the model, or popularity for a user without events. Names "model",
/// "popular".
enum class RecommendationSource { Model, Popular };
std::string_view recommendationSourceName(RecommendationSource source) noexcept;

struct RecommendationList {
    std::int64_t user = 0;
    std::string userKey;
    RecommendationSource source = RecommendationSource::Model;
    std::int64_t run = 0; ///< that gave it
    Day at = 0;           ///< history up to and including this day
    std::vector<Recommendation> items; ///< best first
};

struct RecommendOptions {
    int top = 10;               ///< 1 … 1 000
    std::optional<Day> at;      ///< empty = the project's snapshot
    std::int64_t run = 0;       ///< 0 = the champion
    int hidePurchasedDays = 30; ///< items the user bought in so many days up to `at` are left out;
                                ///< 0 = none are. What was bought before that may come again.
    int reasons = 3;            ///< at most this many per item; 0 = none are sought (much faster)
};

/// @error UnknownUser; NotTrained (also where the run has no next-item head); InvalidArgument;
/// Damaged.
Result<RecommendationList> recommendForUser(const Project &project, const std::string &userKey,
                                            const RecommendOptions &options);
Result<RecommendationList> recommendForUser(const Project &project, std::int64_t user,
                                            const RecommendOptions &options);

/// Every user of the project in id order, handed out one list at a time.
/// @return how many lists. @error as above, what `each` returns, and Cancelled.
Result<std::int64_t> recommendAll(const Project &project, const RecommendOptions &options,
                                  const std::function<Status(const RecommendationList &)> &each,
                                  const Task &task);

struct PopularOptions {
    int top = 10;
    std::optional<Day> until; ///< empty = the project's snapshot
    int days = 0;             ///< only the last so many days; 0 = all
};

/// The items bought by most users (met by most users where nobody bought any), most first, then
/// by item id. @error NoEvents; InvalidArgument.
Result<std::vector<Recommendation>> popularItems(const Project &project,
                                                 const PopularOptions &options);

} // namespace perennial
