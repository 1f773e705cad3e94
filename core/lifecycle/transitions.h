#pragma once

#include "core/lifecycle/stage_history.h"
#include "core/numeric/bootstrap.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace perennial {

/// Of the shares of a row, the same pseudo-count for each of the seven stages.
enum class TransitionPrior {
    Jeffreys, ///< 1/2
    Uniform,  ///< 1
};
std::string_view transitionPriorName(TransitionPrior prior) noexcept; // "jeffreys", "uniform"

struct TransitionOptions {
    TransitionPrior prior = TransitionPrior::Jeffreys;
    double level = 0.95; ///< of the intervals, in (0, 1)
};

/// Of those in a stage at the first date, who is in another at the second.
struct TransitionShare {
    double share = 0; ///< as counted
    double mean = 0;  ///< of the posterior
    Interval interval;
};

/// Users known at two dates, by their stage at both.
struct TransitionMatrix {
    Day from = 0, to = 0;
    std::array<std::array<std::int64_t, kStageCount>, kStageCount> users{}; ///< [from][to]
    std::array<std::int64_t, kStageCount> before{}; ///< the ladder at `from`: the sums of the rows
    std::array<std::int64_t, kStageCount> after{};  ///< the ladder at `to`: of the columns + fresh
    std::array<std::int64_t, kStageCount> fresh{};  ///< known at `to` only, by their stage there
    /// None in a row without users.
    std::array<std::array<std::optional<TransitionShare>, kStageCount>, kStageCount> shares{};
};

/// Between two of the history's days. The shares of a row have a Dirichlet posterior, n_ij + prior,
/// of which each cell's margin is Beta(n_ij + a, N_i − n_ij + 6 a); the intervals are central, but
/// reach to 0 where nobody went there and to 1 where all did.
/// @param from, to indices into StageHistory::ends, from < to.
/// @error InvalidArgument (where: "dates", "level").
/// Source: Gelman et al., Bayesian Data Analysis, 3rd ed., §3.4; for the ends Brown, Cai & DasGupta
/// (2001), Statistical Science 16(2), §4.1.
Result<TransitionMatrix> transitionMatrix(const StageHistory &history, std::size_t from,
                                          std::size_t to, const TransitionOptions &options);

/// The users of a cell, in id order: as many as the matrix counts there.
/// @param stageBefore none = of TransitionMatrix::fresh.
std::vector<std::int64_t> transitionUsers(const StageHistory &history, std::size_t from,
                                          std::size_t to, std::optional<Stage> stageBefore,
                                          Stage stageAfter);

} // namespace perennial
