#pragma once

#include "ui/pages/page.h"

namespace perennial {

/// A page of the left navigation. A new page is one file with its make function and one line in
/// page_registry.cpp.
struct PageEntry {
    QString id;       ///< stable: Navigator::showPage, file names of screenshots
    QString title;    ///< in the navigation
    QString icon;     ///< ":/icons/overview.svg"
    bool needsProject = true;
    std::function<Page *(const PageContext &)> make;
};

/// All pages in the order of the navigation.
std::vector<PageEntry> pageEntries();

} // namespace perennial
