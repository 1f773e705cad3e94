#include "ui/pages/import/result_step.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/import/import_texts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/privacy_words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace perennial {

namespace {

QString savedProfileText(const ImportOutcome &outcome)
{
    const QString name = QString::fromStdString(outcome.profile);
    if (!outcome.profileProblem) {
        return ImportResultStep::tr("✓ Saved as profile %1").arg(name);
    }
    const QString advice = errorAdvice(outcome.profileProblem->code);
    return ImportResultStep::tr("✕ The answers could not be saved as profile %1: %2")
               .arg(name, errorText(*outcome.profileProblem)) +
           (advice.isEmpty() ? QString() : QLatin1Char(' ') + advice);
}

} // namespace

ImportResultStep::ImportResultStep(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_headline = plainLabel();
    m_headline->setFont(uiFont(TextSize::CardTitle));
    m_headline->setWordWrap(true);
    m_progress = new QProgressBar;
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the import"));
    m_totals = plainLabel();
    m_totals->setWordWrap(true);
    m_totals->setAccessibleName(tr("Control totals"));
    column->addWidget(m_headline);
    column->addWidget(m_progress);
    column->addWidget(m_totals);
    auto *cards = new QHBoxLayout;
    cards->setSpacing(kCardGap);
    setUpReasons(cards);
    setUpAttributes(cards);
    column->addLayout(cards, 1);
    setUpButtons(column);
    column->addStretch(0);
}

void ImportResultStep::setUpReasons(QHBoxLayout *cards)
{
    m_out = new Card(tr("Rows that stayed out"));
    m_reasons =
        new TableView(tr("Reasons for rejected rows"),
                      std::vector<TableColumn>{{tr("Why rows stayed out"), TableColumn::Kind::Text},
                                               {tr("Rows"), TableColumn::Kind::Count},
                                               {tr("Share"), TableColumn::Kind::Percent}});
    m_rejected = pushButton(tr("Show &rejected rows…"));
    m_out->tools()->addWidget(m_rejected);
    m_out->body()->addWidget(m_reasons);
    m_reasons->setEmptyText(tr("No row stayed out."));
    cards->addWidget(m_out, 1);
    connect(m_rejected, &QPushButton::clicked, this,
            [this] { Q_EMIT rejectedRowsWanted(m_source); });
}

void ImportResultStep::setUpAttributes(QHBoxLayout *cards)
{
    m_attributesCard = new Card(tr("Attributes"));
    m_attributes = new TableView(
        tr("Attributes that came in"),
        std::vector<TableColumn>{{tr("Attribute"), TableColumn::Kind::Text},
                                 {tr("Type"), TableColumn::Kind::Text},
                                 {tr("Rows with a value"), TableColumn::Kind::Count}});
    m_attributesCard->body()->addWidget(m_attributes);
    cards->addWidget(m_attributesCard, 1);
}

void ImportResultStep::setUpButtons(QVBoxLayout *column)
{
    m_cancel = pushButton(tr("Cancel the i&mport"));
    m_another = pushButton(tr("Import &another file…"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_cancel);
    row->addWidget(m_another);
    row->addStretch(1);
    column->addLayout(row);
    connect(m_cancel, &QPushButton::clicked, this, &ImportResultStep::cancelWanted);
    connect(m_another, &QPushButton::clicked, this, &ImportResultStep::anotherWanted);
}

void ImportResultStep::showProgress(const JobInfo &job)
{
    m_headline->setText(tr("Importing…"));
    m_progress->setValue(static_cast<int>(job.fraction * 1000.0));
    m_progress->show();
    QString text = job.stage;
    if (job.secondsLeft) {
        text += tr(" · %1 left").arg(durationText(*job.secondsLeft));
    }
    m_totals->setText(text + QLatin1Char('\n') +
                      tr("This window can be closed: the import goes on, see the job panel."));
    m_out->hide();
    m_attributesCard->hide();
    m_another->hide();
    m_cancel->show();
}

void ImportResultStep::showOutcome(const Result<ImportOutcome> &outcome, const QString &currency)
{
    m_progress->hide();
    m_cancel->hide();
    m_out->hide();
    m_attributesCard->hide();
    m_another->setVisible(outcome.ok());
    if (!outcome) {
        const Error &error = outcome.error();
        m_headline->setText(error.code == ErrorCode::Cancelled ? tr("The import was cancelled")
                                                               : tr("Nothing was imported"));
        m_totals->setText(error.code == ErrorCode::Cancelled
                              ? tr("Everything it had brought was taken out again.")
                              : importProblemText(error));
        return;
    }
    const ImportReport &report = outcome->report;
    m_headline->setText(counted(report.totals.stored.rows, tr("✓ 1 row was imported"),
                                tr("✓ %1 rows were imported")));
    QString totals = reportText(report, currency);
    if (outcome->key) {
        totals += QLatin1Char('\n') + projectKeyText(*outcome->key);
    }
    if (!outcome->profile.empty()) {
        totals += QLatin1Char('\n') + savedProfileText(*outcome);
    }
    m_totals->setText(totals);
    m_source = report.source;
    m_reasons->setRows(reasonRows(report));
    m_out->show();
    m_rejected->setVisible(!report.reasons.empty() && m_source > 0);
    m_attributes->setRows(attributeRows(report));
    m_attributesCard->setVisible(!report.attributes.empty());
}

} // namespace perennial
