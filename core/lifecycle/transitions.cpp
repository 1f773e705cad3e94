#include "core/lifecycle/transitions.h"

#include "core/numeric/proportions.h"

#include <numeric>

namespace perennial {

namespace {

constexpr std::size_t indexOf(Stage stage) noexcept { return static_cast<std::size_t>(stage); }

TransitionShare shareOf(std::int64_t count, std::int64_t all, const TransitionOptions &options)
{
    const double prior = options.prior == TransitionPrior::Jeffreys ? 0.5 : 1.0;
    const auto n = static_cast<double>(all);
    const auto x = static_cast<double>(count);
    const double a = x + prior;
    const double b = n - x + prior * (kStageCount - 1);
    const double tail = 0.5 * (1.0 - options.level);
    TransitionShare share;
    share.share = x / n;
    share.mean = a / (a + b);
    share.interval.lower = count == 0 ? 0.0 : betaQuantile(a, b, tail);
    share.interval.upper = count == all ? 1.0 : betaQuantile(a, b, 1.0 - tail);
    return share;
}

void addShares(TransitionMatrix &matrix, const TransitionOptions &options)
{
    for (std::size_t i = 0; i < kStageCount; ++i) {
        const std::int64_t all = matrix.before[i];
        for (std::size_t j = 0; all > 0 && j < kStageCount; ++j) {
            matrix.shares[i][j] = shareOf(matrix.users[i][j], all, options);
        }
    }
}

} // namespace

std::string_view transitionPriorName(TransitionPrior prior) noexcept
{
    return prior == TransitionPrior::Jeffreys ? "jeffreys" : "uniform";
}

Result<TransitionMatrix> transitionMatrix(const StageHistory &history, std::size_t from,
                                          std::size_t to, const TransitionOptions &options)
{
    if (from >= to || to >= history.ends.size()) {
        return fail(ErrorCode::InvalidArgument,
                    std::to_string(from) + " to " + std::to_string(to), "dates");
    }
    if (!(options.level > 0.0 && options.level < 1.0)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.level), "level");
    }
    TransitionMatrix matrix;
    matrix.from = history.ends[from];
    matrix.to = history.ends[to];
    for (std::size_t i = 0; i < history.user.size(); ++i) {
        const auto after = history.stageAt(i, to);
        if (!after) {
            continue;
        }
        const auto before = history.stageAt(i, from);
        ++matrix.after[indexOf(*after)];
        if (before) {
            ++matrix.before[indexOf(*before)];
            ++matrix.users[indexOf(*before)][indexOf(*after)];
        } else {
            ++matrix.fresh[indexOf(*after)];
        }
    }
    addShares(matrix, options);
    return matrix;
}

std::vector<std::int64_t> transitionUsers(const StageHistory &history, std::size_t from,
                                          std::size_t to, std::optional<Stage> stageBefore,
                                          Stage stageAfter)
{
    std::vector<std::int64_t> users;
    for (std::size_t i = 0; i < history.user.size(); ++i) {
        if (history.stageAt(i, to) == stageAfter && history.stageAt(i, from) == stageBefore) {
            users.push_back(history.user[i]);
        }
    }
    return users;
}

} // namespace perennial
