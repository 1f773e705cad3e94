#pragma once

#include "core/tuning/run_quality.h"
#include "ui/charts/chart_grid.h"
#include "ui/charts/chart_spec.h"
#include "ui/pages/page.h"

#include <optional>

namespace perennial {

/// Chances against what happened: on the diagonal they are right.
ChartSpec reliabilitySpec(const HeadQuality &head);
/// Mean prediction and mean outcome of tenths by prediction.
ChartSpec tenthsSpec(const HeadQuality &head, const QString &unit);

/// Whether a run's probabilities come true and its amounts come in: a chart per head of either
/// kind. Hidden for a run whose answers were not kept.
class QualityCharts : public ChartGrid {
    Q_OBJECT

public:
    explicit QualityCharts(const PageContext &context, QWidget *parent = nullptr);
    void show(const std::optional<RunQuality> &quality);

private:
    PageContext m_context;
};

} // namespace perennial
