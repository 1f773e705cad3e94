#include "ui/pages/churn/contact_section.h"

#include "core/churn/risk_plan.h"
#include "ui/charts/chart_card.h"
#include "ui/pages/churn/churn_charts.h"
#include "ui/widgets/choice_bar.h"
#include "ui/widgets/kpi_card.h"
#include "ui/widgets/labels.h"
#include "ui/wording/churn_words.h"
#include "ui/wording/format.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

const QString kContactGroup = QStringLiteral("churn-contact");
constexpr int kSteps = 1000; ///< of the slider
constexpr int kCurveHeight = 340;
constexpr double kStartSaveRate = 10.0; ///< %
constexpr double kHighestCost = 1'000'000.0;

} // namespace

Result<std::shared_ptr<const ContactFigures>> readContactFigures(const Project &project,
                                                                 const Segment &segment,
                                                                 const UserStateLabel &label,
                                                                 ChurnShelf &shelf,
                                                                 const Task &task)
{
    const auto states = readStatesOf(project, *segment, task);
    if (!states) {
        return states.error();
    }
    const auto kept = shelf.valuesIfKept(project, task);
    if (!kept) {
        return kept.error();
    }
    auto figures = std::make_shared<ContactFigures>();
    figures->label = label;
    for (const ContactOrder order : {ContactOrder::Risk, ContactOrder::Stake}) {
        auto plan = contactPlanOf(**states, (*kept)->user, (*kept)->value, order);
        if (!plan) {
            return plan.error();
        }
        figures->left = std::ssize(**states) - static_cast<std::int64_t>(plan->users());
        figures->plans[static_cast<std::size_t>(order)] =
            std::make_shared<const ContactPlan>(*std::move(plan));
    }
    return std::shared_ptr<const ContactFigures>(std::move(figures));
}

ContactSection::ContactSection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    setUpTerms();
    auto *row = new KpiRow;
    m_contacts = row->add(tr("Contacts"));
    m_leavers = row->add(tr("Would leave"));
    m_saved = row->add(tr("Saved value"));
    m_spent = row->add(tr("Cost"));
    m_net = row->add(tr("Net"));
    m_breakEven = row->add(tr("Break-even"));
    setUpKpis();
    m_curve = makeChart(
        tr("What contacting more customers brings"),
        tr("Expected sums over the customers contacted, in the order chosen. With s the save rate, "
           "r a customer's churn risk and v the value if he stays: saved = s Σ r v (band: 90 % of "
           "luck, who leaves and who is kept; it does not hold what is not known of risk, value "
           "and save rate); cost = cost of a contact × customers; net = saved − cost (Neslin et "
           "al. 2006; Verbeke et al. 2012). Nothing is given to those who would have stayed."));
    m_curve->setMinimumHeight(kCurveHeight);
    addRow({{m_terms, 1}});
    addRow({{row, 1}});
    addRow({{m_curve, 1}});
}

