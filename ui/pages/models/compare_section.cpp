#include "ui/pages/models/compare_section.h"

#include "ui/models/table_view.h"
#include "ui/pages/models/config_fields.h"
#include "ui/pages/models/curve_grid.h"
#include "ui/pages/models/group_card.h"
#include "ui/pages/models/measures.h"
#include "ui/pages/models/paired_card.h"
#include "ui/pages/page_parts.h"
#include "ui/pages/table_export.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

constexpr std::size_t kMostRuns = 6; // as many as there are colours

QString runName(const RunFigures &run)
{
    return CompareSection::tr("run %1").arg(run.record.id);
}

/// "0.2157 (+0.0031)", the best of its row strong.
QVariant measureCell(const Measure &measure, const std::optional<double> &value,
                     const std::optional<double> &first, bool best)
{
    if (!value) {
        return {};
    }
    QString text = fullText(value, measure.decimals);
    if (first) {
        text += QStringLiteral(" (%1)").arg(signedFullText(*value - *first, measure.decimals));
    }
    return QVariant::fromValue(
        MarkedCell{text, *value, best ? MarkedCell::Tone::Strong : MarkedCell::Tone::Plain, {}});
}

const FigurePair *pairOf(const RunComparison &comparison, const std::string &measure)
{
    for (const HeadPair &head : comparison.heads) {
        for (const FigurePair &figure : head.figures) {
            if (measureName(head.head, figure.name) == measure) {
                return &figure;
            }
        }
    }
    return nullptr;
}

} // namespace

bool isSurelyBest(const std::vector<RunComparison> &found, const std::vector<std::int64_t> &runs,
                  std::int64_t best, const std::string &measure)
{
    return std::ranges::all_of(runs.begin() + 1, runs.end(), [&](std::int64_t run) {
        if (best != runs.front() && run != best) {
            return true; // nobody has compared these two
        }
        const auto comparison = std::ranges::find_if(found, [&](const RunComparison &pair) {
            return pair.a == runs.front() && pair.b == run;
        });
        const FigurePair *figure =
            comparison == found.end() ? nullptr : pairOf(*comparison, measure);
        return figure && (run == best ? figure->isBetter : figure->isWorse);
    });
}

CompareSection::CompareSection(const PageContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_runs(std::make_shared<RunList>()),
      m_choice(new QToolButton(this)), m_menu(new QMenu(this)), m_which(plainLabel({}, this)),
      m_content(new QWidget(this)), m_measureCard(new Card(tr("Measures of the best epochs"))),
      m_settingCard(new Card(tr("Settings that differ"))),
      m_measures(new TableView(tr("Measures compared"), std::vector<TableColumn>{})),
      m_settings(new TableView(tr("Settings compared"), std::vector<TableColumn>{})),
      m_paired(new PairedCard(context)),
      m_groups(new GroupCard(context, QStringLiteral("models-groups-compared"))),
      m_curves(new CurveGrid)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    setUpChoice();
    auto *row = new QHBoxLayout;
    row->addWidget(m_choice);
    row->addWidget(m_which, 1);
    column->addLayout(row);
    column->addWidget(m_content);
    m_measureCard->setDefinition(
        tr("In brackets: the difference from the first run. The best of each row is bold where "
           "it is better than the first run, or that better than all, by more than noise. "
           "A difference is only one of the runs where they were measured on the same window and "
           "users; what is said above tells whether they were."));
    auto *body = new QVBoxLayout(m_content);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(12);
    m_measureCard->body()->addWidget(m_measures);
    m_settingCard->body()->addWidget(m_settings);
    for (TableView *table : {m_measures, m_settings}) {
        table->setSortingEnabled(false);
    }
    connect(m_paired, &PairedCard::compared, this, [this] {
        if (m_chosen.size() >= 2) {
            showMeasures(chosenRuns());
        }
    });
    m_settings->setEmptyText(tr("None: these runs were told the same."));
    addTableMenu(*m_measureCard, *m_measures, context, QStringLiteral("measures.csv"),
                 [this] { return plainTable(*m_measures->tableModel()); });
    addTableMenu(*m_settingCard, *m_settings, context, QStringLiteral("settings.csv"),
                 [this] { return plainTable(*m_settings->tableModel()); });
    body->addWidget(m_measureCard);
    body->addWidget(m_paired);
    body->addWidget(m_groups);
    body->addWidget(m_settingCard);
    body->addWidget(m_curves);
}

void CompareSection::setUpChoice()
{
    m_choice->setText(tr("Choose runs"));
    m_choice->setProperty("role", QStringLiteral("action"));
    m_choice->setAccessibleName(tr("Runs to compare"));
    m_choice->setPopupMode(QToolButton::InstantPopup);
    m_choice->setMenu(m_menu);
    m_which->setWordWrap(true);
    connect(m_menu, &QMenu::aboutToShow, this, &CompareSection::fillMenu);
}

void CompareSection::fillMenu()
{
    m_menu->clear();
    for (const RunFigures &run : m_runs->runs) {
        if (!run.isBehavior()) {
            continue;
        }
        const std::int64_t id = run.record.id;
        QAction *action =
            m_menu->addAction(tr("Run %1 · %2").arg(id).arg(timeText(run.record.startedAt)));
        action->setCheckable(true);
        const bool chosen = std::ranges::find(m_chosen, id) != m_chosen.end();
        action->setChecked(chosen);
        action->setEnabled(chosen || m_chosen.size() < kMostRuns);
        connect(action, &QAction::toggled, this, [this, id](bool on) {
            std::vector<std::int64_t> runs = m_chosen;
            if (on) {
                runs.push_back(id);
            } else {
                std::erase(runs, id);
            }
            compare(runs);
        });
    }
}

