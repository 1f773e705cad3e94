#include "ui/pages/import/check_step.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/import/column_rows.h"
#include "ui/pages/import/import_texts.h"
#include "ui/pages/import/pseudonym_box.h"
#include "ui/pages/import/remember_box.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/import_words.h"

#include <QCheckBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kPlanWidth = 300, kWidestName = 220;

QString planText(const ImportOptions &options, const ImportPreview &preview)
{
    const QString file = QString::fromStdString(options.path.string());
    QStringList lines{
        ImportCheckStep::tr("%1, %2").arg(QFileInfo(file).fileName(), bytesText(preview.bytes))};
    lines << (options.profile.empty() ? ImportCheckStep::tr("Read as set in the step before")
                                      : ImportCheckStep::tr("Read with the profile %1")
                                            .arg(QString::fromStdString(options.profile)));
    const auto used = std::ranges::count_if(preview.columns, [](const PreviewColumn &column) {
        return column.role || column.attribute;
    });
    const Contents contents = preview.recipe.contents.value_or(Contents::Events);
    lines << ImportCheckStep::tr("Holds %1; columns used: %2 of %3")
                 .arg(contentsText(contents), countText(used),
                      countText(static_cast<qint64>(preview.columns.size())));
    const auto bad = std::ranges::count_if(
        preview.rows, [](const PreviewRow &row) { return !row.reason.empty(); });
    lines << (bad == 0 ? ImportCheckStep::tr("All of the first %n rows would come in", nullptr,
                                             static_cast<int>(preview.rows.size()))
                       : ImportCheckStep::tr("%1 of the first %n rows would stay out", nullptr,
                                             static_cast<int>(preview.rows.size()))
                             .arg(bad));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

ImportCheckStep::ImportCheckStep(QWidget *parent) : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(kCardGap);
    setUpPlan(grid);
    setUpColumns(grid);
    setUpDryRun(grid);
    grid->setColumnMinimumWidth(0, kPlanWidth);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(0, 3);
    grid->setRowStretch(1, 2);
}

void ImportCheckStep::setUpPlan(QGridLayout *grid)
{
    auto *what = new Card(tr("What will be imported"));
    what->setMaximumWidth(kPlanWidth);
    m_plan = plainLabel();
    m_plan->setWordWrap(true);
    m_remember = new RememberBox;
    m_pseudonyms = new PseudonymBox;
    m_again = new QCheckBox(tr("&Also if the same content is here already"));
    m_restart = new QCheckBox(tr("&Drop what an interrupted import left"));
    m_restart->setToolTip(plainToolTip(
        tr("An import of this file that was interrupted is begun anew instead of continued.")));
    what->body()->addWidget(m_plan);
    what->body()->addWidget(m_remember);
    what->body()->addWidget(m_pseudonyms);
    what->body()->addWidget(m_again);
    what->body()->addWidget(m_restart);
    what->body()->addStretch(1);
    grid->addWidget(what, 0, 0, 2, 1);
}

void ImportCheckStep::setUpColumns(QGridLayout *grid)
{
    auto *card = new Card(tr("Columns"));
    card->setDefinition(
        tr("What each column is taken for, its first value as it stands in the file "
           "and as it is read, and how many rows stay out because of it: of the "
           "first ones, and of all rows once the whole file is checked."));
    m_columns = new TableView(tr("Columns and what becomes of them"), std::vector<TableColumn>{});
    m_columns->horizontalHeader()->setMaximumSectionSize(kWidestName);
    m_columns->setSortingEnabled(false);
    card->body()->addWidget(m_columns);
    grid->addWidget(card, 0, 1);
}

void ImportCheckStep::setUpDryRun(QGridLayout *grid)
{
    auto *card = new Card(tr("Check of the whole file"));
    card->setDefinition(tr("Reads every row as the import would and writes nothing: the control "
                           "totals and the reasons for rejected rows are those of the import."));
    m_totals = plainLabel();
    m_totals->setWordWrap(true);
    m_dryRun = pushButton(tr("Check the whole &file"));
    m_reasons =
        new TableView(tr("Reasons for rejected rows"),
                      std::vector<TableColumn>{{tr("Why rows stay out"), TableColumn::Kind::Text},
                                               {tr("Rows"), TableColumn::Kind::Count},
                                               {tr("Share"), TableColumn::Kind::Percent}});
    card->tools()->addWidget(m_dryRun);
    card->body()->addWidget(m_totals);
    card->body()->addWidget(m_reasons, 1);
    grid->addWidget(card, 1, 1);
    connect(m_dryRun, &QPushButton::clicked, this, &ImportCheckStep::dryRunWanted);
}

void ImportCheckStep::fillColumns(const ImportReport *report)
{
    ColumnTable table = columnTable(m_preview, report);
    m_columns->tableModel()->setColumns(std::move(table.columns));
    for (const int column : table.stretched) {
        m_columns->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    }
    m_columns->setRows(std::move(table.rows));
}

bool ImportCheckStep::again() const
{
    return m_again->isChecked();
}

bool ImportCheckStep::restart() const
{
    return m_restart->isChecked();
}

void ImportCheckStep::showPlan(const ImportOptions &options, const ImportPreview &preview)
{
    m_plan->setText(planText(options, preview));
    m_preview = preview;
    fillColumns(nullptr);
    m_totals->setText(tr("Not checked yet. The import itself checks every row as well: nothing "
                         "is lost silently."));
    m_reasons->setRows({});
    m_reasons->setEmptyText(tr("The reasons stand here after the check."));
    m_dryRun->setEnabled(true);
}

void ImportCheckStep::showDryRunning()
{
    m_totals->setText(tr("Reading the file…"));
    m_reasons->setRows({});
    m_dryRun->setEnabled(false);
}

void ImportCheckStep::showDryRun(const Result<ImportReport> &report, const QString &currency)
{
    m_dryRun->setEnabled(true);
    if (!report) {
        m_totals->setText(tr("✕ %1").arg(errorText(report.error())));
        return;
    }
    m_totals->setText(reportText(*report, currency));
    m_reasons->setRows(reasonRows(*report));
    m_reasons->setEmptyText(tr("No row stays out."));
    fillColumns(&*report);
}

} // namespace perennial
