#pragma once

#include "core/base/dates.h"
#include "core/base/result.h"
#include "core/behavior/train.h"
#include "core/project/project.h"
#include "core/project/run_store.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// What a head answers with.
enum class AnswerKind {
    Rank,   ///< place of the item that came, 1 = best, a tie counts half
    Chance, ///< of something in the window, in [0, 1]
    Amount  ///< expected in the window, >= 0
};
std::string_view answerKindName(AnswerKind kind) noexcept; // "rank", "chance", "amount"

/// One head's answers beside what happened, by position in JudgedAnswers::user.
struct HeadAnswers {
    std::string head; ///< "next_item", "next_item_new", "churn", "value", "purchase", "click",
                      ///< "return_7", "return_30", "return_90", "return_days": stable
    AnswerKind kind = AnswerKind::Rank;
    std::vector<float> predicted;  ///< rank, chance or amount; < 0 = the user is not judged by it
    std::vector<double> actual;    ///< chance: 0 or 1; amount: what came; rank: empty
};

/// What a run answered about its validation window, user by user: kept with it, so that it can be
/// judged by groups and beside other runs afterwards.
struct JudgedAnswers {
    Day cut = 0;
    int labelDays = 0; ///< judged on (cut, cut + labelDays]; ranks: on the first item after the cut
    std::vector<std::int64_t> user; ///< ids, ascending
    std::vector<HeadAnswers> heads;
};

/// Users kept with a run. Which ones is told by their ids alone, so that two runs keep the same.
inline constexpr std::size_t kMostAnswers = 200'000;

/// @param most users. Heads that answered nobody are left out.
JudgedAnswers answersOf(const ValidationSet &set, std::size_t most = kMostAnswers);

std::vector<WeightBlob> toBlobs(const JudgedAnswers &answers);
/// @error NotTrained (detail: "answers") where the run has none, as one of an older version or one
/// that never got so far; Damaged.
Result<JudgedAnswers> readAnswers(const Project &project, std::int64_t run);

} // namespace perennial
