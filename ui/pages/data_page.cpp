#include "ui/pages/data_page.h"

#include "core/project/event_writer.h"
#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/import/import_dialog.h"
#include "ui/pages/pages.h"
#include "ui/pages/rejected_dialog.h"
#include "ui/pages/settings_form.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/kpi_card.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/import_words.h"

#include <QAction>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

const QString kSourcesGroup = QStringLiteral("data-sources");

constexpr int kSourcesHeight = 190;

std::vector<TableColumn> sourceColumns(const QString &currency)
{
    using Kind = TableColumn::Kind;
    return {{DataPage::tr("Source"), Kind::Text},
            {DataPage::tr("State"), Kind::Text},
            {DataPage::tr("Rows read"), Kind::Count},
            {DataPage::tr("Stored"), Kind::Count},
            {DataPage::tr("Duplicate"), Kind::Count},
            {DataPage::tr("Rejected"), Kind::Count},
            {DataPage::tr("Excluded"), Kind::Count},
            {DataPage::tr("Amount stored, %1").arg(currency), Kind::Number, 2},
            {DataPage::tr("Imported (UTC)"), Kind::Time}};
}

TableModel::Row sourceRow(const SourceRecord &source)
{
    const auto count = [](const ImportTotals::Line &line) {
        return QVariant::fromValue<qint64>(line.rows);
    };
    const ImportTotals &totals = source.totals;
    return {QString::fromStdString(source.name),
            source.state == SourceState::Done ? DataPage::tr("✓ complete")
                                              : DataPage::tr("! unfinished"),
            count(totals.read),
            count(totals.stored),
            count(totals.duplicate),
            count(totals.rejected),
            count(totals.excluded),
            toUnits(totals.stored.amount),
            source.finishedAt > 0 ? QVariant::fromValue<qint64>(source.finishedAt) : QVariant()};
}

std::int64_t keptOut(const SourceRecord &source)
{
    return source.totals.rejected.rows + source.totals.excluded.rows;
}

} // namespace

DataPage::DataPage(const PageContext &context, QWidget *parent) : Page(context, parent)
{
    m_import = new QAction(tr("Import events…"), this);
    connect(m_import, &QAction::triggered, this, [this] { openImport(); });
    m_noProject = new EmptyState;
    connect(m_noProject, &EmptyState::actionTriggered, this, [this] { navigator().newProject(); });
    m_body = new PageBody;
    m_stack = new QStackedLayout(this);
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_noProject);
    m_stack->addWidget(m_body);
    setUpWarnings();
    setUpKpis();
    setUpSources();
    setUpSettings();
    m_body->column()->addStretch(1);
}

QString DataPage::title() const
{
    return tr("Data");
}

QString DataPage::answer() const
{
    if (!session().hasProject() || session().counts().events == 0) {
        return {};
    }
    const ProjectCounts &counts = session().counts();
    return tr("%1 events of %2 users, %3 to %4")
        .arg(countText(counts.events), countText(counts.users), dayText(counts.firstDay),
             dayText(counts.lastDay));
}

QList<QAction *> DataPage::pageActions() const
{
    return {m_import};
}

void DataPage::setUpWarnings()
{
    m_unfinished = new Banner;
    m_body->column()->addWidget(m_unfinished);
    connect(m_unfinished, &Banner::actionTriggered, this, &DataPage::resumeImport);
    connect(m_unfinished, &Banner::secondTriggered, this, &DataPage::removeUnfinished);
}

void DataPage::setUpKpis()
{
    auto *row = new KpiRow;
    m_users = row->add(tr("Users"));
    m_users->setDefinition(tr("Distinct user keys in all sources."));
    m_items = row->add(tr("Items"));
    m_items->setDefinition(tr("Distinct item keys in all sources."));
    m_events = row->add(tr("Events"));
    m_events->setDefinition(tr("Stored rows of all kinds: views, carts, purchases, refunds, …"));
    m_purchases = row->add(tr("Purchase rows"));
    m_purchases->setDefinition(tr("Order lines bought; an order may have several."));
    m_gross = row->add(tr("Gross revenue"));
    m_gross->setDefinition(tr("Sum of all purchases, before refunds, margin and discount."));
    m_span = row->add(tr("Days covered"));
    m_span->setDefinition(tr("From the first to the last day that has an event (UTC)."));
    m_body->column()->addWidget(row);
}

