#pragma once

#include "core/value/saved_fit.h"

#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// One parameter in two fits of a model.
struct ParameterDrift {
    std::string name;
    double earlier = 0, now = 0; ///< natural scale, > 0
    /// (ln now − ln earlier) / √(SE² of both, on the log scale): as if the two fits had no customer in
    /// common, so that fits that share customers, as refits do, look a little steadier than they are;
    /// none where a fit has no standard errors.
    std::optional<double> change;
    /// |change| > 1.96: it has moved more than chance would move it in one of twenty refits.
    bool moved = false;
};

/// @return none where the fits cannot be compared: other models, other parameters, no estimates.
std::optional<std::vector<ParameterDrift>> parameterDrift(const ModelFit &earlier,
                                                          const ModelFit &now);

/// The kept fits that can be compared with the newest run of a model, itself last: done, the same
/// period and treatment of the first purchase, the same reported model, in order of t₀, then of run. A
/// fit repeated on the same data and t₀ counts once, the newest.
/// @error NotTrained where the model has no done run; Damaged where a run can't be read.
Result<std::vector<SavedFit>> readFitHistory(const Project &project, const std::string &model);

/// Models with a done fit in the project, the most lately fitted first.
Result<std::vector<std::string>> fittedModels(const Project &project);

} // namespace perennial
