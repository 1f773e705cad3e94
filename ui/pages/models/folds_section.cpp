#include "ui/pages/models/folds_section.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/models/config_form.h"
#include "ui/pages/models/measures.h"
#include "ui/pages/models/run_figures.h"
#include "ui/pages/models/training_job.h"
#include "ui/pages/table_export.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/run_quality_words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

const QString kGroup = QStringLiteral("models-folds");

struct FoldColumn {
    std::string head, figure;
    bool operator==(const FoldColumn &) const = default;
};

/// The first figure of each head; of amounts the order of the users.
std::vector<FoldColumn> columnsOf(const std::vector<FoldRow> &rows)
{
    std::vector<FoldColumn> columns;
    for (const FoldRow &row : rows) {
        for (const HeadQuality &head : row.heads) {
            const bool amount = head.kind == AnswerKind::Amount;
            const FoldColumn one{head.head,
                                 amount ? "spearman" : std::string(figureNames(head.kind)[0])};
            if (std::ranges::find(columns, one) == columns.end()) {
                columns.push_back(one);
            }
        }
    }
    return columns;
}

QVariant figureCell(const FoldRow &row, const FoldColumn &column)
{
    const auto head = std::ranges::find(row.heads, column.head, &HeadQuality::head);
    const MeasuredFigure *figure =
        head == row.heads.end() ? nullptr : head->figure(column.figure);
    return figure && figure->value ? QVariant(*figure->value) : QVariant();
}

QString idleText()
{
    return FoldsSection::tr("Trains the settings of the form under Train once for each fold, from "
                            "random weights, and stores nothing.");
}

} // namespace

std::vector<TableColumn> foldColumns(const std::vector<FoldRow> &rows)
{
    using Kind = TableColumn::Kind;
    std::vector<TableColumn> columns{{FoldsSection::tr("Fold"), Kind::Count},
                                     {FoldsSection::tr("Judged after"), Kind::Date},
                                     {FoldsSection::tr("Days"), Kind::Count},
                                     {FoldsSection::tr("Users"), Kind::Count},
                                     {FoldsSection::tr("Best epoch"), Kind::Count},
                                     {FoldsSection::tr("Time"), Kind::Text}};
    for (const FoldColumn &one : columnsOf(rows)) {
        columns.push_back({measureOf(measureName(one.head, one.figure)).text, Kind::Number,
                           figureDecimals(one.figure)});
    }
    if (std::ranges::any_of(rows, [](const FoldRow &row) { return row.error.has_value(); })) {
        columns.push_back({FoldsSection::tr("Why not"), Kind::Text});
    }
    return columns;
}

std::vector<TableModel::Row> foldRows(const std::vector<FoldRow> &rows)
{
    const auto columns = columnsOf(rows);
    std::vector<TableModel::Row> shown;
    for (const FoldRow &row : rows) {
        TableModel::Row cells{QVariant::fromValue<qint64>(row.fold)};
        if (row.error) {
            cells.resize(6 + columns.size());
            cells.push_back(errorText(*row.error));
        } else {
            cells.insert(cells.end(),
                         {QVariant::fromValue<qint64>(row.cut),
                          QVariant::fromValue<qint64>(row.labelDays),
                          QVariant::fromValue<qint64>(row.users),
                          QVariant::fromValue<qint64>(row.bestEpoch),
                          QVariant::fromValue(
                              MarkedCell{durationText(row.seconds), row.seconds, {}, {}})});
            for (const FoldColumn &one : columns) {
                cells.push_back(figureCell(row, one));
            }
        }
        shown.push_back(std::move(cells));
    }
    return shown;
}

