#include "ui/pages/value/distribution_section.h"

#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/pages/overview_charts.h"
#include "ui/pages/value/value_charts.h"
#include "ui/widgets/choice_bar.h"
#include "ui/wording/format.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr int kTenRowsHeight = 372; ///< a header, ten rows and a caption
constexpr int kLastRealisedColumn = 3; ///< of the tenths: what follows is predicted

UserColumn columnOf(ValueKind kind)
{
    switch (kind) {
    case ValueKind::Realised:
        return UserColumn::Realised;
    case ValueKind::Predicted:
        return UserColumn::PredictedValue;
    case ValueKind::Ltv:
        break;
    }
    return UserColumn::Ltv;
}

/// Ranks of users, the most valuable first: [from, to).
struct Part {
    double from = 0, to = 0;
};

/// Takes a sort of all users. @param part which of them, by how many have a value of this kind.
Result<UserIds> mostValuableUsers(const Project &project, const SegmentChoice &segment,
                                  ValueKind kind, const std::function<Part(double)> &part,
                                  const Task &task)
{
    const auto states = readStatesOf(project, segment, task);
    if (!states) {
        return states.error();
    }
    const std::vector<std::int64_t> all = mostValuable(**states, kind, 1.0);
    const auto [from, to] = part(static_cast<double>(all.size()));
    return std::make_shared<const std::vector<std::int64_t>>(
        all.begin() + std::llround(from), all.begin() + std::llround(to));
}

} // namespace

QString valueKindText(ValueKind kind)
{
    switch (kind) {
    case ValueKind::Realised:
        return DistributionSection::tr("Realised value");
    case ValueKind::Predicted:
        return DistributionSection::tr("Predicted value");
    case ValueKind::Ltv:
        break;
    }
    return DistributionSection::tr("LTV");
}

std::optional<UserSelection> usersOfBar(const ValueDistribution &values, ValueKind kind, int bar,
                                        const QString &currency)
{
    UserSelection users;
    if (bar < 0) {
        users.text = DistributionSection::tr("%1 zero, below or none").arg(valueKindText(kind));
        users.ranges = {{columnOf(kind), {}, kZeroValue, true}};
        return users;
    }
    if (bar >= static_cast<int>(values.bins.size())) {
        return std::nullopt;
    }
    const FigureBin &bin = values.bins[static_cast<std::size_t>(bar)];
    users.text = QStringLiteral("%1 %2 – %3")
                     .arg(valueKindText(kind), shortMoneyText(bin.from, currency),
                          shortMoneyText(bin.to, currency));
    users.ranges = {{columnOf(kind), std::max(bin.from, kZeroValue), bin.to, false}};
    return users;
}

DistributionSection::DistributionSection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    setUpDistribution();
    setUpConcentration();
}

void DistributionSection::setUpDistribution()
{
    m_distribution = makeChart(tr("Value per user"), {});
    m_kind = new ChoiceBar(tr("Value shown"), {tr("Realised"), tr("Predicted"), tr("LTV")});
    m_distribution->tools()->addWidget(m_kind);
    connect(m_kind, &ChoiceBar::chosen, this, [this] {
        chooser().release();
        showKind();
    });
    chooser().byMarks(m_distribution, [this](int, int bar) {
        return usersOfBar(m_figures.of(kind()), kind(), bar,
                          QString::fromStdString(m_figures.label.currency));
    });
    m_quantiles = new Card(tr("Percentiles of value per user"));
    m_quantiles->setDefinition(tr(
        "Below the p-th percentile lie p % of the users that have a value of this kind; between "
        "two users it is interpolated (Hyndman & Fan 1996, definition 7). Each kind is sorted by "
        "itself: the parts of a row don't add up. Click a figure to see the users who are worth as "
        "much or more."));
    using Kind = TableColumn::Kind;
    m_quantileTable = new TableView(tr("Percentiles of value"),
                                    std::vector<TableColumn>{{tr("Percentile"), Kind::Text},
                                                             {tr("Realised"), Kind::Number, 2},
                                                             {tr("Predicted"), Kind::Number, 2},
                                                             {tr("LTV"), Kind::Number, 2}});
    m_quantileTable->setSortingEnabled(false);
    chooser().byRows(m_quantileTable,
                     [this](int row, int column) { return usersFromPercentile(row, column); });
    m_quantiles->body()->addWidget(m_quantileTable);
    addRow({{m_distribution, 3}, {m_quantiles, 2}});
}

