#include "core/tuning/taste_oracle.h"

#include "core/project/truth_store.h"

#include <algorithm>
#include <cmath>

namespace perennial {

Result<std::optional<TasteOracle>> tasteOracle(const Project &project, const ValidationSet &set,
                                               const Task &task)
{
    constexpr int kListed = 10;
    TasteOracle oracle;
    bool isKnown = false;
    for (const ValidationRow &row : set.rows) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        if (row.nextItem == 0) {
            continue;
        }
        const auto best = readTruthItems(project, row.user);
        if (!best) {
            return best.error();
        }
        ++oracle.users;
        isKnown = isKnown || !best->empty();
        const auto found = std::find_if(best->begin(), best->end(), [&](const TruthItem &one) {
            return one.item == row.nextItem && one.rank <= kListed;
        });
        if (found != best->end()) {
            oracle.hr10 += 1;
            oracle.ndcg10 += 1 / std::log2(1 + static_cast<double>(std::max(found->rank, 1)));
        }
    }
    if (!isKnown) {
        return std::optional<TasteOracle>();
    }
    oracle.hr10 /= static_cast<double>(oracle.users);
    oracle.ndcg10 /= static_cast<double>(oracle.users);
    return std::optional(oracle);
}

} // namespace perennial