void CompareSection::setRuns(std::shared_ptr<const RunList> runs)
{
    m_runs = std::move(runs);
    if (m_project != m_context.session.path()) {
        m_project = m_context.session.path();
        m_chosen.clear();
    }
    std::erase_if(m_chosen, [&](std::int64_t id) { return !m_runs->find(id); });
    if (m_chosen.empty()) { // the two newest: what was just tried beside what was there
        for (const RunFigures &run : m_runs->runs) {
            if (run.isBehavior() && run.isDone() && m_chosen.size() < 2) {
                m_chosen.insert(m_chosen.begin(), run.record.id);
            }
        }
    }
    show();
}

void CompareSection::compare(const std::vector<std::int64_t> &runs)
{
    m_chosen.clear();
    for (const std::int64_t id : runs) {
        const RunFigures *run = m_runs->find(id);
        if (run && run->isBehavior() && m_chosen.size() < kMostRuns) {
            m_chosen.push_back(id);
        }
    }
    show();
}

QString CompareSection::windowText(const std::vector<const RunFigures *> &runs) const
{
    const auto sameWindow = [&](const RunFigures *run) {
        const auto &a = runs.front()->report, &b = run->report;
        return a && b && a->split.cut == b->split.cut && a->split.until == b->split.until &&
               a->split.labelDays == b->split.labelDays && a->split.until > a->split.first &&
               runs.front()->record.dataHash == run->record.dataHash;
    };
    return std::ranges::all_of(runs, sameWindow)
               ? tr("measured on the same window of the same data")
               : tr("⚠ not measured on the same window of the same data: the differences are of "
                    "the "
                    "data too");
}

std::vector<const RunFigures *> CompareSection::chosenRuns() const
{
    std::vector<const RunFigures *> runs;
    for (const std::int64_t id : m_chosen) {
        runs.push_back(m_runs->find(id));
    }
    return runs;
}

void CompareSection::show()
{
    const std::vector<const RunFigures *> runs = chosenRuns();
    QStringList names;
    std::vector<CurveRun> curves;
    for (const RunFigures *run : runs) {
        names << QString::number(run->record.id);
        curves.push_back({runName(*run), run->epochs, run->bestEpoch});
    }
    m_content->setVisible(runs.size() >= 2);
    if (runs.size() < 2) {
        m_which->setText(tr("Choose two runs of the behaviour model or more, here or in the table "
                            "of runs: what they differ in stands here."));
        return;
    }
    m_which->setText(tr("Runs %1: %2.").arg(names.join(QStringLiteral(", ")), windowText(runs)));
    if (isVisible()) { // it reads the answers of all users: only where it is looked at
        m_paired->compare(m_chosen);
    }
    m_groups->setRuns(m_chosen);
    showMeasures(runs);
    showSettings(runs);
    m_curves->setRuns(curves, tr("These runs ended before their first epochs."));
}

void CompareSection::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    show();
}

void CompareSection::showMeasures(const std::vector<const RunFigures *> &runs)
{
    using Kind = TableColumn::Kind;
    std::vector<TableColumn> columns{{tr("Measure"), Kind::Text}};
    for (const RunFigures *run : runs) {
        columns.push_back({run->record.champion ? tr("Run %1, champion").arg(run->record.id)
                                                : tr("Run %1").arg(run->record.id),
                           Kind::Text});
    }
    std::vector<TableModel::Row> rows;
    for (const Measure &measure : measuresOf(runs)) {
        std::vector<std::optional<double>> values;
        std::optional<double> best;
        for (const RunFigures *run : runs) {
            values.push_back(measuresIn(*run, measure.name).best);
            if (values.back()) {
                const double good = goodness(measure, *values.back());
                best = best ? std::max(*best, good) : good;
            }
        }
        if (!best) {
            continue;
        }
        const auto known = std::ranges::count_if(
            values, [](const std::optional<double> &value) { return value.has_value(); });
        TableModel::Row row{QVariant::fromValue(
            MarkedCell{measure.text, measure.text, MarkedCell::Tone::Plain, measure.help})};
        for (std::size_t k = 0; k < values.size(); ++k) {
            const bool isBest = values[k] && known > 1 && goodness(measure, *values[k]) == *best;
            row.push_back(measureCell(
                measure, values[k], k > 0 ? values.front() : std::nullopt,
                isBest && isSurelyBest(m_paired->found(), m_chosen, m_chosen[k], measure.name)));
        }
        rows.push_back(std::move(row));
    }
    m_measures->tableModel()->setColumns(columns);
    m_measures->setRows(std::move(rows));
    m_measures->fitHeight();
}

void CompareSection::showSettings(const std::vector<const RunFigures *> &runs)
{
    using Kind = TableColumn::Kind;
    std::vector<TableColumn> columns{{tr("Setting"), Kind::Text}};
    for (const RunFigures *run : runs) {
        columns.push_back({tr("Run %1").arg(run->record.id), Kind::Text});
    }
    std::vector<TableModel::Row> rows;
    for (const std::string &key : differingSettings(runs)) {
        TableModel::Row row{configLabel(key)};
        for (const RunFigures *run : runs) {
            row.push_back(configValueText(key, settingOf(*run, key)));
        }
        rows.push_back(std::move(row));
    }
    m_settings->tableModel()->setColumns(columns);
    m_settings->setRows(std::move(rows));
    m_settings->fitHeight();
}

} // namespace perennial
