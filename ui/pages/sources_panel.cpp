#include "ui/pages/sources_panel.h"

#include "ui/models/table_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/wording/import_words.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kTableHeight = 190;

std::vector<TableColumn> sourceColumns(const QString &currency)
{
    using Kind = TableColumn::Kind;
    return {{SourcesPanel::tr("Source"), Kind::Text},
            {SourcesPanel::tr("Holds"), Kind::Text},
            {SourcesPanel::tr("State"), Kind::Text},
            {SourcesPanel::tr("Rows read"), Kind::Count},
            {SourcesPanel::tr("Stored"), Kind::Count},
            {SourcesPanel::tr("Duplicate"), Kind::Count},
            {SourcesPanel::tr("Rejected"), Kind::Count},
            {SourcesPanel::tr("Excluded"), Kind::Count},
            {SourcesPanel::tr("Amount stored, %1").arg(currency), Kind::Number, 2},
            {SourcesPanel::tr("Imported (UTC)"), Kind::Time}};
}

TableModel::Row sourceRow(const SourceRecord &source)
{
    const auto count = [](const ImportTotals::Line &line) {
        return QVariant::fromValue<qint64>(line.rows);
    };
    const ImportTotals &totals = source.totals;
    return {QString::fromStdString(source.name),
            contentsText(source.contents),
            source.state == SourceState::Done ? SourcesPanel::tr("✓ complete")
                                              : SourcesPanel::tr("! unfinished"),
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

SourcesPanel::SourcesPanel(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kCardGap);
    column->addWidget(makeSourcesCard());
    column->addWidget(makeTotalsCard());
}

QWidget *SourcesPanel::makeSourcesCard()
{
    auto *card = new Card(tr("Sources"));
    card->setDefinition(
        tr("One row per imported file or generator run. Every row of a file is exactly one of "
           "stored, duplicate, rejected and excluded; select a source for its control totals."));
    card->setMinimumHeight(kTableHeight);
    m_table = new TableView(tr("Sources"), sourceColumns(QString()));
    auto *empty = new EmptyState;
    empty->setTexts(tr("No events yet."),
                    tr("Orders, views and refunds are what stages, values and recommendations are "
                       "computed from."),
                    tr("Import events…"));
    connect(empty, &EmptyState::actionTriggered, this, &SourcesPanel::importWanted);
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_table);
    m_stack->addWidget(empty);
    card->body()->addLayout(m_stack);
    connect(m_table, &TableView::rowSelected, this, &SourcesPanel::showSource);
    connect(m_table, &TableView::rowActivated, this, [this](int row) {
        if (row >= 0 && keptOut(m_sources[static_cast<std::size_t>(row)]) > 0) {
            Q_EMIT rejectedRowsWanted(m_sources[static_cast<std::size_t>(row)].id);
        }
    });
    return card;
}

QWidget *SourcesPanel::makeTotalsCard()
{
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
    m_totalsCard->hide();
    connect(m_showRejected, &QPushButton::clicked, this, [this] {
        if (const int row = m_table->selectedRow(); row >= 0) {
            Q_EMIT rejectedRowsWanted(m_sources[static_cast<std::size_t>(row)].id);
        }
    });
    return m_totalsCard;
}

const SourceRecord *SourcesPanel::unfinished() const
{
    const auto found = std::ranges::find(m_sources, SourceState::Running, &SourceRecord::state);
    return found == m_sources.end() ? nullptr : &*found;
}

void SourcesPanel::setSources(std::vector<SourceRecord> sources, const QString &currency)
{
    const int selected = m_table->selectedRow();
    m_sources = std::move(sources);
    m_currency = currency;
    std::vector<TableModel::Row> rows;
    std::ranges::transform(m_sources, std::back_inserter(rows), sourceRow);
    m_table->tableModel()->setColumns(sourceColumns(currency));
    m_table->setRows(std::move(rows));
    m_stack->setCurrentIndex(m_sources.empty() ? 1 : 0);
    m_totalsCard->setVisible(!m_sources.empty());
    if (!m_sources.empty()) {
        m_table->selectRow(std::clamp(selected, 0, static_cast<int>(m_sources.size()) - 1));
    }
    showSource(m_table->selectedRow());
}

void SourcesPanel::showSource(int index)
{
    if (index < 0 || index >= static_cast<int>(m_sources.size())) {
        m_totals->clear();
        m_showRejected->hide();
        return;
    }
    const SourceRecord &source = m_sources[static_cast<std::size_t>(index)];
    QStringList lines{controlTotalText(source.totals)};
    if (const QString amount = controlAmountText(source.totals, m_currency); !amount.isEmpty()) {
        lines << amount;
    }
    QStringList notes{source.totals.balanced() ? tr("✓ The totals agree: nothing was lost")
                                               : tr("✕ The totals do not agree: verify the project")};
    if (!source.profile.empty()) {
        notes << tr("profile %1").arg(QString::fromStdString(source.profile));
    }
    if (!source.hash.empty()) {
        notes << tr("content hash %1").arg(QString::fromStdString(source.hash.substr(0, 16)));
    }
    lines << notes.join(QStringLiteral(" · "));
    m_totalsCard->setTitle(tr("Control totals of %1").arg(QString::fromStdString(source.name)));
    m_totals->setText(lines.join(QLatin1Char('\n')));
    m_showRejected->setVisible(keptOut(source) > 0);
}

} // namespace perennial