std::vector<TableModel::Row> foldMeanRows(const FoldsResult &result)
{
    std::vector<TableModel::Row> rows;
    for (const FoldHead &head : result.heads) {
        for (const FoldFigure &figure : head.figures) {
            if (figure.folds == 0) {
                continue;
            }
            const int decimals = figureDecimals(figure.name);
            const auto cell = [&](const std::optional<double> &value) {
                return value ? QVariant::fromValue(
                                   MarkedCell{fullText(value, decimals), *value, {}, {}})
                             : QVariant();
            };
            rows.push_back({measureOf(measureName(head.head, figure.name)).text,
                            cell(figure.mean), cell(figure.spread), cell(figure.lowest),
                            cell(figure.highest), QVariant::fromValue<qint64>(figure.folds)});
        }
    }
    return rows;
}

FoldsSection::FoldsSection(const PageContext &context, const BehaviorConfigForm &form,
                           const TrainingJob &job, QWidget *parent)
    : QWidget(parent), m_context(context), m_form(form), m_training(job)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kCardGap);
    setUpStart();
    setUpTables();
    for (Card *card : {m_startCard, m_meanCard, m_rowCard}) {
        column->addWidget(card);
    }
    connect(&job, &TrainingJob::changed, this, &FoldsSection::updateControls);
    connect(&form, &BehaviorConfigForm::changed, this, &FoldsSection::updateControls);
    showRows();
    updateControls();
}

void FoldsSection::setUpStart()
{
    m_startCard = new Card(tr("Train and judge fold by fold"));
    m_startCard->setDefinition(
        tr("The settings of the form under Train, trained once for each fold and judged by what "
           "that training has not seen; nothing is stored and the champion stays. Over users: each "
           "fold's users are judged by what the others taught. Over time: windows one behind the "
           "other up to t₀, each judged by a training to the day before it, as one would have been "
           "used then. The spread is that of trainings and of what they are judged by; folds over "
           "users share most of what they learn from, so it is no standard error of the mean.\n\n"
           "Hastie, Tibshirani & Friedman (2009), § 7.10; Bergmeir & Benítez (2012); Bengio & "
           "Grandvalet (2004)."));
    m_over = new QComboBox;
    m_over->addItem(tr("Over users"));
    m_over->addItem(tr("Over time"));
    m_over->setAccessibleName(tr("What the folds part"));
    m_folds = new QSpinBox;
    m_folds->setRange(2, 50);
    m_folds->setValue(FoldOptions().folds);
    m_folds->setSuffix(tr(" folds"));
    m_folds->setAccessibleName(tr("Number of folds"));
    m_start = pushButton(tr("Cross-validate"), true);
    m_cancel = pushButton(tr("Cancel the folds"));
    auto *row = new QHBoxLayout;
    for (QWidget *control : std::initializer_list<QWidget *>{m_over, m_folds, m_start, m_cancel}) {
        row->addWidget(control);
    }
    row->addStretch(1);
    m_startCard->body()->addLayout(row);
    m_status = captionLabel();
    m_status->setAccessibleName(tr("State of the folds"));
    m_status->setText(idleText());
    m_startCard->body()->addWidget(m_status);
    connect(m_start, &QPushButton::clicked, this, &FoldsSection::start);
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_context.jobs.cancel(m_job); });
}

void FoldsSection::setUpTables()
{
    using Kind = TableColumn::Kind;
    m_meanCard = new Card(tr("Mean over folds"));
    m_means = new TableView(tr("Figures over folds"),
                            std::vector<TableColumn>{{tr("Figure"), Kind::Text},
                                                     {tr("Mean"), Kind::Text},
                                                     {tr("Standard deviation"), Kind::Text},
                                                     {tr("Lowest"), Kind::Text},
                                                     {tr("Highest"), Kind::Text},
                                                     {tr("Folds"), Kind::Count}});
    m_means->setSortingEnabled(false);
    m_meanCard->body()->addWidget(m_means);
    m_rowCard = new Card(tr("Fold by fold"));
    m_table = new TableView(tr("Folds"), std::vector<TableColumn>{});
    m_rowCard->body()->addWidget(m_table);
    addTableMenu(*m_meanCard, *m_means, m_context, QStringLiteral("folds-mean.csv"),
                 [this] { return plainTable(*m_means->tableModel()); });
    addTableMenu(*m_rowCard, *m_table, m_context, QStringLiteral("folds.csv"),
                 [this] { return plainTable(*m_table->tableModel()); });
}