void DataPage::setUpSources()
{
    m_sourcesCard = new Card(tr("Sources"));
    m_sourcesCard->setDefinition(
        tr("One row per imported file or generator run. Every row of a file is exactly one of "
           "stored, duplicate, rejected and excluded; select a source for its control totals."));
    m_sourcesCard->setMinimumHeight(kSourcesHeight);
    m_sourcesTable = new TableView(tr("Sources"), sourceColumns(QString()));
    auto *empty = new EmptyState;
    empty->setTexts(tr("No events yet."),
                    tr("Orders, views and refunds are what stages, values and recommendations are "
                       "computed from."),
                    tr("Import events…"));
    connect(empty, &EmptyState::actionTriggered, m_import, &QAction::trigger);
    m_sourcesStack = new QStackedLayout;
    m_sourcesStack->addWidget(m_sourcesTable);
    m_sourcesStack->addWidget(empty);
    m_sourcesCard->body()->addLayout(m_sourcesStack);

    m_totalsCard = new Card(tr("Control totals"));
    m_totalsCard->setDefinition(tr("Rows and money that were read add up to what became of them; "
                                   "nothing is dropped silently."));
    m_totals = plainLabel();
    m_totals->setWordWrap(true);
    m_totals->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_totals->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_showRejected = pushButton(tr("Show rejected rows…"));
    m_totalsCard->body()->addWidget(m_totals);
    m_totalsCard->tools()->addWidget(m_showRejected);
    m_body->column()->addWidget(m_sourcesCard);
    m_body->column()->addWidget(m_totalsCard);
    connect(m_sourcesTable, &TableView::rowSelected, this, &DataPage::showSource);
    connect(m_sourcesTable, &TableView::rowActivated, this, [this](int row) {
        if (row >= 0 && keptOut(m_sources[static_cast<std::size_t>(row)]) > 0) {
            showRejected(m_sources[static_cast<std::size_t>(row)].id);
        }
    });
    connect(m_showRejected, &QPushButton::clicked, this, [this] {
        const int row = m_sourcesTable->selectedRow();
        if (row >= 0) {
            showRejected(m_sources[static_cast<std::size_t>(row)].id);
        }
    });
}

void DataPage::setUpSettings()
{
    m_settingsCard = new Card(tr("Project settings"));
    m_settingsCard->setDefinition(
        tr("Every figure of the program is computed with these. Changing them changes no data; "
           "the users must be scored again. Stages from the top down: churned, dormant, loyal, "
           "converted, acquired, active, retained."));
    m_settings = new SettingsForm([this](const ProjectSettings &settings) {
        return session().setSettings(settings);
    });
    m_settingsCard->body()->addWidget(m_settings);
    m_body->column()->addWidget(m_settingsCard);
}

void DataPage::showNoProject()
{
    m_noProject->setTexts(tr("No project is open."),
                          tr("A project is one file that holds the events, the settings and every "
                             "result computed from them."),
                          tr("New project…"));
    m_stack->setCurrentWidget(m_noProject);
    m_shownProject.clear();
}

void DataPage::refresh()
{
    showWritable();
    if (!session().hasProject()) {
        showNoProject();
        return;
    }
    m_stack->setCurrentWidget(m_body);
    if (m_shownProject != session().path()) {
        m_shownProject = session().path();
        m_settings->clearHistory();
    }
    m_settings->setSettings(session().settings(), session().counts().firstDay,
                            session().counts().lastDay);
    showKpis();
    readSourcesAnew();
}

void DataPage::showWritable()
{
    const bool readOnly = session().readOnly();
    const QString reason = readOnly ? readOnlyText() : QString();
    m_import->setEnabled(session().hasProject() && !readOnly);
    m_import->setToolTip(readOnly ? reason : tr("Read events from a CSV file into this project"));
    m_settings->setReadOnly(reason);
    m_unfinished->setBlocked(reason);
}

