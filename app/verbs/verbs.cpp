#include "app/verbs/verbs.h"

namespace perennial {

std::vector<std::unique_ptr<Verb>> makeVerbs()
{
    std::vector<std::unique_ptr<Verb>> verbs;
    verbs.push_back(makeNewVerb());
    verbs.push_back(makeImportVerb());
    verbs.push_back(makeCleanVerb());
    verbs.push_back(makeQualityVerb());
    verbs.push_back(makeFitVerb());
    verbs.push_back(makeBacktestVerb());
    verbs.push_back(makeTrainVerb());
    verbs.push_back(makeJudgeVerb());
    verbs.push_back(makeCompareVerb());
    verbs.push_back(makeScoreVerb());
    verbs.push_back(makeRecommendVerb());
    verbs.push_back(makeEvaluateVerb());
    verbs.push_back(makeLifecycleVerb());
    verbs.push_back(makeSurvivalVerb());
    verbs.push_back(makeChurnVerb());
    verbs.push_back(makeSegmentsVerb());
    verbs.push_back(makeSimulateVerb());
    verbs.push_back(makeExportVerb());
    verbs.push_back(makeReportVerb());
    verbs.push_back(makeVerifyVerb());
    verbs.push_back(makeSalvageVerb());
    verbs.push_back(makeForgetVerb());
    verbs.push_back(makeAuditVerb());
    verbs.push_back(makeScreenshotsVerb());
    return verbs;
}

} // namespace perennial
