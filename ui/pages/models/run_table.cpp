#include "ui/pages/models/run_table.h"

#include "core/behavior/train.h"
#include "ui/models/table_view.h"
#include "ui/pages/models/run_history.h"
#include "ui/pages/models/run_rows.h"
#include "ui/pages/page_parts.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/labels.h"
#include "ui/wording/counts.h"

#include <QAction>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace perennial {

namespace {

constexpr int kTableHeight = 300;

} // namespace

RunTable::RunTable(const PageContext &context, RunHistory &history, QWidget *parent)
    : Card(tr("Runs"), parent), m_context(context), m_history(history),
      m_runs(std::make_shared<RunList>())
{
    setDefinition(
        tr("Every fit and training of this project. Measures: of the best epoch, as it was "
           "kept, and of the last. Settings: only those that are not the same in all "
           "runs. The champion of a model is the run that all pages use; a new run becomes "
           "it, and an older one can be made it again."));
    setUpTools();
    setUpTable();
    setUpActions();
    setUpNote();
    connect(&history, &QUndoStack::indexChanged, this, &RunTable::updateButtons);
    connect(&history, &RunHistory::busyChanged, this, &RunTable::updateButtons);
    updateButtons();
}

void RunTable::setUpTools()
{
    auto *row = new QHBoxLayout;
    m_kind = new ChoiceBar(tr("Runs of"), {tr("Behaviour model"), tr("Value models")});
    row->addWidget(m_kind);
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("Filter: gru  -cancelled  hr@10>0.2"));
    m_filter->setToolTip(plainToolTip(tr("Words that must stand in a row, -word that must not, and "
                                         "conditions on a column: hr@10>0.2, encoder=gru")));
    m_filter->setAccessibleName(tr("Filter of the runs"));
    m_filter->setClearButtonEnabled(true);
    row->addWidget(m_filter, 1);
    m_count = captionLabel({}, this);
    m_count->setWordWrap(false);
    row->addWidget(m_count);
    body()->addLayout(row);
    connect(m_kind, &ChoiceBar::chosen, this, &RunTable::fill);
    connect(m_filter, &QLineEdit::textChanged, this, &RunTable::filter);
}

void RunTable::setUpTable()
{
    m_table = new TableView(tr("Runs"), std::vector<TableColumn>{}, this);
    m_table->setEmptyText(tr("Every training stands here with its quality; the run in use is "
                             "marked."));
    m_table->setMinimumHeight(kTableHeight);
    body()->addWidget(m_table, 1);
    setCaption(
        tr("Measures: of the best epoch, as it was kept; in brackets how far the last epoch is "
           "from it."));
    connect(m_table, &TableView::rowSelected, this, &RunTable::showSelection);
    connect(m_table, &TableView::rowActivated, this, [this] {
        if (const RunFigures *run = selected(); run && run->isBehavior()) {
            Q_EMIT openAsked(run->record.id);
        }
    });
    addTableMenu(*this, *m_table, m_context, QStringLiteral("runs.csv"),
                 [this] { return shownTable(); });
}

void RunTable::setUpActions()
{
    auto *row = new QHBoxLayout;
    const auto add = [&](QPushButton *&button, const QString &text, auto act) {
        button = pushButton(text, false, this);
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, act);
    };
    add(m_open, tr("Show details"), [this] { Q_EMIT openAsked(selected()->record.id); });
    add(m_compare, tr("Compare runs"), [this] {
        const auto ids = selectedIds();
        Q_EMIT compareAsked(QList<qint64>(ids.begin(), ids.end()));
    });
    add(m_champion, tr("Make champion"), [this] { makeChampion(selected()->record.id); });
    add(m_rollBack, tr("Roll back"), [this] { makeChampion(*m_runs->formerChampion); });
    add(m_resume, tr("Resume"), [this] { Q_EMIT resumeAsked(selected()->record.id); });
    add(m_settings, tr("Use its settings"),
        [this] { Q_EMIT settingsAsked(selected()->record.id); });
    add(m_remove, tr("Delete"), [this] { askToRemove(); });
    row->addStretch(1);
    add(m_undo, tr("Undo"), [this] { m_history.undo(); });
    add(m_redo, tr("Redo"), [this] { m_history.redo(); });
    body()->addLayout(row);
    m_championAction = new QAction(tr("Make the selected run champion"), this);
    connect(m_championAction, &QAction::triggered, m_champion, &QPushButton::click);
}

