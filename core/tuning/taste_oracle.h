#pragma once

#include "core/base/task.h"
#include "core/behavior/train.h"
#include "core/project/project.h"

#include <cstdint>
#include <optional>

namespace perennial {

/// How often somebody who knew the sample shop's hidden tastes, and nothing else, would have the
/// user's next item among ten: the user's ten best items by latent taste at the end of the history,
/// best first, repeats allowed. No bound: what is looked at next also depends on what was looked at
/// last, on price and on what is popular, which history shows and a taste does not.
struct TasteOracle {
    std::int64_t users = 0; ///< with an item after the cut
    double hr10 = 0, ndcg10 = 0;
};

/// Empty where the project has no known truth or nobody is ranked. @error Cancelled; Damaged.
Result<std::optional<TasteOracle>> tasteOracle(const Project &project, const ValidationSet &set,
                                               const Task &task);

} // namespace perennial
