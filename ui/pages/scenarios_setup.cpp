// How the Scenarios page is built.
#include "ui/pages/scenarios_page.h"

#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/pages/lever_table.h"
#include "ui/pages/scenario_history.h"
#include "ui/theme/theme.h"
#include "ui/widgets/kpi_card.h"
#include "ui/widgets/labels.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include <limits>

namespace perennial {

namespace {

constexpr int kResultHeight = 232;

} // namespace

void ScenariosPage::setUpActions()
{
    m_saveAction = new QAction(tr("Save scenario"), this);
    m_saveAction->setShortcut(QKeySequence::Save);
    connect(m_saveAction, &QAction::triggered, this, &ScenariosPage::save);
    m_importAction = new QAction(tr("Import scenarios…"), this);
    connect(m_importAction, &QAction::triggered, this, &ScenariosPage::importJson);
    m_exportAction = new QAction(tr("Export scenario…"), this);
    connect(m_exportAction, &QAction::triggered, this, &ScenariosPage::exportJson);
    m_undoAction = m_history->createUndoAction(this, tr("Undo"));
    m_undoAction->setShortcut(QKeySequence::Undo);
    m_redoAction = m_history->createRedoAction(this, tr("Redo"));
    m_redoAction->setShortcut(QKeySequence::Redo);
    for (QAction *action : pageActions()) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
    }
}

QWidget *ScenariosPage::setUpContent()
{
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kCardGap);
    column->addWidget(setUpLevers());
    column->addWidget(setUpResult());
    column->addWidget(setUpSaved());
    column->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    return scroll;
}

Card *ScenariosPage::setUpLevers()
{
    auto *card = new Card(tr("Levers"), this);
    card->setDefinition(
        tr("What an action would change in the future of the customers it is aimed at. Who is in a "
           "stage is frozen at t₀. The effect is drawn from a normal distribution around your number; "
           "the same draws value the baseline and the scenario.\n\nUnless the effect comes from an "
           "experiment it is an assumption: churn risk is not uplift."));
    m_levers = new LeverTable(this);
    auto *names = new QHBoxLayout;
    names->setSpacing(8);
    const auto field = [&](const QString &label, QWidget *widget, int stretch) {
        auto *text = captionLabel(label, this);
        text->setWordWrap(false);
        names->addWidget(text);
        names->addWidget(widget, stretch);
        widget->setAccessibleName(label);
    };
    m_name = new QLineEdit(tr("New scenario"), this);
    m_name->setMaxLength(120);
    field(tr("Name"), m_name, 1);
    m_evidence = new QComboBox(this);
    m_evidence->addItem(tr("Assumption"), static_cast<int>(Evidence::Assumption));
    m_evidence->addItem(tr("Observation"), static_cast<int>(Evidence::Observational));
    m_evidence->addItem(tr("Experiment"), static_cast<int>(Evidence::Experiment));
    field(tr("Effect known from"), m_evidence, 0);
    m_draws = new QSpinBox(this);
    m_draws->setRange(100, 100'000);
    m_draws->setSingleStep(500);
    m_draws->setGroupSeparatorShown(true);
    m_draws->setValue(1'000);
    field(tr("Draws"), m_draws, 0);
    m_seed = new QSpinBox(this);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setValue(1);
    field(tr("Seed"), m_seed, 0);
    m_reset = pushButton(tr("Reset"), false, this);
    m_save = pushButton(tr("Save"), true, this);
    names->addWidget(m_reset);
    names->addWidget(m_save);
    card->body()->addLayout(names);
    card->body()->addWidget(m_levers);
    m_problem = captionLabel({}, this);
    m_problem->hide();
    card->body()->addWidget(m_problem);
    connect(m_levers, &LeverTable::changed, this, &ScenariosPage::editedChanged);
    connect(m_draws, &QSpinBox::valueChanged, this, &ScenariosPage::editedChanged);
    connect(m_seed, &QSpinBox::valueChanged, this, &ScenariosPage::editedChanged);
    connect(m_evidence, &QComboBox::currentIndexChanged, this, &ScenariosPage::updateActions);
    connect(m_name, &QLineEdit::textChanged, this, &ScenariosPage::updateActions);
    connect(m_reset, &QPushButton::clicked, this, [this] { load({}); });
    connect(m_save, &QPushButton::clicked, this, &ScenariosPage::save);
    return card;
}

QWidget *ScenariosPage::setUpResult()
{
    auto *result = new QWidget(this);
    auto *column = new QVBoxLayout(result);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kCardGap);
    auto *figures = new KpiRow(result);
    m_deltaValue = figures->add(tr("Δ predicted value"));
    m_deltaValue->setDefinition(tr("Scenario minus baseline, margin-weighted and discounted to t₀, "
                                   "before the cost. The interval is the middle 90 % of the draws: "
                                   "parameters and effect, not the chance in single customers."));
    m_deltaRevenue = figures->add(tr("Δ revenue"));
    m_deltaMargin = figures->add(tr("Δ margin"));
    m_cost = figures->add(tr("Cost"));
    m_roi = figures->add(tr("ROI"));
    m_roi->setDefinition(tr("(Δ margin − cost) / cost."));
    m_chance = figures->add(tr("P(ROI > 0)"));
    m_chance->setDefinition(tr("Share of the draws in which Δ margin exceeds the cost."));
    column->addWidget(figures);
    auto *row = new QHBoxLayout;
    row->setSpacing(kCardGap);
    m_chart = new ChartCard(tr("Difference from the baseline"), result);
    m_chart->setFixedHeight(kResultHeight);
    row->addWidget(m_chart, 1);
    m_tableCard = new Card(tr("Baseline and scenario"), result);
    using Kind = TableColumn::Kind;
    m_table = new TableView(tr("Baseline and scenario"),
                            {{tr("Measure"), Kind::Text, 0},
                             {tr("Baseline"), Kind::Number, 0},
                             {tr("Scenario"), Kind::Number, 0},
                             {tr("Difference"), Kind::Number, 0},
                             {tr("5 %"), Kind::Number, 0},
                             {tr("95 %"), Kind::Number, 0}},
                            result);
    m_table->setSortingEnabled(false);
    m_tableCard->body()->addWidget(m_table);
    m_tableCard->setFixedHeight(kResultHeight);
    row->addWidget(m_tableCard, 1);
    column->addLayout(row);
    return result;
}

} // namespace perennial
