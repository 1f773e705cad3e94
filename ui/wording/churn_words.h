#pragma once

#include "core/base/result.h"
#include "core/churn/tree_reasons.h"

#include <QString>

#include <string>

namespace perennial {

/// "BG/NBD", "Boosted trees", "Days since the last order", "Behaviour model".
QString riskMethodText(const std::string &name);
/// Why a method has no figures, or a trial can't be made: no sentence's end.
QString riskProblemText(const Error &error);
QString reasonGroupText(ReasonGroup group);
/// Columns of learnedFeatures in words, without their logarithms.
QString riskFeatureText(const std::string &column);

} // namespace perennial
