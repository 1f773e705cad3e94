#pragma once

#include "core/project/scenario_store.h"
#include "core/project/segment_store.h"
#include "core/segment/segment_study.h"
#include "ui/models/table_model.h"

#include <QString>

#include <optional>
#include <vector>

namespace perennial {

/// A saved segment as the page shows it.
struct SavedSegment {
    QString name;
    SegmentRule rule;
    std::optional<Error> unreadable; ///< the rule is nobody then
    UtcSecond savedAt = 0;
};
std::vector<SavedSegment> savedSegments(const std::vector<SegmentRecord> &records);
std::vector<SegmentRule> rulesOf(const std::vector<SavedSegment> &segments);

/// Name, rule in words, users, share, predicted value, mean churn risk, saved at.
std::vector<TableColumn> savedColumns(const QString &currency);
/// @param study of the same segments; null while it is not known.
std::vector<TableModel::Row> savedRows(const std::vector<SavedSegment> &segments,
                                       const SegmentStudy *study);

/// Where a saved segment's users are meant too. The project keeps no reference to a saved segment:
/// who uses one has its rule, so that is what is looked for.
/// @return a sentence each; empty where nothing does.
QStringList segmentUses(const SavedSegment &segment, const std::vector<SavedSegment> &all,
                        const SegmentRule &shown, const std::vector<ScenarioRecord> &scenarios);

} // namespace perennial
