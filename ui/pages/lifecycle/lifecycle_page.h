#pragma once

#include "ui/pages/lifecycle/flows_section.h"
#include "ui/pages/sectioned_page.h"

namespace perennial {

class KpiCard;
class StageStripCard;

/// Where everybody stands, how the active users change, who moves where, and who of each cohort came
/// back. Sections side by side under one row of figures; the users behind a mark stand in the table
/// below.
class LifecyclePage : public SectionedPage {
    Q_OBJECT

public:
    explicit LifecyclePage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;

protected:
    void refresh() override;
    QString whyScores() const override;

private:
    void setUpKpis();
    void setUpUsers();
    void readFigures();
    void showFigures(const FlowsFigures &figures);
    void showAnswer(const FlowRow &last, const FlowRow *before, Period period);
    void applyThresholds(const StageThresholds &thresholds);

    QString m_answer;
    KpiCard *m_active, *m_new, *m_back, *m_quiet, *m_ratio;
    StageStripCard *m_strip;
};

} // namespace perennial
