#include "ui/pages/models/config_editors.h"

#include "core/neural/runtime.h"
#include "ui/widgets/calendar.h"
#include "ui/widgets/count_suffix.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(perennial::ConfigEditors)
};

/// Shows what counts of a number: 0.002, not 0.00200000.
class ShortSpinBox : public QDoubleSpinBox {
public:
    using QDoubleSpinBox::QDoubleSpinBox;
    QString textFromValue(double value) const override { return locale().toString(value, 'g', 6); }
};

using Changed = std::function<void()>;

FieldEditor editorOf(const WholeSetting &setting, QWidget *parent, const Changed &changed)
{
    auto *box = new QSpinBox(parent);
    box->setRange(setting.least, setting.most);
    box->setGroupSeparatorShown(true);
    box->setSpecialValueText(setting.special);
    box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    if (!setting.one.isEmpty()) {
        setCountSuffix(*box, setting.one, setting.many);
    }
    QObject::connect(box, &QSpinBox::valueChanged, box, changed);
    return {box, [=](const BehaviorConfig &c) { box->setValue(c.*setting.member); },
            [=](BehaviorConfig &c) { c.*setting.member = box->value(); }};
}

FieldEditor editorOf(const RealSetting &setting, QWidget *parent, const Changed &changed)
{
    auto *box = new ShortSpinBox(parent);
    box->setDecimals(setting.decimals);
    box->setRange(setting.least, setting.most);
    box->setSpecialValueText(setting.special);
    box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    QObject::connect(box, &QDoubleSpinBox::valueChanged, box, changed);
    return {box, [=](const BehaviorConfig &c) { box->setValue(c.*setting.member); },
            [=](BehaviorConfig &c) { c.*setting.member = box->value(); }};
}

FieldEditor editorOf(const SwitchSetting &setting, QWidget *parent, const Changed &changed)
{
    auto *box = new QCheckBox(Words::tr("on"), parent);
    QObject::connect(box, &QCheckBox::toggled, box, changed);
    return {box, [=](const BehaviorConfig &c) { box->setChecked(c.*setting.member); },
            [=](BehaviorConfig &c) { c.*setting.member = box->isChecked(); }};
}

FieldEditor editorOf(const ChoiceSetting &setting, QWidget *parent, const Changed &changed)
{
    auto *box = new QComboBox(parent);
    box->addItems(setting.names);
    QObject::connect(box, &QComboBox::currentIndexChanged, box, changed);
    return {box, [=](const BehaviorConfig &c) { box->setCurrentIndex(setting.get(c)); },
            [=](BehaviorConfig &c) { setting.set(c, box->currentIndex()); }};
}

FieldEditor editorOf(const DaySetting &, QWidget *parent, const Changed &changed)
{
    auto *row = new QWidget(parent);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *asProject = new QCheckBox(Words::tr("as the project"), row);
    auto *day = new QDateEdit(row);
    day->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    day->setCalendarPopup(true);
    day->setAccessibleName(Words::tr("Snapshot t₀"));
    day->setDate(QDate::currentDate());
    layout->addWidget(asProject);
    layout->addWidget(day, 1);
    row->setFocusProxy(asProject);
    QObject::connect(asProject, &QCheckBox::toggled, row, [day, changed](bool on) {
        day->setVisible(!on);
        changed();
    });
    QObject::connect(day, &QDateEdit::dateChanged, row, changed);
    return {row,
            [=](const BehaviorConfig &c) {
                asProject->setChecked(!c.until);
                day->setVisible(c.until.has_value());
                if (c.until) {
                    day->setDate(toDate(*c.until));
                }
            },
            [=](BehaviorConfig &c) {
                c.until.reset();
                if (!asProject->isChecked()) {
                    c.until = toDay(day->date());
                }
            }};
}

FieldEditor editorOf(const DeviceSetting &, QWidget *parent, const Changed &changed)
{
    auto *box = new QComboBox(parent);
    box->addItem(Words::tr("Automatic"), QStringLiteral("auto"));
    box->addItem(Words::tr("CPU"), QStringLiteral("cpu"));
    box->addItem(Words::tr("CUDA, the first device"), QStringLiteral("cuda"));
    for (int device = 1; device < runtimeInfo().cudaDevices; ++device) {
        box->addItem(Words::tr("CUDA device %1").arg(device),
                     QStringLiteral("cuda:%1").arg(device));
    }
    QObject::connect(box, &QComboBox::currentIndexChanged, box, changed);
    return {box,
            [=](const BehaviorConfig &c) {
                const QString name = QString::fromStdString(c.device);
                if (box->findData(name) < 0) {
                    box->addItem(name, name);
                }
                box->setCurrentIndex(box->findData(name));
            },
            [=](BehaviorConfig &c) { c.device = box->currentData().toString().toStdString(); }};
}

