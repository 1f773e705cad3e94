#include "ui/pages/models/config_form.h"

#include "ui/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kCustom = kTrainingPresets; // index of "Custom" in the list of presets
constexpr int kLabelWidth = 124;

QGridLayout *gridIn(QWidget *parent)
{
    auto *grid = new QGridLayout(parent);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * kGap);
    grid->setVerticalSpacing(kGap);
    grid->setColumnMinimumWidth(0, kLabelWidth);
    grid->setColumnStretch(1, 1);
    return grid;
}

void setRole(QLabel *label, const QString &role)
{
    if (label->property("role").toString() != role) {
        label->setProperty("role", role);
        label->style()->unpolish(label);
        label->style()->polish(label);
    }
}

/// What does not fit, for the field that checkConfig names.
QString problemText(const Error &error, const BehaviorConfig &config)
{
    if (error.where == "dimension") {
        return BehaviorConfigForm::tr("Must be a multiple of the attention heads (%1).")
            .arg(config.heads);
    }
    if (error.where == "next_item_weight") {
        return BehaviorConfigForm::tr("At least one head must have a weight.");
    }
    if (error.where == "temperature") {
        return BehaviorConfigForm::tr("Must be 0.01 or more, or by itself.");
    }
    return errorText(error);
}

bool sameButDevice(BehaviorConfig known, const BehaviorConfig &now)
{
    known.device = now.device;
    known.seed = now.seed;
    known.ensemble = now.ensemble;
    known.warmRun = now.warmRun;
    known.warmProject = now.warmProject;
    known.until = now.until;
    known.horizonDays = now.horizonDays;
    return known == now;
}

} // namespace

QString deviceReasonText(const DeviceChoice &choice)
{
    const QString name = QString::fromStdString(choice.name);
    switch (choice.reason) {
    case DeviceReason::Asked:
        return choice.name.empty() ? BehaviorConfigForm::tr("Runs on the CPU, as chosen.")
                                   : BehaviorConfigForm::tr("Runs on %1, as chosen.").arg(name);
    case DeviceReason::CudaFound:
        return BehaviorConfigForm::tr("Automatic: runs on %1.").arg(name);
    case DeviceReason::LibraryWithoutCuda:
        return BehaviorConfigForm::tr("Automatic: runs on the CPU, as this LibTorch was built "
                                      "without CUDA.");
    case DeviceReason::NoCudaDevice:
        return BehaviorConfigForm::tr("Automatic: runs on the CPU, as no CUDA device was found.");
    }
    return {};
}

BehaviorConfigForm::BehaviorConfigForm(QWidget *parent) : QWidget(parent)
{
    m_filling = true;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kGap);
    setUpPreset(column);
    for (int group = 0; group < kConfigGroups; ++group) {
        setUpGroup(column, static_cast<ConfigGroup>(group));
    }
    m_filling = false;
    setConfig(presetConfig(TrainingPreset::Balanced));
}

void BehaviorConfigForm::setUpPreset(QVBoxLayout *column)
{
    auto *top = new QWidget(this);
    QGridLayout *grid = gridIn(top);
    m_preset = new QComboBox(this);
    for (int i = 0; i < kTrainingPresets; ++i) {
        const auto preset = static_cast<TrainingPreset>(i);
        m_preset->addItem(presetText(preset));
        m_preset->setItemData(i, presetHelp(preset), Qt::ToolTipRole);
    }
    m_preset->addItem(tr("Custom"));
    m_preset->setAccessibleName(tr("Preset"));
    auto *label = new QLabel(tr("&Preset"), this);
    label->setBuddy(m_preset);
    grid->addWidget(label, 0, 0);
    grid->addWidget(m_preset, 0, 1, 1, 2);
    m_presetHelp = captionLabel({}, this);
    grid->addWidget(m_presetHelp, 1, 0, 1, 3);
    for (const ConfigField &field : configFields()) {
        if (field.upFront) {
            addRow(field, grid);
        }
    }
    column->addWidget(top);
    connect(m_preset, &QComboBox::activated, this, &BehaviorConfigForm::applyPreset);
}

