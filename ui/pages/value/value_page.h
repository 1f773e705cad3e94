#pragma once

#include "ui/pages/sectioned_page.h"
#include "ui/pages/value/value_figures.h"

namespace perennial {

class AliveCard;
class DistributionSection;
class KpiCard;

/// What the users are worth: realised and predicted kept apart, how unevenly it is spread, which
/// model says so and how far it can be trusted. Sections side by side under one row of figures; the
/// users behind a mark stand in the table below.
class ValuePage : public SectionedPage {
    Q_OBJECT

public:
    explicit ValuePage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;

protected:
    void refresh() override;
    QString whyScores() const override;

private:
    void setUpBasis();
    void setUpKpis();
    void setUpUsers();
    void readFigures();
    void showBasis();
    void showFigures(const ValueFigures &figures);
    void showKpis(const ValueFigures &figures);
    void showAnswer(const ValueFigures &figures);
    void setBusy(bool busy);

    QString m_answer;
    QLabel *m_basis;
    KpiCard *m_realisedTotal, *m_predictedTotal, *m_customers, *m_orders, *m_topShare;
    DistributionSection *m_distribution;
    AliveCard *m_history;
};

} // namespace perennial
