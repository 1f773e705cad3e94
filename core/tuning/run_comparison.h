#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/project/project.h"
#include "core/tuning/run_quality.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// A key of the runs' configs in which they differ, as JSON texts; "null" = not set.
struct DifferingSetting {
    std::string key, a, b;
};

/// One figure of both runs on the users that both judged.
struct FigurePair {
    std::string name;                   ///< of figureNames
    std::optional<double> a, b;
    std::optional<double> difference;   ///< b − a
    std::optional<Interval> interval;   ///< of the difference: both runs under the same weights
    /// By distance from perfect: with an interval that holds 0 nobody can tell which is better.
    bool isNoise = false;
    bool isBetter = false; ///< b is nearer to perfect, by more than noise
    bool isWorse = false;
};

struct HeadPair {
    std::string head;
    AnswerKind kind = AnswerKind::Rank;
    std::int64_t users = 0; ///< judged by both, with the same outcome
    std::vector<FigurePair> figures;
};

struct RunComparison {
    std::int64_t a = 0, b = 0; ///< runs
    Day cut = 0;
    int labelDays = 0;
    bool sameData = true; ///< no data came, went or changed between them
    QualityOptions options;
    std::vector<DifferingSetting> settings;
    std::vector<HeadPair> heads; ///< that both have answers for
    std::vector<std::string> onlyA, onlyB; ///< heads of one run alone
};

/// Two runs of "behavior" on the users that both judged, difference by difference.
/// @error NotTrained (detail: "answers" where a run keeps none); InvalidArgument (where: "cut",
/// detail: "2010-06-30+180/2010-09-30+180") where they were not judged on the same window; (where:
/// "users") where they share none; Damaged; Cancelled.
/// Source: paired bootstrap over users, Efron & Tibshirani (1993), "An introduction to the
/// bootstrap", §8; Smucker, Allan & Carterette (2007), CIKM.
Result<RunComparison> compareRuns(const Project &project, std::int64_t a, std::int64_t b,
                                  const QualityOptions &options, const Task &task);

} // namespace perennial
