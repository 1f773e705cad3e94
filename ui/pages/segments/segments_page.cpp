#include "ui/pages/segments/segments_page.h"

#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/models/user_table_view.h"
#include "ui/pages/pages.h"
#include "ui/segments/segment_edits.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

const QString kStudyGroup = QStringLiteral("segments-study");
constexpr int kNothingHeight = 220, kUsersHeight = 420;
constexpr int kMostRows = 10; ///< of the saved segments; more scroll

} // namespace

SegmentsPage::SegmentsPage(const PageContext &context, QWidget *parent)
    : ScoredPage(context, parent)
{
    m_chooser = new UserChooser(context, this);
    setUpActions();
    m_nothing = makeNothing();
    m_some = new QWidget;
    auto *column = new QVBoxLayout(m_some);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kCardGap);
    column->addWidget(setUpSaved());
    setUpDetails(column);
    setUpUsers(column);
    body()->column()->addWidget(m_nothing, 1);
    body()->column()->addWidget(m_some, 1);
    connect(m_chooser, &UserChooser::chosen, this, &SegmentsPage::chooseUsers);
    connect(m_chooser, &UserChooser::released, this, &SegmentsPage::releaseUsers);
    connect(&navigator().segmentEdits(), &SegmentEdits::savedChanged, this,
            &SegmentsPage::markStale);
}

QString SegmentsPage::title() const
{
    return tr("Segments");
}

QString SegmentsPage::whyScores() const
{
    return tr(
        "A segment is told from where users stand, what they did and what they are expected to "
        "be worth.");
}

QList<QAction *> SegmentsPage::pageActions() const
{
    QList<QAction *> actions{m_new, m_import};
    actions += ScoredPage::pageActions();
    return actions;
}

void SegmentsPage::setUpActions()
{
    m_new = new QAction(tr("New segment…"), this);
    m_import = new QAction(tr("Import segment…"), this);
    connect(m_new, &QAction::triggered, this, &SegmentsPage::newSegment);
    connect(m_import, &QAction::triggered, this, &SegmentsPage::importSegment);
}

EmptyState *SegmentsPage::makeNothing()
{
    auto *nothing = new EmptyState;
    nothing->setMinimumHeight(kNothingHeight);
    connect(nothing, &EmptyState::actionTriggered, m_new, &QAction::trigger);
    return nothing;
}

void SegmentsPage::showNothing()
{
    const QString blocked = readOnlyReason();
    const QString why =
        tr("A segment names users by a rule, such as loyal customers at risk: every page, report and "
           "export can then be of them, and here is what they come to.");
    m_nothing->setTexts(tr("No segment is saved yet."),
                        blocked.isEmpty() ? why : why + QLatin1Char(' ') + blocked,
                        blocked.isEmpty() ? tr("New segment…") : QString());
    m_nothing->setVisible(m_saved.empty());
    m_some->setVisible(!m_saved.empty());
}

Card *SegmentsPage::setUpSaved()
{
    auto *card = new Card(tr("Saved segments"));
    card->setDefinition(
        tr("Who belongs is found anew whenever it is asked for, among the scored users, "
           "whatever the filter above. Predicted value: the sum over its users. Mean "
           "churn risk: over those who have one."));
    m_show = pushButton(tr("Show its users"));
    m_edit = pushButton(tr("Edit…"));
    m_rename = pushButton(tr("Rename…"));
    m_duplicate = pushButton(tr("Duplicate"));
    m_remove = pushButton(tr("Delete"));
    m_export = pushButton(tr("Export…"));
    m_show->setToolTip(tr("Makes every page show these users only"));
    for (QPushButton *button : {m_show, m_edit, m_rename, m_duplicate, m_remove, m_export}) {
        card->tools()->addWidget(button);
    }
    m_table = new TableView(tr("Saved segments"), savedColumns(QString()));
    m_table->fitHeight(kMostRows);
    card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum); // no room around it
    card->body()->addWidget(m_table);
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (const SavedSegment *segment = selected()) {
            navigator().chooseSegment(segment->rule);
        }
    });
    connect(m_edit, &QPushButton::clicked, this, &SegmentsPage::editSelected);
    connect(m_rename, &QPushButton::clicked, this, &SegmentsPage::renameSelected);
    connect(m_duplicate, &QPushButton::clicked, this, &SegmentsPage::duplicateSelected);
    connect(m_remove, &QPushButton::clicked, this, &SegmentsPage::removeSelected);
    connect(m_export, &QPushButton::clicked, this, &SegmentsPage::exportSelected);
    connect(m_table, &TableView::rowSelected, this, &SegmentsPage::showSelected);
    m_chooser->byRows(m_table, [this](int row, int) -> UsersBehind {
        const auto k = static_cast<std::size_t>(row);
        return k < m_saved.size() && !m_saved[k].unreadable
                   ? usersBehindRule(m_saved[k].name, m_saved[k].rule)
                   : UsersBehind(std::nullopt);
    });
    return card;
}