void DistributionSection::setUpConcentration()
{
    m_concentration = makeChart(
        tr("Concentration of value"),
        tr("Which share of all value the most valuable users hold. On the diagonal everybody is "
           "worth the same. Gini: 0 = all the same, towards 1 = one user holds all. Negative "
           "values count as 0. Click a point to see the most valuable users up to there."));
    chooser().byMarks(m_concentration,
                      [this](int series, int index) { return mostValuableUpTo(series, index); });
    m_deciles = new Card(tr("Tenths of users: mean value"));
    m_deciles->setDefinition(tr("Users sorted by value, the best first, in ten equal groups; "
                                "realised and predicted are sorted each by itself, so the users "
                                "of a row need not be the same. Click a figure to see its users."));
    using Kind = TableColumn::Kind;
    m_decileTable = new TableView(tr("Tenths of users by value"),
                                  std::vector<TableColumn>{{tr("Best"), Kind::Text},
                                                           {tr("Users"), Kind::Count},
                                                           {tr("Realised"), Kind::Number, 2},
                                                           {tr("Share"), Kind::Percent},
                                                           {tr("Predicted"), Kind::Number, 2},
                                                           {tr("Share"), Kind::Percent}});
    m_decileTable->setSortingEnabled(false);
    chooser().byRows(m_decileTable,
                     [this](int row, int column) { return usersOfTenth(row, column); });
    m_deciles->body()->addWidget(m_decileTable);
    m_deciles->setMinimumHeight(kTenRowsHeight);
    addRow({{m_concentration, 1}, {m_deciles, 1}});
}

ValueKind DistributionSection::kind() const
{
    return kValueKinds[static_cast<std::size_t>(std::max(0, m_kind->current()))];
}

std::optional<UserSelection> DistributionSection::usersFromPercentile(int row, int column) const
{
    const bool ofKind = column >= 1 && column <= static_cast<int>(kValueKinds.size());
    const ValueKind of = ofKind ? kValueKinds[static_cast<std::size_t>(column - 1)] : kind();
    const std::vector<double> &quantiles = m_figures.quantiles[static_cast<std::size_t>(of)];
    if (row < 0 || row >= static_cast<int>(quantiles.size())) {
        return std::nullopt;
    }
    const double from = quantiles[static_cast<std::size_t>(row)];
    UserSelection users;
    users.text = tr("%1 from %2 up")
                     .arg(valueKindText(of),
                          fullMoneyText(from, QString::fromStdString(m_figures.label.currency)));
    users.ranges = {{columnOf(of), from, {}, false}};
    return users;
}

UsersBehind DistributionSection::mostValuableUpTo(int series, int index) const
{
    const auto *chart = std::get_if<LineChart>(&m_concentration->view().spec().body);
    if (!chart) {
        return std::nullopt;
    }
    const LineSeries &line = chart->series[static_cast<std::size_t>(series)];
    const double share = line.x[static_cast<std::size_t>(index)];
    const ValueKind of = line.predicted ? ValueKind::Predicted : ValueKind::Realised;
    return {tr("Best %1 by %2").arg(percentText(share), valueKindText(of)),
            [of, share, segment = session().segment()](Project &project, const Task &task) {
                return mostValuableUsers(
                    project, *segment, of,
                    [share](double users) { return Part{0, share * users}; }, task);
            }};
}