void DataPage::showKpis()
{
    const ProjectCounts &counts = session().counts();
    const QString currency = QString::fromStdString(session().settings().currency);
    const auto count = [](KpiCard *card, std::int64_t value) {
        card->setValue(shortText(static_cast<double>(value)), countText(value));
    };
    count(m_users, counts.users);
    m_users->setNote(tr("%1 with a purchase").arg(countText(counts.usersWithPurchase)));
    count(m_items, counts.items);
    count(m_events, counts.events);
    count(m_purchases, counts.purchases);
    m_purchases->setNote(tr("in %1 orders").arg(countText(counts.orders)));
    const double gross = toUnits(counts.gross);
    m_gross->setValue(shortMoneyText(gross, currency), fullMoneyText(gross, currency));
    m_gross->setNote(tr("refunds %1").arg(shortMoneyText(toUnits(counts.refunded), currency)));
    if (counts.firstDay && counts.lastDay) {
        m_span->setValue(countText(*counts.lastDay - *counts.firstDay + 1));
        m_span->setNote(tr("%1 to %2").arg(dayText(counts.firstDay), dayText(counts.lastDay)));
    } else {
        m_span->setValue(kMissing);
        m_span->setNote({});
    }
}

void DataPage::readSourcesAnew()
{
    runOnProject<std::vector<SourceRecord>>(
        session(), jobs(), tr("Sources"), this,
        [](Project &project, const Task &) { return readSources(project); },
        [this](Result<std::vector<SourceRecord>> sources) {
            if (sources) {
                showSources(*std::move(sources));
            } else if (sources.error().code != ErrorCode::Cancelled) {
                navigator().showError(tr("The sources could not be read"), sources.error());
            }
        },
        kSourcesGroup);
}

void DataPage::showSources(std::vector<SourceRecord> sources)
{
    m_sources = std::move(sources);
    std::vector<TableModel::Row> rows;
    std::ranges::transform(m_sources, std::back_inserter(rows), sourceRow);
    const int selected = m_sourcesTable->selectedRow();
    m_sourcesTable->tableModel()->setColumns(
        sourceColumns(QString::fromStdString(session().settings().currency)));
    m_sourcesTable->setRows(std::move(rows));
    m_sourcesTable->resizeColumnsToContents();
    m_sourcesStack->setCurrentIndex(m_sources.empty() ? 1 : 0);
    m_totalsCard->setVisible(!m_sources.empty());
    if (!m_sources.empty()) {
        m_sourcesTable->selectRow(std::clamp(selected, 0, static_cast<int>(m_sources.size()) - 1));
    }
    showSource(m_sourcesTable->selectedRow());
    showUnfinished();
}

void DataPage::showSource(int index)
{
    if (index < 0 || index >= static_cast<int>(m_sources.size())) {
        m_totals->clear();
        m_showRejected->hide();
        return;
    }
    const SourceRecord &source = m_sources[static_cast<std::size_t>(index)];
    const QString currency = QString::fromStdString(session().settings().currency);
    QStringList lines{controlTotalText(source.totals)};
    if (const QString amount = controlAmountText(source.totals, currency); !amount.isEmpty()) {
        lines << amount;
    }
    QStringList notes{source.totals.balanced()
                          ? tr("✓ The totals agree: nothing was lost")
                          : tr("✕ The totals do not agree: verify the project")};
    if (!source.profile.empty()) {
        notes << tr("profile %1").arg(QString::fromStdString(source.profile));
    }
    if (!source.hash.empty()) {
        notes << tr("content hash %1").arg(QString::fromStdString(source.hash.substr(0, 16)));
    }
    m_totalsCard->setTitle(tr("Control totals of %1").arg(QString::fromStdString(source.name)));
    m_totals->setText(lines.join(QLatin1Char('\n')) + QLatin1Char('\n') +
                      notes.join(QStringLiteral(" · ")));
    m_showRejected->setVisible(keptOut(source) > 0);
}

