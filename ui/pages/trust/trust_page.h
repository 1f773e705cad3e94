#pragma once

#include "ui/pages/page_parts.h"

class QStackedLayout;

namespace perennial {

class BacktestCard;
class CalibrationCard;
class Card;
class ChartCard;
class DriftCard;
class EmptyState;
class ReadinessCard;
class TruthCard;
class UserChooser;
class UserTableView;
struct UserSelection;

/// How far the value figures can be trusted: are the data enough, which method is right about
/// customers it has not seen, for whom it is wrong, and whether its parameters hold.
class TrustPage : public Page {
    Q_OBJECT

public:
    explicit TrustPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;
    QList<QAction *> pageActions() const override;
    QStringList sections() const override;
    void showSection(int index) override;

protected:
    void refresh() override;

private:
    void setUpBacktest();
    void setUpCalibration();
    void setUpUsers(QVBoxLayout *column);
    void setUpDrift();
    void refreshUsers();
    void chooseUsers(const UserSelection &users);
    bool showEmptyState();
    void showRow();

    QStackedLayout *m_stack;
    EmptyState *m_empty;
    PageBody *m_body;
    PageSections *m_sections;
    ReadinessCard *m_readiness;
    BacktestCard *m_backtest;
    ChartCard *m_deciles, *m_churn;
    CalibrationCard *m_calibration;
    UserChooser *m_chooser;
    Card *m_users;
    UserTableView *m_table;
    DriftCard *m_drift;
    TruthCard *m_truth;
};

} // namespace perennial
