#pragma once

#include "ui/report/blocks.h"
#include "ui/report/report_data.h"
#include "ui/report/page_flow.h"
#include "ui/report/report_text.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

namespace perennial::report {

/// What sections share in wording.
QString text(const std::string &utf8);
QString currency(const ReportData &data);          ///< "£"
QString money(const ReportData &data, double value); ///< "£12.3 k"
QString withCurrency(const ReportData &data, const QString &title); ///< "Realised (£)"
QString horizonWords(const ReportData &data);      ///< "the next 180 days"
QString segmentWords(const ReportData &data);      ///< "All users", "Stage: Loyal"
QString modelWords(const std::string &model);      ///< "BG/NBD", "Behaviour model"
/// part / whole as "12.3 %", "–" where there is no whole.
QString shareWords(double part, double whole);
/// A measure between 0 and 1 with three decimals.
QString measureWords(std::optional<double> value);

Column textColumn(const QString &title);
Column labelColumn(const QString &title);
Column numberColumn(const QString &title);
Column wrappedColumn(const QString &title);

} // namespace perennial::report
