#pragma once

#include "core/features/customer_summary.h"
#include "core/project/run_store.h"
#include "core/value/model_fit.h"

namespace perennial {

/// A fit as saveFitRun stored it: enough to show it, and to compute expectations from it again.
struct SavedFit {
    RunRecord run;
    ModelFit fit;
    SummaryOptions customers; ///< what it was fitted on
};
/// @error NotTrained where the run is none of a fit; Damaged where its JSON is none.
Result<SavedFit> readSavedFit(const Project &project, std::int64_t run);

/// The inverse of fitToJson. @error BadData, detail: what is wrong.
Result<ModelFit> fitFromJson(std::string_view json);

} // namespace perennial
