#pragma once

#include "ui/pages/overview_figures.h"
#include "ui/pages/scored_page.h"

namespace perennial {

class ChartCard;
class KpiCard;
class RecommendationPanel;
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
    void setUpUsers();
    void readFigures();
    void readFlows();
    void readInterval();
    void showFigures(const OverviewFigures &figures);
    void showKpis(const OverviewFigures &figures);
    void showCharts(const OverviewFigures &figures);
    void showFlows(const OverviewFlows &flows);
    void setBusy(bool busy);

    QString m_answer;
    QString m_flowsKey; ///< what m_flowsShown was read for
    OverviewFlows m_flowsShown;
    KpiCard *m_users, *m_active, *m_realised, *m_predicted, *m_risk, *m_atRisk;
    ChartCard *m_flows, *m_stages, *m_churn, *m_value;
    UserTableView *m_table;
    RecommendationPanel *m_recommendations;
};

} // namespace perennial
