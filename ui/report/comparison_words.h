#pragma once

#include "core/tuning/compare.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace perennial::report {

struct ComparisonRow {
    QString name;
    std::vector<std::optional<double>> values; ///< as `header` without its first column
};

/// A comparison as it is shown on the Models page and in the model card: the same words, the same
/// digits.
struct ComparisonWords {
    QString headline; ///< who won what, without dressing it up
    QString protocol; ///< what was measured on whom
    QStringList header, shortHeader; ///< the short one for narrow tables with an explanation near
    std::vector<int> decimals; ///< of each value column; bias is a share
    std::vector<ComparisonRow> rows; ///< one per model, behaviour first
};
ComparisonWords comparisonWords(const Comparison &comparison);

} // namespace perennial::report
