#pragma once

#include "core/base/dates.h"
#include "core/base/task.h"
#include "core/base/words.h"
#include "core/forecast/total_error.h"
#include "core/project/project.h"
#include "core/project/settings.h"
#include "core/project/user_state_store.h"
#include "core/scoring/truth_error.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// Empty fields take the project's settings.
struct ScoreOptions {
    std::optional<Day> until;       ///< t₀: the last day known
    std::optional<int> horizonDays; ///< H > 0
    std::int64_t usersPerBlock = 8192; ///< the behaviour model's answers are kept this often; >= 1
};

/// Why a part of the report is empty; stable words for JSON and for the pages to explain.
enum class ScoreNote {
    NoPurchases,     ///< lifecycle only: no value model without orders
    NoRepeatBuyers,  ///< nothing to fit a value model on
    NoChurnBoundary, ///< the fit has no dropout: P(alive) would be 1 for all and is left empty
    ValueFitFailed,  ///< detail of the error in ScoreReport::valueError
    NoSpend,         ///< orders, but no money to predict: orders only
    OtherValueModel,      ///< the project's value model could not predict (valueError): BG/NBD
    ObservedMeanSpend,    ///< no spend model could be used: everybody has the observed mean order
    TotalErrorUnknown,    ///< fewer than two past windows: the total's interval holds luck only
    BehaviorOtherHorizon, ///< the behaviour champion was trained for another horizon: not used
    BehaviorTrainedLater, ///< it has seen events after t₀: not used
    RefundsOutweighSales, ///< net revenue is not above 0: no value is predicted of what will be ordered
    HorizonBeyondHistory, ///< nobody has been known as long as the horizon: far outside the data
    BehaviorFailed,       ///< it could not score (behaviorError); churn risk is the value model's
};
std::string_view scoreNoteName(ScoreNote note) noexcept; // "no_purchases", …

struct ScoreReport {
    UserStateLabel label; ///< as stored beside the rows
    std::int64_t users = 0, customers = 0; ///< customers: users with at least one order
    std::array<std::int64_t, kStageCount> stages{};
    double realised = 0;                       ///< net revenue up to t₀
    std::optional<double> predictedValue;      ///< total of (t₀, t₀+H], margin-weighted, discounted
    /// Central 90 % predictive interval of predictedValue: as wide as the drawn futures (parameters
    /// and customers' luck) or the method's errors of the total in past windows make it, whichever
    /// reaches further.
    std::optional<double> predictedLower, predictedUpper;
    std::optional<TotalError> totalError;      ///< of the method in past windows
    std::optional<double> expectedOrders;
    std::optional<double> meanPAlive;          ///< over customers
    std::optional<double> meanChurnRisk;       ///< over users that have one
    std::optional<double> valueAtRisk;         ///< predicted value of users at kHighRisk or more
    std::optional<StageThresholds> thresholds; ///< of the stages; none of older versions
    std::string valueModel;  ///< the method behind predictedValue, "bg-nbd", "stack", …; "" = none
    std::string valueStatus;                   ///< "converged", "boundary", "failed", "none"
    std::vector<ScoreNote> notes;
    std::string valueError, behaviorError;     ///< data of the failure, empty where none
    std::optional<TruthError> truth;
    /// Users whom the behaviour model had scored before, in a scoring that was killed or cancelled
    /// and that this one went on with; not kept beside the rows.
    std::int64_t resumedUsers = 0;
};

/// One row per user: the lifecycle stage, the value models fitted at t₀ (stored as champion runs
/// of their names), the project's value model where it is a method of core/forecast, and the
/// behaviour champion's scores where there is one. Replaces the project's user_state rows in one
/// transaction; a failure or a cancel leaves them as they were.
///
/// A scoring that was killed or cancelled is gone on with by the next one of the same data, run and
/// day, and ends with the same rows to the bit: the behaviour model's answers, which take by far the
/// most time, are kept block by block.
///
/// Churn risk is the behaviour model's where it is used, else the value model's; the label says
/// which. The behaviour model's value is net revenue: it is taken times the margin and discounted as
/// if it came in evenly over the horizon.
/// @error NoEvents, HorizonNotPositive, ReadOnly, Cancelled.
Result<ScoreReport> scoreUsers(Project &project, const ScoreOptions &options, const Task &task);

/// The report of the last scoring, as kept beside its rows. @error NotScored.
Result<ScoreReport> readScoreReport(const Project &project);

/// Those of the last scorings, the newest first, as the audit log has them. @param most of them.
Result<std::vector<ScoreReport>> readScoreReports(const Project &project, std::size_t most);
/// The thresholds that the stages were found with; none where an older version scored.
std::optional<StageThresholds> scoredThresholds(const UserStateLabel &label);

/// {"snapshot", "horizon_days", …, "truth": {…}}: what `perennial score --json` prints.
std::string scoreReportToJson(const ScoreReport &report);

} // namespace perennial
