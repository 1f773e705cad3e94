#pragma once

#include "app/verb.h"

namespace perennial {

// Each in the file of its name.
std::unique_ptr<Verb> makeAuditVerb();
std::unique_ptr<Verb> makeBacktestVerb();
std::unique_ptr<Verb> makeChurnVerb();
std::unique_ptr<Verb> makeCleanVerb();
std::unique_ptr<Verb> makeCompareVerb();
std::unique_ptr<Verb> makeEvaluateVerb();
std::unique_ptr<Verb> makeExportVerb();
std::unique_ptr<Verb> makeFitVerb();
std::unique_ptr<Verb> makeForgetVerb();
std::unique_ptr<Verb> makeImportVerb();
std::unique_ptr<Verb> makeJudgeVerb();
std::unique_ptr<Verb> makeLifecycleVerb();
std::unique_ptr<Verb> makeNewVerb();
std::unique_ptr<Verb> makeQualityVerb();
std::unique_ptr<Verb> makeRecommendVerb();
std::unique_ptr<Verb> makeSalvageVerb();
std::unique_ptr<Verb> makeScoreVerb();
std::unique_ptr<Verb> makeScreenshotsVerb();
std::unique_ptr<Verb> makeSegmentsVerb();
std::unique_ptr<Verb> makeSimulateVerb();
std::unique_ptr<Verb> makeSurvivalVerb();
std::unique_ptr<Verb> makeTrainVerb();
std::unique_ptr<Verb> makeReportVerb();
std::unique_ptr<Verb> makeVerifyVerb();

} // namespace perennial
