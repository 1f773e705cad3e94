#pragma once

#include "core/churn/churn_risk.h"
#include "core/numeric/compared_figures.h"
#include "core/numeric/proportions.h"
#include "core/project/project.h"
#include "core/project/user_state_store.h"
#include "core/survival/targeting.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

struct TrialOptions {
    /// c: the methods know what was known by then, and are judged on (c, c + H]. Empty = t₀ − H.
    std::optional<Day> cut;
    /// Only these are judged, ids ascending; null = all. The methods learn from everybody. Who is
    /// told by what came after the cut, as by a stage of today, is judged with hindsight.
    UserIds within;
    int replicates = 200; ///< of the user bootstrap; 0 = no intervals
    double level = 0.95;  ///< of all intervals, in (0, 1)
    std::uint64_t seed = 1;
};

/// One figure of a method, as in `trialFigureNames`.
struct TrialFigure {
    std::string name;
    /// With the user bootstrap's interval and the paired difference from the best of the table; of
    /// "ipcw_brier" and "c_index" the value only.
    ScoredFigure figure;
};
/// "auc", "average_precision", "log_loss", "brier", "ece", "bias" (Σ risk / Σ churned − 1),
/// "ipcw_brier" (weighed by who was censored before the window's end: of a window that is over
/// nobody is, and it is the Brier score), "c_index" (of risk and the days to the next order). Of a
/// method that gives no probabilities: "auc", "average_precision" and "c_index".
std::vector<std::string_view> trialFigureNames(bool isProbability);
/// How far from perfect a value is, the smaller the better.
double distanceFromPerfectRisk(std::string_view figure, double value) noexcept;

/// Customers of like risk: what was said of them and what came.
struct RiskBin {
    std::int64_t users = 0;
    double predicted = 0; ///< mean risk
    double churned = 0;   ///< share that ordered nothing
    Interval interval;    ///< of that share: Wilson (1927)
};

/// How well a method knew who would leave.
struct TrialMethod {
    std::string name;
    bool isProbability = true;
    std::optional<Error> problem; ///< why it has no figures
    std::vector<TrialFigure> figures;
    std::vector<RiskBin> bins;  ///< ten of like mass, the lowest risk first; probabilities only
    std::vector<GainRow> gains; ///< tenths from the highest risk down; empty where nobody churned
    /// Precision and recall from the highest risk down: some points of the curve, its ends among
    /// them; empty where nobody churned.
    std::vector<TargetingPoint> precisionRecall;

    const TrialFigure *figure(std::string_view figureName) const noexcept; ///< null = none
};

/// Methods judged side by side on one window that is over, or the behaviour model on its own.
struct RiskTrial {
    Day cut = 0;
    int windowDays = 0; ///< (cut, cut + windowDays], whole
    std::int64_t users = 0, churned = 0;
    std::vector<TrialMethod> methods;
};

/// Value model, boosted trees and the naive rule at one cut. Nobody sees labels after it: the trees
/// learn at c − H, and where there is no room for that their row says so.
/// @param history up to t₀. @param lastDay t₀. @param options of the value model; its `until` is
/// not read.
/// @error WindowPastData (where: "cut", detail: the day needed); InvalidArgument (where:
/// "replicates" or "level"); TooLittleData, where: "segment", for nobody to judge; as churnRiskAt.
/// Sources: chance_figures.h; core/survival: concordance.h (times censored at the window's end),
/// ipcw_brier.h, targeting.h (gain and lift).
Result<std::shared_ptr<const RiskTrial>> riskTrial(const OrderHistory &history, Day lastDay,
                                                   const ValueOptions &options,
                                                   const TrialOptions &trial, const Task &task);

/// The same of risks at the cut that are known already, for other users or other options: what takes
/// long is not done again. @param atCut churnRiskAt the cut, whose window the history holds.
/// @error InvalidArgument; TooLittleData, where: "segment"; Cancelled.
Result<std::shared_ptr<const RiskTrial>> judgeTrial(const OrderHistory &history,
                                                    const ChurnRisk &atCut,
                                                    const TrialOptions &trial, const Task &task);
/// The risks that riskTrial judges. @error as riskTrial.
Result<std::shared_ptr<const ChurnRisk>> riskAtCut(const OrderHistory &history, Day lastDay,
                                                   const ValueOptions &options,
                                                   const TrialOptions &trial, const Task &task);

/// The champion of the behaviour model, on the answers that its run has kept: its own cut, its own
/// window, its own customers. `trial.cut` is not read. One method, "behavior".
/// @return null where there is no champion, or its run keeps no answers to "churn".
/// @error Damaged; as riskTrial of options.
Result<std::shared_ptr<const RiskTrial>> behaviorTrial(const Project &project,
                                                       const TrialOptions &trial, const Task &task);

} // namespace perennial
