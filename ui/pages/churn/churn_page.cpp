#include "ui/pages/churn/churn_page.h"

#include "ui/models/user_table_view.h"
#include "ui/pages/churn/contact_section.h"
#include "ui/pages/churn/quality_section.h"
#include "ui/pages/churn/reasons_card.h"
#include "ui/pages/churn/risk_section.h"
#include "ui/pages/churn/survival_section.h"
#include "ui/pages/pages.h"
#include "ui/widgets/kpi_card.h"
#include "ui/wording/format.h"

#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kFiguresGroup = QStringLiteral("churn-figures");
constexpr int kTableHeight = 420;
constexpr int kReasonsHeight = 320;

const ChurnViewFigures &of(const RiskFigures &figures, ChurnView view)
{
    return figures.views.views[static_cast<std::size_t>(view)];
}

} // namespace

ChurnPage::ChurnPage(const PageContext &context, QWidget *parent) : SectionedPage(context, parent)
{
    setUpKpis();
    m_riskSection = new RiskSection(context);
    setUpSections({tr("Risk"), tr("Survival"), tr("Quality"), tr("Whom to contact")},
                  {m_riskSection, new SurvivalSection(context), new QualitySection(context),
                   new ContactSection(context)});
    setUpUsers();
}

QString ChurnPage::title() const
{
    return tr("Churn");
}

QString ChurnPage::answer() const
{
    return m_answer;
}

QString ChurnPage::whyScores() const
{
    return tr("Scoring finds how likely each user is to leave; this page shows who, how soon, and "
              "how far that can be trusted.");
}

void ChurnPage::setUpKpis()
{
    auto *row = new KpiRow;
    m_risk = row->add(tr("Mean churn risk"));
    m_leavers = row->add(tr("Expected to leave"));
    m_atRisk = row->add(tr("Value at risk"));
    m_atRisk->setDefinition(tr("Predicted value of the users whose churn risk is 50 % or more."));
    m_silent = row->add(tr("Silent for long"));
    m_gone = row->add(tr("Gone for good"));
    m_gone->setDefinition(tr("Sum over customers of 1 − P(alive): how many the value model takes "
                             "to have stopped for good, unseen. Definition (d)."));
    body()->column()->addWidget(row);
}

void ChurnPage::setUpUsers()
{
    UserTableView *table = setUpUserTable(
        tr("Users"),
        tr("One row per user of the segment. Click a mark of a chart above to see its users only; "
           "choose one to see what the risk is made of."),
        kTableHeight);
    m_reasons = new ReasonsCard(context());
    m_reasons->setFixedHeight(kReasonsHeight);
    body()->addRow({{m_reasons, 1}});
    connect(table, &UserTableView::userSelected, m_reasons, &ReasonsCard::showUser);
}

void ChurnPage::refresh()
{
    markSectionsStale();
    m_reasons->forget();
    if (!showBodyOrLack()) {
        m_answer.clear();
        return;
    }
    readFigures();
    refreshShown();
}

void ChurnPage::setBusy(bool busy)
{
    for (KpiCard *card : {m_risk, m_leavers, m_atRisk, m_silent, m_gone}) {
        card->setBusy(busy);
    }
    m_riskSection->setBusy(busy);
}

void ChurnPage::readFigures()
{
    setBusy(true);
    readScored<std::shared_ptr<const RiskFigures>>(
        title(), kFiguresGroup,
        [segment = session().segment()](Project &project, const Task &task) {
            return readRiskFigures(project, segment, task);
        },
        [this](Result<std::shared_ptr<const RiskFigures>> figures) {
            setBusy(false);
            if (figures) {
                m_riskSection->show(*figures);
                showFigures(**figures);
            } else {
                showReadError(figures.error());
            }
        });
}

void ChurnPage::showFigures(const RiskFigures &figures)
{
    showBody();
    const QString currency = QString::fromStdString(figures.label.currency);
    const QString horizon = daysText(figures.label.horizonDays);
    const ChurnViewFigures &window = of(figures, ChurnView::FixedWindow);
    const ChurnViewFigures &silent = of(figures, ChurnView::CensoredGap);
    const ChurnViewFigures &latent = of(figures, ChurnView::Latent);
    m_risk->setDefinition(tr("Mean over customers of the probability that they do not order in the "
                             "next %1. Definition (b).")
                              .arg(horizon));
    m_risk->setValue(percentText(window.mean));
    m_risk->setNote(tr("no order in %1").arg(horizon));
    m_leavers->setDefinition(
        tr("Sum of the churn risks: so many customers are expected not to order in the next %1.")
            .arg(horizon));
    m_silent->setDefinition(tr("Users in the stage churned: without activity for %1 or more. A "
                               "silence in the past. Definition (c).")
                                .arg(daysText(figures.label.churnedAfterDays)));
    if (window.users > 0) {
        m_leavers->setValue(shortText(window.expected), fullText(window.expected, 1));
        m_leavers->setNote(tr("of %1").arg(customersText(window.users)));
        m_atRisk->setValue(shortMoneyText(figures.atRisk.predicted, currency),
                           fullMoneyText(figures.atRisk.predicted, currency));
        m_atRisk->setNote(tr("%1 at ≥ 50 % risk").arg(usersText(figures.atRisk.users)));
    } else {
        for (KpiCard *card : {m_leavers, m_atRisk}) {
            card->setValue(kMissing, tr("Nobody has a churn risk"));
            card->setNote({});
        }
    }
    m_silent->setValue(shortText(silent.expected), countText(std::llround(silent.expected)));
    m_silent->setNote(tr("%1 of users").arg(percentText(silent.mean)));
    m_gone->setValue(latent.users > 0 ? shortText(latent.expected) : kMissing,
                     latent.users > 0 ? fullText(latent.expected, 1)
                                      : tr("No value model could be fitted"));
    m_gone->setNote(latent.users > 0 ? tr("%1 of customers").arg(percentText(latent.mean))
                                     : QString());
    m_answer = window.users > 0
                   ? tr("%1 of %2 are expected not to order in the next %3; %4 of predicted value "
                        "is with those at 50 % risk or more")
                         .arg(shortText(window.expected), customersText(window.users), horizon,
                              shortMoneyText(figures.atRisk.predicted, currency))
                   : tr("Nobody has a churn risk: it needs at least one order");
    Q_EMIT headerChanged();
}

Page *makeChurnPage(const PageContext &context)
{
    return new ChurnPage(context);
}

} // namespace perennial
