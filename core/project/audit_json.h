#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace perennial {

/// A line's detail as text. Names of files and models may be any bytes: what is not UTF-8 becomes
/// U+FFFD, where a plain dump would throw.
inline std::string auditDetail(const nlohmann::json &detail)
{
    return detail.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace perennial
