#include "core/tuning/retrain.h"

#include "core/behavior/model.h"
#include "core/features/metrics.h"
#include "core/project/event_store.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace perennial {

namespace {

using Value = std::optional<double> BehaviorScore::*;

DataChange dataChangeOf(const EventTable &events, Day before, Day after, const TrainReport &older)
{
    DataChange change;
    change.before = before;
    change.after = after;
    change.usersThen = older.split.users;
    const UtcSecond end = startOf(before + 1);
    std::vector<bool> metBefore, met;
    const auto mark = [](std::vector<bool> &items, std::int32_t item) {
        items.resize(std::max(items.size(), static_cast<std::size_t>(item) + 1), false);
        items[static_cast<std::size_t>(item)] = true;
    };
    for (std::int64_t user = 1; user <= events.maxUser(); ++user) {
        const auto u = static_cast<std::size_t>(user);
        bool early = false, late = false;
        for (std::int64_t row = events.offsets[u]; row < events.offsets[u + 1]; ++row) {
            const auto r = static_cast<std::size_t>(row);
            const bool isNew = events.at[r] >= end;
            change.newEvents += isNew ? 1 : 0;
            (isNew ? late : early) = true;
            if (events.item[r] > 0) {
                mark(met, events.item[r]);
                if (!isNew) {
                    mark(metBefore, events.item[r]);
                }
            }
        }
        change.users += early || late ? 1 : 0;
        change.usersNow += early ? 1 : 0;
        change.newUsers += late && !early ? 1 : 0;
        change.activeUsers += late ? 1 : 0;
    }
    change.events = static_cast<std::int64_t>(events.size());
    change.items = std::ranges::count(met, true);
    change.newItems = change.items - std::ranges::count(metBefore, true);
    return change;
}

/// Both runs' answers of one kind where both have one, and the moves between them.
struct Moves {
    std::vector<double> before, after;
    std::vector<std::size_t> index; ///< into the scores
};

Moves movesOf(const std::vector<BehaviorScore> &older, const std::vector<BehaviorScore> &newer,
              Value value)
{
    Moves moves;
    for (std::size_t k = 0; k < older.size(); ++k) {
        if (older[k].*value && newer[k].*value) {
            moves.before.push_back(*(older[k].*value));
            moves.after.push_back(*(newer[k].*value));
            moves.index.push_back(k);
        }
    }
    return moves;
}

double meanMove(const Moves &moves)
{
    double sum = 0;
    for (std::size_t k = 0; k < moves.index.size(); ++k) {
        sum += std::abs(moves.after[k] - moves.before[k]);
    }
    return moves.index.empty() ? 0 : sum / static_cast<double>(moves.index.size());
}

/// The users that moved most; ties by id.
std::vector<std::size_t> largest(const Moves &moves, std::size_t most)
{
    std::vector<std::size_t> order(moves.index.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
        order[k] = k;
    }
    const auto further = [&](std::size_t a, std::size_t b) {
        const double x = std::abs(moves.after[a] - moves.before[a]);
        const double y = std::abs(moves.after[b] - moves.before[b]);
        return x != y ? x > y : a < b;
    };
    const std::size_t kept = std::min(most, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                      further);
    std::vector<std::size_t> found;
    for (std::size_t k = 0; k < kept; ++k) {
        if (moves.after[order[k]] != moves.before[order[k]]) {
            found.push_back(moves.index[order[k]]);
        }
    }
    return found;
}

Result<std::vector<ScoreMove>> named(const Project &project,
                                     const std::vector<BehaviorScore> &older,
                                     const std::vector<BehaviorScore> &newer,
                                     const std::vector<std::size_t> &which)
{
    std::vector<ScoreMove> moves;
    for (const std::size_t k : which) {
        const auto user = findUserById(project, older[k].user);
        if (!user) {
            return user.error();
        }
        moves.push_back({older[k].user, user->key, older[k].pChurn, newer[k].pChurn,
                         older[k].expectedValue, newer[k].expectedValue});
    }
    return moves;
}

Status compareScores(const Project &project, RunDifference &difference, std::size_t most,
                     const Task &task)
{
    const Day at = difference.data.after;
    const auto older = scoreBehavior(project, difference.older, at, task.part(0, 0.5));
    if (!older) {
        return older.error();
    }
    const auto newer = scoreBehavior(project, difference.newer, at, task.part(0.5, 1));
    if (!newer) {
        return newer.error();
    }
    difference.scored = static_cast<std::int64_t>(older->size());
    const Moves churn = movesOf(*older, *newer, &BehaviorScore::pChurn);
    const Moves value = movesOf(*older, *newer, &BehaviorScore::expectedValue);
    difference.churnAgreement = spearman(churn.before, churn.after);
    difference.valueAgreement = spearman(value.before, value.after);
    difference.meanChurnMove = meanMove(churn);
    difference.meanValueMove = meanMove(value);
    auto churnMoves = named(project, *older, *newer, largest(churn, most));
    if (!churnMoves) {
        return churnMoves.error();
    }
    auto valueMoves = named(project, *older, *newer, largest(value, most));
    if (!valueMoves) {
        return valueMoves.error();
    }
    difference.churnMoves = std::move(*churnMoves);
    difference.valueMoves = std::move(*valueMoves);
    return Done{};
}

Status readData(const Project &project, RunDifference &difference, const TrainReport &older,
                const TrainReport &newer, const Task &task)
{
    const auto events = readEvents(project, newer.split.until, task);
    if (!events) {
        return events.error();
    }
    if (events->size() == 0) {
        return fail(ErrorCode::NoEvents, formatDate(newer.split.until), project.path().string());
    }
    difference.data = dataChangeOf(*events, older.split.until, newer.split.until, older);
    return Done{};
}

Result<TrainReport> finishedReport(const Project &project, std::int64_t run)
{
    const auto record = readRun(project, run);
    if (!record) {
        return record.error();
    }
    if (record->model != kBehaviorModel || record->state != RunState::Done) {
        return fail(ErrorCode::NotTrained, std::to_string(run), project.path().string());
    }
    return trainReportFromRun(project, run);
}

} // namespace

Result<RunDifference> differenceOf(const Project &project, std::int64_t older, std::int64_t newer,
                                   std::size_t moves, const Task &task)
{
    const auto oldReport = finishedReport(project, older);
    if (!oldReport) {
        return oldReport.error();
    }
    const auto newReport = finishedReport(project, newer);
    if (!newReport) {
        return newReport.error();
    }
    RunDifference difference;
    difference.older = older;
    difference.newer = newer;
    difference.newMetrics = newReport->metrics;
    if (const auto read = readData(project, difference, *oldReport, *newReport, task.part(0, 0.1));
        !read) {
        return read.error();
    }
    auto judged = judgeRun(project, older, newReport->split, task.part(0.1, 0.5));
    if (judged) {
        difference.oldJudged = std::move(*judged);
    } else if (judged.error().code == ErrorCode::Cancelled) {
        return judged.error();
    } else {
        difference.oldError = judged.error();
    }
    if (const auto compared = compareScores(project, difference, moves, task.part(0.5, 1));
        !compared) {
        return compared.error();
    }
    return difference;
}

} // namespace perennial
