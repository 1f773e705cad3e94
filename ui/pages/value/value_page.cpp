#include "ui/pages/value/value_page.h"

#include "ui/charts/chart_card.h"
#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/models/user_table_view.h"
#include "ui/pages/overview_charts.h"
#include "ui/pages/pages.h"
#include "ui/pages/truth_card.h"
#include "ui/pages/value/value_charts.h"
#include "ui/widgets/kpi_card.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kFiguresGroup = QStringLiteral("value-figures");
const QString kModelGroup = QStringLiteral("value-model");

constexpr int kChartHeight = 250;
constexpr int kModelHeight = 300;
constexpr int kTableHeight = 420;

} // namespace

ValuePage::ValuePage(const PageContext &context, QWidget *parent) : ScoredPage(context, parent)
{
    setUpBasis();
    setUpKpis();
    setUpDistributions();
    setUpConcentration();
    setUpModel();
    m_truth = new TruthCard(context);
    body()->column()->addWidget(m_truth);
    setUpUsers();
}

QString ValuePage::title() const
{
    return tr("Value");
}

QString ValuePage::answer() const
{
    return m_answer;
}

QString ValuePage::whyScores() const
{
    return tr("Scoring fits the value models and predicts what each user will bring; this page "
              "shows the result and how far it can be trusted.");
}

void ValuePage::setUpBasis()
{
    auto *row = new QHBoxLayout;
    m_basis = captionLabel();
    m_basis->setAccessibleName(tr("Settings these figures were computed with"));
    row->addWidget(m_basis, 1);
    auto *change = pushButton(tr("Change settings…"));
    connect(change, &QPushButton::clicked, this,
            [this] { navigator().showPage(QStringLiteral("data")); });
    row->addWidget(change);
    body()->column()->addLayout(row);
}

void ValuePage::setUpKpis()
{
    auto *row = new KpiRow;
    m_realisedTotal = row->add(tr("Realised value"));
    m_realisedTotal->setDefinition(tr("Net revenue up to the snapshot date: purchases less "
                                      "refunds, before margin and discount."));
    m_predictedTotal = row->add(tr("Predicted value"));
    m_customers = row->add(tr("Customers"));
    m_customers->setDefinition(tr("Users with at least one order up to the snapshot date."));
    m_orders = row->add(tr("Expected orders"));
    m_topShare = row->add(tr("Top 10 % of users"));
    m_topShare->setDefinition(tr("Share of the predicted value that the most valuable tenth of "
                                 "the users with a prediction holds."));
    body()->column()->addWidget(row);
}

void ValuePage::setUpDistributions()
{
    m_predicted = new ChartCard(tr("Predicted value"));
    m_realised = new ChartCard(tr("Realised value"));
    m_realised->setDefinition(tr("Users by net revenue up to the snapshot date, before margin. "
                                 "Logarithmic classes; who has brought nothing has a bar of their "
                                 "own."));
    for (ChartCard *card : {m_predicted, m_realised}) {
        card->setMinimumHeight(kChartHeight);
    }
    body()->addRow({{m_realised, 1}, {m_predicted, 1}});
}

void ValuePage::setUpConcentration()
{
    m_concentration = new ChartCard(tr("Concentration of value"));
    m_concentration->setDefinition(
        tr("Which share of all value the most valuable users hold. On the diagonal everybody is "
           "worth the same. Gini: 0 = all the same, towards 1 = one user holds all. Negative "
           "values count as 0."));
    m_concentration->setMinimumHeight(kModelHeight);
    m_deciles = new Card(tr("Tenths of users by value"));
    m_deciles->setDefinition(tr("Users sorted by value, the best first, in ten equal groups; "
                                "realised and predicted are sorted each by itself, so the users "
                                "of a row need not be the same."));
    using Kind = TableColumn::Kind;
    m_decileTable = new TableView(tr("Tenths of users by value"),
                                  std::vector<TableColumn>{{tr("Best"), Kind::Text},
                                                           {tr("Users"), Kind::Count},
                                                           {tr("Realised, mean"), Kind::Number, 2},
                                                           {tr("Share"), Kind::Percent},
                                                           {tr("Predicted, mean"), Kind::Number, 2},
                                                           {tr("Share"), Kind::Percent}});
    m_decileTable->setSortingEnabled(false);
    m_deciles->body()->addWidget(m_decileTable);
    body()->addRow({{m_concentration, 1}, {m_deciles, 1}});
}

