#include "ui/pages/models/comparison_card.h"

#include "ui/models/table_view.h"
#include "ui/pages/table_export.h"
#include "ui/report/comparison_words.h"
#include "ui/widgets/labels.h"

#include <QLabel>
#include <QVBoxLayout>

namespace perennial {

ComparisonCard::ComparisonCard(const PageContext &context, QWidget *parent)
    : Card(tr("Behaviour model beside simple models"), parent), m_verdict(plainLabel({}, this)),
      m_table(new TableView(tr("Comparison of models"), std::vector<TableColumn>{}, this))
{
    setDefinition(tr(
        "HR@10 and NDCG@10: next item, higher is better. AUC: who orders again, higher is better, "
        "0.5 is chance. Log loss and MAE: lower is better. Spearman: order of users by value, "
        "higher is better. Bias: predicted over actual total, minus 1; nearer 0 is better."));
    m_verdict->setWordWrap(true);
    body()->addWidget(m_verdict);
    m_table->setSortingEnabled(false);
    body()->addWidget(m_table);
    addTableMenu(*this, *m_table, context, QStringLiteral("comparison.csv"),
                 [this] { return plainTable(*m_table->tableModel()); });
}

void ComparisonCard::show(const std::optional<Comparison> &comparison, const QString &why)
{
    m_table->setVisible(comparison.has_value());
    if (!comparison) {
        m_verdict->setText(why);
        setCaption({});
        return;
    }
    const report::ComparisonWords words = report::comparisonWords(*comparison);
    m_verdict->setText(words.headline);
    setCaption(words.protocol);
    std::vector<TableColumn> columns;
    for (const QString &header : words.shortHeader) {
        columns.push_back({header,
                           columns.empty() ? TableColumn::Kind::Text : TableColumn::Kind::Number,
                           columns.empty() ? 0 : words.decimals[columns.size() - 1]});
    }
    std::vector<TableModel::Row> rows;
    for (const report::ComparisonRow &row : words.rows) {
        TableModel::Row cells{row.name};
        for (const std::optional<double> &value : row.values) {
            cells.push_back(value ? QVariant(*value) : QVariant());
        }
        rows.push_back(std::move(cells));
    }
    m_table->tableModel()->setColumns(columns);
    m_table->setRows(std::move(rows));
    m_table->fitHeight();
}

} // namespace perennial
