#pragma once

#include "ui/pages/scored_page.h"
#include "ui/pages/value/value_figures.h"

namespace perennial {

class Card;
class ChartCard;
class KpiCard;
class TableView;
class TruthCard;
class UserTableView;

/// What the users are worth: realised and predicted kept apart, how unevenly it is spread, which
/// model says so and how well it retells the past.
class ValuePage : public ScoredPage {
    Q_OBJECT

public:
    explicit ValuePage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;
    bool usesSegment() const override { return true; }

protected:
    void refresh() override;
    QString whyScores() const override;

private:
    void setUpBasis();
    void setUpKpis();
    void setUpDistributions();
    void setUpConcentration();
    void setUpModel();
    void setUpUsers();
    void readFigures();
    void readModel();
    void showBasis();
    void showFigures(const ValueFigures &figures);
    void showKpis(const ValueFigures &figures);
    void showModel(const ModelFigures &figures);
    void showNoModel(const Error &error);
    void setBusy(bool busy);

    QString m_answer;
    QLabel *m_basis;
    KpiCard *m_realisedTotal, *m_predictedTotal, *m_customers, *m_orders, *m_topShare;
    ChartCard *m_predicted, *m_realised, *m_concentration, *m_repeats;
    Card *m_deciles, *m_model;
    TableView *m_decileTable, *m_parameters;
    QLabel *m_fitText;
    TruthCard *m_truth;
    UserTableView *m_table;
};

} // namespace perennial
