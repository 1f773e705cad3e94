// What the Reports page writes: PDF and CSV, and the list of files written.
#include "ui/pages/reports_page.h"

#include "core/export/tables.h"
#include "core/project/audit.h"
#include "ui/models/table_view.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/save_dialog.h"
#include "ui/wording/format.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

constexpr std::size_t kOutputsKept = 20;

QString tableText(std::string_view table)
{
    static const std::vector<std::pair<std::string_view, const char *>> names{
        {"users", QT_TRANSLATE_NOOP("perennial::ReportsPage", "Users with their scores")},
        {"events", QT_TRANSLATE_NOOP("perennial::ReportsPage", "Events")},
        {"items", QT_TRANSLATE_NOOP("perennial::ReportsPage", "Items")},
        {"recommendations",
         QT_TRANSLATE_NOOP("perennial::ReportsPage", "Recommendations, ten per user")},
        {"rejected", QT_TRANSLATE_NOOP("perennial::ReportsPage", "Rejected rows")},
        {"runs", QT_TRANSLATE_NOOP("perennial::ReportsPage", "Model runs")},
        {"flows", QT_TRANSLATE_NOOP("perennial::ReportsPage", "Flows per period")},
        {"stages", QT_TRANSLATE_NOOP("perennial::ReportsPage", "Stages")},
        {"sources", QT_TRANSLATE_NOOP("perennial::ReportsPage", "Sources and control totals")},
        {"scenarios", QT_TRANSLATE_NOOP("perennial::ReportsPage", "Scenarios")},
    };
    for (const auto &[key, name] : names) {
        if (key == table) {
            return ReportsPage::tr(name);
        }
    }
    return QString::fromUtf8(table.data(), static_cast<qsizetype>(table.size()));
}

} // namespace

QMenu *ReportsPage::makeTableMenu()
{
    auto *menu = new QMenu(m_exportCsv);
    for (const ExportTable &table : exportTables()) {
        menu->addAction(tableText(table.name) + QStringLiteral("…"), this,
                        [this, name = std::string(table.name)] { exportCsv(name); });
    }
    return menu;
}

Card *ReportsPage::setUpOutputs()
{
    auto *card = new Card(tr("Files written"), this);
    m_open = pushButton(tr("Open"), false, this);
    m_openFolder = pushButton(tr("Folder"), false, this);
    m_openFolder->setAccessibleName(tr("Open the folder"));
    card->tools()->addWidget(m_open);
    card->tools()->addWidget(m_openFolder);
    using Kind = TableColumn::Kind;
    m_outputTable = new TableView(tr("Files written in this session"),
                                  {{tr("File"), Kind::Text, 0},
                                   {tr("What"), Kind::Text, 0},
                                   {tr("Pages"), Kind::Count, 0},
                                   {tr("Written, UTC"), Kind::Time, 0}},
                                  this);
    m_outputTable->setEmptyText(tr("Reports and tables written in this session stand here."));
    m_outputTable->setMinimumHeight(80);
    card->body()->addWidget(m_outputTable);
    connect(m_outputTable, &TableView::rowSelected, this, &ReportsPage::updateActions);
    const auto open = [this](bool folder) {
        const int row = m_outputTable->selectedRow();
        if (row >= 0 && row < static_cast<int>(m_outputs.size())) {
            const QString path = m_outputs[static_cast<std::size_t>(row)].path;
            QDesktopServices::openUrl(QUrl::fromLocalFile(folder ? QFileInfo(path).absolutePath() : path));
        }
    };
    connect(m_open, &QPushButton::clicked, this, [open] { open(false); });
    connect(m_openFolder, &QPushButton::clicked, this, [open] { open(true); });
    connect(m_outputTable, &TableView::rowActivated, this, [open] { open(false); });
    return card;
}

