#pragma once

#include <cstdint>
#include <string_view>

namespace perennial {

/// Why a row does not come in.
enum class RowReason : std::uint8_t {
    None,
    WrongColumnCount,
    BadEncoding, ///< not UTF-8
    NulByte,
    BadQuote,      ///< text after a closing quote
    UnclosedQuote, ///< until the end of the file
    RowTooLong,
    MissingUser,
    MissingTime,
    BadDate,
    NoSuchTime, ///< clocks of the place skipped it
    MissingKind,
    BadKind,
    BadQuantity,
    BadPrice,
    BadAmount,
    AmbiguousNumber, ///< "1.234" where nothing tells what the point means
    MissingAmount,
    KeyTooLong,
    MissingItem,
    MissingCampaign,
    MissingCoupon,
    RepeatedKey,  ///< another row of the file describes the same user, item or campaign otherwise
    BadAttribute, ///< not of the type that was asked for
    ExcludedItem, ///< read well, but a profile's rule leaves it out
};
inline constexpr int kRowReasonCount = 25;

/// "bad_date", …: the stable code that is stored and worded by the program.
std::string_view reasonCode(RowReason reason) noexcept;

} // namespace perennial
