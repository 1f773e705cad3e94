#include "core/scoring/behavior_part.h"

#include "core/base/hash.h"
#include "core/behavior/train.h"
#include "core/project/run_store.h"
#include "core/project/score_stage.h"

namespace perennial {

namespace {

/// Raised when the same run says something else of the same data.
constexpr int kFormat = 2;

/// Everything that the answers follow from. A run that was deleted may leave its id to another.
std::string keyOf(const RunRecord &run, Day at, const std::string &dataHash, std::int64_t users)
{
    return hashHex(std::to_string(kFormat) + "|" + dataHash + "|" + formatDate(at) + "|" +
                   std::to_string(run.id) + "|" + std::to_string(run.startedAt) + "|" +
                   std::to_string(run.finishedAt) + "|" + std::to_string(run.horizonDays) + "|" +
                   std::to_string(users));
}

/// Why the champion doesn't answer the question that is asked here.
std::optional<ScoreNote> mismatch(const RunRecord &champion, const ProjectSettings &settings)
{
    if (champion.horizonDays != settings.horizonDays) {
        return ScoreNote::BehaviorOtherHorizon;
    }
    if (champion.until && *champion.until > *settings.snapshot) {
        return ScoreNote::BehaviorTrainedLater;
    }
    return std::nullopt;
}

} // namespace

Result<BehaviorPart> scoreByBehavior(Project &project, const ProjectSettings &settings,
                                     const std::string &dataHash, std::int64_t usersPerBlock,
                                     const Task &task)
{
    BehaviorPart part;
    const auto champion = readChampion(project, std::string(kBehaviorModel));
    if (!champion) {
        return champion.error().code == ErrorCode::NotTrained ? Result(part) : champion.error();
    }
    if (const auto why = mismatch(*champion, settings)) {
        part.notes.push_back(*why);
        return part;
    }
    part.key = keyOf(*champion, *settings.snapshot, dataHash, usersPerBlock);
    const auto staged = stagedScores(project, part.key);
    if (!staged) {
        return staged.error();
    }
    part.last = staged->last;
    const auto counted = eachBehaviorScore(project, part,
                                           [&](const BehaviorScore &) { ++part.resumed; });
    if (!counted) {
        return counted.error();
    }
    Status kept = Done{}; // what can't be kept is no fault of the model
    const auto keep = [&](const ScoreBlock &block) -> Status {
        kept = stageScores(project, part.key, part.last, block.users, bytesOf(block.scores));
        part.last = block.users.last;
        return kept;
    };
    const auto scored = scoreBehaviorBlocks(project, champion->id, *settings.snapshot,
                                            {usersPerBlock, staged->last}, keep, task);
    if (scored) {
        part.run = champion->id;
        return part;
    }
    if (!kept || scored.error().code == ErrorCode::Cancelled) {
        return scored.error();
    }
    part.resumed = 0;
    part.error = scored.error().where + ": " + scored.error().detail;
    part.notes.push_back(ScoreNote::BehaviorFailed);
    return part;
}

Status eachBehaviorScore(Project &project, const BehaviorPart &part,
                         const std::function<void(const BehaviorScore &)> &each)
{
    const auto staged = stagedScores(project, part.key);
    if (!staged || staged->last != part.last) {
        return staged ? fail(ErrorCode::Cancelled) : staged.error();
    }
    return eachStagedBlock(project, part.key, [&](std::span<const std::byte> data) -> Status {
        const auto scores = scoresFrom(data);
        if (!scores) {
            return scores.error();
        }
        for (const BehaviorScore &score : *scores) {
            each(score);
        }
        return Done{};
    });
}

} // namespace perennial
