#pragma once

#include "core/features/feature_matrix.h"
#include "core/forecast/forecaster.h"

namespace perennial {

/// What a learned method learns from and what it is then asked, both from a history that ends at the
/// cut: features up to an anchor a = cut − L with what came in (a, cut] as labels, and the same
/// features at the cut. L is the horizon, or half of the history where that is shorter.
struct ProspectiveData {
    FeatureMatrix learn, ask;
    std::vector<double> netLabel, orderLabel; ///< of `learn`, in (anchor, cut]
    int labelDays = 0;                        ///< L
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

/// Notes that every learned forecast carries: "label_days", "season".
void addProspectiveNotes(Forecast &forecast, const ProspectiveData &data);
/// Values or orders of the label window's length, brought to the horizon.
void bringToHorizon(std::vector<double> &values, const ProspectiveData &data);

} // namespace perennial
