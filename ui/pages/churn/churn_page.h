#pragma once

#include "ui/pages/sectioned_page.h"

namespace perennial {

class KpiCard;
class ReasonsCard;
class RiskSection;
struct RiskFigures;

/// Who is about to leave, by which definition, how soon, how well that is known, and whom to contact.
/// Sections side by side under one row of figures; the users behind a mark stand in the table below,
/// with the reasons of the one that is chosen.
class ChurnPage : public SectionedPage {
    Q_OBJECT

public:
    explicit ChurnPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;

protected:
    void refresh() override;
    QString whyScores() const override;

private:
    void setUpKpis();
    void setUpUsers();
    void readFigures();
    void showFigures(const RiskFigures &figures);
    void setBusy(bool busy);

    QString m_answer;
    KpiCard *m_risk, *m_leavers, *m_atRisk, *m_silent, *m_gone;
    RiskSection *m_riskSection;
    ReasonsCard *m_reasons;
};

} // namespace perennial
