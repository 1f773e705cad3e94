#pragma once

#include "ui/pages/scored_page.h"

#include <vector>

namespace perennial {

class KpiCard;
class ReasonsCard;
class RiskSection;
class ScoredSection;
class UserTableView;
struct RiskFigures;
struct UserSelection;

/// Who is about to leave, by which definition, how soon, how well that is known, and whom to contact.
/// Sections side by side under one row of figures; the users behind a mark stand in the table below,
/// with the reasons of the one that is chosen.
class ChurnPage : public ScoredPage {
    Q_OBJECT

public:
    explicit ChurnPage(const PageContext &context, QWidget *parent = nullptr);

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
    void showFigures(const RiskFigures &figures);
    void setBusy(bool busy);

    QString m_answer;
    KpiCard *m_risk, *m_leavers, *m_atRisk, *m_silent, *m_gone;
    RiskSection *m_riskSection;
    PageSections *m_bar;
    std::vector<ScoredSection *> m_sections; ///< as the bar names them
    UserTableView *m_table;
    ReasonsCard *m_reasons;
};

} // namespace perennial
