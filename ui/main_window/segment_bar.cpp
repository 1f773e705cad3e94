#include "ui/main_window/segment_bar.h"

#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QUndoStack>

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
    SegmentCommand(ProjectSession &session, std::optional<Stage> to)
        : m_session(session), m_from(session.segment()), m_to(to)
    {
        setText(SegmentBar::tr("Filter"));
    }
    void undo() override { m_session.setSegment(m_from); }
    void redo() override { m_session.setSegment(m_to); }

private:
    ProjectSession &m_session;
    std::optional<Stage> m_from, m_to;
};

} // namespace

SegmentBar::SegmentBar(ProjectSession &session, JobRunner &jobs, QUndoStack &undo, QWidget *parent)
    : QFrame(parent), m_session(session), m_jobs(jobs), m_undo(undo)
{
    setProperty("role", "segmentBar");
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
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
    m_chip = pushButton({});
    m_chip->setAccessibleName(tr("Remove the filter"));
    m_chip->setProperty("role", "chip");
    connect(m_chip, &QPushButton::clicked, this, [this] { choose(std::nullopt); });
    row->addWidget(m_chip);
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
    m_menu->addAction(tr("All users"), this, [this] { choose(std::nullopt); });
    m_menu->addSeparator();
    for (const Stage stage : kStages) {
        QAction *action = m_menu->addAction(stageIcon(stage), stageText(stage), this,
                                            [this, stage] { choose(stage); });
        action->setToolTip(stageDefinition(stage));
    }
    m_menu->setToolTipsVisible(true);
}

void SegmentBar::choose(std::optional<Stage> stage)
{
    if (stage != m_session.segment()) {
        m_undo.push(new SegmentCommand(m_session, stage));
    }
}

void SegmentBar::showSegment()
{
    const std::optional<Stage> stage = m_session.segment();
    m_chip->setVisible(stage.has_value());
    if (stage) {
        m_chip->setIcon(stageIcon(*stage));
        m_chip->setText(tr("stage = %1  ×").arg(stageText(*stage)));
        m_chip->setAccessibleName(tr("Remove the filter on stage %1").arg(stageText(*stage)));
    }
    m_button->setEnabled(m_session.label().has_value());
    countUsers();
}

void SegmentBar::countUsers()
{
    const auto show = [this](qint64 users) {
        m_count->setText(usersText(users));
    };
    if (!m_session.hasProject()) {
        m_count->clear();
        return;
    }
    if (!m_session.segment()) {
        m_jobs.cancelGroup(QStringLiteral("segment.count"));
        show(m_session.counts().users);
        return;
    }
    m_count->setText(QStringLiteral("…"));
    runOnProject<qint64>(
        m_session, m_jobs, tr("Count users"), this,
        [stage = *m_session.segment()](Project &project, const Task &) -> Result<qint64> {
            auto states = readUserStates(project, stage);
            if (!states) {
                return states.error();
            }
            return static_cast<qint64>(states->size());
        },
        [this, show, stage = m_session.segment()](Result<qint64> users) {
            if (stage == m_session.segment() && users) {
                show(*users);
            }
        },
        QStringLiteral("segment.count"));
}

} // namespace perennial
