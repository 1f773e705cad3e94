#include "ui/pages/data_page.h"

#include "core/project/cleaning_store.h"
#include "core/project/event_writer.h"
#include "ui/pages/import/import_dialog.h"
#include "ui/pages/pages.h"
#include "ui/pages/rejected_dialog.h"
#include "ui/pages/settings_form.h"
#include "ui/pages/sources_panel.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/kpi_card.h"
#include "ui/wording/format.h"

#include <QAction>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

const QString kSourcesGroup = QStringLiteral("data-sources");

struct SourcesAndCleaning {
    std::vector<SourceRecord> sources;
    CleaningTotals cleaning;
};

QString cleaningNote(const CleaningTotals &totals)
{
    if (totals.steps.empty()) {
        return DataPage::tr("no cleaning rule is active");
    }
    return totals.capped > 0
               ? DataPage::tr("%1 set aside, %2 capped by cleaning rules")
                     .arg(countText(totals.setAside.rows), countText(totals.capped))
               : DataPage::tr("%1 set aside by cleaning rules")
                     .arg(countText(totals.setAside.rows));
}

} // namespace

DataPage::DataPage(const PageContext &context, QWidget *parent) : Page(context, parent)
{
    m_import = new QAction(tr("Import…"), this);
    connect(m_import, &QAction::triggered, this, [this] { openImport(); });
    m_noProject = new EmptyState;
    m_noProject->setTexts(tr("No project is open."),
                          tr("A project is one file that holds the events, the settings and every "
                             "result computed from them."),
                          tr("New project…"));
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
    return tr("%1 of %2, %3 to %4")
        .arg(eventsText(counts.events), usersText(counts.users), dayText(counts.firstDay),
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
    m_events->setDefinition(tr("Stored rows of all kinds (views, carts, purchases, refunds, …) that "
                               "no cleaning rule sets aside; see the page Quality."));
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
    m_sources = new SourcesPanel;
    m_body->column()->addWidget(m_sources);
    connect(m_sources, &SourcesPanel::importWanted, m_import, &QAction::trigger);
    connect(m_sources, &SourcesPanel::rejectedRowsWanted, this, &DataPage::showRejected);
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
    m_purchases->setNote(tr("in %1").arg(ordersText(counts.orders)));
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
    runOnProject<SourcesAndCleaning>(
        session(), jobs(), tr("Sources"), this,
        [](Project &project, const Task &) -> Result<SourcesAndCleaning> {
            auto sources = readSources(project);
            auto cleaning = sources ? readCleaningTotals(project) : sources.error();
            if (!cleaning) {
                return cleaning.error();
            }
            return SourcesAndCleaning{*std::move(sources), *std::move(cleaning)};
        },
        [this](Result<SourcesAndCleaning> sources) {
            if (sources) {
                m_sources->setSources(std::move(sources->sources),
                                      QString::fromStdString(session().settings().currency));
                m_events->setNote(cleaningNote(sources->cleaning));
                showUnfinished();
            } else if (sources.error().code != ErrorCode::Cancelled) {
                navigator().showError(tr("The sources could not be read"), sources.error());
            }
        },
        kSourcesGroup);
}

void DataPage::showUnfinished()
{
    const bool importing = jobs().groupRunning(ImportDialog::kJobGroup);
    const SourceRecord *found = m_sources->unfinished();
    if (!found || importing) {
        m_unfinished->setTexts({}, {});
        return;
    }
    m_unfinished->setTexts(
        tr("The import of %1 was interrupted after %2. Resume it, or remove what it brought.")
            .arg(QString::fromStdString(found->name), rowsText(found->totals.read.rows)),
        tr("Resume"), tr("Remove"));
}

void DataPage::openImport(const QString &file)
{
    if (!session().hasProject() || session().readOnly()) {
        return;
    }
    auto *dialog = new ImportDialog(
        session(), jobs(),
        [this](const ImportRequest &request, ImportDialog::Done done) {
            startImport(request, std::move(done));
        },
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::rejectedRowsWanted, this, &DataPage::showRejected);
    // What the dialog has put together is of this project and no other.
    connect(&session(), &ProjectSession::projectChanged, dialog, &ImportDialog::discard);
    if (!file.isEmpty()) {
        dialog->setFile(file);
    }
    dialog->show();
}

void DataPage::startImport(const ImportRequest &request,
                           std::function<void(const Result<ImportOutcome> &)> done)
{
    runOnProject<ImportOutcome>(
        session(), jobs(),
        tr("Import %1").arg(QString::fromStdString(request.options.path.filename().string())), this,
        [request](Project &project, const Task &task) { return runImport(project, request, task); },
        [this, done = std::move(done)](Result<ImportOutcome> outcome) {
            session().notifyDataChanged();
            done(outcome);
        },
        ImportDialog::kJobGroup, JobVisibility::Listed);
}

void DataPage::resumeImport()
{
    const SourceRecord *found = m_sources->unfinished();
    if (!found) {
        return;
    }
    const Result<ImportRecipe> recipe = recipeFromJson(found->mapping, found->name);
    if (!recipe) {
        navigator().showError(tr("The import could not be resumed"), recipe.error());
        return;
    }
    ImportRequest request;
    request.options.path = found->path;
    request.options.profile = found->profile;
    request.options.recipe = *recipe;
    if (const auto naming = userNaming(session().project());
        naming && *naming == UserNaming::Pseudonyms) {
        request.key = std::make_shared<KeyRequest>(); // of the usual place
    }
    startImport(request, [this](const Result<ImportOutcome> &outcome) {
        if (!outcome && outcome.error().code != ErrorCode::Cancelled) {
            navigator().showError(tr("The import could not be resumed"), outcome.error());
        }
    });
    m_unfinished->setTexts({}, {});
}

void DataPage::removeUnfinished()
{
    const SourceRecord *found = m_sources->unfinished();
    if (!found) {
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
    const QString problem = tr("The rejected rows could not be read");
    const Result<std::vector<SourceRecord>> sources = readSources(session().project());
    if (!sources) {
        navigator().showError(problem, sources.error());
        return;
    }
    const auto found = std::ranges::find(*sources, source, &SourceRecord::id);
    Result<Project> connection = session().connectForWorker();
    if (!connection) {
        navigator().showError(problem, connection.error());
    } else if (found != sources->end()) {
        auto *dialog = new RejectedDialog(*std::move(connection), *found, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(&session(), &ProjectSession::projectChanged, dialog, &QDialog::close);
        dialog->show();
    }
}

Page *makeDataPage(const PageContext &context)
{
    return new DataPage(context);
}

} // namespace perennial
