#pragma once

#include "ui/report/blocks.h"
#include "ui/report/page_document.h"

namespace perennial::report {

/// What stands at the head and foot of every page.
struct Furniture {
    QString title;    ///< of the report
    QString scope;    ///< segment and period, one line
    QString dataMark; ///< "data 0123456789abcdef"
    QString printed;  ///< date and program
};

/// Lays parts out on pages of a size: every part begins a page and is its headline, figures are
/// never cut, tables are cut between rows and repeat their header, a title stays with what follows.
/// At least one page. Deterministic for the same parts, size and fonts.
PageDocument layOut(const std::vector<Part> &parts, const Furniture &furniture,
                    QPageSize::PageSizeId size);

/// Text as it may stand on a page: one line, no control characters, at most 400 characters.
QString onOneLine(const QString &text);

} // namespace perennial::report