void ValuePage::setUpModel()
{
    m_model = new Card(tr("Value models"));
    m_model->setDefinition(
        tr("BG/NBD (Fader, Hardie & Lee 2005) says how often customers order and whether they "
           "still do; Gamma-Gamma (Fader & Hardie 2013) what they spend an order day. Fitted by "
           "maximum likelihood on the orders up to the snapshot date; SE = standard error."));
    m_fitText = plainLabel();
    m_fitText->setWordWrap(true);
    m_model->body()->addWidget(m_fitText);
    using Kind = TableColumn::Kind;
    m_parameters = new TableView(tr("Parameters of the value models"),
                                 std::vector<TableColumn>{{tr("Model"), Kind::Text},
                                                          {tr("Parameter"), Kind::Text},
                                                          {tr("Estimate"), Kind::Number, 4},
                                                          {tr("SE"), Kind::Number, 4}});
    m_model->body()->addWidget(m_parameters, 1);
    auto *again = pushButton(tr("Fit and score again"));
    connect(again, &QPushButton::clicked, this, [this] { navigator().scoreUsers(); });
    again->setObjectName(QStringLiteral("refit"));
    m_model->tools()->addWidget(again);

    m_repeats = new ChartCard(tr("Repeat orders, model against observed"));
    m_repeats->setDefinition(tr("Customers by the number of order days after the first, up to the "
                                "snapshot date: observed, and as many as the fitted model expects. "
                                "Where they part, the model's predictions should not be trusted."));
    m_repeats->setMinimumHeight(kModelHeight);
    body()->addRow({{m_model, 1}, {m_repeats, 1}});
}

void ValuePage::setUpUsers()
{
    auto *card = new Card(tr("Users by value"));
    card->setDefinition(tr("Realised value: net revenue up to the snapshot date. Predicted value: "
                           "of the horizon, with margin and discount. LTV: both together."));
    m_table = addUsers(card);
    card->setMinimumHeight(kTableHeight);
    body()->addRow({{card, 1}});
}

void ValuePage::refresh()
{
    if (!showBodyOrLack()) {
        m_answer.clear();
        return;
    }
    auto *again = m_model->findChild<QPushButton *>(QStringLiteral("refit"));
    again->setEnabled(readOnlyReason().isEmpty());
    again->setToolTip(readOnlyReason());
    setBusy(true);
    readFigures();
    readModel();
    m_truth->refresh();
    m_table->refresh();
}

void ValuePage::setBusy(bool busy)
{
    for (KpiCard *card : {m_realisedTotal, m_predictedTotal, m_customers, m_orders, m_topShare}) {
        card->setBusy(busy);
    }
    for (ChartCard *card : {m_predicted, m_realised, m_concentration}) {
        card->setBusy(busy);
    }
    m_deciles->setBusy(busy);
}

void ValuePage::readFigures()
{
    readScored<ValueFigures>(
        title(), kFiguresGroup,
        [segment = session().segment()](Project &project, const Task &task) {
            return readValueFigures(project, segment, task);
        },
        [this](Result<ValueFigures> figures) {
            setBusy(false);
            if (figures) {
                showFigures(*figures);
            } else {
                showReadError(figures.error());
            }
        });
}

void ValuePage::readModel()
{
    m_model->setBusy(true);
    m_repeats->setBusy(true);
    readScored<ModelFigures>(
        tr("Value models"), kModelGroup,
        [](Project &project, const Task &task) { return readModelFigures(project, task); },
        [this](Result<ModelFigures> figures) {
            m_model->setBusy(false);
            m_repeats->setBusy(false);
            if (figures) {
                showModel(*figures);
            } else {
                showNoModel(figures.error());
            }
        });
}

void ValuePage::showBasis()
{
    const UserStateLabel &label = *session().label();
    m_basis->setText(tr("Snapshot %1 · horizon %2 · margin %3 of net revenue · discount %4 per "
                        "year · %5 · data %6")
                         .arg(dayText(label.snapshot), daysText(label.horizonDays),
                              percentText(label.margin), percentText(label.discountPerYear),
                              QString::fromStdString(label.currency),
                              QString::fromStdString(label.dataHash)));
}

void ValuePage::showFigures(const ValueFigures &figures)
{
    showBody();
    showBasis();
    showKpis(figures);
    const QString sign = currencySign(QString::fromStdString(figures.label.currency));
    const int horizon = figures.label.horizonDays;
    m_realised->setTitle(tr("Realised value to date, %1").arg(sign));
    m_realised->setSpec(valueChart(figures.realised, tr("Realised per user, %1").arg(sign), false));
    m_realised->setCaption(zeroBarCaption(figures.realised));
    m_predicted->setTitle(tr("Predicted value, next %1 days, %2").arg(horizon).arg(sign));
    m_predicted->setDefinition(
        tr("Users by expected net revenue of the next %1 days × margin, discounted to the "
           "snapshot date. Logarithmic classes; who is expected to bring nothing has a bar of "
           "their own.")
            .arg(horizon));
    m_predicted->setSpec(
        valueChart(figures.predicted, tr("Predicted per user, %1").arg(sign), true));
    m_predicted->setCaption(zeroBarCaption(figures.predicted));

    m_concentration->setSpec(concentrationChart(figures.realisedShares, figures.predictedShares));
    m_concentration->setCaption(
        tr("Gini: realised %1, predicted %2.")
            .arg(fullText(figures.realisedShares.gini, 3),
                 figures.predictedShares.users > 0 ? fullText(figures.predictedShares.gini, 3)
                                                   : kMissing));
    m_deciles->setTitle(tr("Tenths of users by value, %1").arg(sign));
    m_decileTable->setRows(decileRows(figures));
    m_deciles->setCaption(
        figures.predictedShares.users < figures.realisedShares.users
            ? tr("Predicted: of the %1 users with a prediction.")
                  .arg(countText(figures.predictedShares.users))
            : QString());
}