void ContactSection::setUpTerms()
{
    m_terms = new Card(tr("Whom to contact"));
    m_terms->setDefinition(
        tr("What a contact costs, and which share of those who would leave it keeps: the save rate "
           "is yours to know, best from a test with a control group. Likely to leave is not the "
           "same as can be kept. The risks are those of the scores, as in the table below; the "
           "command line’s plan goes by the method that did best in the trial."));
    m_order = new ChoiceBar(tr("First to be contacted"),
                            {tr("Highest risk first"), tr("Most at stake first")});
    m_cost = new QDoubleSpinBox;
    m_cost->setRange(0.0, kHighestCost);
    m_cost->setDecimals(2);
    m_cost->setValue(1.0);
    m_cost->setAccessibleName(tr("Cost of a contact"));
    m_saveRate = new QDoubleSpinBox;
    m_saveRate->setRange(0.0, 100.0);
    m_saveRate->setDecimals(1);
    m_saveRate->setValue(kStartSaveRate);
    m_saveRate->setSuffix(tr(" % of leavers kept"));
    m_saveRate->setAccessibleName(tr("Save rate"));
    auto *terms = new QHBoxLayout;
    terms->setSpacing(8);
    terms->addWidget(m_order);
    terms->addSpacing(16);
    terms->addWidget(plainLabel(tr("A contact costs")));
    terms->addWidget(m_cost);
    terms->addWidget(plainLabel(tr("and saves")));
    terms->addWidget(m_saveRate);
    terms->addStretch(1);
    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setRange(0, kSteps);
    m_slider->setValue(kSteps / 2);
    m_slider->setPageStep(kSteps / 20);
    m_slider->setAccessibleName(tr("Threshold"));
    m_position = plainLabel();
    m_position->setMinimumWidth(m_position->fontMetrics().horizontalAdvance(
        tr("Contact from a churn risk of %1 on").arg(percentText(1.0))));
    m_best = pushButton(tr("Best net"));
    m_users = pushButton(tr("Show these users"));
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_position);
    line->addWidget(m_slider, 1);
    line->addWidget(m_best);
    line->addWidget(m_users);
    m_terms->body()->addLayout(terms);
    m_terms->body()->addLayout(line);
    connect(m_order, &ChoiceBar::chosen, this, &ContactSection::showBest);
    for (QDoubleSpinBox *box : {m_cost, m_saveRate}) {
        connect(box, &QDoubleSpinBox::valueChanged, this, &ContactSection::showPlan);
    }
    connect(m_slider, &QSlider::valueChanged, this, &ContactSection::showPlan);
    connect(m_best, &QPushButton::clicked, this, &ContactSection::showBest);
    connect(m_users, &QPushButton::clicked, this, &ContactSection::chooseUsers);
}

void ContactSection::setUpKpis()
{
    m_contacts->setDefinition(tr("Customers with at least the threshold; those of equal score are "
                                 "contacted together or not at all."));
    m_leavers->setDefinition(tr("Sum of the churn risks of those contacted: so many of them are "
                                "expected to leave if nothing is done."));
    m_saved->setDefinition(tr("Save rate × Σ risk × value if kept: what those who are kept are "
                              "expected to bring in the horizon, with margin and discount. The "
                              "interval holds luck only."));
    m_spent->setDefinition(tr("Cost of a contact × contacts."));
    m_net->setDefinition(tr("Saved value less cost."));
    m_breakEven->setDefinition(tr("Save rate at which the plan pays for itself; above 100 % it "
                                  "can't."));
}

bool ContactSection::isByRisk() const
{
    return m_order->current() <= 0;
}

const ContactPlan *ContactSection::plan() const
{
    const auto order = isByRisk() ? ContactOrder::Risk : ContactOrder::Stake;
    return m_figures ? m_figures->plans[static_cast<std::size_t>(order)].get() : nullptr;
}

ContactTerms ContactSection::terms() const
{
    ContactTerms terms;
    terms.costPerContact = m_cost->value();
    terms.saveRate = m_saveRate->value() / 100.0;
    return terms;
}

/// The slider is a risk, or a share of the customers where they come by what is at stake.
ContactOutcome ContactSection::outcome() const
{
    const double share = static_cast<double>(m_slider->value()) / kSteps;
    if (isByRisk()) {
        return plan()->atThreshold(share, terms());
    }
    const auto users = static_cast<double>(plan()->users());
    return plan()->ofContacts(static_cast<std::size_t>(std::llround(share * users)), terms());
}

void ContactSection::refresh()
{
    using Figures = std::shared_ptr<const ContactFigures>;
    readFor<Figures>(
        {m_terms, m_curve}, tr("Whom to contact"), kContactGroup,
        [segment = session().segment(), label = *session().label(),
         shelf = session().churnShelf()](Project &project, const Task &task) {
            return readContactFigures(project, segment, label, *shelf, task);
        },
        [this](Figures figures) {
            m_figures = std::move(figures);
            show();
        },
        [this](const Error &error) { showLack(error); });
}

