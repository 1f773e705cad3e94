#pragma once

#include "ui/pages/page_parts.h"

class QStackedLayout;

namespace perennial {

class BacktestCard;
class CalibrationCard;
class ChartCard;
class DriftCard;
class EmptyState;
class ReadinessCard;
class TruthCard;

/// How far the value figures can be trusted: are the data enough, which method is right about
/// customers it has not seen, for whom it is wrong, and whether its parameters hold.
class TrustPage : public Page {
    Q_OBJECT

public:
    explicit TrustPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;
    QList<QAction *> pageActions() const override;

protected:
    void refresh() override;

private:
    void setUpCalibration();
    bool showEmptyState();
    void showRow();

    QStackedLayout *m_stack;
    EmptyState *m_empty;
    PageBody *m_body;
    ReadinessCard *m_readiness;
    BacktestCard *m_backtest;
    ChartCard *m_deciles, *m_churn;
    CalibrationCard *m_calibration;
    DriftCard *m_drift;
    TruthCard *m_truth;
};

} // namespace perennial
