#pragma once

#include <array>
#include <string_view>

namespace perennial {

/// What reads a user's history; in JSON the words below, in the order of the values. Features: no
/// sequence at all but numbers that sum it up, in a plain network; it knows no next item.
enum class UserEncoder { Attention, Gru, Cnn, Pool, Features };
inline constexpr std::array<std::string_view, 5> kUserEncoderWords{"attention", "gru", "cnn",
                                                                   "pool", "features"};

} // namespace perennial
