#pragma once

#include "ui/pages/flow_figures.h"
#include "ui/pages/overview_figures.h"
#include "ui/pages/scored_page.h"

namespace perennial {

class ChartCard;
class KpiCard;
class RecommendationPanel;
class TableView;
class UserTableView;

/// Who the users are, what they are worth, who is about to leave: figures of the scored users and
/// the way from each to the users behind it.
class OverviewPage : public ScoredPage {
    Q_OBJECT

public:
    explicit OverviewPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;
    bool usesSegment() const override { return true; }

protected:
    void refresh() override;
    QString whyScores() const override;

private:
    void setUpKpis();
    void setUpCharts();
    void setUpChoices();
    void setUpUsers();
    void chooseUsers(const UserSelection &users);
    void releaseUsers();
    void readFigures();
    void readFlows();
    void readInterval();
    void showFigures(const OverviewFigures &figures);
    void showKpis(const OverviewFigures &figures);
    void showCharts(const OverviewFigures &figures);
    void showChanges(const OverviewFigures &figures);
    QString sinceText(double now, std::optional<double> before) const;
    void showFlows();
    void setBusy(bool busy);

    QString m_answer;
    std::optional<OverviewFigures> m_figures;
    std::optional<FlowsFigures> m_flowsShown;
    KpiCard *m_users, *m_active, *m_realised, *m_predicted, *m_atRisk;
    ChartCard *m_flows, *m_stages, *m_churn, *m_value;
    Card *m_changes;
    TableView *m_changeTable;
    UserChooser *m_chooser;
    UserTableView *m_table;
    RecommendationPanel *m_recommendations;
};

} // namespace perennial
