#include "ui/pages/value/model_section.h"

#include "core/value/heterogeneity.h"
#include "ui/charts/chart_card.h"
#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/overview_charts.h"
#include "ui/pages/truth_card.h"
#include "ui/pages/value/value_charts.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kModelGroup = QStringLiteral("value-model");

} // namespace

QString noModelText(const Error &error)
{
    return error.code == ErrorCode::NotTrained || error.code == ErrorCode::NoRepeatBuyers
               ? ModelSection::tr("No value model could be fitted: it takes customers who have "
                                  "ordered on two different days or more.")
               : errorText(error);
}

UserSelection usersOfRepeatOrders(int count)
{
    const bool last = count > kMaxRepeatOrders;
    UserSelection users;
    users.text = count == 1 ? ModelSection::tr("1 repeat order")
                            : ModelSection::tr("%1 repeat orders")
                                  .arg(last ? ModelSection::tr("%1+").arg(count)
                                            : QString::number(count));
    users.ranges = {{UserColumn::Orders, count + 1.0,
                     last ? std::nullopt : std::optional(count + 2.0), false}};
    return users;
}

ModelSection::ModelSection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    setUpModel();
    setUpTraits();
    m_truth = new TruthCard(context);
    addRow({{m_truth, 1}});
}

void ModelSection::setUpModel()
{
    m_model = new Card(tr("Value models"));
    m_model->setDefinition(
        tr("The first model says how often customers order and whether they still do, BG/NBD "
           "(Fader, Hardie & Lee 2005) where no other was chosen; Gamma-Gamma (Fader & Hardie "
           "2013) what they spend an order day. Fitted by "
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
    m_again = pushButton(tr("Fit and score again"));
    connect(m_again, &QPushButton::clicked, this, [this] { context().navigator.scoreUsers(); });
    m_again->setObjectName(QStringLiteral("refit"));
    m_model->tools()->addWidget(m_again);

    m_repeats = makeChart(
        tr("Repeat orders, model against observed"),
        tr("Customers by the number of order days after the first, up to the "
           "snapshot date: observed, and as many as the fitted model expects. "
           "Where they part, the model's predictions should not be trusted. Click a bar to see the "
           "customers observed there (of the segment)."));
    chooser().byMarks(m_repeats, [](int, int bar) { return usersOfRepeatOrders(bar); });
    addRow({{m_model, 1}, {m_repeats, 1}});
}

void ModelSection::setUpTraits()
{
    m_rates = makeChart(tr("How often customers order"), {});
    m_dropout = makeChart(tr("How easily customers leave"), {});
    addRow({{m_rates, 1}, {m_dropout, 1}});
}

void ModelSection::setBusy(bool busy)
{
    for (Card *card : std::initializer_list<Card *>{m_model, m_repeats, m_rates, m_dropout}) {
        card->setBusy(busy);
    }
}

void ModelSection::refresh()
{
    const QString blocked = session().readOnly() ? readOnlyText() : QString();
    m_again->setEnabled(blocked.isEmpty());
    m_again->setToolTip(blocked);
    m_truth->refresh();
    setBusy(true);
    read<ModelFigures>(
        tr("Value models"), kModelGroup,
        [](Project &project, const Task &task) { return readModelFigures(project, task); },
        [this](Result<ModelFigures> figures) {
            setBusy(false);
            if (figures) {
                show(*figures);
            } else if (figures.error().code != ErrorCode::Cancelled) {
                showNoModel(figures.error());
            }
        });
}

void ModelSection::show(const ModelFigures &figures)
{
    const ModelFit &fit = figures.frequency.fit;
    const Period period = figures.frequency.customers.period;
    QStringList lines;
    lines << tr("%1: %2. Log-likelihood %3, %4, period: %5.")
                 .arg(modelText(fit.model), fitStatusText(fit), fullText(fit.logLikelihood, 2),
                      customersText(fit.customers), periodText(period));
    if (figures.spend) {
        const ModelFit &spend = figures.spend->fit;
        lines << tr("%1: %2. Log-likelihood %3, %4 with repeat orders.")
                     .arg(modelText(spend.model), fitStatusText(spend),
                          fullText(spend.logLikelihood, 2), customersText(spend.customers));
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
    m_repeats->setCaption(
        tr("All customers up to %1.").arg(dayText(figures.frequency.customers.until)));
    showTraits(fit, period);
}

void ModelSection::showTraits(const ModelFit &fit, Period period)
{
    const auto rates = rateHeterogeneity(fit), dropout = dropoutHeterogeneity(fit);
    m_rates->setTitle(tr("Order rate while active, orders per %1").arg(periodText(period)));
    m_rates->setDefinition(
        tr("How the fitted model spreads the rate of ordering over customers: Gamma(r, alpha), as "
           "shares of customers per class. First orders are not counted. The classes are of the "
           "model: no user is in one for certain, so that a bar has no users to show."));
    m_rates->setSpec(traitChart(rates, period));
    m_rates->setCaption(traitCaption(rates, period));
    const bool perOrder = dropout && dropout->trait == Heterogeneity::Trait::DropoutProbability;
    m_dropout->setTitle(perOrder || !dropout
                            ? tr("Probability of leaving after an order")
                            : tr("Rate of leaving, per %1").arg(periodText(period)));
    m_dropout->setDefinition(
        perOrder ? tr("How the fitted model spreads the probability of leaving for good after an "
                      "order over customers: Beta(a, b), as shares of customers per class. A "
                      "bar has no users to show.")
                 : tr("How the fitted model spreads the rate of leaving for good over customers: "
                      "Gamma(s, beta), as shares of customers per class. A bar has no users to show."));
    ChartSpec spec = traitChart(dropout, period);
    if (fit.reason == "no_churn") {
        spec.empty = tr("The data show no customers leaving: the model has no dropout.");
    }
    m_dropout->setSpec(spec);
    m_dropout->setCaption(traitCaption(dropout, period));
}

void ModelSection::showNoModel(const Error &error)
{
    const QString text = noModelText(error);
    m_fitText->setText(text);
    m_parameters->setRows({});
    for (Card *card : std::initializer_list<Card *>{m_model, m_repeats, m_rates, m_dropout}) {
        card->setCaption({});
    }
    for (ChartCard *card : {m_repeats, m_rates, m_dropout}) {
        card->setSpec(sentence(text));
    }
}

} // namespace perennial
