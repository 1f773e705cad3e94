#include "ui/pages/settings_form.h"

#include "ui/error_text.h"
#include "ui/pages/stage_form.h"
#include "ui/widgets/calendar.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QSpinBox>
#include <QStyle>
#include <QUndoStack>
#include <QVBoxLayout>

#include <array>
#include <cmath>

namespace perennial {

namespace {

constexpr std::array kCurrencies{"USD", "EUR", "GBP", "CNY", "JPY", "CHF", "INR", "BRL", "AUD"};

/// Settings that were saved: taken back and saved again.
class SaveSettings : public QUndoCommand {
public:
    using Apply = std::function<void(const ProjectSettings &)>;
    SaveSettings(const QString &text, ProjectSettings before, ProjectSettings after, Apply apply)
        : QUndoCommand(text), m_before(std::move(before)), m_after(std::move(after)),
          m_apply(std::move(apply))
    {
    }
    void undo() override { m_apply(m_before); }
    void redo() override
    {
        if (m_saved) { // pushing a command runs it, and this one has been
            m_saved = false;
            return;
        }
        m_apply(m_after);
    }

private:
    ProjectSettings m_before, m_after;
    Apply m_apply;
    bool m_saved = true;
};

/// What is wrong with a set of settings, in the form's own words.
QString problemText(const Error &error)
{
    const std::string &where = error.where;
    if (error.code == ErrorCode::HorizonNotPositive) {
        return SettingsForm::tr("The horizon must be at least one day.");
    }
    if (where == "currency") {
        return SettingsForm::tr("“%1” is not a currency code: three letters such as EUR.")
            .arg(QString::fromStdString(error.detail));
    }
    if (where == "margin") {
        return SettingsForm::tr("The margin must be above 0 % and at most 100 %.");
    }
    if (where == "discount_per_year") {
        return SettingsForm::tr("The discount must be at least 0 % and below 100 % per year.");
    }
    return stageProblemText(error);
}

} // namespace

SettingsForm::SettingsForm(Save save, QWidget *parent)
    : QWidget(parent), m_save(std::move(save)), m_history(std::make_unique<QUndoStack>())
{
    auto *values = new QFormLayout;
    values->setContentsMargins(0, 0, 0, 0);
    values->setVerticalSpacing(8);
    values->setHorizontalSpacing(12);
    values->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    m_stages = new StageForm(this);
    connect(m_stages, &StageForm::edited, this, &SettingsForm::check);
    setUpValueFields(values);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(32);
    columns->addLayout(values);
    columns->addWidget(m_stages, 0, Qt::AlignTop);
    columns->addStretch(1);

    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(8);
    outer->addLayout(columns);
    m_problem = new QLabel(this);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setWordWrap(true);
    m_problem->setAccessibleName(tr("What is wrong with the settings"));
    m_problem->hide();
    outer->addWidget(m_problem);
    setUpButtons();
    for (QLabel *label : findChildren<QLabel *>()) {
        label->setTextFormat(Qt::PlainText);
    }
    showSettings(m_stored);
}

void SettingsForm::setUpValueFields(QFormLayout *form)
{
    m_currency = new QComboBox(this);
    m_currency->setEditable(true);
    for (const char *code : kCurrencies) {
        m_currency->addItem(QLatin1String(code));
    }
    m_currency->setValidator(new QRegularExpressionValidator(
        QRegularExpression(QStringLiteral("[A-Za-z]{3}")), m_currency));
    m_currency->setAccessibleName(tr("Currency"));
    m_currency->setToolTip(tr("ISO 4217 code. Amounts are taken as they stand in the files; "
                              "nothing is converted."));
    form->addRow(tr("&Currency"), m_currency);

    m_margin = new QDoubleSpinBox(this);
    m_margin->setRange(0.1, 100.0);
    m_margin->setDecimals(1);
    m_margin->setSuffix(tr(" % of revenue"));
    m_margin->setAccessibleName(tr("Margin"));
    m_margin->setToolTip(tr("Share of net revenue that is profit. Predicted value is multiplied "
                            "by it; realised value is not."));
    form->addRow(tr("&Margin"), m_margin);

    m_discount = new QDoubleSpinBox(this);
    m_discount->setRange(0.0, 99.9);
    m_discount->setDecimals(1);
    m_discount->setSuffix(tr(" % per year"));
    m_discount->setAccessibleName(tr("Discount rate"));
    m_discount->setToolTip(tr("Effective annual rate at which future revenue is discounted to the "
                              "snapshot date."));
    form->addRow(tr("&Discount"), m_discount);

    m_horizon = daysBox(this, 1);
    connect(m_horizon, &QSpinBox::valueChanged, this, &SettingsForm::check);
    m_horizon->setAccessibleName(tr("Horizon"));
    m_horizon->setToolTip(tr("The window after the snapshot date that is predicted."));
    form->addRow(tr("&Horizon"), m_horizon);

    m_snapshotIsLast = new QCheckBox(tr("last day with an event"), this);
    m_snapshotIsLast->setAccessibleName(tr("Snapshot on the last day with an event"));
    m_snapshot = new QDateEdit(this);
    m_snapshot->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    m_snapshot->setDateRange(QDate(1, 1, 1), QDate(9999, 12, 31));
    m_snapshot->setCalendarPopup(true);
    m_snapshot->setAccessibleName(tr("Snapshot date"));
    m_snapshot->setToolTip(tr("Everything up to this day is input, everything after it is what is "
                              "predicted."));
    auto *snapshot = new QHBoxLayout;
    snapshot->setSpacing(8);
    snapshot->addWidget(m_snapshot);
    snapshot->addWidget(m_snapshotIsLast);
    auto *snapshotLabel = new QLabel(tr("&Snapshot date"), this);
    snapshotLabel->setBuddy(m_snapshot);
    form->addRow(snapshotLabel, snapshot);

    m_period = new QComboBox(this);
    m_period->addItem(tr("day"), static_cast<int>(Period::Day));
    m_period->addItem(tr("week"), static_cast<int>(Period::Week));
    m_period->addItem(tr("month"), static_cast<int>(Period::Month));
    m_period->setAccessibleName(tr("Period of the models and flows"));
    m_period->setToolTip(tr("The time unit in which the value models count, and of the lifecycle "
                            "flows."));
    form->addRow(tr("&Period"), m_period);

    m_firstPurchase = new QCheckBox(tr("first purchase counts in the spend model"), this);
    m_firstPurchase->setToolTip(tr("Off: Gamma-Gamma learns from repeat order days only."));
    form->addRow(QString(), m_firstPurchase);

    for (QComboBox *box : {m_currency, m_period}) {
        connect(box, &QComboBox::currentTextChanged, this, &SettingsForm::check);
    }
    for (QDoubleSpinBox *box : {m_margin, m_discount}) {
        connect(box, &QDoubleSpinBox::valueChanged, this, &SettingsForm::check);
    }
    connect(m_snapshot, &QDateEdit::dateChanged, this, &SettingsForm::check);
    for (QCheckBox *box : {m_snapshotIsLast, m_firstPurchase}) {
        connect(box, &QCheckBox::toggled, this, &SettingsForm::check);
    }
}

void SettingsForm::setUpButtons()
{
    m_apply = new QPushButton(tr("Apply settings"), this);
    m_apply->setProperty("primary", true);
    m_discard = new QPushButton(tr("Discard changes"), this);
    m_undo = new QPushButton(tr("Undo"), this);

    m_redo = new QPushButton(tr("Redo"), this);

    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    for (QPushButton *button : {m_apply, m_discard, m_undo, m_redo}) {
        row->addWidget(button);
    }
    row->addStretch(1);
    qobject_cast<QVBoxLayout *>(layout())->addLayout(row);

    connect(m_apply, &QPushButton::clicked, this, &SettingsForm::apply);
    connect(m_discard, &QPushButton::clicked, this, [this] { showSettings(m_stored); });
    connect(m_undo, &QPushButton::clicked, m_history.get(), &QUndoStack::undo);
    connect(m_redo, &QPushButton::clicked, m_history.get(), &QUndoStack::redo);
    connect(m_history.get(), &QUndoStack::indexChanged, this, &SettingsForm::check);
}

SettingsForm::~SettingsForm() = default;

void SettingsForm::setSettings(const ProjectSettings &settings, std::optional<Day> firstEventDay,
                               std::optional<Day> lastEventDay)
{
    m_firstEventDay = firstEventDay;
    m_lastEventDay = lastEventDay;
    m_snapshotIsLast->setText(lastEventDay
                                  ? tr("last day with an event (%1)")
                                        .arg(QString::fromStdString(formatDate(*lastEventDay)))
                                  : tr("last day with an event"));
    if (settings == m_stored && isModified()) {
        return; // only the data changed: what is being typed stays
    }
    m_stored = settings;
    showSettings(settings);
}

void SettingsForm::setReadOnly(const QString &reason)
{
    m_readOnlyReason = reason;
    check();
}

void SettingsForm::clearHistory()
{
    m_history->clear();
}

void SettingsForm::showSettings(const ProjectSettings &settings)
{
    m_currency->setCurrentText(QString::fromStdString(settings.currency));
    m_margin->setValue(settings.margin * 100.0);
    m_discount->setValue(settings.discountPerYear * 100.0);
    m_horizon->setValue(settings.horizonDays);
    m_snapshotIsLast->setChecked(!settings.snapshot);
    if (const std::optional<Day> day = settings.snapshot ? settings.snapshot : m_lastEventDay) {
        m_snapshot->setDate(toDate(*day));
    }
    m_period->setCurrentIndex(m_period->findData(static_cast<int>(settings.period)));
    m_firstPurchase->setChecked(settings.firstPurchaseInSpend);

    m_stages->setThresholds(settings.stages);
    check();
}

ProjectSettings SettingsForm::edited() const
{
    // A value that still prints as the stored one is the stored one, so that opening the form
    // never rounds a setting that has more digits than it shows.
    const auto share = [](const QDoubleSpinBox *box, double stored) {
        const bool same = std::abs(box->value() - stored * 100.0) < 0.0501;
        const bool untouched =
            box->textFromValue(box->value()) == box->textFromValue(stored * 100.0);
        return same && untouched ? stored : box->value() / 100.0;
    };
    ProjectSettings settings = m_stored;
    settings.currency = m_currency->currentText().trimmed().toUpper().toStdString();
    settings.margin = share(m_margin, m_stored.margin);
    settings.discountPerYear = share(m_discount, m_stored.discountPerYear);
    settings.horizonDays = m_horizon->value();
    settings.snapshot.reset();
    if (!m_snapshotIsLast->isChecked()) {
        settings.snapshot = toDay(m_snapshot->date());
    }
    settings.period = static_cast<Period>(m_period->currentData().toInt());
    settings.firstPurchaseInSpend = m_firstPurchase->isChecked();

    settings.stages = m_stages->thresholds();
    return settings;
}

bool SettingsForm::isModified() const
{
    return !(edited() == m_stored);
}

void SettingsForm::apply()
{
    const ProjectSettings before = m_stored;
    const ProjectSettings after = edited();
    if (after == before || !saveStep(after)) {
        return;
    }
    m_history->push(new SaveSettings(tr("change settings"), before, after,
                                     [this](const ProjectSettings &s) { saveStep(s); }));
}

bool SettingsForm::saveStep(const ProjectSettings &settings)
{
    const Status status = m_save(settings);
    if (!status) {
        m_saveProblem = errorText(status.error());
        check();
        return false;
    }
    m_saveProblem.clear();
    m_stored = settings;
    showSettings(settings);
    Q_EMIT saved();
    return true;
}

void SettingsForm::check()
{
    const bool writable = m_readOnlyReason.isEmpty();
    m_snapshot->setEnabled(writable && !m_snapshotIsLast->isChecked());
    for (QWidget *field : std::initializer_list<QWidget *>{
             m_currency, m_margin, m_discount, m_horizon, m_snapshotIsLast, m_period,
             m_firstPurchase, m_stages}) {
        field->setEnabled(writable);
    }
    const Status valid = checkSettings(edited());
    QString problem = valid ? m_saveProblem : problemText(valid.error());
    const std::optional<Day> snapshot = edited().snapshot;
    if (problem.isEmpty() && snapshot && m_firstEventDay && *snapshot < *m_firstEventDay) {
        problem = tr("Nothing is known on %1: the first event is of %2.")
                      .arg(QString::fromStdString(formatDate(*snapshot)),
                           QString::fromStdString(formatDate(*m_firstEventDay)));
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());

    const bool modified = isModified();
    m_apply->setEnabled(writable && modified && valid.ok());
    m_discard->setEnabled(modified);
    m_undo->setEnabled(writable && m_history->canUndo());
    m_redo->setEnabled(writable && m_history->canRedo());
    m_apply->setToolTip(m_readOnlyReason);
}

} // namespace perennial
