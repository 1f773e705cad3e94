#include "ui/main_window/segment_bar.h"

#include "ui/main_window/segment_chip.h"
#include "ui/segments/segment_builder.h"
#include "ui/segments/segment_edits.h"
#include "ui/segments/segment_files.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/swatch.h"
#include "ui/wording/format.h"
#include "ui/wording/segment_words.h"
#include "ui/wording/words.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace perennial {

namespace {

constexpr int kMargin = 12;
constexpr std::size_t kMostChips = 6; ///< more are one chip together

QIcon stageIcon(Stage stage)
{
    return swatchIcon(stageInk(stage));
}

} // namespace

SegmentBar::SegmentBar(ProjectSession &session, JobRunner &jobs, SegmentEdits &edits, QWidget *parent)
    : QFrame(parent), m_session(session), m_jobs(jobs), m_edits(edits)
{
    setProperty("role", "segmentBar");
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kMargin, 4, kMargin, 4);
    row->setSpacing(2 * kGap);
    m_button = new QToolButton;
    m_button->setProperty("role", "chip");
    m_button->setText(tr("All users"));
    m_button->setAccessibleName(tr("Choose the users shown"));
    m_button->setPopupMode(QToolButton::InstantPopup);
    m_button->setFocusPolicy(Qt::TabFocus);
    m_menu = new QMenu(m_button);
    m_button->setMenu(m_menu);
    row->addWidget(m_button);
    m_chips = new QHBoxLayout;
    m_chips->setSpacing(kGap);
    row->addLayout(m_chips);
    m_add = pushButton(tr("+ Filter"));
    m_clear = pushButton(tr("Clear all"));
    for (QPushButton *button : {m_add, m_clear}) {
        button->setProperty("role", "chip");
        row->addWidget(button);
    }
    connect(m_add, &QPushButton::clicked, this, &SegmentBar::addFilter);
    connect(m_clear, &QPushButton::clicked, this, [this] { m_edits.choose(allOf({})); });
    row->addStretch(1);
    m_count = plainLabel();
    m_count->setProperty("role", "caption");
    row->addWidget(m_count);
    fillMenu();
    connect(&session, &ProjectSession::segmentChanged, this, &SegmentBar::showSegment);
    connect(&session, &ProjectSession::dataChanged, this, &SegmentBar::showSegment);
    connect(&session, &ProjectSession::projectChanged, this, &SegmentBar::showSegment);
    showSegment();
}

void SegmentBar::fillMenu()
{
    m_menu->addAction(tr("All users"), this, [this] { m_edits.choose(allOf({})); });
    m_menu->addSeparator();
    for (const Stage stage : kStages) {
        QAction *action = m_menu->addAction(stageIcon(stage), stageText(stage), this, [this, stage] {
            m_edits.choose(withStage(m_session.segment()->rule(), stage));
        });
        action->setToolTip(stageDefinition(stage));
    }
    m_menu->setToolTipsVisible(true);
    m_menu->addSeparator();
    m_afterSaved = m_menu->addSeparator(); // saved segments come before it
    m_menu->addAction(tr("Edit the filter…"), this, &SegmentBar::edit);
    QAction *keep =
        m_menu->addAction(tr("Save these users as a segment…"), this, &SegmentBar::askName);
    m_removal = m_menu->addMenu(tr("Remove a saved segment"));
    m_menu->addSeparator();
    m_menu->addAction(tr("Import a segment…"), this, &SegmentBar::importFile);
    QAction *exporting =
        m_menu->addAction(tr("Export these users' rule…"), this, &SegmentBar::exportFile);
    connect(m_menu, &QMenu::aboutToShow, this, [this, keep, exporting] {
        const bool everybody = m_session.segment()->isEverybody();
        keep->setEnabled(!m_session.readOnly() && !everybody);
        exporting->setEnabled(!everybody);
        fillSaved();
    });
}

/// Their names are data.
void SegmentBar::fillSaved()
{
    qDeleteAll(m_saved);
    m_saved.clear();
    m_removal->clear();
    for (const SegmentRecord &segment : m_edits.saved()) {
        const QString name = QString::fromStdString(segment.name);
        const QString shown = QString(name).replace(QLatin1Char('&'), QStringLiteral("&&"));
        auto *action = new QAction(shown, m_menu);
        connect(action, &QAction::triggered, this,
                [this, definition = segment.definition] { chooseSaved(definition); });
        m_menu->insertAction(m_afterSaved, action);
        m_saved << action;
        m_removal->addAction(shown, this, [this, name] { m_edits.remove(name); });
    }
    m_removal->setEnabled(!m_saved.empty() && !m_session.readOnly());
}

void SegmentBar::chooseSaved(const std::string &definition)
{
    const auto rule = segmentFromJson(definition);
    if (rule) {
        m_edits.choose(*rule);
    } else {
        Q_EMIT m_edits.failed(tr("The segment can't be read"), rule.error());
    }
}

