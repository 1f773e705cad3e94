#include "core/privacy/banding.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace perennial {

namespace {

constexpr double kLargest = 9007199254740992.0; // 2^53: whole numbers are exact up to here

std::optional<DateBand> dateBandFromName(std::string_view name)
{
    for (const DateBand band : {DateBand::Month, DateBand::Quarter, DateBand::Year}) {
        if (dateBandName(band) == name) {
            return band;
        }
    }
    return std::nullopt;
}

std::string yearText(int year)
{
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04d", year);
    return text.data();
}

} // namespace

std::string_view dateBandName(DateBand band) noexcept
{
    switch (band) {
    case DateBand::Month: return "month";
    case DateBand::Quarter: return "quarter";
    case DateBand::Year: return "year";
    }
    return "year";
}

Result<std::string> banded(double value, std::int64_t width)
{
    if (width < 1 || width > static_cast<std::int64_t>(kLargest)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(width));
    }
    if (!(std::abs(value) <= kLargest)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(value));
    }
    const auto whole = static_cast<std::int64_t>(std::floor(value));
    const std::int64_t beyond = ((whole % width) + width) % width; // also below zero
    const std::int64_t first = whole - beyond;
    if (width == 1) {
        return std::to_string(first);
    }
    // With a sign a hyphen would read as another one.
    return std::to_string(first) + (first < 0 ? ".." : "-") + std::to_string(first + width - 1);
}

std::string banded(Day day, DateBand band)
{
    const CivilDate date = civilFromDay(day);
    const std::string year = yearText(date.year);
    switch (band) {
    case DateBand::Month:
        return year + (date.month < 10 ? "-0" : "-") + std::to_string(date.month);
    case DateBand::Quarter: return year + "-Q" + std::to_string((date.month - 1) / 3 + 1);
    case DateBand::Year: return year;
    }
    return year;
}

Result<std::string> banded(double value, const Banding &banding)
{
    return banded(value, banding.width.value_or(Banding::kUsualWidth));
}

std::string banded(Day day, const Banding &banding)
{
    return banded(day, banding.dates.value_or(Banding::kUsualDates));
}

Result<Banding> bandingFromText(std::string_view text)
{
    Banding banding;
    banding.dates = dateBandFromName(text);
    if (banding.dates) {
        return banding;
    }
    std::int64_t width = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), width);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (!whole || !banded(0.0, width)) {
        return fail(ErrorCode::InvalidArgument, std::string(text));
    }
    banding.width = width;
    return banding;
}

std::string bandingText(const Banding &banding)
{
    return banding.width   ? std::to_string(*banding.width)
           : banding.dates ? std::string(dateBandName(*banding.dates))
                           : std::string();
}

} // namespace perennial
