#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/behavior/config.h"
#include "core/project/project.h"
#include "core/tuning/run_quality.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

enum class FoldsOver {
    Users, ///< each fold's users are judged by what the others taught
    Time   ///< rolling: trained to one day after the other, judged on what came next
};
std::string_view foldsOverName(FoldsOver over) noexcept; // "users", "time"

struct FoldOptions {
    FoldsOver over = FoldsOver::Users;
    int folds = 5;          ///< 2 … 50
    std::uint64_t seed = 1; ///< of who is in which fold
};
/// "users:5" or "time:3". @error InvalidArgument, detail: the text, where: "folds".
Result<FoldOptions> foldsFromText(std::string_view text);

/// One fold: a training of its own.
struct FoldRow {
    int fold = 0;           ///< counts from 1
    Day cut = 0;            ///< judged on (cut, cut + labelDays]
    int labelDays = 0;
    std::int64_t users = 0; ///< judged
    int bestEpoch = 0;
    double seconds = 0;
    std::vector<HeadQuality> heads; ///< figures without intervals
    std::optional<Error> error;     ///< why there are none: too little is held out, or is left
};

/// A figure over the folds that have it.
struct FoldFigure {
    std::string name;
    int folds = 0;
    double mean = 0;
    std::optional<double> spread; ///< standard deviation from fold to fold, n − 1; none for one fold
    double lowest = 0, highest = 0;
};
struct FoldHead {
    std::string head;
    AnswerKind kind = AnswerKind::Rank;
    std::vector<FoldFigure> figures;
};

struct FoldsResult {
    FoldOptions options;
    int horizonDays = 0; ///< that the folds were trained for: over time shorter than asked where the
                         ///< history is too short for so many windows behind each other
    std::vector<FoldRow> rows;
    std::vector<FoldHead> heads;
};

/// Trains and judges the behaviour model fold by fold. Nothing is stored and the champion stays.
///
/// Users: as many trainings as folds, each without the events of its users (not a single one, in
/// nothing), who are then judged on the window after the cut.
/// Time: windows of W days one behind the other that end at t₀; each is judged by a training to the
/// day before it, its refit included, as one would have been used then. W = H, or less so that three
/// more lie before the first one: one to look back on, one for labels, one to choose the epoch.
/// The spread is that of trainings and of what they are judged by; folds over users share most of what
/// they learn from, so it is no standard error of the mean (Bengio & Grandvalet 2004, JMLR 5).
/// @param onFold after each, from the worker.
/// @error as trainFold, where it is not of one fold alone; TooLittleData where all folds fail (as the
/// first one) or the history is too short; InvalidArgument (where: "folds", "warm_run"); Cancelled.
/// Sources: Hastie, Tibshirani & Friedman (2009), §7.10, for folds; Bergmeir & Benítez (2012),
/// Information Sciences 191, and Meng et al. (2020), RecSys, for rolling windows.
Result<FoldsResult> crossValidate(Project &project, const BehaviorConfig &config,
                                  const FoldOptions &options,
                                  const std::function<void(const FoldRow &)> &onFold,
                                  const Task &task);

std::string foldsToJson(const FoldsResult &result);

} // namespace perennial
