#pragma once

#include "ui/pages/scored_page.h"
#include "ui/pages/value/value_figures.h"

#include <vector>

namespace perennial {

class AliveCard;
class DistributionSection;
class KpiCard;
class UserTableView;
class ScoredSection;
struct UserSelection;

/// What the users are worth: realised and predicted kept apart, how unevenly it is spread, which
/// model says so and how far it can be trusted. Sections side by side under one row of figures; the
/// users behind a mark stand in the table below.
class ValuePage : public ScoredPage {
    Q_OBJECT

public:
    explicit ValuePage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;
    bool usesSegment() const override { return true; }
    QStringList sections() const override;
    void showSection(int index) override;

protected:
    void refresh() override;
    QString whyScores() const override;

private:
    void setUpBasis();
    void setUpKpis();
    void setUpSections();
    void addSection(ScoredSection *section);
    void setUpUsers();
    void chooseUsers(const UserSelection &users);
    void releaseUsers();
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
    PageSections *m_bar;
    std::vector<ScoredSection *> m_sections; ///< as the bar names them
    UserTableView *m_table;
    AliveCard *m_history;
};

} // namespace perennial
