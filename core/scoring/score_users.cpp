#include "core/scoring/score_users.h"

#include "core/behavior/train.h"
#include "core/lifecycle/lifecycle.h"
#include "core/project/audit.h"
#include "core/project/event_store.h"
#include "core/project/run_store.h"
#include "core/project/settings.h"
#include "core/project/truth_store.h"
#include "core/sample/sample_shop.h"
#include "core/scoring/behavior_part.h"
#include "core/scoring/value_scores.h"
#include "core/scoring/user_figures.h"
#include "core/value/discounting.h"
#include "core/value/value_draws.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace perennial {

namespace {

/// Of the time that a scoring takes, where there is a behaviour model.
constexpr double kBehaviorShare = .6;

/// Everything that is computed before the first byte is written.
struct Scoring {
    ProjectSettings settings; ///< with t₀ and horizon filled in
    std::shared_ptr<const LifecycleResult> lifecycle;
    ValueScores value;
    BehaviorPart behavior;
    std::vector<UserState> states;
    ScoreReport report;
};

bool has(const ScoreReport &report, ScoreNote what)
{
    return std::find(report.notes.begin(), report.notes.end(), what) != report.notes.end();
}

Result<ProjectSettings> settingsFor(const Project &project, const ScoreOptions &options)
{
    auto settings = readSettings(project);
    if (!settings) {
        return settings;
    }
    settings->snapshot = options.until ? options.until : settings->snapshot;
    settings->horizonDays = options.horizonDays.value_or(settings->horizonDays);
    if (settings->horizonDays <= 0) {
        return fail(ErrorCode::HorizonNotPositive, std::to_string(settings->horizonDays),
                    "horizon");
    }
    const auto counts = readCounts(project);
    if (!counts) {
        return counts.error();
    }
    if (counts->events == 0) {
        return fail(ErrorCode::NoEvents, {}, project.path().string());
    }
    const auto day = snapshotDay(project, *settings);
    if (!day) {
        return day.error();
    }
    settings->snapshot = *day;
    return settings;
}

void takeValue(Scoring &scoring, const ValueScores &value)
{
    ScoreReport &report = scoring.report;
    report.valueModel = value.model;
    report.valueStatus = value.status;
    report.valueError = value.error;
    report.notes.insert(report.notes.end(), value.notes.begin(), value.notes.end());
    report.totalError = value.totalError;
    if (value.intervals) {
        report.predictedLower = value.intervals->totalLower;
        report.predictedUpper = value.intervals->totalUpper;
    }
}

/// Drawn futures take the model as true; its past totals say how true it was.
void widenByPastErrors(ScoreReport &report)
{
    if (!report.predictedValue || !report.totalError) {
        return;
    }
    const Interval past = totalInterval(*report.predictedValue, *report.totalError);
    report.predictedLower = std::min(past.lower, report.predictedLower.value_or(past.lower));
    report.predictedUpper = std::max(past.upper, report.predictedUpper.value_or(past.upper));
}

void takeBehavior(Scoring &scoring)
{
    const BehaviorPart &part = scoring.behavior;
    ScoreReport &report = scoring.report;
    report.label.behaviorRun = part.run;
    report.behaviorError = part.error;
    report.notes.insert(report.notes.end(), part.notes.begin(), part.notes.end());
    report.resumedUsers = part.resumed;
}

/// Walks a list in user id order beside the states, which are in that order too.
template <class Row, class Id, class Use>
void alongside(std::vector<UserState> &states, const std::vector<Row> &rows, Id id, Use use)
{
    auto state = states.begin();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        while (state != states.end() && state->user < id(rows[i])) {
            ++state;
        }
        if (state != states.end() && state->user == id(rows[i])) {
            use(*state, i);
        }
    }
}

