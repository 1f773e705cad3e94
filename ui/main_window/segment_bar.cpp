#include "ui/main_window/segment_bar.h"

#include "core/project/segment_store.h"
#include "ui/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/segment_words.h"
#include "ui/wording/words.h"

#include <QHBoxLayout>
#include <QInputDialog>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QUndoStack>

#include <algorithm>

namespace perennial {

namespace {

QIcon stageIcon(Stage stage)
{
    QPixmap swatch(24, 24);
    swatch.fill(Qt::transparent);
    QPainter painter(&swatch);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(lightTokens().color(stageInk(stage))); // the same in both themes
    painter.drawEllipse(3, 3, 18, 18);
    return QIcon(swatch);
}

class SegmentCommand : public QUndoCommand {
public:
    SegmentCommand(ProjectSession &session, SegmentRule to)
        : m_session(session), m_from(session.segment()->rule()), m_to(std::move(to))
    {
        setText(SegmentBar::tr("Filter"));
    }
    void undo() override { m_session.setSegment(m_from); }
    void redo() override { m_session.setSegment(m_to); }

private:
    ProjectSession &m_session;
    SegmentRule m_from, m_to;
};

std::optional<SegmentRecord> savedAs(const ProjectSession &session, const std::string &name)
{
    const auto all = readSegments(session.project());
    if (!all) {
        return std::nullopt;
    }
    const auto found = std::ranges::find(*all, name, &SegmentRecord::name);
    return found == all->end() ? std::nullopt : std::optional(*found);
}

/// What a name stands for, before and after; nothing = no segment has it.
class SavedCommand : public QUndoCommand {
public:
    using Definition = std::optional<std::string>;
    SavedCommand(SegmentBar &bar, ProjectSession &session, std::string name, Definition to)
        : m_bar(bar), m_session(session), m_name(std::move(name)), m_to(std::move(to))
    {
        if (const auto before = savedAs(session, m_name)) {
            m_from = before->definition;
        }
        setText(m_to ? SegmentBar::tr("Save segment") : SegmentBar::tr("Remove segment"));
    }
    void undo() override { write(m_from); }
    void redo() override { write(m_to); }

private:
    void write(const Definition &definition)
    {
        const auto now = savedAs(m_session, m_name);
        const std::int64_t id = now ? now->id : 0;
        if (definition) {
            const auto saved = saveSegment(m_session.project(), {id, m_name, *definition, 0});
            report(saved ? Status(Done{}) : saved.error());
        } else if (now) {
            report(removeSegment(m_session.project(), id));
        }
    }
    void report(const Status &status)
    {
        if (!status) {
            Q_EMIT m_bar.failed(SegmentBar::tr("The segment could not be kept"), status.error());
        }
    }

    SegmentBar &m_bar;
    ProjectSession &m_session;
    std::string m_name;
    Definition m_from, m_to;
};

constexpr int kChipWidth = 260, kMargin = 12;
constexpr const char *kWholeText = "wholeText";
constexpr std::size_t kMostChips = 6; ///< more are one chip together

} // namespace

SegmentBar::SegmentBar(ProjectSession &session, JobRunner &jobs, QUndoStack &undo, QWidget *parent)
    : QFrame(parent), m_session(session), m_jobs(jobs), m_undo(undo)
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
    m_clear = pushButton(tr("Clear all"));
    m_clear->setProperty("role", "chip");
    connect(m_clear, &QPushButton::clicked, this, [this] { choose(allOf({})); });
    row->addWidget(m_clear);
    row->addStretch(1);
    m_count = plainLabel();
    m_count->setProperty("role", "caption");
    row->addWidget(m_count);
    fillMenu();
    connect(&session, &ProjectSession::segmentChanged, this, &SegmentBar::showSegment);
    connect(&session, &ProjectSession::dataChanged, this, &SegmentBar::showSegment);
    connect(&session, &ProjectSession::projectChanged, this, [this] {
        m_undo.clear();
        showSegment();
    });
    showSegment();
}

void SegmentBar::fillMenu()
{
    m_menu->addAction(tr("All users"), this, [this] { choose(allOf({})); });
    m_menu->addSeparator();
    for (const Stage stage : kStages) {
        QAction *action = m_menu->addAction(stageIcon(stage), stageText(stage), this, [this, stage] {
            choose(withStage(m_session.segment()->rule(), stage));
        });
        action->setToolTip(stageDefinition(stage));
    }
    m_menu->setToolTipsVisible(true);
    m_menu->addSeparator();
    QAction *keep = m_menu->addAction(tr("Save these users as a segment…"), this,
                                      &SegmentBar::askName);
    m_removal = m_menu->addMenu(tr("Remove a saved segment"));
    connect(m_menu, &QMenu::aboutToShow, this, [this, keep] {
        keep->setEnabled(!m_session.readOnly() && !m_session.segment()->isEverybody());
        fillSaved();
    });
}