void ContactSection::show()
{
    m_cost->setPrefix(currencySign(QString::fromStdString(m_figures->label.currency)));
    m_terms->setCaption(m_figures->left > 0
                            ? tr("Not in it, as they have never ordered: %1.")
                                  .arg(usersText(m_figures->left))
                            : QString());
    showPlan();
}

void ContactSection::showPlan()
{
    if (!plan()) {
        return;
    }
    const QString currency = QString::fromStdString(m_figures->label.currency);
    const ContactOutcome at = outcome();
    const double share = static_cast<double>(m_slider->value()) / kSteps;
    m_position->setText(isByRisk()
                            ? tr("Contact from a churn risk of %1 on").arg(percentText(share))
                            : tr("Contact %1 of the customers").arg(percentText(share)));
    const auto money = [&](KpiCard *card, double value) {
        card->setValue(shortMoneyText(value, currency), fullMoneyText(value, currency));
    };
    m_contacts->setValue(shortText(static_cast<double>(at.contacted)),
                         countText(static_cast<qint64>(at.contacted)));
    m_contacts->setNote(tr("of %1").arg(customersText(static_cast<qint64>(plan()->users()))));
    m_leavers->setValue(shortText(at.leavers), fullText(at.leavers, 1));
    m_leavers->setNote(tr("%1 at stake").arg(shortMoneyText(at.atStake, currency)));
    money(m_saved, at.saved);
    m_saved->setNote(tr("90 %: %1 to %2").arg(shortMoneyText(at.savedInterval.lower, currency),
                                              shortMoneyText(at.savedInterval.upper, currency)));
    money(m_spent, at.cost);
    money(m_net, at.net);
    m_net->setNote(at.net >= 0 ? tr("pays") : tr("does not pay"));
    m_breakEven->setValue(at.breakEvenSaveRate ? percentText(*at.breakEvenSaveRate) : kMissing);
    m_breakEven->setNote(tr("save rate"));
    const auto curve = plan()->curve(terms());
    m_curve->setSpec(contactChart(curve, at, currencySign(currency)));
    m_users->setEnabled(at.contacted > 0);
}

/// Puts the slider where the net is largest.
void ContactSection::showBest()
{
    if (!plan()) {
        return;
    }
    const ContactOutcome best = plan()->best(terms());
    const QSignalBlocker quiet(m_slider);
    if (isByRisk()) { // downward, so that the slider's step keeps them all
        m_slider->setValue(best.threshold ? static_cast<int>(std::floor(*best.threshold * kSteps))
                                          : kSteps);
    } else {
        const auto users = static_cast<double>(std::max<std::size_t>(1, plan()->users()));
        m_slider->setValue(static_cast<int>(
            std::ceil(static_cast<double>(best.contacted) / users * kSteps)));
    }
    showPlan();
}

void ContactSection::chooseUsers()
{
    if (!plan()) {
        return;
    }
    const auto order = isByRisk() ? ContactOrder::Risk : ContactOrder::Stake;
    chooser().choose(UsersBehind(
        m_position->text(),
        [plan = m_figures->plans[static_cast<std::size_t>(order)],
         at = outcome()](Project &, const Task &) -> Result<UserIds> {
            const auto ids = plan->contacted(at);
            auto sorted = std::make_shared<std::vector<std::int64_t>>(ids.begin(), ids.end());
            std::ranges::sort(*sorted);
            return UserIds(std::move(sorted));
        }));
}

void ContactSection::showLack(const Error &error)
{
    m_figures.reset();
    for (KpiCard *card : {m_contacts, m_leavers, m_saved, m_spent, m_net, m_breakEven}) {
        card->setValue(kMissing);
        card->setNote({});
    }
    m_terms->setCaption({});
    m_users->setEnabled(false);
    m_curve->setSpec(sentence(tr("No plan can be made: %1").arg(riskProblemText(error))));
}

} // namespace perennial
