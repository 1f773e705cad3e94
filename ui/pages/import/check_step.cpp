#include "ui/pages/import/check_step.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/import/import_texts.h"
#include "ui/pages/import/pseudonym_box.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/import_words.h"

#include <QCheckBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

QString planText(const ImportOptions &options, const ImportPreview &preview)
{
    const QString file = QString::fromStdString(options.path.string());
    QStringList lines{
        ImportCheckStep::tr("%1, %2").arg(QFileInfo(file).fileName(), bytesText(preview.bytes))};
    lines << (options.profile.empty() ? ImportCheckStep::tr("Read as set in the step before")
                                      : ImportCheckStep::tr("Read with the profile %1")
                                            .arg(QString::fromStdString(options.profile)));
    const auto bad = std::ranges::count_if(
        preview.rows, [](const PreviewRow &row) { return !row.reason.empty(); });
    lines << (bad == 0 ? ImportCheckStep::tr("All of the first %n rows would come in", nullptr,
                                             static_cast<int>(preview.rows.size()))
                       : ImportCheckStep::tr("%1 of the first %n rows would be rejected", nullptr,
                                             static_cast<int>(preview.rows.size()))
                             .arg(bad));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

ImportCheckStep::ImportCheckStep(QWidget *parent) : QWidget(parent)
{
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(kCardGap);

    auto *what = new Card(tr("What will be imported"));
    m_plan = plainLabel();
    m_plan->setWordWrap(true);
    m_mapping = captionLabel();
    m_pseudonyms = new PseudonymBox;
    m_again = new QCheckBox(tr("also if the same content is already in the project"));
    m_restart = new QCheckBox(tr("drop what an interrupted import of this file left"));
    what->body()->addWidget(m_plan);
    what->body()->addWidget(m_mapping);
    what->body()->addStretch(1);
    what->body()->addWidget(m_pseudonyms);
    what->body()->addWidget(m_again);
    what->body()->addWidget(m_restart);
    columns->addWidget(what, 1);

    auto *dry = new Card(tr("Check of the whole file"));
    dry->setDefinition(tr("Reads every row as the import would and writes nothing: the control "
                          "totals and the reasons for rejected rows are those of the import."));
    m_totals = plainLabel();
    m_totals->setWordWrap(true);
    m_dryRun = pushButton(tr("Check the whole file"));
    m_reasons =
        new TableView(tr("Reasons for rejected rows"),
                      std::vector<TableColumn>{{tr("Why rows stay out"), TableColumn::Kind::Text},
                                               {tr("Rows"), TableColumn::Kind::Count}});
    m_reasons->horizontalHeader()->setStretchLastSection(true);
    m_reasons->setColumnWidth(0, 280);
    dry->body()->addWidget(m_totals);
    dry->body()->addWidget(m_reasons, 1);
    dry->body()->addWidget(m_dryRun, 0, Qt::AlignLeft);
    columns->addWidget(dry, 1);
    connect(m_dryRun, &QPushButton::clicked, this, &ImportCheckStep::dryRunWanted);
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
    m_mapping->setText(recipeText(preview.recipe));
    m_totals->setText(tr("Not checked yet. The import itself checks every row as well: nothing "
                         "is lost silently."));
    m_reasons->setRows({});
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
}

} // namespace perennial
