#include "ui/pages/models/difference_report.h"

#include "core/behavior/report_json.h"
#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/models/measures.h"
#include "ui/pages/page_parts.h"
#include "ui/pages/table_export.h"
#include "ui/widgets/card.h"
#include "ui/widgets/fact_lines.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr int kMostRows = 12;

std::optional<double> measureIn(const BehaviorMetrics &metrics, const Measure &measure)
{
    return numberFrom(toJson(metrics), measure.name.c_str());
}

bool isBetter(const Measure &measure, double before, double after)
{
    return goodness(measure, after) > goodness(measure, before);
}

TableView *movesTable(const QString &name)
{
    auto *table = new TableView(name, std::vector<TableColumn>{});
    table->setEmptyText(DifferenceReport::tr("Nobody is scored differently."));
    return table;
}

} // namespace

DifferenceReport::DifferenceReport(const PageContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_data(new FactLines), m_fairness(captionLabel()),
      m_agreement(captionLabel()),
      m_measures(new TableView(tr("Measures before and after"), std::vector<TableColumn>{})),
      m_churn(movesTable(tr("Largest changes of the churn risk"))),
      m_value(movesTable(tr("Largest changes of the value")))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    auto *news = new Card(tr("What is new in the data"));
    news->body()->addWidget(m_data);
    news->body()->addStretch(1);
    auto *measures = new Card(tr("Both runs on the new run's validation window"));
    measures->setDefinition(
        tr("The older run is asked with what was known at the cut of the newer one, about the same "
           "users and the same window. Where it has learned from days of that window itself, its "
           "figures are flattered, and it is said."));
    m_measures->setSortingEnabled(false);
    measures->body()->addWidget(m_measures);
    measures->body()->addWidget(m_fairness);
    addCardRow(column, {{news, 1}, {measures, 2}});
    auto *churn = new Card(tr("Whose churn risk changes most"));
    churn->body()->addWidget(m_churn);
    auto *value = new Card(tr("Whose value changes most"));
    value->body()->addWidget(m_value);
    addCardRow(column, {{churn, 1}, {value, 1}});
    m_agreement->setAccessibleName(tr("Agreement of the two runs"));
    column->addWidget(m_agreement);
    for (const auto &[card, table, file] :
         {std::tuple(measures, m_measures, "retrained_measures.csv"),
          std::tuple(churn, m_churn, "churn_moves.csv"),
          std::tuple(value, m_value, "value_moves.csv")}) {
        addTableMenu(*card, *table, context, QLatin1String(file),
                     [table = table] { return plainTable(*table->tableModel()); });
    }
}

void DifferenceReport::show(const RunDifference &difference)
{
    showData(difference.data);
    showMeasures(difference);
    showMoves(difference);
}

void DifferenceReport::showData(const DataChange &change)
{
    m_data->clear();
    m_data->add(tr("Snapshot t₀"),
                tr("%1, before %2").arg(dayText(change.after), dayText(change.before)));
    m_data->add(
        tr("Events"),
        tr("%1, %2 of them new").arg(countText(change.events), countText(change.newEvents)));
    m_data->add(tr("Users"),
                tr("%1, %2 of them new").arg(countText(change.users), countText(change.newUsers)));
    m_data->add(tr("Users with new events"), countText(change.activeUsers));
    m_data->add(tr("Items"),
                tr("%1, %2 of them new").arg(countText(change.items), countText(change.newItems)));
    if (change.usersThen != change.usersNow) {
        m_data->add(tr("Older history"),
                    tr("changed too: %1 up to %2, once %3")
                        .arg(usersText(change.usersNow), dayText(change.before),
                             countText(change.usersThen)));
    }
}

void DifferenceReport::showMeasures(const RunDifference &difference)
{
    using Kind = TableColumn::Kind;
    std::vector<TableModel::Row> rows;
    for (const Measure &measure : knownMeasures()) {
        const auto after = measureIn(difference.newMetrics, measure);
        const auto before =
            difference.oldJudged ? measureIn(difference.oldJudged->metrics, measure) : std::nullopt;
        if (!after && !before) {
            continue;
        }
        const auto cell = [&](const std::optional<double> &value, bool strong) {
            return value ? QVariant::fromValue(MarkedCell{fullText(value, measure.decimals),
                                                          *value,
                                                          strong ? MarkedCell::Tone::Strong
                                                                 : MarkedCell::Tone::Plain,
                                                          {}})
                         : QVariant();
        };
        const bool both = after && before;
        const bool better = both && isBetter(measure, *before, *after);
        const bool worse = both && isBetter(measure, *after, *before);
        rows.push_back(
            {QVariant::fromValue(MarkedCell{measure.text, measure.text, {}, measure.help}),
             cell(before, worse), cell(after, better),
             both ? QVariant(signedFullText(*after - *before, measure.decimals)) : QVariant(),
             better  ? QVariant(tr("▲ better"))
             : worse ? QVariant(tr("▼ worse"))
                     : QVariant()});
    }
    m_measures->tableModel()->setColumns({{tr("Measure"), Kind::Text},
                                          {tr("Run %1").arg(difference.older), Kind::Text},
                                          {tr("Run %1").arg(difference.newer), Kind::Text},
                                          {tr("Change"), Kind::Text},
                                          {tr("Is"), Kind::Text}});
    m_measures->setRows(std::move(rows));
    m_measures->fitHeight();
    const int seen = difference.oldJudged ? difference.oldJudged->daysSeen : 0;
    m_fairness->setText(
        difference.oldError ? tr("Run %1 can't be asked: %2")
                                  .arg(difference.older)
                                  .arg(errorText(*difference.oldError))
        : seen > 0 ? tr("⚠ Run %1 has learned from %2 of this window itself: its figures are "
                        "flattered.")
                         .arg(difference.older)
                         .arg(daysText(seen))
                   : tr("Neither run has learned from this window. How much of the differences is "
                        "noise stands "
                        "under Compare."));
}

