#include "core/tuning/taste_oracle.h"

#include "core/project/truth_store.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace perennial {

Result<std::optional<TasteOracle>> tasteOracle(const Project &project, const ValidationSet &set,
                                               const Task &task)
{
    constexpr int kListed = 10;
    std::unordered_map<std::int64_t, std::int64_t> nextOf; // item by ranked user
    for (const ValidationRow &row : set.rows) {
        if (row.nextItem > 0) {
            nextOf.emplace(row.user, row.nextItem);
        }
    }
    TasteOracle oracle;
    oracle.users = static_cast<std::int64_t>(nextOf.size());
    bool isKnown = false;
    const auto read = readTruthItems(project, [&](const TruthItem &best) -> Status {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const auto next = nextOf.find(best.user);
        if (next == nextOf.end()) {
            return Done{};
        }
        isKnown = true;
        if (best.item == next->second && best.rank <= kListed) {
            oracle.hr10 += 1;
            oracle.ndcg10 += 1 / std::log2(1 + static_cast<double>(std::max(best.rank, 1)));
        }
        return Done{};
    });
    if (!read) {
        return read.error();
    }
    if (!isKnown) {
        return std::optional<TasteOracle>();
    }
    oracle.hr10 /= static_cast<double>(oracle.users);
    oracle.ndcg10 /= static_cast<double>(oracle.users);
    return std::optional(oracle);
}

} // namespace perennial