void RunTable::setUpNote()
{
    auto *row = new QHBoxLayout;
    const auto add = [&](QLineEdit *&edit, const QString &name, const QString &hint, int stretch) {
        edit = new QLineEdit(this);
        edit->setPlaceholderText(hint);
        edit->setAccessibleName(name);
        edit->setMaxLength(2000);
        QLabel *label = plainLabel(name, this);
        label->setBuddy(edit);
        row->addWidget(label);
        row->addWidget(edit, stretch);
        connect(edit, &QLineEdit::editingFinished, this, &RunTable::saveNote);
    };
    add(m_note, tr("Note"), tr("What was tried, what came of it"), 2);
    add(m_tags, tr("Tags"), tr("baseline, no crop"), 1);
    body()->addLayout(row);
}

void RunTable::setRuns(std::shared_ptr<const RunList> runs, RunTables tables)
{
    // What is selected is told by the rows before, which point into the list before.
    const auto before = std::exchange(m_runs, std::move(runs));
    m_tables = std::move(tables);
    fill();
}

void RunTable::setTraining(bool training)
{
    m_training = training;
    updateButtons();
}

void RunTable::fill()
{
    const auto selectedBefore = selectedIds();
    const bool behavior = m_kind->current() == 0;
    m_all.clear();
    for (const RunFigures &run : m_runs->runs) {
        if (run.isBehavior() == behavior) {
            m_all.push_back(&run);
        }
    }
    m_table->tableModel()->setColumns(columns().columns);
    showRows(selectedBefore);
}

const RunColumns &RunTable::columns() const
{
    return m_kind->current() == 0 ? m_tables.behavior : m_tables.value;
}

void RunTable::filter()
{
    showRows(selectedIds());
}

void RunTable::showRows(const std::vector<std::int64_t> &selectedBefore)
{
    m_shown = filteredRows(columns(), m_filter->text());
    std::vector<TableModel::Row> rows;
    for (const std::size_t row : m_shown) {
        rows.push_back(columns().rows[row]);
    }
    m_table->setRows(std::move(rows));
    m_count->setText(m_shown.size() == m_all.size()
                         ? counted(static_cast<qint64>(m_all.size()), tr("1 run"), tr("%1 runs"))
                         : tr("%1 of %2 runs").arg(m_shown.size()).arg(m_all.size()));
    if (selectedBefore.size() == 1 && !selected()) {
        select(selectedBefore.front());
    } else if (selectedBefore.size() > 1) {
        selectAgain(selectedBefore);
    }
    showSelection();
}

PlainTable RunTable::shownTable() const
{
    PlainTable table{columns().plain.header, {}};
    for (const std::size_t row : m_shown) {
        table.rows.push_back(columns().plain.rows[row]);
    }
    return table;
}

std::vector<std::int64_t> RunTable::selectedIds() const
{
    std::vector<std::int64_t> ids;
    if (!m_table || !m_table->selectionModel()) {
        return ids;
    }
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows()) {
        const auto row = static_cast<std::size_t>(m_table->tableModel()->sourceRow(index.row()));
        if (row < m_shown.size()) {
            ids.push_back(m_all[m_shown[row]]->record.id);
        }
    }
    return ids;
}

const RunFigures *RunTable::selected() const
{
    const auto ids = selectedIds();
    return ids.size() == 1 ? m_runs->find(ids.front()) : nullptr;
}

void RunTable::select(std::int64_t run)
{
    for (std::size_t row = 0; row < m_shown.size(); ++row) {
        if (m_all[m_shown[row]]->record.id == run) {
            m_table->selectRow(static_cast<int>(row));
            return;
        }
    }
}

void RunTable::selectAgain(const std::vector<std::int64_t> &runs)
{
    const QAbstractItemModel *model = m_table->model();
    QItemSelection rows;
    for (int row = 0; row < model->rowCount(); ++row) {
        const auto shown = static_cast<std::size_t>(m_table->tableModel()->sourceRow(row));
        if (std::ranges::find(runs, m_all[m_shown[shown]]->record.id) != runs.end()) {
            rows.select(model->index(row, 0), model->index(row, model->columnCount() - 1));
        }
    }
    m_table->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
}

