#include "ui/pages/import/import_dialog.h"

#include "core/ingest/own_profiles.h"
#include "ui/pages/import/check_step.h"
#include "ui/pages/import/file_step.h"
#include "ui/pages/import/mapping_step.h"
#include "ui/pages/import/pseudonym_box.h"
#include "ui/pages/import/remember_box.h"
#include "ui/pages/import/result_step.h"
#include "ui/pages/page_parts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kPreviewGroup = QStringLiteral("import-preview");
const QString kDryRunGroup = QStringLiteral("import-check");

} // namespace

const QString ImportDialog::kJobGroup = QStringLiteral("import");

ImportDialog::ImportDialog(ProjectSession &session, JobRunner &jobs, Start start, QWidget *parent)
    : QDialog(parent), m_session(session), m_jobs(jobs), m_start(std::move(start))
{
    setWindowTitle(tr("Import a file"));
    resize(1240, 690);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(kCardGap);
    setUpTrail();
    setUpSteps();
    column->addWidget(m_steps, 1);
    setUpButtons();
    connect(&m_jobs, &JobRunner::jobsChanged, this, &ImportDialog::showJob);
    go(File);
}

ImportDialog::~ImportDialog()
{
    // A field that loses the focus while it goes says that its text is final.
    m_file->disconnect(this);
    m_mapping->disconnect(this);
}

void ImportDialog::setUpTrail()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    for (int i = 0; i < 4; ++i) {
        m_trail.push_back(plainLabel());
        row->addWidget(m_trail.back());
    }
    row->addStretch(1);
    qobject_cast<QVBoxLayout *>(layout())->addLayout(row);
}

void ImportDialog::setUpSteps()
{
    m_steps = new QStackedWidget;
    m_file = new ImportFileStep;
    m_mapping = new ImportMappingStep;
    m_check = new ImportCheckStep;
    m_result = new ImportResultStep;
    for (QWidget *step : std::initializer_list<QWidget *>{m_file, m_mapping, m_check, m_result}) {
        m_steps->addWidget(step);
    }
    connect(m_file, &ImportFileStep::pathChosen, this, &ImportDialog::setFile);
    connect(m_mapping, &ImportMappingStep::profileChosen, this, &ImportDialog::chooseProfile);
    connect(m_mapping, &ImportMappingStep::removalWanted, this, &ImportDialog::removeProfile);
    connect(m_mapping, &ImportMappingStep::bringBackWanted, this, &ImportDialog::bringBack);
    connect(m_mapping, &ImportMappingStep::recipeChanged, this, &ImportDialog::changeRecipe);
    connect(m_check->pseudonyms(), &PseudonymBox::changed, this, [this] { showButtons(); });
    connect(m_check, &ImportCheckStep::dryRunWanted, this, &ImportDialog::runDry);
    connect(m_result, &ImportResultStep::cancelWanted, this,
            [this] { m_jobs.cancelGroup(kJobGroup); });
    connect(m_result, &ImportResultStep::anotherWanted, this, &ImportDialog::startOver);
    connect(m_result, &ImportResultStep::rejectedRowsWanted, this,
            &ImportDialog::rejectedRowsWanted);
}

void ImportDialog::setUpButtons()
{
    m_back = pushButton(tr("&Back"));
    m_next = pushButton(tr("&Next"), true);
    m_next->setDefault(true);
    m_close = pushButton(tr("&Close"));
    m_back->setAutoDefault(false);
    m_close->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    for (QPushButton *button : {m_back, m_next, m_close}) {
        row->addWidget(button);
    }
    qobject_cast<QVBoxLayout *>(layout())->addLayout(row);
    connect(m_back, &QPushButton::clicked, this,
            [this] { go(static_cast<Step>(std::max(0, m_steps->currentIndex() - 1))); });
    connect(m_next, &QPushButton::clicked, this, &ImportDialog::goOn);
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
}

ImportDialog::Step ImportDialog::step() const
{
    return static_cast<Step>(m_steps->currentIndex());
}

QString ImportDialog::currency() const
{
    return QString::fromStdString(m_session.settings().currency);
}

