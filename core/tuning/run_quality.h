#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/behavior/answers.h"
#include "core/tuning/head_judge.h"
#include "core/tuning/user_groups.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

struct QualityOptions {
    int replicates = 200; ///< of the user bootstrap; 0 = no intervals
    double level = 0.95;  ///< of intervals, in (0, 1)
    std::uint64_t seed = 1;
    std::int64_t smallBelow = 30; ///< users; smaller groups say nothing reliable
};

/// A figure with its user-bootstrap interval.
struct MeasuredFigure {
    std::string name; ///< of figureNames
    std::optional<double> value;
    std::optional<Interval> interval;
};

/// How good one head's answers are.
struct HeadQuality {
    std::string head; ///< "next_item", "next_item_new", "churn", "value", …: as in JudgedAnswers
    AnswerKind kind = AnswerKind::Rank;
    std::int64_t users = 0;
    std::int64_t positives = 0;               ///< chance: for how many it came true
    std::vector<MeasuredFigure> figures;      ///< in the order of figureNames(kind)
    std::vector<ReliabilityBin> reliability;  ///< chance
    std::optional<HeadJudge::Chance> errorByChance; ///< chance: the ECE that luck alone would show
    std::vector<DecileRow> deciles;           ///< amount: tenths by prediction, the highest first

    const MeasuredFigure *figure(std::string_view name) const noexcept; ///< null = none of that name
};

/// How good a run's answers are on its validation window.
struct RunQuality {
    Day cut = 0;
    int labelDays = 0;
    std::int64_t users = 0; ///< whose answers are kept; each head judges those it has answers for
    QualityOptions options;
    std::vector<HeadQuality> heads;
};

/// Every figure of every head, with intervals of a bootstrap over users.
/// @error InvalidArgument (where: "replicates" or "level"); Cancelled.
Result<RunQuality> runQuality(const JudgedAnswers &answers, const QualityOptions &options,
                              const Task &task);

/// The figures of one group; no reliability and no deciles.
struct GroupQuality {
    std::string group;    ///< one of UserGroups::names
    std::int64_t users = 0;
    bool isSmall = false; ///< fewer than smallBelow users
    std::vector<HeadQuality> heads; ///< without those that judge nobody of the group
};
/// Groups without users are left out. @error as runQuality.
Result<std::vector<GroupQuality>> groupQuality(const JudgedAnswers &answers, const UserGroups &groups,
                                               const QualityOptions &options, const Task &task);

/// The quality stored with a run; nothing where it has none, as runs of older versions.
std::optional<RunQuality> qualityOfRun(const RunRecord &run);

} // namespace perennial
