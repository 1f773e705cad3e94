#pragma once

#include "core/recommend/recommend.h"

#include <cstdint>
#include <functional>

namespace perennial {

/// Everybody's lists of the behaviour model alone, without chances, values and reasons: users' histories
/// are read a part at a time, so that memory does not grow with the users, and only the best items of
/// each are looked at. Called by recommendAll where options.values is off.
/// @error as recommendAll; InvalidArgument for another method or order.
Result<std::int64_t> listsOfModel(const Project &project, const RecommendOptions &options,
                                  const std::function<Status(const RecommendationList &)> &each,
                                  const Task &task);

} // namespace perennial