void ImportDialog::go(Step next)
{
    m_steps->setCurrentIndex(next);
    showTrail(next);
    if (next == Check && m_preview) {
        m_check->showPlan(m_options, *m_preview);
        showNaming();
        showRemembering();
    }
    showButtons();
}

void ImportDialog::showButtons()
{
    const bool known = m_preview.has_value();
    const bool sound = known && !m_preview->problem;
    const QString blocked = m_session.readOnly() ? readOnlyText()
                            : !m_running && m_jobs.groupRunning(kJobGroup)
                                ? tr("Another import is still running.")
                                : m_check->pseudonyms()->problem();
    m_back->setVisible(step() == Columns || step() == Check ||
                       (step() == Outcome && !m_running && !m_done));
    m_next->setVisible(step() != Outcome);
    m_next->setText(step() == Check ? tr("&Import") : tr("&Next"));
    m_next->setToolTip(step() == Check ? blocked : QString());
    m_next->setEnabled(step() == File      ? known
                       : step() == Columns ? sound
                                           : sound && blocked.isEmpty());
}

/// Where one is: in words for a screen reader, by mark and ink for the eye.
void ImportDialog::showTrail(Step now)
{
    const QStringList names{tr("1 File"), tr("2 Columns"), tr("3 Check"), tr("4 Result")};
    for (int i = 0; i < names.size(); ++i) {
        QLabel *label = m_trail[static_cast<std::size_t>(i)];
        label->setText(i == now  ? tr("▸ %1").arg(names[i])
                       : i < now ? tr("✓ %1").arg(names[i])
                                 : names[i]);
        label->setEnabled(i == now); // the others quiet
        label->setAccessibleName(i == now ? tr("Step %1 of 4: %2").arg(i + 1).arg(names[i])
                                          : names[i]);
    }
}

void ImportDialog::startOver()
{
    m_options = {};
    m_preview.reset();
    m_answered = false;
    m_file->setPath({});
    m_file->showReading();
    go(File);
}

void ImportDialog::goOn()
{
    switch (step()) {
    case File:
        go(Columns);
        break;
    case Columns:
        go(Check);
        break;
    case Check:
        startImport();
        break;
    case Outcome:
        break;
    }
}

void ImportDialog::setFile(const QString &path)
{
    if (m_running ||
        (m_preview && std::filesystem::path(path.toStdU16String()) == m_options.path)) {
        return;
    }
    m_file->setPath(path);
    m_options = {};
    m_options.path = std::filesystem::path(path.toStdU16String());
    m_suggest = true;
    m_answered = false;
    m_basis.clear();
    m_preview.reset();
    m_file->showReading();
    go(File);
    readPreview();
}

void ImportDialog::readPreview()
{
    m_jobs.start<Looked>(
        tr("Preview"),
        [options = m_options](const Task &) -> Result<Looked> {
            auto preview = previewImport(options);
            return preview ? Result<Looked>(Looked{*std::move(preview), ownProfiles()})
                           : preview.error();
        },
        this,
        [this](Result<Looked> looked) {
            if (looked) {
                m_own = std::move(looked->own);
                showPreview(std::move(looked->preview));
                return;
            }
            m_preview.reset();
            m_file->showError(looked.error());
            m_mapping->showError(looked.error());
            showButtons();
        },
        kPreviewGroup, JobVisibility::Quiet);
}

void ImportDialog::showPreview(ImportPreview preview)
{
    if (m_suggest && adoptSuggestion(preview)) {
        readPreview();
        return;
    }
    m_preview = std::move(preview);
    m_file->showFound(*m_preview, ownNames());
    showMapping();
    showButtons();
}

void ImportDialog::showMapping()
{
    m_mapping->showPreview(*m_preview, m_own, QString::fromStdString(m_options.profile));
    if (ownNames().contains(QString::fromStdString(m_options.profile))) {
        m_basis = m_options.profile;
    }
}

