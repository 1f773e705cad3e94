#include "ui/pages/models/paired_card.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/models/measures.h"
#include "ui/pages/models/run_figures.h"
#include "ui/pages/table_export.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QLabel>
#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kGroup = QStringLiteral("models-paired");

/// Why two runs can't be compared user by user.
QString refusalText(std::int64_t first, std::int64_t run, const Error &error)
{
    if (error.code == ErrorCode::NotTrained && error.detail == "answers") {
        return PairedCard::tr("Run %1 kept no answers of single users (an older version, or it did "
                              "not finish): no intervals of differences.")
            .arg(QString::fromStdString(error.where));
    }
    if (error.code == ErrorCode::InvalidArgument && error.where == "cut") {
        return PairedCard::tr("Runs %1 and %2 were not judged on the same window: no intervals of "
                              "differences.")
            .arg(first)
            .arg(run);
    }
    if (error.code == ErrorCode::InvalidArgument && error.where == "users") {
        return PairedCard::tr("Runs %1 and %2 judged no user both.").arg(first).arg(run);
    }
    return PairedCard::tr("Runs %1 and %2: %3").arg(first).arg(run).arg(errorText(error));
}

} // namespace

std::vector<TableModel::Row> pairedRows(const RunComparison &comparison)
{
    std::vector<TableModel::Row> rows;
    for (const HeadPair &head : comparison.heads) {
        for (const FigurePair &figure : head.figures) {
            if (!figure.a && !figure.b) {
                continue;
            }
            const Measure measure = measureOf(measureName(head.head, figure.name));
            const auto cell = [&](const std::optional<double> &value, const QString &text) {
                return value ? QVariant::fromValue(MarkedCell{text, *value, {}, {}}) : QVariant();
            };
            QString difference = figure.difference
                                     ? signedFullText(*figure.difference, measure.decimals)
                                     : QString();
            if (figure.difference && figure.interval) {
                difference += QStringLiteral(" [%1, %2]")
                                  .arg(signedFullText(figure.interval->lower, measure.decimals),
                                       signedFullText(figure.interval->upper, measure.decimals));
            }
            const QString verdict = figure.isBetter  ? PairedCard::tr("▲ better")
                                    : figure.isWorse ? PairedCard::tr("▼ worse")
                                    : figure.isNoise ? PairedCard::tr("within noise")
                                                     : QString();
            rows.push_back({QVariant::fromValue<qint64>(comparison.b), measure.text,
                            QVariant::fromValue<qint64>(head.users),
                            cell(figure.a, fullText(figure.a, measure.decimals)),
                            cell(figure.b, fullText(figure.b, measure.decimals)),
                            cell(figure.difference, difference),
                            verdict.isEmpty() ? QVariant() : QVariant(verdict)});
        }
    }
    return rows;
}

PairedCard::PairedCard(const PageContext &context, QWidget *parent)
    : Card(tr("Differences and their noise"), parent), m_context(context),
      m_words(plainLabel({}, this)),
      m_table(new TableView(tr("Paired differences"), std::vector<TableColumn>{}, this))
{
    setDefinition(tr(
        "Every figure of a run less that of the first, on the users that both judged, with the "
        "95 % interval of a bootstrap that draws the same users for both. Where the interval holds "
        "0 nobody can tell which run is better.\n\nEfron & Tibshirani (1993), An introduction to "
        "the bootstrap, § 8; Smucker, Allan & Carterette (2007)."));
    m_words->setWordWrap(true);
    body()->addWidget(m_words);
    body()->addWidget(m_table);
    addTableMenu(*this, *m_table, context, QStringLiteral("differences.csv"),
                 [this] { return plainTable(*m_table->tableModel()); });
}

void PairedCard::compare(const std::vector<std::int64_t> &runs)
{
    const QString from = m_context.session.path() + m_context.session.dataHash();
    if (runs == m_runs && from == m_data) {
        return;
    }
    m_runs = runs;
    m_data = from;
    m_found.clear();
    if (runs.size() < 2) {
        return;
    }
    setBusy(true);
    using Pairs = std::vector<Pair>;
    runOnProject<Pairs>(
        m_context.session, m_context.jobs, tr("Compare runs"), this,
        [runs](Project &project, const Task &task) -> Result<Pairs> {
            Pairs pairs;
            for (std::size_t k = 1; k < runs.size(); ++k) {
                auto comparison = compareRuns(project, runs.front(), runs[k], {}, task);
                if (!comparison && comparison.error().code == ErrorCode::Cancelled) {
                    return comparison.error();
                }
                pairs.push_back({runs[k], std::move(comparison)});
            }
            return pairs;
        },
        [this, runs](Result<Pairs> pairs) {
            setBusy(false);
            if (pairs && runs == m_runs) {
                for (const Pair &pair : *pairs) {
                    if (pair.comparison) {
                        m_found.push_back(*pair.comparison);
                    }
                }
                show(runs.front(), *pairs);
                Q_EMIT compared();
            } else if (!pairs) {
                m_runs.clear(); // to be asked again
            }
        },
        kGroup);
}

void PairedCard::show(std::int64_t first, const std::vector<Pair> &pairs)
{
    using Kind = TableColumn::Kind;
    std::vector<TableModel::Row> rows;
    QStringList refused;
    for (const Pair &pair : pairs) {
        if (!pair.comparison) {
            refused << refusalText(first, pair.run, pair.comparison.error());
            continue;
        }
        for (TableModel::Row &row : pairedRows(*pair.comparison)) {
            rows.push_back(std::move(row));
        }
        if (!pair.comparison->sameData) {
            refused
                << tr("⚠ The data have changed between runs %1 and %2.").arg(first).arg(pair.run);
        }
    }
    refused.removeDuplicates();
    m_words->setText(refused.join(QLatin1Char('\n')));
    m_words->setVisible(!refused.isEmpty());
    m_table->setVisible(!rows.empty());
    m_table->tableModel()->setColumns({{tr("Run"), Kind::Count},
                                       {tr("Figure"), Kind::Text},
                                       {tr("Users"), Kind::Count},
                                       {tr("Run %1").arg(first), Kind::Text},
                                       {tr("The run"), Kind::Text},
                                       {tr("Difference, 95 %"), Kind::Text},
                                       {tr("Is"), Kind::Text}});
    m_table->setRows(std::move(rows));
    m_table->fitHeight();
}

} // namespace perennial
