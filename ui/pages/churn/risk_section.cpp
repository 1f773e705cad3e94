#include "ui/pages/churn/risk_section.h"

#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/pages/overview_charts.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QVBoxLayout>

#include <algorithm>
#include <bit>

namespace perennial {

namespace {

constexpr int kRiskBins = 20;
constexpr std::array kViews{ChurnView::FixedWindow, ChurnView::CensoredGap, ChurnView::Latent};

std::size_t indexOf(ChurnView view)
{
    return static_cast<std::size_t>(view);
}

/// "no order in the window + silent for long"
QString setText(unsigned views)
{
    QStringList names;
    for (const ChurnView view : kViews) {
        if ((views >> indexOf(view) & 1U) != 0) {
            names << churnViewText(view);
        }
    }
    return names.isEmpty() ? RiskSection::tr("none of them") : names.join(QStringLiteral(" + "));
}

ChartSpec stageRiskChart(const RiskFigures &figures)
{
    CategoryBars chart;
    chart.value.title = RiskSection::tr("Mean churn risk");
    chart.value.scale = AxisSpec::Scale::Percent;
    chart.value.max = 1.0;
    const QString currency = QString::fromStdString(figures.label.currency);
    for (const Stage stage : kStages) {
        const StageRisk &risk = figures.byStage[static_cast<std::size_t>(stage)];
        CategoryBar bar;
        bar.label = stageText(stage);
        bar.value = risk.mean.value_or(0.0);
        bar.valueText = risk.mean ? percentText(*risk.mean) : kMissing;
        bar.ink = stageInk(stage);
        bar.note = risk.mean ? RiskSection::tr("%1, %2 at stake")
                                   .arg(usersText(risk.users), shortMoneyText(risk.atStake, currency))
                             : QString();
        chart.bars.push_back(std::move(bar));
    }
    ChartSpec spec;
    spec.empty = RiskSection::tr("Nobody has a churn risk: it needs at least one order.");
    if (figures.risk.users > figures.risk.none) {
        spec.body = std::move(chart);
    }
    return spec;
}

ChartSpec togetherChart(const RiskFigures &figures)
{
    CategoryBars chart;
    chart.value.title = RiskSection::tr("Users");
    chart.value.whole = true;
    for (const unsigned views : churnViewOrder()) {
        const std::int64_t users = figures.views.together[views];
        CategoryBar bar;
        bar.label = setText(views);
        bar.value = static_cast<double>(users);
        bar.valueText = countText(users);
        bar.note = percentText(figures.users > 0 ? bar.value / static_cast<double>(figures.users)
                                                 : 0.0);
        bar.ink = views == 0 ? Ink::Quiet : Ink::Churned;
        chart.bars.push_back(std::move(bar));
    }
    ChartSpec spec;
    spec.empty = RiskSection::tr("No users.");
    spec.body = std::move(chart);
    return spec;
}

} // namespace

QString churnViewText(ChurnView view)
{
    switch (view) {
    case ChurnView::FixedWindow:
        return RiskSection::tr("no order expected");
    case ChurnView::CensoredGap:
        return RiskSection::tr("silent for long");
    case ChurnView::Latent:
        break;
    }
    return RiskSection::tr("probably gone for good");
}

std::array<unsigned, 1 << kChurnViews> churnViewOrder()
{
    std::array<unsigned, 1 << kChurnViews> order{};
    for (unsigned views = 0; views < order.size(); ++views) {
        order[views] = views;
    }
    std::ranges::stable_sort(order, std::ranges::greater(),
                             [](unsigned views) { return std::popcount(views); });
    return order;
}

Result<std::shared_ptr<const RiskFigures>> readRiskFigures(const Project &project,
                                                           const Segment &segment,
                                                           const Task &task)
{
    auto label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    const auto states = readStatesOf(project, *segment, task);
    if (!states) {
        return states.error();
    }
    auto figures = std::make_shared<RiskFigures>();
    figures->label = *std::move(label);
    figures->users = std::ssize(**states);
    figures->risk = churnRiskDistribution(**states, kRiskBins);
    figures->atRisk = atRisk(**states);
    figures->views = churnViews(**states);
    figures->byStage = stageRisks(**states);
    figures->states = *states;
    return std::shared_ptr<const RiskFigures>(std::move(figures));
}

RiskSection::RiskSection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    m_risk = makeChart(tr("Churn risk, users"), {});
    m_stages = makeChart(
        tr("Churn risk by stage"),
        tr("Mean over the users of a stage of the chance that they do not order in the window. At "
           "stake: the sum of risk × predicted value. Click a bar to see its users."));
    setUpDefinitions();
    m_together = makeChart(
        tr("Which definitions agree"),
        tr("Users by the definitions that call them gone: a chance of 50 % or more, or the fact. "
           "They answer different questions, so that they need not agree. Click a bar to see its "
           "users."));
    chooser().byMarks(m_risk, [this](int, int bar) { return usersOfRisk(bar); });
    chooser().byMarks(m_stages, [this](int, int bar) { return usersOfStage(bar); });
    chooser().byMarks(m_together, [this](int, int bar) { return usersOfViews(bar); });
    chooser().byRows(m_table, [this](int row, int) { return usersOfView(row); });
    addRow({{m_risk, 1}, {m_stages, 1}});
    addRow({{m_definitions, 1}});
    addRow({{m_together, 1}});
}