void DataPage::showUnfinished()
{
    const bool importing = jobs().groupRunning(ImportDialog::kJobGroup);
    const auto found = std::ranges::find(m_sources, SourceState::Running, &SourceRecord::state);
    if (found == m_sources.end() || importing) {
        m_unfinished->setTexts({}, {});
        return;
    }
    m_unfinished->setTexts(
        tr("The import of %1 was interrupted after %2 rows. Resume it, or remove what it brought.")
            .arg(QString::fromStdString(found->name), countText(found->totals.read.rows)),
        tr("Resume"), tr("Remove"));
}

void DataPage::openImport(const QString &file)
{
    if (!session().hasProject() || session().readOnly()) {
        return;
    }
    auto *dialog = new ImportDialog(
        session(), jobs(),
        [this](const ImportOptions &options, ImportDialog::Done done) {
            startImport(options, std::move(done));
        },
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::rejectedRowsWanted, this, &DataPage::showRejected);
    // What the dialog has put together is of this project and no other.
    connect(&session(), &ProjectSession::projectChanged, dialog, &QDialog::close);
    if (!file.isEmpty()) {
        dialog->setFile(file);
    }
    dialog->show();
}

void DataPage::startImport(const ImportOptions &options,
                           std::function<void(const Result<ImportReport> &)> done)
{
    runOnProject<ImportReport>(
        session(), jobs(),
        tr("Import %1").arg(QString::fromStdString(options.path.filename().string())), this,
        [options](Project &project, const Task &task) {
            return importEvents(project, options, task);
        },
        [this, done = std::move(done)](Result<ImportReport> report) {
            session().notifyDataChanged();
            done(report);
        },
        ImportDialog::kJobGroup, JobVisibility::Listed);
}

void DataPage::resumeImport()
{
    const auto found = std::ranges::find(m_sources, SourceState::Running, &SourceRecord::state);
    if (found == m_sources.end()) {
        return;
    }
    const Result<ImportRecipe> recipe = recipeFromJson(found->mapping, found->name);
    if (!recipe) {
        navigator().showError(tr("The import could not be resumed"), recipe.error());
        return;
    }
    ImportOptions options;
    options.path = found->path;
    options.profile = found->profile;
    options.recipe = *recipe;
    startImport(options, [this](const Result<ImportReport> &report) {
        if (!report && report.error().code != ErrorCode::Cancelled) {
            navigator().showError(tr("The import could not be resumed"), report.error());
        }
    });
    m_unfinished->setTexts({}, {});
}

void DataPage::removeUnfinished()
{
    const auto found = std::ranges::find(m_sources, SourceState::Running, &SourceRecord::state);
    if (found == m_sources.end()) {
        return;
    }
    m_unfinished->setTexts({}, {});
    runOnProject<Done>(
        session(), jobs(), tr("Remove %1").arg(QString::fromStdString(found->name)), this,
        [id = found->id](Project &project, const Task &) -> Status {
            Status removed = removeSource(project, id);
            return removed ? buildEventIndexes(project) : removed;
        },
        [this](Status removed) {
            if (!removed) {
                navigator().showError(tr("The unfinished import could not be removed"),
                                      removed.error());
            }
            session().notifyDataChanged();
        },
        ImportDialog::kJobGroup, JobVisibility::Listed);
}

void DataPage::showRejected(qint64 source)
{
    const auto show = [this](const SourceRecord &record) {
        Result<Project> connection = session().connectForWorker();
        if (!connection) {
            navigator().showError(tr("The rejected rows could not be read"), connection.error());
            return;
        }
        auto *dialog = new RejectedDialog(*std::move(connection), record, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(&session(), &ProjectSession::projectChanged, dialog, &QDialog::close);
        dialog->show();
    };
    const Result<std::vector<SourceRecord>> sources = readSources(session().project());
    if (!sources) {
        navigator().showError(tr("The rejected rows could not be read"), sources.error());
        return;
    }
    const auto found = std::ranges::find(*sources, source, &SourceRecord::id);
    if (found != sources->end()) {
        show(*found);
    }
}

Page *makeDataPage(const PageContext &context)
{
    return new DataPage(context);
}

} // namespace perennial
