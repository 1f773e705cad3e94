#include "core/project/contents.h"

#include <array>

namespace perennial {

namespace {

constexpr std::array<std::string_view, kContentsCount> kNames{"events",    "users",     "items",
                                                 "campaigns", "exposures", "coupons"};

} // namespace

std::string_view contentsName(Contents contents) noexcept
{
    return kNames[static_cast<std::size_t>(contents) - 1];
}

std::optional<Contents> contentsFromName(std::string_view name) noexcept
{
    for (std::size_t k = 0; k < kNames.size(); ++k) {
        if (kNames[k] == name) {
            return static_cast<Contents>(k + 1);
        }
    }
    return std::nullopt;
}

} // namespace perennial