void RiskSection::setUpDefinitions()
{
    m_definitions = new Card(tr("Four definitions of churn"));
    m_definitions->setDefinition(
        tr("(a) A contract that ended and was not renewed. (b) No order in a window after the "
           "snapshot date. (c) A silence so long that at most 10 % ever came back from one: the "
           "stage churned. (d) An unseen point at which a customer stops for good, as the "
           "probabilistic models assume. Gone: a chance of 50 % or more, or the fact. Expected: the "
           "sum of the chances. Click a row to see those called gone."));
    using Kind = TableColumn::Kind;
    m_table = new TableView(tr("Four definitions of churn"),
                            std::vector<TableColumn>{{tr("Definition"), Kind::Text},
                                                     {tr("Question"), Kind::Text},
                                                     {tr("Source"), Kind::Text},
                                                     {tr("Users"), Kind::Count},
                                                     {tr("Gone"), Kind::Count},
                                                     {tr("Expected"), Kind::Number, 1},
                                                     {tr("Mean"), Kind::Percent}});
    m_table->setSortingEnabled(false);
    m_definitions->body()->addWidget(m_table);
}

void RiskSection::setBusy(bool busy)
{
    for (Card *card : std::initializer_list<Card *>{m_risk, m_stages, m_together, m_definitions}) {
        card->setBusy(busy);
    }
}

void RiskSection::show(std::shared_ptr<const RiskFigures> figures)
{
    m_figures = std::move(figures);
    const UserStateLabel &label = m_figures->label;
    const QString horizon = daysText(label.horizonDays);
    m_risk->setTitle(tr("Churn risk, next %1").arg(horizon));
    m_risk->setDefinition(tr("Users by the probability that they do not order in the next %1. "
                             "Source: %2, at %3. Click a bar to see its users.")
                              .arg(horizon)
                              .arg(modelText(label.churnSource), dayText(label.snapshot)));
    m_risk->setSpec(churnRiskChart(m_figures->risk));
    m_risk->setCaption(m_figures->risk.none > 0
                           ? tr("Source: %1. Without a risk, as they never ordered: %2.")
                                 .arg(modelText(label.churnSource), usersText(m_figures->risk.none))
                           : tr("Source: %1.").arg(modelText(label.churnSource)));
    m_stages->setSpec(stageRiskChart(*m_figures));
    m_together->setSpec(togetherChart(*m_figures));
    showDefinitions();
}

void RiskSection::showDefinitions()
{
    const UserStateLabel &label = m_figures->label;
    const auto row = [this](const QString &name, const QString &question, const QString &source,
                            ChurnView view) -> TableModel::Row {
        const ChurnViewFigures &of = m_figures->views.views[indexOf(view)];
        return {name,
                question,
                source,
                QVariant::fromValue<qint64>(of.users),
                QVariant::fromValue<qint64>(of.likely),
                of.users > 0 ? QVariant(of.expected) : QVariant(),
                of.mean ? QVariant(*of.mean) : QVariant()};
    };
    const QString latentSource =
        label.valueRun != 0 ? tr("the value model's P(alive)") : tr("no value model could be fitted");
    m_table->setRows(
        {{tr("(a) Contract"), tr("Did the contract end without being renewed?"),
          tr("no contracts in events: fit sBG to a table of survivors"), QVariant(), QVariant(),
          QVariant(), QVariant()},
         row(tr("(b) Fixed window"),
             tr("No order in the next %1?").arg(daysText(label.horizonDays)),
             modelText(label.churnSource), ChurnView::FixedWindow),
         row(tr("(c) Censored gap"),
             tr("Silent for %1 or more?").arg(daysText(label.churnedAfterDays)),
             tr("gaps between activities"), ChurnView::CensoredGap),
         row(tr("(d) Latent"), tr("Gone for good, unseen?"), latentSource, ChurnView::Latent)});
    m_table->fitHeight();
}

std::optional<UserSelection> RiskSection::usersOfRisk(int bar) const
{
    return m_figures ? usersOfRiskBar(m_figures->risk, bar) : std::nullopt;
}

/// Looked for on a worker, among the users of the segment.
UsersBehind RiskSection::usersBehind(const QString &text, Choice choice) const
{
    return UsersBehind(text,
                       [states = m_figures->states, choice = std::move(choice)](
                           Project &, const Task &) -> Result<UserIds> {
                           return std::make_shared<const std::vector<std::int64_t>>(
                               choice(*states));
                       });
}

UsersBehind RiskSection::usersOfStage(int bar) const
{
    if (!m_figures || bar < 0 || bar >= kStageCount) {
        return std::nullopt;
    }
    const Stage stage = kStages[static_cast<std::size_t>(bar)];
    return usersBehind(
        tr("%1, with a churn risk").arg(stageText(stage)),
        [stage](std::span<const UserState> states) { return usersWithRisk(states, stage); });
}

UsersBehind RiskSection::usersOfViews(int bar) const
{
    if (!m_figures || bar < 0 || bar >= (1 << kChurnViews)) {
        return std::nullopt;
    }
    const unsigned views = churnViewOrder()[static_cast<std::size_t>(bar)];
    return usersBehind(
        tr("Called gone by: %1").arg(setText(views)),
        [views](std::span<const UserState> states) { return usersOfChurnViews(states, views); });
}

/// Those called gone by one definition, whatever the others say.
UsersBehind RiskSection::usersOfView(int row) const
{
    if (!m_figures || row < 1 || row > static_cast<int>(kViews.size())) {
        return std::nullopt;
    }
    const ChurnView view = kViews[static_cast<std::size_t>(row) - 1];
    return usersBehind(
        tr("Called gone: %1").arg(churnViewText(view)),
        [view](std::span<const UserState> states) { return usersOfChurnView(states, view); });
}

} // namespace perennial
