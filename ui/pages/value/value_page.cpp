#include "ui/pages/value/value_page.h"

#include "ui/models/user_table_view.h"
#include "ui/pages/pages.h"
#include "ui/pages/value/alive_card.h"
#include "ui/pages/value/check_section.h"
#include "ui/pages/value/cohort_section.h"
#include "ui/pages/value/distribution_section.h"
#include "ui/pages/value/group_section.h"
#include "ui/pages/value/matrix_section.h"
#include "ui/pages/value/model_section.h"
#include "ui/pages/value/what_if_section.h"
#include "ui/widgets/kpi_card.h"
#include "ui/widgets/labels.h"
#include "ui/wording/forecast_words.h"
#include "ui/wording/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kFiguresGroup = QStringLiteral("value-figures");

constexpr int kTableHeight = 420;
constexpr int kHistoryHeight = 260;

} // namespace

ValuePage::ValuePage(const PageContext &context, QWidget *parent) : SectionedPage(context, parent)
{
    setUpBasis();
    setUpKpis();
    m_distribution = new DistributionSection(context);
    setUpSections({tr("Distribution"), tr("Frequency and recency"), tr("Cohorts"), tr("Groups"),
                   tr("Model"), tr("Check"), tr("What if")},
                  {m_distribution, new MatrixSection(context), new CohortSection(context),
                   new GroupSection(context), new ModelSection(context), new CheckSection(context),
                   new WhatIfSection(context)});
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

void ValuePage::setUpUsers()
{
    UserTableView *table = setUpUserTable(
        tr("Users by value"),
        tr("Realised value: net revenue up to the snapshot date. Predicted value: of the horizon, "
           "with margin and discount. LTV: realised value × margin and predicted value together. "
           "Click a mark of a chart above to see its users only."),
        kTableHeight);
    m_history = new AliveCard(context());
    m_history->setFixedHeight(kHistoryHeight);
    body()->addRow({{m_history, 1}});
    connect(table, &UserTableView::userSelected, m_history, &AliveCard::showUser);
}

void ValuePage::refresh()
{
    markSectionsStale();
    m_history->clear();
    if (!showBodyOrLack()) {
        m_answer.clear();
        return;
    }
    setBusy(true);
    readFigures();
    refreshShown();
}

void ValuePage::setBusy(bool busy)
{
    for (KpiCard *card : {m_realisedTotal, m_predictedTotal, m_customers, m_orders, m_topShare}) {
        card->setBusy(busy);
    }
    m_distribution->setBusy(busy);
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
    m_distribution->show(figures);
    showAnswer(figures);
}

void ValuePage::showKpis(const ValueFigures &figures)
{
    const QString currency = QString::fromStdString(figures.label.currency);
    const QString horizon = daysText(figures.label.horizonDays);
    const auto money = [&](KpiCard *card, double value) {
        card->setValue(shortMoneyText(value, currency), fullMoneyText(value, currency));
    };
    money(m_realisedTotal, figures.realisedTotal);
    m_realisedTotal->setNote(tr("net, up to %1").arg(dayText(figures.label.snapshot)));
    m_customers->setValue(shortText(static_cast<double>(figures.customers)),
                          countText(figures.customers));
    m_customers->setNote(tr("of %1").arg(usersText(figures.users)));
    m_predictedTotal->setTitle(tr("Predicted, next %1").arg(horizon));
    m_predictedTotal->setDefinition(
        tr("Sum over users of what %2 expects of the next %1, net of refunds, times the margin, "
           "discounted. Realised value is not in it. 90 %: as far as drawn futures of all customers "
           "or the errors of past totals reach, whichever is further.")
                .arg(horizon, figures.valueModel.empty() ? tr("the value model")
                                                         : forecasterText(figures.valueModel)) +
        QLatin1Char(' ') +
        (figures.totalError
             ? totalErrorText(*figures.totalError)
             : tr("Errors of past totals are not known here: if the model is wrong, the truth may "
                  "well lie outside.")));
    m_orders->setTitle(tr("Orders, next %1").arg(horizon));
    m_orders->setDefinition(tr("Order days expected of all users in the next %1; several "
                               "orders of one day count once.")
                                .arg(horizon));
    const std::vector<Decile> &deciles = figures.predictedShares.deciles;
    if (figures.predictedUsers > 0) {
        money(m_predictedTotal, figures.predictedTotal);
        m_predictedTotal->setNote(
            figures.predictedLower && figures.predictedUpper
                ? tr("90 %: %1 to %2").arg(shortMoneyText(*figures.predictedLower, currency),
                                           shortMoneyText(*figures.predictedUpper, currency))
                : tr("with margin and discount"));
        m_orders->setValue(shortText(figures.expectedOrders), fullText(figures.expectedOrders, 1));
    } else {
        m_predictedTotal->setValue(kMissing, tr("No value model could be fitted"));
        m_predictedTotal->setNote({});
        m_orders->setValue(kMissing, tr("No value model could be fitted"));
    }
    const bool tenths = deciles.size() == 10 && figures.predictedShares.total > 0;
    m_topShare->setValue(tenths ? percentText(deciles.front().share) : kMissing);
    m_topShare->setNote(tr("of the predicted value"));
}

void ValuePage::showAnswer(const ValueFigures &figures)
{
    const QString currency = QString::fromStdString(figures.label.currency);
    const std::vector<Decile> &deciles = figures.predictedShares.deciles;
    const bool tenths = deciles.size() == 10 && figures.predictedShares.total > 0;
    m_answer = tenths ? counted(figures.label.horizonDays,
                                tr("The next day is expected to bring %2; the top tenth of users "
                                   "holds %3 of it"),
                                tr("The next %1 days are expected to bring %2; the top tenth of "
                                   "users holds %3 of it"))
                            .arg(shortMoneyText(figures.predictedTotal, currency),
                                 percentText(deciles.front().share))
                      : counted(figures.users, tr("1 user has brought %2 so far"),
                                tr("%1 users have brought %2 so far"))
                            .arg(shortMoneyText(figures.realisedTotal, currency));
    Q_EMIT headerChanged();
}

Page *makeValuePage(const PageContext &context)
{
    return new ValuePage(context);
}

} // namespace perennial