void addLifecycle(Scoring &scoring)
{
    for (const LifecycleUser &user : scoring.lifecycle->users) {
        UserState state;
        state.user = user.user;
        state.stage = user.stage;
        state.orders = user.orders;
        state.firstDay = user.firstDay;
        state.lastDay = user.lastDay;
        state.lastOrderDay = user.lastOrderDay;
        scoring.states.push_back(state);
    }
    scoring.report.stages = scoring.lifecycle->counts;
    scoring.report.users = static_cast<std::int64_t>(scoring.states.size());
}

Status addRealised(const Project &project, Scoring &scoring)
{
    const auto purchases = readUserPurchases(project, scoring.settings.snapshot);
    if (!purchases) {
        return purchases.error();
    }
    alongside(
        scoring.states, *purchases, [](const UserPurchases &row) { return row.user; },
        [&](UserState &state, std::size_t i) {
            const UserPurchases &row = (*purchases)[i];
            state.realised = toUnits(row.gross + row.refunds);
            ++scoring.report.customers;
            scoring.report.realised += state.realised;
        });
    return Done{};
}

void addValue(Scoring &scoring)
{
    const ValueResult &value = *scoring.value.fitted;
    const std::optional<ChosenValue> &chosen = scoring.value.chosen;
    const std::optional<ValueIntervals> &intervals = scoring.value.intervals;
    const bool informative = !has(scoring.report, ScoreNote::NoChurnBoundary);
    const bool priced = !has(scoring.report, ScoreNote::NoSpend);
    double alive = 0;
    scoring.report.expectedOrders = 0;
    if (priced) {
        scoring.report.predictedValue = 0;
    }
    alongside(
        scoring.states, value.customers.user, [](std::int64_t user) { return user; },
        [&](UserState &state, std::size_t i) {
            const bool chosenOrders = chosen && !chosen->expectedOrders.empty();
            state.expectedOrders = chosenOrders ? chosen->expectedOrders[i]
                                                : value.predictions.expectedOrders[i];
            state.churnRisk = value.predictions.churnRisk[i];
            *scoring.report.expectedOrders += *state.expectedOrders;
            if (informative) {
                state.pAlive = value.predictions.pAlive[i];
                alive += *state.pAlive;
            }
            if (priced) {
                state.predictedValue = chosen ? chosen->predictedValue[i]
                                                      : value.predictions.predictedValue[i];
                *scoring.report.predictedValue += *state.predictedValue;
                if (intervals) {
                    state.predictedLower = intervals->lower[i];
                    state.predictedUpper = intervals->upper[i];
                }
            }
        });
    if (informative && scoring.report.customers > 0) {
        scoring.report.meanPAlive = alive / static_cast<double>(scoring.report.customers);
    }
    scoring.report.label.churnSource = value.frequency.reportedModel;
}

Status addBehavior(Project &project, Scoring &scoring)
{
    if (scoring.behavior.run == 0) {
        return Done{};
    }
    const double force = discountForce(scoring.settings.discountPerYear, Period::Day);
    const double horizon = scoring.settings.horizonDays;
    const double discount = force > 0 ? -std::expm1(-force * horizon) / (force * horizon) : 1;
    bool risks = false;
    auto state = scoring.states.begin(); // both in id order
    const auto add = [&](const BehaviorScore &score) {
        while (state != scoring.states.end() && state->user < score.user) {
            ++state;
        }
        if (state == scoring.states.end() || state->user != score.user) {
            return;
        }
        if (score.pChurn) {
            state->churnRisk = std::clamp(*score.pChurn, 0.0, 1.0);
            risks = true;
        }
        if (score.expectedValue) {
            state->behaviorValue = scoring.settings.margin * discount * *score.expectedValue;
        }
    };
    const auto added = eachBehaviorScore(project, scoring.behavior, add);
    if (risks) {
        scoring.report.label.churnSource = kBehaviorModel;
    }
    return added;
}

void addRisk(Scoring &scoring)
{
    double sum = 0;
    std::int64_t users = 0;
    bool isPredicted = false;
    for (const UserState &state : scoring.states) {
        isPredicted = isPredicted || state.predictedValue;
        if (state.churnRisk) {
            sum += *state.churnRisk;
            ++users;
        }
    }
    if (users > 0) {
        scoring.report.meanChurnRisk = sum / static_cast<double>(users);
    }
    if (users > 0 && isPredicted) {
        scoring.report.valueAtRisk = atRisk(scoring.states).predicted;
    }
}

