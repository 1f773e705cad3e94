#include "ui/pages/reports_page.h"

#include "ui/models/table_view.h"
#include "ui/pages/pages.h"
#include "ui/pages/report_preview.h"
#include "ui/report/report_section.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/error_text.h"
#include "ui/wording/format.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kSettleMilliseconds = 250;
constexpr int kChoicesWidth = 320;

QString templateText(const std::string &name)
{
    if (name == "standard") {
        return ReportsPage::tr("Everything");
    }
    if (name == "brief") {
        return ReportsPage::tr("Brief: figures and users");
    }
    if (name == "model") {
        return ReportsPage::tr("Model card and data");
    }
    return QString::fromStdString(name);
}

} // namespace

Page *makeReportsPage(const PageContext &context)
{
    return new ReportsPage(context);
}

ReportsPage::ReportsPage(const PageContext &context, QWidget *parent) : Page(context, parent)
{
    setUpActions();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget(this);
    m_empty = new EmptyState(this);
    m_stack->addWidget(m_empty);
    auto *content = new QWidget(this);
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kCardGap);
    auto *left = new QVBoxLayout;
    left->setSpacing(kCardGap);
    Card *choices = setUpChoices();
    Card *outputs = setUpOutputs();
    choices->setFixedWidth(kChoicesWidth);
    outputs->setFixedWidth(kChoicesWidth);
    left->addWidget(choices);
    left->addWidget(outputs, 1);
    row->addLayout(left);
    row->addWidget(setUpPreview(), 1);
    m_stack->addWidget(content);
    layout->addWidget(m_stack);
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMilliseconds);
    connect(&m_settle, &QTimer::timeout, this, &ReportsPage::preparePreview);
    m_painting.setInterval(0);
    connect(&m_painting, &QTimer::timeout, this, &ReportsPage::paintPdf);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] { navigator().openProject(); });
}

QString ReportsPage::title() const { return tr("Reports"); }

QString ReportsPage::answer() const
{
    if (!session().hasProject()) {
        return {};
    }
    if (!session().label()) {
        return tr("Users have not been scored: the report describes the data only.");
    }
    if (session().scoresOutdated()) {
        return tr("The scores are older than the data or the settings; the report says so.");
    }
    return m_previewPages > 0 ? counted(m_previewPages, tr("1 page, data %2"), tr("%1 pages, data %2"))
                                    .arg(session().dataHash())
                              : QString();
}

QList<QAction *> ReportsPage::pageActions() const { return {m_pdfAction}; }

void ReportsPage::setUpActions()
{
    m_pdfAction = new QAction(tr("Export PDF…"), this);
    m_pdfAction->setShortcut(QKeySequence::Print);
    m_pdfAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(m_pdfAction);
    connect(m_pdfAction, &QAction::triggered, this, &ReportsPage::askForPdf);
}

Card *ReportsPage::setUpChoices()
{
    auto *card = new Card(tr("Report"), this);
    card->setDefinition(tr("Every figure comes from the functions the pages use. The report prints its "
                           "segment, snapshot date, horizon, data hash and model runs, and a date."));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    m_title = new QLineEdit(this);
    m_title->setMaxLength(120);
    m_title->setAccessibleName(tr("Title"));
    form->addRow(tr("&Title"), m_title);
    m_pageSize = new QComboBox(this);
    m_pageSize->addItems({tr("A4"), tr("Letter")});
    m_pageSize->setAccessibleName(tr("Page size"));
    form->addRow(tr("Page &size"), m_pageSize);
    m_template = new QComboBox(this);
    for (const ReportTemplate &known : reportTemplates()) {
        m_template->addItem(templateText(known.name));
    }
    m_template->addItem(tr("Custom"));
    m_template->setAccessibleName(tr("Template"));
    form->addRow(tr("Te&mplate"), m_template);
    card->body()->addLayout(form);
    for (const report::ReportSection &section : report::reportSections()) {
        auto *box = new QCheckBox(section.title(), this);
        box->setToolTip(section.contents());
        box->setAccessibleName(tr("Section: %1").arg(section.title()));
        box->setAccessibleDescription(section.contents());
        card->body()->addWidget(box);
        m_sections.emplace_back(std::string(section.id), box);
        connect(box, &QCheckBox::toggled, this, &ReportsPage::choiceChanged);
    }
    m_exportPdf = pushButton(tr("Export PDF…"), true, this);
    m_exportCsv = new QToolButton(this);
    m_exportCsv->setText(tr("Export table as CSV"));
    m_exportCsv->setAccessibleName(tr("Export table as CSV"));
    m_exportCsv->setPopupMode(QToolButton::InstantPopup);
    m_exportCsv->setMenu(makeTableMenu());
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_exportPdf);
    buttons->addWidget(m_exportCsv);
    buttons->addStretch();
    card->body()->addLayout(buttons);
    m_status = captionLabel({}, this);
    card->body()->addWidget(m_status);
    connect(m_title, &QLineEdit::textEdited, this, [this] { m_settle.start(); });
    connect(m_pageSize, &QComboBox::currentIndexChanged, this, [this] { m_settle.start(); });
    connect(m_template, &QComboBox::activated, this, &ReportsPage::applyTemplate);
    connect(m_exportPdf, &QPushButton::clicked, this, &ReportsPage::askForPdf);
    applyTemplate(0);
    return card;
}

