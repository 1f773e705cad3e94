#include "ui/segments/segment_builder.h"

#include "ui/error_text.h"
#include "ui/segments/part_editor.h"
#include "ui/segments/rule_tree_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/segment_words.h"

#include <QDialogButtonBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kRestMs = 120;
constexpr int kUsersWidth = 90, kShareWidth = 70;
constexpr int kTreeHeight = 250, kFieldsHeight = 260;

} // namespace

SegmentBuilder::SegmentBuilder(ProjectSession &session, JobRunner &jobs, const SegmentRule &rule,
                               const QString &verb, QWidget *parent)
    : QDialog(parent), m_session(session), m_jobs(jobs),
      m_group(QStringLiteral("segment-builder-%1").arg(reinterpret_cast<quintptr>(this))),
      m_model(new RuleTreeModel(this))
{
    setWindowTitle(tr("Filter users"));
    resize(860, 640);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(kCardGap);
    column->addWidget(makeName());
    auto *parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    parts->addWidget(makeTree());
    parts->addWidget(makeFields());
    parts->setStretchFactor(0, 1);
    parts->setSizes({kTreeHeight, kFieldsHeight});
    column->addWidget(parts, 1);
    column->addWidget(makeFoot(verb));
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &SegmentBuilder::count);
    connect(m_model, &RuleTreeModel::ruleChanged, this, &SegmentBuilder::ruleChanged);
    connect(&m_session, &ProjectSession::projectChanged, this, &QDialog::reject);
    connect(&m_session, &ProjectSession::dataChanged, this, &SegmentBuilder::ruleChanged);
    m_model->setRule(rule);
    m_tree->expandAll();
    choose(m_model->root());
    readOffer();
}

SegmentBuilder::~SegmentBuilder()
{
    m_jobs.cancelGroup(m_group);
}

/// Hidden until a name is asked for.
QWidget *SegmentBuilder::makeName()
{
    auto *part = new QWidget;
    auto *row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * kGap);
    m_name = new QLineEdit;
    m_name->setAccessibleName(tr("Name of the segment"));
    m_name->setPlaceholderText(tr("Name of the segment"));
    m_name->setMaxLength(200);
    m_replaces = captionLabel();
    row->addWidget(m_name, 1);
    row->addWidget(m_replaces, 1);
    part->hide();
    connect(m_name, &QLineEdit::textChanged, this, &SegmentBuilder::showState);
    return part;
}

void SegmentBuilder::askForName(const QStringList &taken)
{
    m_takenNames = taken;
    m_name->parentWidget()->show();
    m_name->setFocus();
    showState();
}

QString SegmentBuilder::name() const
{
    return m_name->text().trimmed();
}

QWidget *SegmentBuilder::makeTree()
{
    auto *part = new QWidget;
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kGap);
    auto *row = new QHBoxLayout;
    QPushButton *condition = pushButton(tr("Add &condition"));
    QPushButton *group = pushButton(tr("Add &group"));
    m_remove = pushButton(tr("&Remove"));
    for (QPushButton *button : {condition, group, m_remove}) {
        row->addWidget(button);
    }
    row->addStretch(1);
    column->addLayout(row);
    m_tree = new QTreeView;
    m_tree->setAccessibleName(tr("Parts of the rule"));
    m_tree->setModel(m_model);
    m_tree->setItemsExpandable(false);
    m_tree->setUniformRowHeights(true);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->setMinimumHeight(120);
    QHeaderView *header = m_tree->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(RuleTreeModel::Words, QHeaderView::Stretch);
    header->setSectionResizeMode(RuleTreeModel::Users, QHeaderView::Fixed);
    header->setSectionResizeMode(RuleTreeModel::Share, QHeaderView::Fixed);
    header->resizeSection(RuleTreeModel::Users, kUsersWidth);
    header->resizeSection(RuleTreeModel::Share, kShareWidth);
    column->addWidget(m_tree, 1);
    connect(condition, &QPushButton::clicked, this, &SegmentBuilder::addCondition);
    connect(group, &QPushButton::clicked, this, &SegmentBuilder::addGroup);
    connect(m_remove, &QPushButton::clicked, this, &SegmentBuilder::removePart);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &SegmentBuilder::showPart);
    return part;
}

QWidget *SegmentBuilder::makeFields()
{
    auto *frame = new QFrame;
    frame->setProperty("role", "card");
    frame->setMinimumHeight(kFieldsHeight);
    auto *column = new QVBoxLayout(frame);
    column->setContentsMargins(kCardGap, kCardGap, kCardGap, kCardGap);
    m_part = new PartEditor;
    column->addWidget(m_part);
    connect(m_part, &PartEditor::conditionChanged, this, [this](const SegmentRule::Condition &now) {
        m_model->setCondition(chosen(), now);
        m_part->showProblem(chosen().data(RuleTreeModel::kProblemRole).toString());
    });
    connect(m_part, &PartEditor::anyChanged, this,
            [this](bool any) { m_model->setAny(chosen(), any); });
    connect(m_part, &PartEditor::negatedChanged, this,
            [this](bool negated) { m_model->setNegated(chosen(), negated); });
    return frame;
}

