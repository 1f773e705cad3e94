#include "ui/pages/page_registry.h"

#include "ui/pages/pages.h"

#include <QCoreApplication>

namespace perennial {

std::vector<PageEntry> pageEntries()
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("perennial", text); };
    return {
        {QStringLiteral("start"), tr("Start"), QStringLiteral(":/icons/start.svg"), false,
         makeStartPage},
        {QStringLiteral("data"), tr("Data"), QStringLiteral(":/icons/data.svg"), false,
         makeDataPage},
        {QStringLiteral("quality"), tr("Quality"), QStringLiteral(":/icons/quality.svg"), true,
         makeQualityPage},
        {QStringLiteral("overview"), tr("Overview"), QStringLiteral(":/icons/overview.svg"), true,
         makeOverviewPage},
        {QStringLiteral("lifecycle"), tr("Lifecycle"), QStringLiteral(":/icons/lifecycle.svg"), true,
         makeLifecyclePage},
        {QStringLiteral("value"), tr("Value"), QStringLiteral(":/icons/value.svg"), true,
         makeValuePage},
        {QStringLiteral("churn"), tr("Churn"), QStringLiteral(":/icons/churn.svg"), true,
         makeChurnPage},
        {QStringLiteral("segments"), tr("Segments"), QStringLiteral(":/icons/segments.svg"), true,
         makeSegmentsPage},
        {QStringLiteral("trust"), tr("Trust"), QStringLiteral(":/icons/trust.svg"), true,
         makeTrustPage},
        {QStringLiteral("models"), tr("Models"), QStringLiteral(":/icons/models.svg"), true,
         makeModelsPage},
        {QStringLiteral("scenarios"), tr("Scenarios"), QStringLiteral(":/icons/scenarios.svg"), true,
         makeScenariosPage},
        {QStringLiteral("reports"), tr("Reports"), QStringLiteral(":/icons/reports.svg"), true,
         makeReportsPage},
        {QStringLiteral("system"), tr("System"), QStringLiteral(":/icons/system.svg"), false,
         makeSystemPage},
    };
}

} // namespace perennial
