#pragma once

#include "core/quality/quality.h"
#include "ui/models/table_model.h"

namespace perennial {

/// The tables of the quality page: columns, and a row per finding, rule and step of the totals.
std::vector<TableColumn> findingColumns();
TableModel::Row findingRow(const QualityFinding &finding);
std::vector<TableColumn> ruleColumns(const QString &currency);
TableModel::Row ruleRow(const CleaningRuleRecord &record);
std::vector<TableColumn> totalColumns(const QString &currency);
std::vector<TableModel::Row> totalRows(const CleaningTotals &totals,
                                       const std::vector<CleaningRuleRecord> &rules);
/// Whether the totals agree, in words.
QString totalsCaption(const CleaningTotals &totals);

} // namespace perennial
