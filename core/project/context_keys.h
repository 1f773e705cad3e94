#pragma once

#include "core/base/result.h"
#include "core/project/project.h"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace perennial {

/// What an event's context names beside users, items and orders.
enum class ContextField { Device, Place, Channel };

/// Ids of all keys of a field, by key. Ids are a project's own, keys mean the same in another.
Result<std::unordered_map<std::string, std::int64_t>> readContextKeys(const Project &project,
                                                                      ContextField field);

} // namespace perennial