void ValuePage::showKpis(const ValueFigures &figures)
{
    const QString currency = QString::fromStdString(figures.label.currency);
    const int horizon = figures.label.horizonDays;
    const auto money = [&](KpiCard *card, double value) {
        card->setValue(shortMoneyText(value, currency), fullMoneyText(value, currency));
    };
    money(m_realisedTotal, figures.realisedTotal);
    m_realisedTotal->setNote(tr("net, up to %1").arg(dayText(figures.label.snapshot)));
    m_customers->setValue(shortText(static_cast<double>(figures.customers)),
                          countText(figures.customers));
    m_customers->setNote(tr("of %1 users").arg(countText(figures.users)));
    m_predictedTotal->setTitle(tr("Predicted value, next %1 days").arg(horizon));
    m_predictedTotal->setDefinition(
        tr("Sum over users of margin × net share × mean order value × discounted expected orders "
           "of the next %1 days. Realised value is not in it.")
            .arg(horizon));
    m_orders->setTitle(tr("Expected orders, next %1 days").arg(horizon));
    m_orders->setDefinition(tr("Order days expected of all users in the next %1 days; several "
                               "orders of one day count once.")
                                .arg(horizon));
    const std::vector<Decile> &deciles = figures.predictedShares.deciles;
    if (figures.predictedUsers > 0) {
        money(m_predictedTotal, figures.predictedTotal);
        m_predictedTotal->setNote(tr("with margin and discount"));
        m_orders->setValue(shortText(figures.expectedOrders), fullText(figures.expectedOrders, 1));
    } else {
        m_predictedTotal->setValue(kMissing, tr("No value model could be fitted"));
        m_predictedTotal->setNote({});
        m_orders->setValue(kMissing, tr("No value model could be fitted"));
    }
    const bool tenths = deciles.size() == 10 && figures.predictedShares.total > 0;
    m_topShare->setValue(tenths ? percentText(deciles.front().share) : kMissing);
    m_topShare->setNote(tr("of the predicted value"));
    m_answer = tenths ? tr("The next %1 days are expected to bring %2; the top tenth of users "
                           "holds %3 of it")
                            .arg(horizon)
                            .arg(shortMoneyText(figures.predictedTotal, currency),
                                 percentText(deciles.front().share))
                      : tr("%1 users have brought %2 so far")
                            .arg(countText(figures.users),
                                 shortMoneyText(figures.realisedTotal, currency));
    Q_EMIT headerChanged();
}

void ValuePage::showModel(const ModelFigures &figures)
{
    const ModelFit &fit = figures.frequency.fit;
    QStringList lines;
    lines << tr("%1: %2. Log-likelihood %3, %4 customers, period: %5.")
                 .arg(modelText(fit.model), fitStatusText(fit), fullText(fit.logLikelihood, 2),
                      countText(fit.customers), periodText(figures.frequency.customers.period));
    if (figures.spend) {
        const ModelFit &spend = figures.spend->fit;
        lines << tr("%1: %2. Log-likelihood %3, %4 customers with repeat orders.")
                     .arg(modelText(spend.model), fitStatusText(spend),
                          fullText(spend.logLikelihood, 2), countText(spend.customers));
    } else {
        lines << tr("Everybody is given the observed mean spend of an order.");
    }
    m_fitText->setText(lines.join(QLatin1Char('\n')));
    m_parameters->setRows(parameterRows(figures));
    m_model->setCaption(tr("Run %1, fitted %2 (UTC), data %3.")
                            .arg(figures.frequency.run.id)
                            .arg(timeText(figures.frequency.run.finishedAt),
                                 QString::fromStdString(figures.frequency.run.dataHash)));
    m_repeats->setSpec(repeatOrdersChart(figures));
    m_repeats->setCaption(tr("All customers up to %1.")
                              .arg(dayText(figures.frequency.customers.until)));
}

void ValuePage::showNoModel(const Error &error)
{
    const QString text = error.code == ErrorCode::NotTrained
                             ? tr("No value model could be fitted: it takes customers who have "
                                  "ordered on two different days or more.")
                             : errorText(error);
    m_fitText->setText(text);
    m_parameters->setRows({});
    m_model->setCaption({});
    ChartSpec none;
    none.empty = text;
    m_repeats->setSpec(none);
    m_repeats->setCaption({});
}

Page *makeValuePage(const PageContext &context)
{
    return new ValuePage(context);
}

} // namespace perennial