FoldOptions FoldsSection::chosen() const
{
    FoldOptions options;
    options.over = m_over->currentIndex() == 1 ? FoldsOver::Time : FoldsOver::Users;
    options.folds = m_folds->value();
    options.seed = static_cast<std::uint64_t>(m_form.config().seed);
    return options;
}

bool FoldsSection::canStart() const
{
    const ProjectSession &session = m_context.session;
    return session.hasProject() && session.counts().events > 0 && !isRunning() &&
           !m_training.isRunning() && m_form.isValid();
}

void FoldsSection::start()
{
    if (!canStart()) {
        return;
    }
    BehaviorConfig config = m_form.config();
    config.warmRun = 0; // a run to start from has seen what the folds hold out
    config.warmProject.clear();
    m_options = chosen();
    m_rows.clear();
    m_means->setRows({});
    showRows();
    m_status->setText(tr("Training fold 1 of %1…").arg(m_options.folds));
    // Outlives the page if it must: the worker may still hold it when the window closes.
    const std::shared_ptr<FoldRelay> relay(new FoldRelay, [](FoldRelay *r) { r->deleteLater(); });
    connect(relay.get(), &FoldRelay::foldDone, this, &FoldsSection::takeFold,
            Qt::QueuedConnection);
    m_job = runOnProject<FoldsResult>(
        m_context.session, m_context.jobs, tr("Train and judge %1 folds").arg(m_options.folds),
        this,
        [config, options = m_options, relay](Project &project, const Task &task) {
            return crossValidate(
                project, config, options,
                [relay](const FoldRow &row) { Q_EMIT relay->foldDone(row); }, task);
        },
        [this](Result<FoldsResult> result) { end(std::move(result)); }, kGroup,
        JobVisibility::Listed);
    updateControls();
    Q_EMIT changed();
}

void FoldsSection::takeFold(const FoldRow &row)
{
    if (!isRunning()) {
        return;
    }
    m_rows.push_back(row);
    const auto done = static_cast<int>(m_rows.size());
    if (done < m_options.folds) {
        m_status->setText(tr("Training fold %1 of %2…").arg(done + 1).arg(m_options.folds));
    }
    showRows();
}

void FoldsSection::end(Result<FoldsResult> result)
{
    m_job = 0;
    if (result) {
        m_rows = result->rows;
        m_means->setRows(foldMeanRows(*result));
        m_status->setText(
            (m_options.over == FoldsOver::Users
                 ? tr("%1 folds over users, each judged by a training without any of its events; "
                      "horizon %2. Nothing is stored.")
                 : tr("%1 folds over time, each window judged by a training to the day before it; "
                      "horizon %2. Nothing is stored."))
                .arg(m_options.folds)
                .arg(daysText(result->horizonDays)));
    } else if (result.error().code == ErrorCode::Cancelled) {
        m_status->setText(tr("Cancelled."));
    } else {
        m_status->setText(errorText(result.error()));
    }
    showRows();
    updateControls();
    Q_EMIT changed();
}

void FoldsSection::refresh()
{
    if (m_project != m_context.session.path()) {
        m_project = m_context.session.path();
        m_rows.clear();
        m_means->setRows({});
        m_status->setText(idleText());
        showRows();
    }
    updateControls();
}

void FoldsSection::showRows()
{
    m_rowCard->setVisible(!m_rows.empty());
    m_table->tableModel()->setColumns(foldColumns(m_rows));
    m_table->setRows(foldRows(m_rows));
    m_table->fitHeight(50);
    m_meanCard->setVisible(m_means->model()->rowCount() > 0);
    m_means->fitHeight(60);
}

void FoldsSection::updateControls()
{
    m_start->setEnabled(canStart());
    m_start->setToolTip(m_training.isRunning() ? tr("A training runs.") : QString());
    m_cancel->setVisible(isRunning());
    m_over->setEnabled(!isRunning());
    m_folds->setEnabled(!isRunning());
}

} // namespace perennial