void fillLabel(Scoring &scoring, std::string dataHash)
{
    UserStateLabel &label = scoring.report.label;
    label.snapshot = *scoring.settings.snapshot;
    label.horizonDays = scoring.settings.horizonDays;
    label.margin = scoring.settings.margin;
    label.discountPerYear = scoring.settings.discountPerYear;
    label.currency = scoring.settings.currency;
    label.dataHash = std::move(dataHash);
    label.churnedAfterDays = scoring.lifecycle->churnedAfter.days;
    label.computedAt = nowUtc();
    scoring.report.thresholds = scoring.settings.stages;
}

Status addTruth(const Project &project, Scoring &scoring)
{
    const auto end = truthDay(project);
    if (!end) {
        return end.error();
    }
    if (!*end || **end != scoring.report.label.snapshot) {
        return Done{};
    }
    const auto truth = readTruth(project);
    if (!truth) {
        return truth.error();
    }
    scoring.report.truth = compareWithTruth(scoring.states, *truth, scoring.report.label);
    return Done{};
}

Status save(Project &project, Scoring &scoring)
{
    UserStateLabel &label = scoring.report.label;
    if (scoring.value.fitted) {
        const ValueResult &value = *scoring.value.fitted;
        const auto run = saveFitRun(project, value.frequency, label.snapshot, value.options);
        if (!run) {
            return run.error();
        }
        label.valueRun = *run;
        if (value.spend.usable()) {
            const auto spend = saveFitRun(project, value.spend, label.snapshot, value.options);
            if (!spend) {
                return spend.error();
            }
        }
    }
    label.detail = scoreReportToJson(scoring.report);
    return writeUserStates(project, label, scoring.states);
}

/// The behaviour model first: it takes the longest, and what it has said is kept.
Status compute(Project &project, Scoring &scoring, std::int64_t usersPerBlock, const Task &task)
{
    auto hash = dataHash(project);
    if (!hash) {
        return hash.error();
    }
    auto behavior =
        scoreByBehavior(project, scoring.settings, *hash, usersPerBlock, task.part(0, kBehaviorShare));
    if (!behavior) {
        return behavior.error();
    }
    scoring.behavior = std::move(*behavior);
    const Task rest = task.part(scoring.behavior.run > 0 ? kBehaviorShare : 0, .95);
    auto lifecycle =
        computeLifecycle(project, lifecycleOptionsFrom(scoring.settings), rest.part(0, .4));
    if (!lifecycle) {
        return lifecycle.error();
    }
    scoring.lifecycle = *lifecycle;
    auto value = valueScores(project, scoring.settings, rest.part(.4, 1));
    if (!value) {
        return value.error();
    }
    takeValue(scoring, *value);
    scoring.value = std::move(*value);
    takeBehavior(scoring);
    addLifecycle(scoring);
    if (auto s = addRealised(project, scoring); !s) {
        return s;
    }
    if (scoring.value.fitted) {
        addValue(scoring);
        widenByPastErrors(scoring.report);
    }
    if (auto s = addBehavior(project, scoring); !s) {
        return s;
    }
    addRisk(scoring);
    fillLabel(scoring, std::move(*hash));
    return addTruth(project, scoring);
}

} // namespace

Result<ScoreReport> scoreUsers(Project &project, const ScoreOptions &options, const Task &task)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    auto settings = settingsFor(project, options);
    if (!settings) {
        return settings.error();
    }
    Scoring scoring;
    scoring.settings = std::move(*settings);
    if (auto s = compute(project, scoring, options.usersPerBlock, task); !s) {
        return s.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    task.progress(.95, "saving");
    if (auto s = save(project, scoring); !s) {
        return s.error();
    }
    task.progress(1, "saving");
    return std::move(scoring.report);
}

} // namespace perennial