void BehaviorConfigForm::setUpGroup(QVBoxLayout *column, ConfigGroup group)
{
    Group part{group, new QToolButton(this), new QWidget(this), nullptr};
    part.header->setCheckable(true);
    part.header->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    part.header->setArrowType(Qt::RightArrow);
    part.header->setAutoRaise(true);
    part.header->setAccessibleName(configGroupText(group));
    part.grid = gridIn(part.body);
    for (const ConfigField &field : configFields()) {
        if (field.group == group && !field.upFront) {
            addRow(field, part.grid);
        }
    }
    part.body->hide();
    connect(part.header, &QToolButton::toggled, part.body,
            [header = part.header, body = part.body](bool open) {
                header->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
                body->setVisible(open);
            });
    column->addWidget(part.header);
    column->addWidget(part.body);
    m_groups.push_back(part);
}

void BehaviorConfigForm::addRow(const ConfigField &field, QGridLayout *grid)
{
    Row row{field, makeFieldEditor(field, this, [this] { edited(); }),
            plainLabel(field.label, this), captionLabel({}, this),
            iconButton(QStringLiteral(":/icons/reset.svg"), tr("Default of %1").arg(field.label),
                       this)};
    if (std::holds_alternative<RunSetting>(field.setting)) {
        whenOtherProjectAsked(row.editor.widget, [this] { Q_EMIT otherProjectAsked(); });
    }
    row.label->setWordWrap(true);
    row.label->setBuddy(row.editor.widget);
    row.note->hide();
    QSizePolicy keeps = row.reset->sizePolicy();
    keeps.setRetainSizeWhenHidden(true); // fields stay as wide as they are
    row.reset->setSizePolicy(keeps);
    row.reset->setToolTip(plainToolTip(tr("Back to the default: %1").arg(settingText(field, {}))));
    const int at = grid->rowCount();
    grid->addWidget(row.label, at, 0);
    grid->addWidget(row.editor.widget, at, 1);
    grid->addWidget(row.reset, at, 2);
    grid->addWidget(row.note, at + 1, 0, 1, 3);
    const std::size_t index = m_rows.size();
    connect(row.reset, &QToolButton::clicked, this, [this, index] { reset(m_rows[index]); });
    m_rows.push_back(std::move(row));
}

BehaviorConfig BehaviorConfigForm::typed() const
{
    BehaviorConfig config = m_base;
    for (const Row &row : m_rows) {
        row.editor.take(config);
    }
    return config;
}

BehaviorConfig BehaviorConfigForm::config() const
{
    const BehaviorConfig all = typed();
    BehaviorConfig config = all;
    for (const Row &row : m_rows) {
        if (row.field.applies && !row.field.applies(all)) {
            copySetting(row.field, {}, config);
        }
    }
    return config;
}

void BehaviorConfigForm::setConfig(const BehaviorConfig &config)
{
    m_filling = true;
    m_base = config;
    for (const Row &row : m_rows) {
        row.editor.show(config);
    }
    m_filling = false;
    edited();
}

void BehaviorConfigForm::setRuns(const std::vector<RunChoice> &runs)
{
    if (m_runsKnown && runs == m_runs) {
        return;
    }
    m_runs = runs;
    m_runsKnown = true;
    showRuns();
}

void BehaviorConfigForm::offerRunsOf(const std::string &project, std::vector<RunChoice> runs)
{
    m_otherRuns = std::move(runs);
    for (RunChoice &run : m_otherRuns) {
        run.project = project;
    }
    showRuns();
    if (!m_otherRuns.empty()) {
        BehaviorConfig now = typed();
        now.warmProject = project;
        now.warmRun = m_otherRuns.front().run;
        setConfig(now);
    }
}

void BehaviorConfigForm::showRuns()
{
    std::vector<RunChoice> all = m_runs;
    all.insert(all.end(), m_otherRuns.begin(), m_otherRuns.end());
    for (const Row &row : m_rows) {
        if (std::holds_alternative<RunSetting>(row.field.setting)) {
            setRunChoices(row.editor.widget, all);
        }
    }
    edited();
}

void BehaviorConfigForm::applyPreset(int index)
{
    if (index == kCustom) {
        for (const Group &group : m_groups) {
            group.header->setChecked(true);
        }
        return;
    }
    const BehaviorConfig now = config();
    BehaviorConfig preset = presetConfig(static_cast<TrainingPreset>(index));
    preset.device = now.device;
    preset.seed = now.seed;
    preset.ensemble = now.ensemble;
    preset.warmRun = now.warmRun;
    preset.warmProject = now.warmProject;
    preset.until = now.until;
    preset.horizonDays = now.horizonDays;
    setConfig(preset);
}