void ReportsPage::askForPdf()
{
    if (!m_exportPdf->isEnabled()) {
        return;
    }
    const QString suggested = QFileInfo(session().path()).dir().filePath(
        QStringLiteral("%1 report.pdf").arg(session().name()));
    const QString path = askSavePath(this, tr("Export PDF"), suggested, QStringLiteral("pdf"),
                                     tr("PDF (*.pdf)"));
    if (!path.isEmpty()) {
        exportPdf(path);
    }
}

void ReportsPage::exportPdf(const QString &path)
{
    m_pdfPath = path.toStdString();
    const Status target = report::checkTarget(m_pdfPath);
    if (!target) {
        navigator().showError(tr("The report could not be written"), target.error());
        return;
    }
    const ReportOptions chosen = options();
    runOnProject<report::ComposedReport>(
        session(), jobs(), tr("Report"), this,
        [chosen](Project &project, const Task &task) {
            return report::prepareReport(project, chosen, task);
        },
        [this](Result<report::ComposedReport> composed) {
            auto file = composed ? report::PdfFile::create(std::move(composed->document))
                                 : Result<report::PdfFile>(composed.error());
            if (file) {
                m_pdf.emplace(std::move(*file));
                m_painting.start();
            } else if (file.error().code != ErrorCode::Cancelled) {
                navigator().showError(tr("The report could not be written"), file.error());
            }
            updateActions();
        },
        QStringLiteral("report"), JobVisibility::Listed);
    updateActions();
}

void ReportsPage::paintPdf()
{
    if (m_pdf && m_pdf->paintNext()) {
        return;
    }
    m_painting.stop();
    writePdf();
}

void ReportsPage::writePdf()
{
    const int pages = m_pdf->pages();
    const QByteArray bytes = m_pdf->close();
    m_pdf.reset();
    jobs().start<Done>(
        tr("Write the report"),
        [path = m_pdfPath, bytes](const Task &) { return report::writeWhole(path, bytes); }, this,
        [this, pages, path = m_pdfPath](Status written) {
            updateActions();
            if (!written) {
                navigator().showError(tr("The report could not be written"), written.error());
                return;
            }
            const QString name = QString::fromStdString(path.string());
            addOutput({name, tr("Report"), nowUtc(), pages});
            navigator().showMessage(tr("Written: %1").arg(name));
        },
        QStringLiteral("report_write"), JobVisibility::Quiet);
}

void ReportsPage::exportCsv(const std::string &table)
{
    const QString suggested = QFileInfo(session().path()).dir().filePath(
        QStringLiteral("%1 %2.csv").arg(session().name(), QString::fromStdString(table)));
    const QString path = askSavePath(this, tr("Export table as CSV"), suggested,
                                     QStringLiteral("csv"), tr("CSV (*.csv)"));
    if (path.isEmpty()) {
        return;
    }
    ExportRequest request;
    request.table = table;
    request.out = path.toStdString();
    request.segment = session().segment();
    const QString what = tableText(table);
    runOnProject<ExportReport>(
        session(), jobs(), tr("Export: %1").arg(what), this,
        [request](Project &project, const Task &task) {
            return exportTableLogged(project, request, task);
        },
        [this, path, what](Result<ExportReport> written) {
            if (written) {
                addOutput({path, tr("%1, %2").arg(what, rowsText(written->rows)), nowUtc(), 0});
                navigator().showMessage(tr("Written: %1").arg(path));
            } else if (written.error().code != ErrorCode::Cancelled) {
                navigator().showError(tr("The table could not be exported"), written.error());
            }
        },
        QStringLiteral("export_csv"), JobVisibility::Listed);
}

void ReportsPage::addOutput(const Output &output)
{
    m_outputs.insert(m_outputs.begin(), output);
    m_outputs.resize(std::min(m_outputs.size(), kOutputsKept));
    std::vector<TableModel::Row> rows;
    for (const Output &o : m_outputs) {
        rows.push_back({QFileInfo(o.path).fileName(), o.what,
                        o.pages > 0 ? QVariant(static_cast<qint64>(o.pages)) : QVariant(), o.at});
    }
    m_outputTable->setRows(std::move(rows));
    updateActions();
}

} // namespace perennial
