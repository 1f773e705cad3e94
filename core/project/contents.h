#pragma once

#include <optional>
#include <string_view>

namespace perennial {

/// What the rows of a source are. The numbers are stored.
enum class Contents {
    Events = 1,
    Users,     ///< a row describes a user
    Items,     ///< … an item
    Campaigns, ///< … a campaign
    Exposures, ///< … says that a campaign addressed a user
    Coupons,   ///< … says for which item a campaign's coupon is good
};
inline constexpr int kContentsCount = 6;
std::string_view contentsName(Contents contents) noexcept; ///< "events", "users", …
std::optional<Contents> contentsFromName(std::string_view name) noexcept;

} // namespace perennial