/// Saved segments, before the last separator; their names are data.
void SegmentBar::fillSaved()
{
    qDeleteAll(m_saved);
    m_saved.clear();
    m_removal->clear();
    const auto saved = m_session.hasProject() ? readSegments(m_session.project())
                                              : std::vector<SegmentRecord>();
    QAction *before = m_menu->actions().at(m_menu->actions().size() - 3); // separator, save, remove
    for (const SegmentRecord &segment : saved ? *saved : std::vector<SegmentRecord>()) {
        const QString name = QString::fromStdString(segment.name);
        const QString shown = QString(name).replace(QLatin1Char('&'), QStringLiteral("&&"));
        auto *action = new QAction(shown, m_menu);
        connect(action, &QAction::triggered, this, [this, definition = segment.definition] {
            const auto rule = segmentFromJson(definition);
            if (rule) {
                choose(*rule);
            } else {
                Q_EMIT failed(tr("The segment can't be read"), rule.error());
            }
        });
        m_menu->insertAction(before, action);
        m_saved << action;
        m_removal->addAction(shown, this, [this, name] { remove(name); });
    }
    m_removal->setEnabled(!m_saved.empty() && !m_session.readOnly());
}

void SegmentBar::askName()
{
    bool accepted = false;
    const QString name = QInputDialog::getText(this, tr("Save segment"), tr("Name"),
                                               QLineEdit::Normal, {}, &accepted)
                             .trimmed();
    if (accepted && !name.isEmpty()) {
        save(name);
    }
}

void SegmentBar::save(const QString &name)
{
    m_undo.push(new SavedCommand(*this, m_session, name.toStdString(),
                                 segmentJson(m_session.segment()->rule())));
}

void SegmentBar::remove(const QString &name)
{
    if (savedAs(m_session, name.toStdString())) {
        m_undo.push(new SavedCommand(*this, m_session, name.toStdString(), std::nullopt));
    }
}

void SegmentBar::choose(const SegmentRule &rule)
{
    if (asList(rule) != m_session.segment()->rule()) {
        m_undo.push(new SegmentCommand(m_session, asList(rule)));
    }
}

void SegmentBar::showSegment()
{
    showChips();
    m_button->setEnabled(m_session.label().has_value());
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
        addChip(segmentText(list), allOf({}));
    }
    for (std::size_t k = 0; parts <= kMostChips && k < parts; ++k) {
        const SegmentRule &part = (*list.parts())[k];
        const auto stage = stageIn(allOf({part}));
        QPushButton *chip = addChip(segmentPartText(part), withoutPart(list, k));
        chip->setIcon(stage ? stageIcon(*stage) : QIcon());
    }
    m_clear->setVisible(parts > 1 && parts <= kMostChips);
    fitChips();
}

QPushButton *SegmentBar::addChip(const QString &text, const SegmentRule &without)
{
    QPushButton *chip = pushButton({});
    chip->setProperty("role", "chip");
    chip->setProperty(kWholeText, text);
    chip->setMinimumWidth(1); // the window may become narrower: fitChips follows
    chip->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    chip->setToolTip(text.toHtmlEscaped());
    chip->setAccessibleName(tr("Remove the filter %1").arg(text));
    connect(chip, &QPushButton::clicked, this, [this, without] { choose(without); });
    m_chips->addWidget(chip);
    return chip;
}

/// Shares the room between the chips: each keeps its "×", and its text as far as it goes.
void SegmentBar::fitChips()
{
    const int chips = m_chips->count();
    if (chips == 0) {
        return;
    }
    const int gaps = layout()->spacing() * layout()->count() + m_chips->spacing() * chips;
    const int others = m_button->sizeHint().width() + m_count->sizeHint().width() +
                       (m_clear->isHidden() ? 0 : m_clear->sizeHint().width());
    const int each = (contentsRect().width() - 2 * kMargin - gaps - others) / chips;
    for (int k = 0; k < chips; ++k) {
        auto *chip = static_cast<QPushButton *>(m_chips->itemAt(k)->widget());
        chip->setText(tr("%1  ×").arg(QString()));
        chip->ensurePolished(); // its font and padding are the style sheet's
        const int room = std::clamp(each - chip->sizeHint().width(), 0, kChipWidth);
        const QString fitting = chip->fontMetrics().elidedText(
            chip->property(kWholeText).toString(), Qt::ElideRight, room);
        chip->setText(tr("%1  ×").arg(
            QString(fitting).replace(QLatin1Char('&'), QStringLiteral("&&"))));
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
                m_count->setToolTip(errorText(users.error()).toHtmlEscaped());
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
