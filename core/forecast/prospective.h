#pragma once

#include "core/features/feature_matrix.h"
#include "core/forecast/forecaster.h"

namespace perennial {

/// What a learned method learns from and what it is then asked, both from a history that ends at the
/// cut: features up to an anchor a = cut − L with what came in (a, cut] as labels, and the same
/// features at the cut. L is the horizon, or half of the history where that is shorter.
///
/// Histories are longer at the cut than at the anchor, so that a method may rank customers well and
/// still miss their total. The total is therefore taken from the probabilistic model: what it expects
/// after the cut, times how much it was wrong by after the anchor.
struct ProspectiveData {
    FeatureMatrix learn, ask;
    std::vector<double> netLabel, orderLabel; ///< of `learn`, in (anchor, cut]
    int labelDays = 0;                        ///< L
    double netTotal = 0, orderTotal = 0;      ///< of all asked in L days; 0 where it can't be told
    /// From L days to the horizon for each row of `ask`: the ratio of the probabilistic model's
    /// expected orders, 1 where they are equally long.
    std::vector<double> toHorizon;
    /// What the season, and growth common to all, did a year before to the same customers between a
    /// label window and the horizon after it, beyond what the probabilistic model expected; 1 where
    /// the history does not reach back a year.
    double season = 1.0;
    bool seasonIsKnown = false;
};
/// @error TooLittleData where the history before the anchor is shorter than 4 weeks (detail: days, where:
/// "history"), or it knows no customer; Cancelled.
Result<ProspectiveData> prospectiveData(const ForecastInput &input, const Task &task);

/// Multiplies all values so that they add up to a total, where there is one and they have one.
/// @return the factor, in [1/3, 3].
double scaleToTotal(std::vector<double> &values, double total);
/// Predictions for L days, scaled to the total where there is one and the predictions have one, then
/// brought to the horizon and its season. @return the factor of the total, in [1/3, 3].
double bringToHorizon(std::vector<double> &values, double total, const ProspectiveData &data);
/// Notes that every learned forecast carries: "label_days", "total_factor", "season" or
/// "season_unknown".
void addProspectiveNotes(Forecast &forecast, double totalFactor, const ProspectiveData &data);

} // namespace perennial