void RunTable::showSelection()
{
    const RunFigures *run = selected();
    const bool same = run && run->record.id == m_noteOf && m_noteIn == m_context.session.path();
    m_noteOf = run ? run->record.id : 0;
    m_noteIn = m_context.session.path();
    for (const auto &[edit, text] : {std::pair(m_note, run ? run->record.note : std::string()),
                                     std::pair(m_tags, run ? run->record.tags : std::string())}) {
        if (!same || !edit->isModified()) { // what is being typed outlives a new list
            edit->setText(QString::fromStdString(text));
            edit->setModified(false);
        }
        edit->setEnabled(run && !m_context.session.readOnly());
    }
    updateButtons();
    Q_EMIT selectionChanged();
}

void RunTable::saveNote()
{
    const RunFigures *run = selected();
    if (!run || run->record.id != m_noteOf || m_noteIn != m_context.session.path()) {
        return;
    }
    const auto typed = [](QLineEdit &edit) {
        const bool is = edit.isModified();
        edit.setModified(false);
        return is ? std::optional(edit.text().trimmed()) : std::nullopt;
    };
    const auto note = typed(*m_note), tags = typed(*m_tags);
    if (note || tags) {
        m_history.setNote(m_noteOf, note, tags);
    }
}

void RunTable::makeChampion(std::int64_t id)
{
    const RunFigures *run = m_runs->find(id);
    const auto used = std::ranges::find_if(m_runs->runs, [&](const RunFigures &other) {
        return run && other.record.champion && other.record.model == run->record.model;
    });
    m_history.setChampion(id, used == m_runs->runs.end() ? 0 : used->record.id);
}

void RunTable::askToRemove()
{
    const RunRecord run = selected()->record;
    if (!run.champion) {
        m_history.remove(run); // undone by a click
        return;
    }
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Delete the champion"), {},
                                QMessageBox::Cancel, window());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Run %1 is the one that all pages use. Delete it?").arg(run.id));
    box->setInformativeText(tr("Until another run is made champion there is no model to score or "
                               "recommend with. Scores that were written stay. “Undo” brings it "
                               "back while this project is open."));
    const QPushButton *yes = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(yes, &QPushButton::clicked, this, [this, run] { m_history.remove(run); });
    box->open();
}

void RunTable::updateButtons()
{
    const RunFigures *run = selected();
    const bool readOnly = m_context.session.readOnly();
    const bool free = !readOnly && !m_training && !m_history.isBusy();
    const auto set = [&](QPushButton *button, bool can, const QString &why) {
        button->setEnabled(can);
        button->setToolTip(readOnly && button != m_open && button != m_compare ? readOnlyText()
                                                                               : why);
    };
    const QString choose = run ? QString() : tr("Select a run first.");
    const bool behavior = run && run->isBehavior();
    set(m_open, behavior, choose);
    set(m_compare, selectedIds().size() >= 2 && m_kind->current() == 0,
        tr("Select two runs or more, with Ctrl or Shift."));
    set(m_champion, free && run && run->isDone() && !run->record.champion,
        run ? QString() : tr("Select a finished run first."));
    set(m_resume, free && run && isResumable(run->record),
        tr("Goes on with a run that was paused, cancelled, killed or has failed."));
    set(m_settings, behavior && !m_training && !readOnly, tr("Puts them into the form."));
    set(m_remove, free && run && run->record.state != RunState::Running, choose);
    const bool former = m_runs->formerChampion.has_value();
    m_rollBack->setVisible(former);
    m_rollBack->setText(former ? tr("Roll back to run %1").arg(*m_runs->formerChampion)
                               : tr("Roll back"));
    set(m_rollBack, free && former, tr("The run that was in use before the champion."));
    set(m_undo, free && m_history.canUndo(), m_history.undoText());
    set(m_redo, free && m_history.canRedo(), m_history.redoText());
    m_championAction->setEnabled(m_champion->isEnabled());
}

} // namespace perennial
