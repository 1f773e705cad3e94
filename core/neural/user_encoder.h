#pragma once

#include <array>
#include <string_view>

namespace perennial {

/// What reads a user's sequence; in JSON the words below, in the order of the values.
enum class UserEncoder { Attention, Gru, Cnn, Pool };
inline constexpr std::array<std::string_view, 4> kUserEncoderWords{"attention", "gru", "cnn",
                                                                   "pool"};

} // namespace perennial
