#pragma once

#include <QCoreApplication>

namespace perennial::report {

/// The translation context of everything a report says.
struct ReportText {
    Q_DECLARE_TR_FUNCTIONS(ReportText)
};

} // namespace perennial::report