void DifferenceReport::showMoves(const RunDifference &difference)
{
    using Kind = TableColumn::Kind;
    std::vector<TableModel::Row> churn, value;
    for (const ScoreMove &move : difference.churnMoves) {
        const double points = 100 * (*move.churnAfter - *move.churnBefore);
        churn.push_back(
            {QString::fromStdString(move.key), *move.churnBefore, *move.churnAfter,
             QVariant::fromValue(MarkedCell{signedFullText(points, 1), points, {}, {}})});
    }
    for (const ScoreMove &move : difference.valueMoves) {
        const double change = *move.valueAfter - *move.valueBefore;
        value.push_back(
            {QString::fromStdString(move.key), *move.valueBefore, *move.valueAfter,
             QVariant::fromValue(MarkedCell{signedFullText(change, 2), change, {}, {}})});
    }
    const QString currency =
        currencySign(QString::fromStdString(m_context.session.settings().currency));
    const QString before = tr("Run %1").arg(difference.older),
                  after = tr("Run %1").arg(difference.newer);
    m_churn->tableModel()->setColumns({{tr("User"), Kind::Text},
                                       {tr("P(no order), %1").arg(before), Kind::Percent},
                                       {after, Kind::Percent},
                                       {tr("Points"), Kind::Text}});
    m_churn->setRows(std::move(churn));
    m_value->tableModel()->setColumns({{tr("User"), Kind::Text},
                                       {tr("Value, %1, %2").arg(currency, before), Kind::Number, 2},
                                       {after, Kind::Number, 2},
                                       {tr("Change, %1").arg(currency), Kind::Text}});
    m_value->setRows(std::move(value));
    for (TableView *table : {m_churn, m_value}) {
        table->fitHeight(kMostRows);
    }
    QStringList parts{tr("%1 asked of both runs at %2 with the same histories.")
                          .arg(usersText(difference.scored), dayText(difference.data.after))};
    if (difference.churnAgreement) {
        parts << tr("Order by churn risk: Spearman %1, mean change %2 points.")
                     .arg(fullText(difference.churnAgreement, 3),
                          fullText(100 * difference.meanChurnMove, 1));
    }
    if (difference.valueAgreement) {
        parts << tr("Order by value: Spearman %1, mean change %2.")
                     .arg(fullText(difference.valueAgreement, 3),
                          fullMoneyText(
                              difference.meanValueMove,
                              QString::fromStdString(m_context.session.settings().currency)));
    }
    m_agreement->setText(parts.join(QLatin1Char(' ')));
}

QString differenceVerdict(const RunDifference &difference)
{
    if (!difference.oldJudged) {
        return DifferenceReport::tr("Run %1 is in use. The older run could not be asked about the "
                                    "same window.")
            .arg(difference.newer);
    }
    QStringList better, worse;
    for (const char *name : {"hr10", "hr10_new", "churn_auc", "value_spearman"}) {
        const Measure measure = measureOf(name);
        const auto before = measureIn(difference.oldJudged->metrics, measure);
        const auto after = measureIn(difference.newMetrics, measure);
        if (before && after && *before != *after) {
            (isBetter(measure, *before, *after) ? better : worse)
                << DifferenceReport::tr("%1 %2, before %3")
                       .arg(measure.text, fullText(after, 3), fullText(before, 3));
        }
    }
    QStringList parts;
    if (!better.isEmpty()) {
        parts << DifferenceReport::tr("better in %1").arg(better.join(QStringLiteral("; ")));
    }
    if (!worse.isEmpty()) {
        parts << DifferenceReport::tr("worse in %1").arg(worse.join(QStringLiteral("; ")));
    }
    if (parts.isEmpty()) {
        parts << DifferenceReport::tr("as good as before");
    }
    return DifferenceReport::tr("Run %1, trained again, is %2.")
        .arg(difference.newer)
        .arg(parts.join(QStringLiteral(" – ")));
}

} // namespace perennial
