#pragma once

#include "core/base/dates.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace perennial {

enum class DateBand { Month, Quarter, Year };
std::string_view dateBandName(DateBand band) noexcept; // "month", "quarter", "year"

/// The band of whole numbers that holds `value`: width 10 puts 34 and 39.5 into "30-39", −1 into
/// "-10..-1". @param width >= 1; 1 gives the whole number itself.
/// @error InvalidArgument (detail: width or value) for a width below 1 and for what is not within
/// ±2^53.
Result<std::string> banded(double value, std::int64_t width);

/// "2024-03", "2024-Q1" or "2024".
std::string banded(Day day, DateBand band);

/// How wide the bands are that take the place of values; at most one of both is said.
struct Banding {
    static constexpr std::int64_t kUsualWidth = 10;
    static constexpr DateBand kUsualDates = DateBand::Year;
    std::optional<std::int64_t> width; ///< >= 1
    std::optional<DateBand> dates;
    bool operator==(const Banding &) const = default;
};
Result<std::string> banded(double value, const Banding &banding);
std::string banded(Day day, const Banding &banding);

/// "10", "quarter". @error InvalidArgument, detail: the text.
Result<Banding> bandingFromText(std::string_view text);
std::string bandingText(const Banding &banding); ///< empty where nothing is said

} // namespace perennial