FieldEditor editorOf(const SeedSetting &, QWidget *parent, const Changed &changed)
{
    // A QSpinBox ends at 2^31; a double counts exactly to 2^53.
    auto *box = new QDoubleSpinBox(parent);
    constexpr double kMost = 9007199254740991.0;
    box->setDecimals(0);
    box->setRange(-kMost, kMost);
    QObject::connect(box, &QDoubleSpinBox::valueChanged, box, changed);
    return {box, [=](const BehaviorConfig &c) { box->setValue(static_cast<double>(c.seed)); },
            [=](BehaviorConfig &c) { c.seed = static_cast<std::int64_t>(box->value()); }};
}

/// The run that an entry stands for: its project's path and its number.
QVariant runKey(const std::string &project, std::int64_t run)
{
    return QStringList{QString::fromStdString(project), QString::number(run)};
}

QString runChoiceText(const std::string &project, std::int64_t run)
{
    return project.empty() ? Words::tr("Weights of run %1").arg(run)
                           : Words::tr("Weights of run %1 of %2")
                                 .arg(run)
                                 .arg(QFileInfo(QString::fromStdString(project)).fileName());
}

/// Behind the runs stands the entry that asks for others; it is no run.
void addAsking(QComboBox &box)
{
    box.addItem(Words::tr("A run of another project…"));
}

FieldEditor editorOf(const RunSetting &, QWidget *parent, const Changed &changed)
{
    auto *box = new QComboBox(parent);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    box->addItem(Words::tr("Random weights"), runKey({}, 0));
    addAsking(*box);
    QObject::connect(box, &QComboBox::currentIndexChanged, box, [box, changed] {
        if (box->currentData().isValid()) {
            changed();
        }
    });
    return {box,
            [=](const BehaviorConfig &c) {
                const QVariant run = runKey(c.warmProject, c.warmRun);
                if (box->findData(run) < 0) {
                    box->insertItem(box->count() - 1, runChoiceText(c.warmProject, c.warmRun), run);
                }
                box->setCurrentIndex(box->findData(run));
            },
            [=](BehaviorConfig &c) {
                const QStringList key = box->currentData().toStringList();
                if (key.size() == 2) {
                    c.warmProject = key[0].toStdString();
                    c.warmRun = key[1].toLongLong();
                }
            }};
}

} // namespace

FieldEditor makeFieldEditor(const ConfigField &field, QWidget *parent, const Changed &changed)
{
    FieldEditor editor = std::visit(
        [&](const auto &setting) { return editorOf(setting, parent, changed); }, field.setting);
    const QString help = settingHelp(field);
    editor.widget->setAccessibleName(field.label);
    editor.widget->setAccessibleDescription(help);
    editor.widget->setWhatsThis(help);
    return editor;
}

void setRunChoices(QWidget *editor, const std::vector<RunChoice> &runs)
{
    auto *box = qobject_cast<QComboBox *>(editor);
    if (!box) {
        return;
    }
    const QVariant chosen = box->currentData();
    const QSignalBlocker quiet(box);
    box->clear();
    box->addItem(Words::tr("Random weights"), runKey({}, 0));
    for (const RunChoice &run : runs) {
        const QString text = runChoiceText(run.project, run.run) + QStringLiteral(" · ") +
                             dayText(run.until);
        box->addItem(run.champion ? Words::tr("%1 · champion").arg(text) : text,
                     runKey(run.project, run.run));
        if (!run.project.empty()) {
            box->setItemData(box->count() - 1, plainToolTip(QString::fromStdString(run.project)),
                             Qt::ToolTipRole);
        }
    }
    if (chosen.isValid() && box->findData(chosen) < 0) {
        const QStringList key = chosen.toStringList();
        box->addItem(key[0].isEmpty()
                         ? Words::tr("Run %1, not there").arg(key[1]) // said beside the field
                         : runChoiceText(key[0].toStdString(), key[1].toLongLong()),
                     chosen);
    }
    addAsking(*box);
    box->setCurrentIndex(std::max(0, box->findData(chosen)));
}

void whenOtherProjectAsked(QWidget *editor, const std::function<void()> &asked)
{
    auto *box = qobject_cast<QComboBox *>(editor);
    if (!box) {
        return;
    }
    QObject::connect(box, &QComboBox::activated, box, [box, asked, before = 0](int index) mutable {
        if (box->itemData(index).isValid()) {
            before = index;
            return;
        }
        box->setCurrentIndex(std::min(before, box->count() - 2)); // until one is chosen
        asked();
    });
}

} // namespace perennial
