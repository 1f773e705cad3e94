#pragma once

#include "ui/pages/lifecycle/flows_section.h"
#include "ui/pages/scored_page.h"

#include <vector>

namespace perennial {

class KpiCard;
class StageStripCard;
class UserTableView;

/// Where everybody stands, how the active users change, who moves where, and who of each cohort came
/// back. Sections side by side under one row of figures; the users behind a mark stand in the table
/// below.
class LifecyclePage : public ScoredPage {
    Q_OBJECT

public:
    explicit LifecyclePage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;
    bool usesSegment() const override { return true; }
    QStringList sections() const override;
    void showSection(int index) override;

protected:
    void refresh() override;
    QString whyScores() const override;

private:
    void setUpKpis();
    void setUpSections();
    void addSection(ScoredSection *section);
    void setUpUsers();
    void chooseUsers(const UserSelection &users);
    void releaseUsers();
    void readFigures();
    void showFigures(const FlowsFigures &figures);
    void showAnswer(const FlowRow &last, const FlowRow *before, Period period);
    void applyThresholds(const StageThresholds &thresholds);

    QString m_answer;
    KpiCard *m_active, *m_new, *m_back, *m_quiet, *m_ratio;
    PageSections *m_bar;
    std::vector<ScoredSection *> m_sections; ///< as the bar names them
    UserTableView *m_table;
    StageStripCard *m_strip;
};

} // namespace perennial