QWidget *ReportsPage::setUpPreview()
{
    auto *card = new Card(tr("Preview"), this);
    auto *zoom = new QComboBox(this);
    zoom->addItem(tr("One page wide"), 1);
    zoom->addItem(tr("Two pages wide"), 2);
    zoom->addItem(tr("Three pages wide"), 3);
    zoom->setCurrentIndex(1);
    zoom->setAccessibleName(tr("Pages side by side"));
    card->tools()->addWidget(zoom);
    m_preview = new ReportPreview(this);
    card->body()->addWidget(m_preview, 1);
    connect(zoom, &QComboBox::currentIndexChanged, this,
            [this, zoom] { m_preview->setColumns(zoom->currentData().toInt()); });
    return card;
}

void ReportsPage::refresh()
{
    if (!session().hasProject()) {
        m_empty->setTexts(tr("No project is open."), tr("A report describes a project's customers."),
                          tr("Open a project…"));
        m_stack->setCurrentIndex(0);
        updateActions();
        return;
    }
    m_stack->setCurrentIndex(1);
    m_title->setPlaceholderText(session().name());
    preparePreview();
    updateActions();
}

ReportOptions ReportsPage::options() const
{
    ReportOptions options;
    options.pageSize = m_pageSize->currentIndex() == 1 ? ReportPageSize::Letter : ReportPageSize::A4;
    options.title = m_title->text().trimmed().toStdString();
    options.segment = session().segment();
    for (const auto &[id, box] : m_sections) {
        if (box->isChecked()) {
            options.sections.push_back(id);
        }
    }
    return options;
}

void ReportsPage::applyTemplate(int index)
{
    const auto &known = reportTemplates();
    if (index < 0 || index >= static_cast<int>(known.size())) {
        return;
    }
    const std::vector<std::string> &wanted = known[static_cast<std::size_t>(index)].sections;
    m_filling = true;
    for (const auto &[id, box] : m_sections) {
        box->setChecked(std::find(wanted.begin(), wanted.end(), id) != wanted.end());
    }
    m_filling = false;
    choiceChanged();
}

void ReportsPage::choiceChanged()
{
    if (m_filling) {
        return;
    }
    const auto &known = reportTemplates();
    const std::vector<std::string> chosen = options().sections;
    int index = static_cast<int>(known.size());
    for (std::size_t i = 0; i < known.size(); ++i) {
        index = known[i].sections == chosen ? static_cast<int>(i) : index;
    }
    m_template->setCurrentIndex(index);
    m_settle.start();
    updateActions();
}

void ReportsPage::preparePreview()
{
    m_settle.stop();
    if (!session().hasProject()) {
        return;
    }
    const ReportOptions chosen = options();
    if (chosen.sections.empty()) {
        jobs().cancelGroup(QStringLiteral("report_preview"));
        m_status->setText(tr("Choose at least one section."));
        m_preview->setDocument({});
        return;
    }
    m_preview->setBusy(true);
    runOnProject<report::ComposedReport>(
        session(), jobs(), tr("Report preview"), this,
        [chosen](Project &project, const Task &task) -> Result<report::ComposedReport> {
            return report::prepareReport(project, chosen, task);
        },
        [this](Result<report::ComposedReport> composed) {
            m_preview->setBusy(false);
            if (!composed) {
                m_status->setText(errorText(composed.error()));
                return;
            }
            m_status->setText({});
            m_previewPages = static_cast<int>(composed->document.pages.size());
            m_preview->setDocument(std::move(composed->document));
            Q_EMIT headerChanged();
        },
        QStringLiteral("report_preview"));
}

void ReportsPage::updateActions()
{
    const bool any = std::any_of(m_sections.begin(), m_sections.end(),
                                 [](const auto &s) { return s.second->isChecked(); });
    const bool busy = m_pdf.has_value() || jobs().groupRunning(QStringLiteral("report"));
    const bool ready = session().hasProject() && any && !busy;
    if (m_exportPdf) {
        m_exportPdf->setEnabled(ready);
        m_exportPdf->setToolTip(any ? QString() : tr("Choose at least one section."));
        m_exportCsv->setEnabled(session().hasProject());
    }
    m_pdfAction->setEnabled(ready);
    if (m_outputTable) {
        m_open->setEnabled(m_outputTable->selectedRow() >= 0);
        m_openFolder->setEnabled(m_outputTable->selectedRow() >= 0);
    }
    Q_EMIT headerChanged();
}

} // namespace perennial
