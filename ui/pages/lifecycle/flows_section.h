#pragma once

#include "ui/pages/flow_figures.h"
#include "ui/pages/scored_section.h"

namespace perennial {

class ChoiceBar;
class TableView;

/// The flows of any period, their quick ratio, and all in a table.
class FlowsSection : public ScoredSection {
    Q_OBJECT

public:
    explicit FlowsSection(const PageContext &context, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    void show();
    LifecycleAccess access() const;

    std::optional<FlowsFigures> m_figures;
    std::optional<Period> m_period; ///< chosen here; the settings' otherwise
    ChoiceBar *m_periods;
    ChartCard *m_flows, *m_ratio;
    Card *m_list;
    TableView *m_table;
};

} // namespace perennial
