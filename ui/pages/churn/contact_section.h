#pragma once

#include "core/churn/churn_shelf.h"
#include "ui/pages/scored_section.h"

#include <QTimer>

#include <array>

class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;

namespace perennial {

class ChoiceBar;
class KpiCard;

/// Customers of the segment in both orders in which they could be contacted.
struct ContactFigures {
    UserStateLabel label;
    std::array<std::shared_ptr<const ContactPlan>, 2> plans; ///< by ContactOrder
    std::int64_t left = 0; ///< users of the segment without a churn risk
};
/// @error as ChurnShelf::valuesIfKept; NotScored, Cancelled.
Result<std::shared_ptr<const ContactFigures>> readContactFigures(const Project &project,
                                                                 const Segment &segment,
                                                                 const UserStateLabel &label,
                                                                 ChurnShelf &shelf,
                                                                 const Task &task);

/// Whom one would contact, what that is expected to save, and what it costs.
class ContactSection : public ScoredSection {
    Q_OBJECT

public:
    explicit ContactSection(const PageContext &context, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    void setUpTerms();
    void setUpKpis();
    void show();
    void showPlan();
    void showBest();
    void chooseUsers();
    void showLack(const Error &error);
    const ContactPlan *plan() const;
    ContactTerms terms() const;
    ContactOutcome outcome() const;
    bool isByRisk() const;

    std::shared_ptr<const ContactFigures> m_figures;
    Card *m_terms;
    ChoiceBar *m_order;
    QDoubleSpinBox *m_cost, *m_saveRate;
    QSlider *m_slider;
    QLabel *m_position;
    QPushButton *m_best, *m_users;
    KpiCard *m_contacts, *m_leavers, *m_saved, *m_spent, *m_net, *m_breakEven;
    ChartCard *m_curve;
};

} // namespace perennial
