#pragma once

#include "ui/pages/page.h"

namespace perennial {

/// The make functions of all pages, one line each; page_registry.cpp lists them.
Page *makeStartPage(const PageContext &context);
Page *makeDataPage(const PageContext &context);
Page *makeQualityPage(const PageContext &context);
Page *makeOverviewPage(const PageContext &context);
Page *makeLifecyclePage(const PageContext &context);
Page *makeChurnPage(const PageContext &context);
Page *makeValuePage(const PageContext &context);
Page *makeTrustPage(const PageContext &context);
Page *makeModelsPage(const PageContext &context);
Page *makeScenariosPage(const PageContext &context);
Page *makeSegmentsPage(const PageContext &context);
Page *makeReportsPage(const PageContext &context);
Page *makeSystemPage(const PageContext &context);

} // namespace perennial