/// @return true where the options have changed and the file is to be looked at again.
bool ImportDialog::adoptSuggestion(const ImportPreview &preview)
{
    m_suggest = false;
    const bool chosen = m_options.recipe.contents.has_value(); // somebody has said what it holds
    if (!preview.suggestedProfile.empty() && !chosen) {
        m_options.profile = preview.suggestedProfile;
        m_options.recipe = {};
        return true;
    }
    if (preview.suggested.columns.empty()) {
        return false;
    }
    m_options.profile.clear();
    m_options.recipe = mergeRecipes(m_options.recipe, preview.suggested);
    return true;
}

void ImportDialog::changeRecipe(const ImportRecipe &recipe)
{
    m_suggest = recipe.columns.empty();
    m_answered = true;
    m_options.profile.clear(); // now one's own
    m_options.recipe = recipe;
    readPreview();
}

void ImportDialog::chooseProfile(const QString &profile)
{
    if (profile.isEmpty() && m_preview) {
        m_options.recipe = m_preview->recipe; // as it stands, now one's own
    } else {
        m_options.recipe = {};
    }
    m_options.profile = profile.toStdString();
    m_basis.clear();
    readPreview();
}

/// Whether pseudonyms can be chosen: by what the project has and whether the file names users.
void ImportDialog::showNaming()
{
    const ImportRecipe &recipe = m_preview->recipe;
    const bool namesUsers =
        recipe.columns.contains(Role::User) || recipe.constants.contains(Role::User);
    const auto naming = m_session.hasProject() ? userNaming(m_session.project())
                                               : Result<UserNaming>(UserNaming::Open);
    // What can't be read now is said by the import.
    m_check->pseudonyms()->showChoice(naming ? *naming : UserNaming::Ids, namesUsers);
}

void ImportDialog::runDry()
{
    m_check->showDryRunning();
    ImportRequest request{m_options, m_check->pseudonyms()->request(), {}};
    request.options.dryRun = true;
    request.options.again = true;
    runOnProject<ImportOutcome>(
        m_session, m_jobs, tr("Check %1").arg(QString::fromStdString(m_options.path.filename())),
        this,
        [request](Project &project, const Task &task) { return runImport(project, request, task); },
        [this](Result<ImportOutcome> outcome) {
            m_check->showDryRun(outcome ? Result<ImportReport>(outcome->report) : outcome.error(),
                                currency());
        },
        kDryRunGroup, JobVisibility::Listed);
}

void ImportDialog::startImport()
{
    m_options.again = m_check->again();
    m_options.restart = m_check->restart();
    m_jobs.cancelGroup(kDryRunGroup);
    m_running = true;
    m_done = false;
    go(Outcome);
    m_result->showProgress({});
    m_start(
        {m_options, m_check->pseudonyms()->request(), m_check->remember()->name().toStdString()},
        [dialog = QPointer(this)](const Result<ImportOutcome> &outcome) {
            if (dialog) {
                dialog->m_running = false;
                dialog->m_done = outcome.ok();
                dialog->m_answered = dialog->m_answered && !outcome.ok();
                dialog->m_result->showOutcome(outcome, dialog->currency());
                dialog->showButtons();
            }
        });
}

void ImportDialog::discard()
{
    QDialog::reject();
}

void ImportDialog::reject()
{
    if (!m_answered || m_running) {
        discard();
        return;
    }
    if (findChild<QMessageBox *>()) {
        return; // is asking
    }
    auto *box = new QMessageBox(QMessageBox::Question, tr("Close without importing?"), {},
                                QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Close without importing?"));
    box->setInformativeText(tr("What you have set for this file is lost."));
    const QPushButton *close = box->addButton(tr("&Close"), QMessageBox::DestructiveRole);
    QPushButton *stay = box->addButton(tr("&Go on importing"), QMessageBox::RejectRole);
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    connect(close, &QPushButton::clicked, this, &ImportDialog::discard);
    box->open();
}

void ImportDialog::showJob()
{
    if (!m_running) {
        showButtons();
        return;
    }
    for (const JobInfo &job : m_jobs.jobs()) {
        if (job.group == kJobGroup &&
            (job.state == JobState::Running || job.state == JobState::Waiting)) {
            m_result->showProgress(job);
        }
    }
}

} // namespace perennial
