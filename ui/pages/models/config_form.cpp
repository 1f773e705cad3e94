#include "ui/pages/behavior_config_form.h"

#include "ui/widgets/count_suffix.h"
#include "ui/widgets/labels.h"
#include "ui/error_text.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <limits>

namespace perennial {

namespace {

constexpr int kCustom = 3; // index of "Custom" in the list of presets

QFormLayout *formIn(QWidget *parent)
{
    auto *form = new QFormLayout(parent);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

} // namespace

BehaviorConfig presetConfig(TrainingPreset preset)
{
    BehaviorConfig config;
    switch (preset) {
    case TrainingPreset::Quick:
        config.epochs = 2;
        config.patience = 1;
        config.windowsPerUser = 1;
        config.dimension = 32;
        config.sequenceLength = 30;
        config.validationUsers = 2000;
        config.refitEpochs = 0;
        break;
    case TrainingPreset::Balanced:
        break;
    case TrainingPreset::Thorough:
        config.epochs = 30;
        config.patience = 4;
        config.windowsPerUser = 4;
        config.dimension = 128;
        config.heads = 4;
        config.layers = 2;
        config.sequenceLength = 100;
        config.validationUsers = 10000;
        config.learningRate = 0.001;
        break;
    }
    return config;
}

QString deviceReasonText(const DeviceChoice &choice)
{
    switch (choice.reason) {
    case DeviceReason::Asked:
        return choice.name.empty()
                   ? BehaviorConfigForm::tr("Runs on the CPU, as chosen.")
                   : BehaviorConfigForm::tr("Runs on %1, as chosen.").arg(QString::fromStdString(choice.name));
    case DeviceReason::CudaFound:
        return BehaviorConfigForm::tr("Automatic: runs on %1.").arg(QString::fromStdString(choice.name));
    case DeviceReason::LibraryWithoutCuda:
        return BehaviorConfigForm::tr("Automatic: runs on the CPU, as this LibTorch was built without CUDA.");
    case DeviceReason::NoCudaDevice:
        return BehaviorConfigForm::tr("Automatic: runs on the CPU, as no CUDA device was found.");
    }
    return {};
}

BehaviorConfigForm::BehaviorConfigForm(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto *main = new QWidget(this);
    setUpMain(formIn(main));
    column->addWidget(main);
    m_moreButton = new QToolButton(this);
    m_moreButton->setText(tr("More settings"));
    m_moreButton->setAccessibleName(tr("More settings"));
    m_moreButton->setCheckable(true);
    m_moreButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_moreButton->setArrowType(Qt::RightArrow);
    m_moreButton->setAutoRaise(true);
    column->addWidget(m_moreButton);
    m_more = new QWidget(this);
    setUpMore(formIn(m_more));
    m_more->hide();
    column->addWidget(m_more);
    m_problem = captionLabel({}, this);
    m_problem->setProperty("role", QStringLiteral("problem"));
    m_problem->hide();
    column->addWidget(m_problem);
    connect(m_moreButton, &QToolButton::toggled, this, [this](bool open) {
        m_moreButton->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        m_more->setVisible(open);
    });
    setConfig(presetConfig(TrainingPreset::Balanced));
}

void BehaviorConfigForm::setUpMain(QFormLayout *form)
{
    m_preset = new QComboBox(this);
    m_preset->addItems({tr("Quick look"), tr("Balanced"), tr("Thorough"), tr("Custom")});
    m_preset->setAccessibleName(tr("Preset"));
    m_preset->setToolTip(tr("Quick: a first impression within a minute or two on the sample shop. "
                            "Balanced: the default. Thorough: a larger network, trained for longer."));
    form->addRow(tr("&Preset"), m_preset);
    connect(m_preset, &QComboBox::activated, this, &BehaviorConfigForm::applyPreset);

    m_device = new QComboBox(this);
    m_device->addItem(tr("Automatic"), QStringLiteral("auto"));
    m_device->addItem(tr("CPU"), QStringLiteral("cpu"));
    m_device->addItem(tr("CUDA"), QStringLiteral("cuda"));
    m_device->setAccessibleName(tr("Device"));
    form->addRow(tr("De&vice"), m_device);
    m_deviceReason = captionLabel({}, this);
    form->addRow(QString(), m_deviceReason);
    connect(m_device, &QComboBox::currentIndexChanged, this, [this] {
        showDevice();
        check();
        Q_EMIT changed();
    });

    addWhole(form, tr("&Epochs at most"), tr("Passes over the users; stops earlier when the "
                                             "validation loss no longer falls."),
             &BehaviorConfig::epochs, 1, 10000);
    m_seed = new QSpinBox(this);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("The same seed on the same device gives the same model, bit for bit."));
    form->addRow(tr("&Seed"), m_seed);
    connect(m_seed, &QSpinBox::valueChanged, this, &BehaviorConfigForm::changed);
}

void BehaviorConfigForm::setUpMore(QFormLayout *form)
{
    addWhole(form, tr("Patience"), tr("Epochs without a better validation loss before it stops."),
             &BehaviorConfig::patience, 1, 1000);
    addWhole(form, tr("Network width"), tr("Size of the vectors; a multiple of the heads."),
             &BehaviorConfig::dimension, 4, 1024);
    addWhole(form, tr("Attention heads"), tr("Ways in which past events are compared."),
             &BehaviorConfig::heads, 1, 16);
    addWhole(form, tr("Layers"), tr("More layers see longer patterns and train more slowly."),
             &BehaviorConfig::layers, 1, 12);
    addWhole(form, tr("Events per user"), tr("The most recent events a user is seen by."),
             &BehaviorConfig::sequenceLength, 2, 500);
    addReal(form, tr("Dropout"), tr("Share of the network switched off while training."),
            &BehaviorConfig::dropout, 0.0, 0.9, 2);
    addReal(form, tr("Learning rate"), tr("Size of a step; smaller is slower and steadier."),
            &BehaviorConfig::learningRate, 0.00001, 1.0, 5);
    addReal(form, tr("Weight decay"), tr("Pull of all weights towards 0 (AdamW)."),
            &BehaviorConfig::weightDecay, 0.0, 10.0, 4);
    addReal(form, tr("Gradient clip"), tr("Largest norm of a step's gradient."),
            &BehaviorConfig::gradientClip, 0.001, 1000.0, 3);
    addWhole(form, tr("Batch size"), tr("Sequences in a step; halved where memory runs out."),
             &BehaviorConfig::batchSize, 1, 8192);
    addWhole(form, tr("Windows per user"), tr("Sequences drawn from each user per epoch."),
             &BehaviorConfig::windowsPerUser, 1, 100);
    addWhole(form, tr("Validation users"), tr("At most this many are scored after each epoch."),
             &BehaviorConfig::validationUsers, 1, 1'000'000);
    addWhole(form, tr("Refit epochs"),
             tr("Passes over everything up to t₀ once the best epoch is known; 0 = none."),
             &BehaviorConfig::refitEpochs, 0, 1000);
    addWhole(form, tr("Items at most"), tr("Items with a vector of their own, most frequent first."),
             &BehaviorConfig::maxItems, 1, 2'000'000);
    QSpinBox *horizon =
        addWhole(form, tr("Horizon"), tr("The window churn and value are learned for."),
                 &BehaviorConfig::horizonDays, 0, 3650);
    horizon->setSpecialValueText(tr("as the project"));
    setCountSuffix(*horizon, tr(" day"), tr(" days"));
    addReal(form, tr("Weight: next item"), tr("Of this head in the loss; 0 leaves it out."),
            &BehaviorConfig::nextItemWeight, 0.0, 100.0, 2);
    addReal(form, tr("Weight: churn"), tr("Of this head in the loss; 0 leaves it out."),
            &BehaviorConfig::churnWeight, 0.0, 100.0, 2);
    addReal(form, tr("Weight: value"), tr("Of this head in the loss; 0 leaves it out."),
            &BehaviorConfig::valueWeight, 0.0, 100.0, 2);
}

QSpinBox *BehaviorConfigForm::addWhole(QFormLayout *form, const QString &label, const QString &help,
                                       int BehaviorConfig::*member, int lowest, int highest)
{
    auto *box = new QSpinBox(this);
    box->setRange(lowest, highest);
    box->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    box->setAccessibleDescription(help);
    box->setToolTip(tr("%1 Range %L2 to %L3.").arg(help).arg(lowest).arg(highest));
    box->setGroupSeparatorShown(true);
    form->addRow(label, box);
    m_whole.push_back({member, box});
    connect(box, &QSpinBox::valueChanged, this, &BehaviorConfigForm::edited);
    return box;
}

void BehaviorConfigForm::addReal(QFormLayout *form, const QString &label, const QString &help,
                                 double BehaviorConfig::*member, double lowest, double highest,
                                 int decimals)
{
    auto *box = new QDoubleSpinBox(this);
    box->setDecimals(decimals);
    box->setRange(lowest, highest);
    box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    box->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    box->setAccessibleDescription(help);
    box->setToolTip(tr("%1 Range %L2 to %L3.").arg(help).arg(lowest).arg(highest));
    form->addRow(label, box);
    m_real.push_back({member, box});
    connect(box, &QDoubleSpinBox::valueChanged, this, &BehaviorConfigForm::edited);
}

BehaviorConfig BehaviorConfigForm::config() const
{
    BehaviorConfig config;
    for (const WholeField &field : m_whole) {
        config.*field.member = field.box->value();
    }
    for (const RealField &field : m_real) {
        config.*field.member = field.box->value();
    }
    config.device = m_device->currentData().toString().toStdString();
    config.seed = m_seed->value();
    return config;
}

void BehaviorConfigForm::setConfig(const BehaviorConfig &config)
{
    m_filling = true;
    for (const WholeField &field : m_whole) {
        field.box->setValue(config.*field.member);
    }
    for (const RealField &field : m_real) {
        field.box->setValue(config.*field.member);
    }
    const int device = m_device->findData(QString::fromStdString(config.device));
    m_device->setCurrentIndex(device < 0 ? 0 : device);
    m_seed->setValue(static_cast<int>(std::min<std::int64_t>(config.seed, m_seed->maximum())));
    m_filling = false;
    showDevice();
    edited();
}

void BehaviorConfigForm::applyPreset(int index)
{
    if (index == kCustom) {
        m_moreButton->setChecked(true);
        return;
    }
    BehaviorConfig preset = presetConfig(static_cast<TrainingPreset>(index));
    preset.device = m_device->currentData().toString().toStdString();
    preset.seed = m_seed->value();
    setConfig(preset);
}

void BehaviorConfigForm::edited()
{
    if (m_filling) {
        return;
    }
    BehaviorConfig now = config();
    int preset = kCustom;
    for (int i = 0; i < kCustom; ++i) {
        BehaviorConfig known = presetConfig(static_cast<TrainingPreset>(i));
        known.device = now.device;
        known.seed = now.seed;
        preset = known == now ? i : preset;
    }
    m_preset->setCurrentIndex(preset);
    check();
    Q_EMIT changed();
}

void BehaviorConfigForm::showDevice()
{
    const auto choice = chooseDevice(m_device->currentData().toString().toStdString());
    m_deviceReason->setText(choice ? deviceReasonText(*choice) : errorText(choice.error()));
}

void BehaviorConfigForm::check()
{
    const auto device = chooseDevice(m_device->currentData().toString().toStdString());
    const Status status = checkConfig(config());
    m_valid = status.ok() && device.ok();
    QString problem;
    if (!status) {
        const BehaviorConfig c = config();
        problem = c.heads > 0 && c.dimension % c.heads != 0
                      ? tr("The network width must be a multiple of the attention heads.")
                      : errorText(status.error());
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

} // namespace perennial
