#pragma once

#include "core/base/result.h"

#include <array>
#include <string_view>
#include <utility>

namespace perennial {

/// What keeps a method from forecasting, by the names that JSON has for it; anything else is
/// "internal".
inline constexpr std::array kModelErrorNames{
    std::pair(ErrorCode::InvalidArgument, std::string_view("invalid_argument")),
    std::pair(ErrorCode::HorizonNotPositive, std::string_view("horizon_not_positive")),
    std::pair(ErrorCode::UnknownModel, std::string_view("unknown_model")),
    std::pair(ErrorCode::NoPurchases, std::string_view("no_purchases")),
    std::pair(ErrorCode::NoRepeatBuyers, std::string_view("no_repeat_buyers")),
    std::pair(ErrorCode::TooLittleData, std::string_view("too_little_data")),
    std::pair(ErrorCode::NotTrained, std::string_view("not_trained")),
    std::pair(ErrorCode::DidNotConverge, std::string_view("did_not_converge")),
    std::pair(ErrorCode::NotFinite, std::string_view("not_finite")),
    std::pair(ErrorCode::OutOfMemory, std::string_view("out_of_memory")),
    std::pair(ErrorCode::Internal, std::string_view("internal")),
};

constexpr std::string_view modelErrorName(ErrorCode code) noexcept
{
    for (const auto &[known, name] : kModelErrorNames) {
        if (known == code) {
            return name;
        }
    }
    return "internal";
}

constexpr ErrorCode modelErrorFromName(std::string_view name) noexcept
{
    for (const auto &[code, known] : kModelErrorNames) {
        if (known == name) {
            return code;
        }
    }
    return ErrorCode::Internal;
}

} // namespace perennial