void SegmentsPage::setUpUsers(QVBoxLayout *column)
{
    auto *card = new Card(tr("Users"));
    card->setDefinition(
        tr("Of the segment that is selected, or of the cell of the overlap that was "
           "clicked, whatever the filter above; all users where neither is."));
    m_users = addUsers(card);
    m_users->ignoreSegment();
    card->setMinimumHeight(kUsersHeight);
    addCardRow(column, {{card, 1}});
    column->setStretch(column->count() - 1, 1);
    connect(m_users, &UserTableView::selectionReleased, m_chooser, &UserChooser::release);
}

void SegmentsPage::refresh()
{
    const SavedSegment *before = selected();
    const QString name = m_wanted.isEmpty() && before ? before->name : m_wanted;
    m_chooser->release(); // no row is selected any more
    if (!showBodyOrLack()) {
        m_answer.clear();
        m_saved.clear();
        updateActions();
        return;
    }
    showBody();
    m_saved = savedSegments(navigator().segmentEdits().saved());
    m_study.reset();
    showNothing();
    {
        const QSignalBlocker quiet(m_table); // `select` chooses
        m_table->tableModel()->setColumns(
            savedColumns(currencySign(QString::fromStdString(session().label()->currency))));
        m_table->setRows(savedRows(m_saved, nullptr));
        m_table->clearSelection();
    }
    m_users->refresh();
    select(name);
    showAnswer();
    if (!m_saved.empty()) {
        readStudy();
    }
}

QStringList SegmentsPage::names() const
{
    QStringList all;
    for (const SavedSegment &segment : m_saved) {
        all << segment.name;
    }
    return all;
}

const SavedSegment *SegmentsPage::selected() const
{
    const int row = m_table->selectedRow();
    return row >= 0 && row < static_cast<int>(m_saved.size())
               ? &m_saved[static_cast<std::size_t>(row)]
               : nullptr;
}

/// The first one where there is none of the name.
void SegmentsPage::select(const QString &name)
{
    m_wanted.clear();
    const auto found = std::ranges::find(m_saved, name, &SavedSegment::name);
    if (m_saved.empty()) {
        showSelected();
    } else { // which shows it
        m_table->selectRow(found == m_saved.end() ? 0 : static_cast<int>(found - m_saved.begin()));
    }
}

void SegmentsPage::showSelected()
{
    updateActions();
    showUses();
    readHistory();
}

void SegmentsPage::readStudy()
{
    m_overlap->setBusy(true);
    readScored<SegmentStudy>(
        title(), kStudyGroup,
        [rules = rulesOf(m_saved)](Project &project, const Task &task) {
            return studySegments(project, rules, task);
        },
        [this](Result<SegmentStudy> study) {
            m_overlap->setBusy(false);
            if (study) {
                m_study = *std::move(study);
                for (std::size_t k = 0; k < m_saved.size(); ++k) {
                    if (m_saved[k].unreadable) { // nobody stood for it
                        m_study->segments[k].error = m_saved[k].unreadable;
                    }
                }
                showStudy();
            } else {
                showReadError(study.error());
            }
        });
}

void SegmentsPage::showStudy()
{
    {
        const QSignalBlocker quiet(m_table); // the row selected stays so
        m_table->setRows(savedRows(m_saved, &*m_study));
    }
    showOverlap();
    showAnswer();
}

void SegmentsPage::showAnswer()
{
    m_answer.clear();
    if (m_study && !m_saved.empty()) {
        const auto largest =
            std::ranges::max_element(m_study->segments, {}, &SegmentFigures::users);
        const auto k = static_cast<std::size_t>(largest - m_study->segments.begin());
        m_answer = counted(std::ssize(m_saved), tr("1 saved segment: %2 with %3"),
                           tr("%1 saved segments, the largest %2 with %3"))
                       .arg(m_saved[k].name, usersText(largest->users));
    }
    Q_EMIT headerChanged();
}

void SegmentsPage::updateActions()
{
    const QString blocked = readOnlyReason();
    const bool usable = lackOf(session()) == Lack::Nothing;
    const SavedSegment *segment = selected();
    const bool readable = usable && segment && !segment->unreadable;
    for (QAction *action : {m_new, m_import}) {
        action->setEnabled(usable && blocked.isEmpty());
        action->setToolTip(blocked.isEmpty() ? action->text() : blocked);
    }
    m_show->setEnabled(readable);
    m_export->setEnabled(readable);
    m_edit->setEnabled(readable && blocked.isEmpty());
    for (QPushButton *button : {m_rename, m_duplicate, m_remove}) {
        button->setEnabled(usable && segment && blocked.isEmpty());
    }
    for (QPushButton *button : {m_edit, m_rename, m_duplicate, m_remove}) {
        button->setToolTip(blocked);
    }
}

void SegmentsPage::chooseUsers(const UserSelection &users)
{
    m_overlap->view().setSelected(std::nullopt);
    m_users->setSelection(users);
}

void SegmentsPage::releaseUsers()
{
    m_users->setSelection(std::nullopt);
}

Page *makeSegmentsPage(const PageContext &context)
{
    return new SegmentsPage(context);
}

} // namespace perennial
