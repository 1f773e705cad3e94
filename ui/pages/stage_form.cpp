#include "ui/pages/stage_form.h"

#include "ui/error_text.h"
#include "ui/widgets/count_suffix.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

namespace perennial {

namespace {

constexpr int kMostDays = 36'500;

QLabel *labelFor(QWidget *field, const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(field);
    return label;
}

QHBoxLayout *sideBySide(std::initializer_list<QWidget *> fields)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    for (QWidget *field : fields) {
        row->addWidget(field);
    }
    return row;
}

} // namespace

QString stageProblemText(const Error &error)
{
    if (error.where == "churned_after_days") {
        return StageForm::tr("“Churned after” must be more days than “Dormant after”.");
    }
    return errorText(error);
}

QSpinBox *daysBox(QWidget *parent, int lowest)
{
    auto *box = new QSpinBox(parent);
    box->setRange(lowest, kMostDays);
    setCountSuffix(*box, StageForm::tr(" day"), StageForm::tr(" days"));
    return box;
}

StageForm::StageForm(QWidget *parent) : QWidget(parent)
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(8);
    form->setHorizontalSpacing(12);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    setUpSilence(form);
    setUpOrders(form);
    setUpActivity(form);
    for (QSpinBox *box : {m_churnedAfter, m_dormantAfter, m_loyalOrders, m_recentOrder,
                          m_acquiredWithin, m_activeDays, m_activeWindow}) {
        connect(box, &QSpinBox::valueChanged, this, &StageForm::edited);
    }
    connect(m_churnedFromData, &QCheckBox::toggled, this, [this] {
        showChurnedAfter();
        Q_EMIT edited();
    });
    setThresholds({});
}

void StageForm::setUpSilence(QFormLayout *form)
{
    m_churnedAfter = daysBox(this, 1);
    m_churnedAfter->setAccessibleName(tr("Churned after days without activity"));
    m_churnedFromData = new QCheckBox(tr("from the data"), this);
    m_churnedFromData->setToolTip(tr("The shortest silence after which at most 10 % come back "
                                     "within the horizon, by Kaplan–Meier over the gaps between "
                                     "activities; 90 days where the data can't say."));
    form->addRow(labelFor(m_churnedAfter, tr("C&hurned after")),
                 sideBySide({m_churnedAfter, m_churnedFromData}));

    m_dormantAfter = daysBox(this, 1);
    m_dormantAfter->setAccessibleName(tr("Dormant after days without activity"));
    form->addRow(labelFor(m_dormantAfter, tr("D&ormant after")), m_dormantAfter);
}

void StageForm::setUpOrders(QFormLayout *form)
{
    m_loyalOrders = new QSpinBox(this);
    m_loyalOrders->setRange(2, 1000);
    m_loyalOrders->setSuffix(tr(" orders"));
    m_loyalOrders->setAccessibleName(tr("Orders of a loyal user"));
    form->addRow(labelFor(m_loyalOrders, tr("&Loyal from")), m_loyalOrders);

    m_recentOrder = daysBox(this, 1);
    m_recentOrder->setAccessibleName(tr("Days in which the last order of a loyal or converted "
                                        "user lies"));
    form->addRow(labelFor(m_recentOrder, tr("Loyal, con&verted: last order within")),
                 m_recentOrder);
}

void StageForm::setUpActivity(QFormLayout *form)
{
    m_acquiredWithin = daysBox(this, 0);
    m_acquiredWithin->setAccessibleName(tr("Days a user without an order is called acquired"));
    form->addRow(labelFor(m_acquiredWithin, tr("Ac&quired for")), m_acquiredWithin);

    m_activeDays = daysBox(this, 1);
    m_activeDays->setAccessibleName(tr("Active days needed"));
    m_activeWindow = daysBox(this, 1);
    m_activeWindow->setAccessibleName(tr("Window of the active days"));
    form->addRow(labelFor(m_activeDays, tr("&Active from")),
                 sideBySide({m_activeDays, plainLabel(tr("in the last"), this), m_activeWindow}));
}

void StageForm::showChurnedAfter()
{
    m_churnedAfter->setEnabled(!m_churnedFromData->isChecked());
}

void StageForm::setThresholds(const StageThresholds &thresholds)
{
    const QSignalBlocker quiet(this);
    m_dormantAfter->setValue(thresholds.dormantAfterDays);
    m_activeDays->setValue(thresholds.activeDaysNeeded);
    m_activeWindow->setValue(thresholds.activeWindowDays);
    m_acquiredWithin->setValue(thresholds.acquiredWithinDays);
    m_recentOrder->setValue(thresholds.recentOrderDays);
    m_loyalOrders->setValue(thresholds.loyalOrders);
    m_churnedFromData->setChecked(!thresholds.churnedAfterDays);
    m_churnedAfter->setValue(thresholds.churnedAfterDays.value_or(90));
    showChurnedAfter();
}

StageThresholds StageForm::thresholds() const
{
    StageThresholds stages;
    stages.dormantAfterDays = m_dormantAfter->value();
    stages.activeDaysNeeded = m_activeDays->value();
    stages.activeWindowDays = m_activeWindow->value();
    stages.acquiredWithinDays = m_acquiredWithin->value();
    stages.recentOrderDays = m_recentOrder->value();
    stages.loyalOrders = m_loyalOrders->value();
    if (!m_churnedFromData->isChecked()) {
        stages.churnedAfterDays = m_churnedAfter->value();
    }
    return stages;
}

} // namespace perennial
