#pragma once

#include "core/base/result.h"
#include "ui/error_text.h"

#include <nlohmann/json.hpp>

namespace perennial {

/// {code, message}: of an error that a verb tells of and goes on.
inline nlohmann::ordered_json errorJson(const Error &error)
{
    return {{"code", errorCodeName(error.code).toStdString()},
            {"message", errorText(error).toStdString()}};
}

} // namespace perennial