QWidget *SegmentBuilder::makeFoot(const QString &verb)
{
    auto *foot = new QWidget;
    auto *column = new QVBoxLayout(foot);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kGap);
    m_words = captionLabel();
    column->addWidget(m_words);
    m_problem = captionLabel();
    m_problem->setProperty("role", "problem");
    column->addWidget(m_problem);
    auto *row = new QHBoxLayout;
    m_count = plainLabel();
    m_count->setFont(uiFont(TextSize::CardTitle));
    m_count->setAccessibleName(tr("Users who meet the whole rule"));
    row->addWidget(m_count);
    row->addStretch(1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_take = pushButton(verb, true);
    buttons->addButton(m_take, QDialogButtonBox::AcceptRole);
    row->addWidget(buttons);
    column->addLayout(row);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_take, &QPushButton::clicked, this, [this] {
        if (canBeTaken()) {
            Q_EMIT taken(rule());
            accept();
        }
    });
    return foot;
}

SegmentRule SegmentBuilder::rule() const
{
    return m_model->rule();
}

QModelIndex SegmentBuilder::chosen() const
{
    const QModelIndex at = m_tree->currentIndex();
    return at.isValid() ? at.siblingAtColumn(0) : m_model->root();
}

void SegmentBuilder::choose(const QModelIndex &at)
{
    m_tree->setCurrentIndex(at);
    m_tree->scrollTo(at);
    showPart();
}

void SegmentBuilder::choosePart(int part)
{
    const QModelIndex at = m_model->index(part, 0, m_model->root());
    choose(at.isValid() ? at : m_model->root());
}

/// Where there is no group to add to, the whole gets one around it.
void SegmentBuilder::addPart(const SegmentRule &part)
{
    const QModelIndex at = chosen();
    const QModelIndex above = at.parent();
    const QModelIndex added =
        m_model->add(m_model->isGroup(at) || !above.isValid() ? at : above, part);
    m_tree->expandAll();
    choose(added);
}

void SegmentBuilder::addCondition()
{
    addPart(ruleOf(StageCondition{}));
    m_part->setFocus();
}

void SegmentBuilder::addGroup()
{
    addPart(anyOf({}));
    addCondition();
}

void SegmentBuilder::removePart()
{
    const QModelIndex above = chosen().parent();
    if (above.isValid()) {
        m_model->remove(chosen());
        choose(above);
    }
}

void SegmentBuilder::readOffer()
{
    runOnProject<SegmentOffer>(
        m_session, m_jobs, tr("What a rule may name"), this,
        [](Project &project, const Task &task) { return readSegmentOffer(project, task); },
        [this](Result<SegmentOffer> offer) {
            if (offer) { // else the fields offer nothing, and what is typed counts
                m_part->setOffer(*offer);
                showPart();
            }
        },
        m_group + QStringLiteral("-offer"));
}

void SegmentBuilder::showPart()
{
    const QModelIndex at = chosen();
    const bool negated = m_model->isNegated(at);
    if (const auto *condition = m_model->conditionAt(at)) {
        m_part->showCondition(*condition, negated);
        m_part->showProblem(at.data(RuleTreeModel::kProblemRole).toString());
    } else {
        m_part->showGroup(m_model->isAny(at), negated);
    }
    m_remove->setEnabled(at.parent().isValid());
    showState();
}

void SegmentBuilder::ruleChanged()
{
    m_refused.clear();
    m_jobs.cancelGroup(m_group);
    m_model->clearCounts();
    m_count->setText(QStringLiteral("…"));
    showState();
    if (m_valid) {
        m_rest.start();
    } else {
        m_rest.stop();
        m_count->setText(kMissing);
    }
}

void SegmentBuilder::count()
{
    runOnProject<SegmentUsers>(
        m_session, m_jobs, tr("Count users"), this,
        [rule = rule(), all = m_session.segment()](
            Project &project, const Task &task) -> Result<SegmentUsers> {
            const auto states = all->everybodysStates(project, task);
            return states ? usersOfSegment(project, rule, task, *states)
                          : Result<SegmentUsers>(states.error());
        },
        [this](Result<SegmentUsers> users) { showCount(users); }, m_group);
}

void SegmentBuilder::showCount(const Result<SegmentUsers> &users)
{
    if (!users) {
        const ErrorCode code = users.error().code;
        if (code != ErrorCode::Cancelled) {
            m_refused = code == ErrorCode::NotScored ? QString() : segmentErrorText(users.error());
            m_count->setText(kMissing);
            showState();
        }
        return;
    }
    const auto found = std::ssize(*users->users);
    m_model->setCounts(users->byPart, users->scored);
    m_count->setText(
        users->scored > 0
            ? tr("%1 · %2").arg(usersText(found), percentText(static_cast<double>(found) /
                                                              static_cast<double>(users->scored)))
            : usersText(found));
}

void SegmentBuilder::showState()
{
    const SegmentRule now = rule();
    m_words->setText(segmentShortText(now));
    QString problem = m_model->firstProblem();
    if (problem.isEmpty()) {
        const Status allowed = checkSegment(now); // too deep, or too many parts
        problem = allowed ? m_refused : segmentProblemText(allowed.error().detail);
    }
    m_valid = problem.isEmpty();
    const bool named = m_name->parentWidget()->isHidden() || !name().isEmpty();
    if (m_valid && !named) {
        problem = tr("Give the segment a name.");
    }
    m_replaces->setText(m_takenNames.contains(name()) ? tr("replaces the segment of this name")
                                                      : QString());
    const bool saidAbove = problem == chosen().data(RuleTreeModel::kProblemRole).toString();
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty() && !saidAbove);
    m_take->setEnabled(problem.isEmpty());
    m_take->setToolTip(plainToolTip(problem));
}

bool SegmentBuilder::canBeTaken() const
{
    return m_take->isEnabled();
}

} // namespace perennial
