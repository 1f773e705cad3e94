#pragma once

#include "core/base/result.h"
#include "core/project/settings.h"

#include <QString>
#include <QWidget>

class QCheckBox;
class QFormLayout;
class QSpinBox;

namespace perennial {

/// The thresholds of the stage ladder as fields, the ladder's top first.
class StageForm : public QWidget {
    Q_OBJECT

public:
    explicit StageForm(QWidget *parent = nullptr);

    /// Without a signal.
    void setThresholds(const StageThresholds &thresholds);
    StageThresholds thresholds() const;

Q_SIGNALS:
    void edited();

private:
    void setUpSilence(QFormLayout *form);
    void setUpOrders(QFormLayout *form);
    void setUpActivity(QFormLayout *form);
    void showChurnedAfter();

    QCheckBox *m_churnedFromData;
    QSpinBox *m_churnedAfter, *m_dormantAfter, *m_loyalOrders, *m_recentOrder, *m_acquiredWithin,
        *m_activeDays, *m_activeWindow;
};

/// What is wrong with thresholds, in the form's own words.
QString stageProblemText(const Error &error);

/// A field of whole days with its unit.
QSpinBox *daysBox(QWidget *parent, int lowest);

} // namespace perennial