void BehaviorConfigForm::reset(const Row &row)
{
    row.editor.show({});
}

void BehaviorConfigForm::edited()
{
    if (m_filling) {
        return;
    }
    const BehaviorConfig now = config(), asTyped = typed();
    showPreset(now);
    for (Row &row : m_rows) {
        showRow(row, now, asTyped);
    }
    showGroups(now);
    check(now);
    Q_EMIT changed();
}

void BehaviorConfigForm::showPreset(const BehaviorConfig &now)
{
    int preset = kCustom;
    for (int i = 0; i < kTrainingPresets; ++i) {
        preset = sameButDevice(presetConfig(static_cast<TrainingPreset>(i)), now) ? i : preset;
    }
    m_preset->setCurrentIndex(preset);
    m_presetHelp->setText(preset == kCustom ? tr("Settings of your own; a preset fills them all.")
                                            : presetHelp(static_cast<TrainingPreset>(preset)));
}

void BehaviorConfigForm::showRow(Row &row, const BehaviorConfig &now,
                                 const BehaviorConfig &asTyped)
{
    const Row::Look look{!row.field.applies || row.field.applies(asTyped),
                         !sameSetting(row.field, now, {})};
    if (row.look == look) {
        return;
    }
    row.look = look;
    row.editor.widget->setEnabled(look.applies);
    row.label->setEnabled(look.applies);
    const QString help = settingHelp(row.field);
    const QString tip = look.applies ? help : tr("%1 It %2.").arg(help, row.field.needs);
    row.editor.widget->setToolTip(plainToolTip(tip));
    row.label->setToolTip(plainToolTip(tip));
    QFont font = row.label->font();
    font.setBold(look.changed);
    row.label->setFont(font);
    row.label->setText(look.changed ? tr("%1 •").arg(row.field.label) : row.field.label);
    row.reset->setVisible(look.changed);
}

void BehaviorConfigForm::showGroups(const BehaviorConfig &now)
{
    for (const Group &group : m_groups) {
        const auto changed = std::ranges::count_if(m_rows, [&](const Row &row) {
            return row.field.group == group.group && !row.field.upFront &&
                   !sameSetting(row.field, now, {});
        });
        const QString name = configGroupText(group.group);
        const QString text =
            changed == 0 ? name : tr("%1 · %2 changed").arg(name).arg(changed);
        if (group.header->text() != text) {
            group.header->setText(text);
        }
    }
}

void BehaviorConfigForm::showNote(const Row &row, const Note *note)
{
    const QString text = !note             ? QString()
                         : note->isProblem ? tr("⚠ %1").arg(note->text)
                                           : note->text;
    if (row.note->text() != text) {
        setRole(row.note,
                note && note->isProblem ? QStringLiteral("problem") : QStringLiteral("caption"));
        row.note->setText(text);
        row.note->setVisible(!text.isEmpty());
    }
    for (const Group &group : m_groups) {
        if (note && note->isProblem && group.group == row.field.group && !row.field.upFront) {
            group.header->setChecked(true); // what is wrong must be seen
        }
    }
}

std::vector<BehaviorConfigForm::Note>
BehaviorConfigForm::notesOn(const BehaviorConfig &now) const
{
    std::vector<Note> notes;
    const auto device = chooseDevice(now.device);
    notes.push_back({"device", device ? deviceReasonText(*device) : errorText(device.error()),
                     !device.ok()});
    if (const Status status = checkConfig(now); !status) {
        notes.push_back({status.error().where, problemText(status.error(), now), true});
    }
    const bool known =
        now.warmRun == 0 || !m_runsKnown || !now.warmProject.empty() ||
        std::ranges::any_of(m_runs, [&](const RunChoice &run) { return run.run == now.warmRun; });
    if (!known) {
        notes.push_back({"warm_run",
                         tr("There is no finished run %1 in this project.").arg(now.warmRun),
                         true});
    }
    return notes;
}

void BehaviorConfigForm::check(const BehaviorConfig &now)
{
    const std::vector<Note> notes = notesOn(now);
    for (const Row &row : m_rows) {
        // The last of them: a problem stands instead of a remark.
        const auto note = std::find_if(notes.rbegin(), notes.rend(), [&](const Note &one) {
            return one.key == row.field.key;
        });
        showNote(row, note == notes.rend() ? nullptr : &*note);
    }
    m_valid = std::ranges::none_of(notes, &Note::isProblem);
}

} // namespace perennial