void SegmentBar::askName()
{
    QStringList taken;
    for (const SegmentRecord &segment : m_edits.saved()) {
        taken << QString::fromStdString(segment.name);
    }
    const QString name = askSegmentName(this, tr("Save segment"), {}, taken);
    if (!name.isEmpty()) {
        m_edits.save(name, m_session.segment()->rule());
    }
}

void SegmentBar::importFile()
{
    if (const auto imported = importSegmentFile(window())) {
        m_edits.choose(imported->rule);
    }
}

void SegmentBar::exportFile()
{
    exportSegmentFile(window(), tr("segment"), m_session.segment()->rule());
}

SegmentBuilder *SegmentBar::edit()
{
    auto *builder = new SegmentBuilder(m_session, m_jobs, m_session.segment()->rule(),
                                       tr("Show these users"), this);
    builder->setAttribute(Qt::WA_DeleteOnClose);
    connect(builder, &SegmentBuilder::taken, this,
            [this](const SegmentRule &rule) { m_edits.choose(rule); });
    builder->open();
    return builder;
}

SegmentBuilder *SegmentBar::addFilter()
{
    SegmentBuilder *builder = edit();
    builder->addCondition();
    return builder;
}

void SegmentBar::showSegment()
{
    showChips();
    const bool scored = m_session.label().has_value();
    m_button->setEnabled(scored);
    m_add->setEnabled(scored);
    countUsers();
}

void SegmentBar::showChips()
{
    while (QLayoutItem *item = m_chips->takeAt(0)) {
        item->widget()->deleteLater(); // it may be the one that was clicked
        delete item;
    }
    const SegmentRule list = m_session.segment()->rule();
    const std::size_t parts = list.parts()->size();
    if (parts > kMostChips) {
        connect(addChip(segmentShortText(list), {}, -1), &SegmentChip::removed, this,
                [this] { m_edits.choose(allOf({})); });
    }
    for (std::size_t k = 0; parts <= kMostChips && k < parts; ++k) {
        const SegmentRule &part = (*list.parts())[k];
        const auto stage = stageIn(allOf({part}));
        SegmentChip *chip = addChip(segmentShortText(allOf({part})), stage ? stageIcon(*stage) : QIcon(),
                                    static_cast<int>(k));
        connect(chip, &SegmentChip::removed, this,
                [this, without = withoutPart(list, k)] { m_edits.choose(without); });
    }
    m_clear->setVisible(parts > 1 && parts <= kMostChips);
    fitChips();
}

SegmentChip *SegmentBar::addChip(const QString &text, const QIcon &icon, int part)
{
    auto *chip = new SegmentChip(text, icon);
    connect(chip, &SegmentChip::edited, this, [this, part] { edit()->choosePart(part); });
    m_chips->addWidget(chip);
    return chip;
}

/// Shares the room between the chips: each keeps its cross, and its words as far as it goes.
void SegmentBar::fitChips()
{
    const int chips = m_chips->count();
    if (chips == 0) {
        return;
    }
    const int gaps = layout()->spacing() * layout()->count() + m_chips->spacing() * chips;
    const int others = m_button->sizeHint().width() + m_add->sizeHint().width() +
                 m_count->sizeHint().width() + (m_clear->isHidden() ? 0 : m_clear->sizeHint().width());
    const int each = (contentsRect().width() - 2 * kMargin - gaps - others) / chips;
    for (int k = 0; k < chips; ++k) {
        static_cast<SegmentChip *>(m_chips->itemAt(k)->widget())->fit(each);
    }
}

void SegmentBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fitChips();
}

void SegmentBar::countUsers()
{
    m_count->setToolTip({});
    if (!m_session.hasProject()) {
        m_count->clear();
        return;
    }
    if (m_session.segment()->isEverybody()) {
        m_jobs.cancelGroup(QStringLiteral("segment.count"));
        m_count->setText(usersText(m_session.counts().users));
        return;
    }
    m_count->setText(QStringLiteral("…"));
    runOnProject<qint64>(
        m_session, m_jobs, tr("Count users"), this,
        [segment = m_session.segment()](Project &project, const Task &task) -> Result<qint64> {
            const auto users = segment->users(project, task);
            if (!users) {
                return users.error();
            }
            return static_cast<qint64>((*users)->size());
        },
        [this, segment = m_session.segment()](Result<qint64> users) {
            if (segment != m_session.segment()) {
                return;
            }
            if (users) {
                showCount(*users, m_session.counts().users);
            } else if (users.error().code != ErrorCode::Cancelled) {
                m_count->setText(tr("can't be counted"));
                m_count->setToolTip(plainToolTip(segmentErrorText(users.error())));
            }
        },
        QStringLiteral("segment.count"));
}

void SegmentBar::showCount(qint64 users, qint64 of)
{
    const double share = of > 0 ? static_cast<double>(users) / static_cast<double>(of) : 0.0;
    m_count->setText(tr("%1 · %2").arg(usersText(users), percentText(share)));
    fitChips();
}

} // namespace perennial