UsersBehind DistributionSection::usersOfTenth(int row, int column) const
{
    const ValueKind of = column > kLastRealisedColumn ? ValueKind::Predicted : ValueKind::Realised;
    const Concentration &shares =
        of == ValueKind::Predicted ? m_figures.predictedShares : m_figures.realisedShares;
    const auto groups = static_cast<double>(shares.deciles.size());
    if (row < 0 || row >= static_cast<int>(shares.deciles.size())) {
        return std::nullopt;
    }
    return {tr("Tenth %1 by %2").arg(row + 1).arg(valueKindText(of)),
            [of, row, groups, segment = session().segment()](Project &project, const Task &task) {
                return mostValuableUsers(
                    project, *segment, of,
                    [row, groups](double users) {
                        return Part{std::floor(users * row / groups),
                                    std::floor(users * (row + 1) / groups)};
                    },
                    task);
            }};
}

void DistributionSection::setBusy(bool busy)
{
    for (Card *card :
         std::initializer_list<Card *>{m_distribution, m_concentration, m_quantiles, m_deciles}) {
        card->setBusy(busy);
    }
}

void DistributionSection::show(const ValueFigures &figures)
{
    m_figures = figures;
    const QString sign = currencySign(QString::fromStdString(figures.label.currency));
    showKind();
    m_quantiles->setTitle(tr("Percentiles of value per user, %1").arg(sign));
    m_quantileTable->setRows(quantileRows(figures));
    m_quantiles->setCaption(
        (figures.predictedUsers > 0
             ? tr("Of %1; predicted: of the %2 with a prediction. Realised is before margin, the "
                  "others at margin.")
                   .arg(usersText(figures.users), countText(figures.predictedUsers))
             : tr("Of %1; nothing is predicted. Realised is before margin, LTV at margin.")
                   .arg(usersText(figures.users))));
    m_concentration->setSpec(concentrationChart(figures.realisedShares, figures.predictedShares));
    m_concentration->setCaption(tr("Gini: realised %1, predicted %2.")
                                    .arg(fullText(figures.realisedShares.gini, 3),
                                         figures.predictedShares.users > 0
                                             ? fullText(figures.predictedShares.gini, 3)
                                             : kMissing));
    m_deciles->setTitle(tr("Tenths of users: mean value, %1").arg(sign));
    m_decileTable->setRows(decileRows(figures));
    m_deciles->setCaption(figures.predictedShares.users == 0 ? tr("Nothing is predicted.")
                          : figures.predictedShares.users < figures.realisedShares.users
                              ? tr("Predicted: of the %1 with a prediction.")
                                    .arg(usersText(figures.predictedShares.users))
                              : QString());
}

void DistributionSection::showKind()
{
    const UserStateLabel &label = m_figures.label;
    const QString sign = currencySign(QString::fromStdString(label.currency));
    const ValueDistribution &values = m_figures.of(kind());
    const QString bars = tr("Logarithmic classes; who is worth nothing has a bar of their own. "
                            "Click a bar to see its users in the table; Esc shows all.");
    const QString horizon = daysText(label.horizonDays);
    QString title, axis, definition, caption = zeroBarCaption(values);
    switch (kind()) {
    case ValueKind::Realised:
        title = tr("Realised value to date, %1").arg(sign);
        axis = tr("Realised per user, %1").arg(sign);
        definition = tr("Users by net revenue up to the snapshot date, before margin.");
        break;
    case ValueKind::Predicted:
        title = tr("Predicted value, next %1, %2").arg(horizon, sign);
        axis = tr("Predicted per user, %1").arg(sign);
        definition = tr("Users by expected net revenue of the next %1 × margin, discounted to "
                        "the snapshot date.")
                         .arg(horizon);
        break;
    case ValueKind::Ltv:
        title = tr("LTV: realised + next %1, %2").arg(horizon, sign);
        axis = tr("LTV per user, %1").arg(sign);
        definition = tr("Users by realised net revenue × margin + predicted value of the next "
                        "%1: what they have earned the shop and are expected to.")
                         .arg(horizon);
        caption = tr("Realised × %1 margin and predicted, together. %2")
                      .arg(percentText(label.margin), caption)
                      .trimmed();
        break;
    }
    m_distribution->setTitle(title);
    m_distribution->setDefinition(definition + QLatin1Char(' ') + bars);
    m_distribution->setSpec(valueChart(values, axis, kind() == ValueKind::Predicted));
    m_distribution->setCaption(caption);
}

} // namespace perennial
