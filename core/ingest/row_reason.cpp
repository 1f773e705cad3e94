#include "core/ingest/row_reason.h"

#include <array>

namespace perennial {

std::string_view reasonCode(RowReason reason) noexcept
{
    static constexpr std::array<std::string_view, kRowReasonCount> kCodes{"",
                                                                          "wrong_column_count",
                                                                          "bad_encoding",
                                                                          "nul_byte",
                                                                          "bad_quote",
                                                                          "unclosed_quote",
                                                                          "row_too_long",
                                                                          "missing_user",
                                                                          "missing_time",
                                                                          "bad_date",
                                                                          "no_such_time",
                                                                          "missing_kind",
                                                                          "bad_kind",
                                                                          "bad_quantity",
                                                                          "bad_price",
                                                                          "bad_amount",
                                                                          "ambiguous_number",
                                                                          "missing_amount",
                                                                          "key_too_long",
                                                                          "missing_item",
                                                                          "missing_campaign",
                                                                          "missing_coupon",
                                                                          "repeated_key",
                                                                          "bad_attribute",
                                                                          "excluded_item"};
    return kCodes[static_cast<std::size_t>(reason)];
}

} // namespace perennial
