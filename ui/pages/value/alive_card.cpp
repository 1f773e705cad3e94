#include "ui/pages/value/alive_card.h"

#include "core/project/purchase_store.h"
#include "core/value/saved_fit.h"
#include "ui/pages/value/model_section.h"
#include "ui/wording/format.h"

namespace perennial {

namespace {

const QString kHistoryGroup = QStringLiteral("value-user-history");

} // namespace

Result<UserHistory> readUserHistory(const Project &project, std::int64_t user)
{
    const auto label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    if (label->valueRun == 0) {
        return fail(ErrorCode::NotTrained, "bg-nbd", project.path().string());
    }
    const auto saved = readSavedFit(project, label->valueRun);
    if (!saved) {
        return saved.error();
    }
    const auto days = readMoneyDaysOf(project, user, label->snapshot);
    if (!days) {
        return days.error();
    }
    UserHistory history;
    for (const MoneyDay &day : *days) {
        history.net += toUnits(day.gross) + toUnits(day.refunds);
        if (day.ordered) {
            history.orders.push_back(day.day);
        }
    }
    auto path = alivePath(saved->fit, saved->customers.period, history.orders, label->snapshot);
    if (!path) {
        return path.error();
    }
    history.path = *std::move(path);
    const auto model = findFrequencyModel(saved->fit.reportedModel);
    history.hasDropout = model && (*model)->hasDropout();
    return history;
}

ChartSpec userHistoryChart(const UserHistory &history)
{
    ChartSpec spec;
    spec.empty = AliveCard::tr("This user has not ordered yet.");
    if (history.path.day.empty()) {
        return spec;
    }
    if (!history.hasDropout) {
        spec.empty =
            AliveCard::tr("The data show no customers leaving: P(alive) is 1 for everybody.");
        return spec;
    }
    LineChart chart;
    chart.x.scale = AxisSpec::Scale::Date;
    chart.y.title = AliveCard::tr("P(alive)");
    chart.y.scale = AxisSpec::Scale::Percent;
    chart.y.min = 0.0;
    chart.y.max = 1.0;
    LineSeries line, orders;
    line.ink = Ink::Accent;
    line.x.assign(history.path.day.begin(), history.path.day.end());
    line.y = history.path.pAlive;
    orders.name = AliveCard::tr("orders");
    orders.ink = Ink::Text;
    orders.line = false;
    orders.points = true;
    for (const Day day : history.orders) {
        orders.x.push_back(day);
        orders.y.push_back(
            history.path.pAlive[static_cast<std::size_t>(day - history.path.day.front())]);
    }
    chart.series = {std::move(line), std::move(orders)};
    spec.body = std::move(chart);
    return spec;
}

AliveCard::AliveCard(const PageContext &context, QWidget *parent)
    : ChartCard(tr("One user: P(alive) over time"), parent), m_context(context)
{
    setDefinition(tr("The probability that this user still orders, at the end of each day since "
                     "the first order, from what was known by then and the parameters fitted now. "
                     "It falls while nothing comes and jumps with an order."));
    clear();
}

void AliveCard::clear()
{
    m_context.jobs.cancelGroup(kHistoryGroup);
    m_key.clear();
    setBusy(false);
    setTitle(tr("One user: P(alive) over time"));
    setSpec(sentence(tr("Choose a user in the table to see the orders and P(alive) over time.")));
    setCaption({});
}

void AliveCard::showUser(qint64 user, const QString &key)
{
    m_key = key;
    setBusy(true);
    readScored<UserHistory>(
        m_context, this, tr("One user's history"), kHistoryGroup,
        [user](Project &project, const Task &) { return readUserHistory(project, user); },
        [this](Result<UserHistory> history) {
            setBusy(false);
            if (history) {
                show(*history);
            } else if (history.error().code != ErrorCode::Cancelled) {
                setSpec(sentence(noModelText(history.error())));
                setCaption({});
            }
        });
}

void AliveCard::show(const UserHistory &history)
{
    setTitle(tr("User %1: P(alive) over time").arg(m_key));
    setSpec(userHistoryChart(history));
    const auto orders = static_cast<qint64>(history.orders.size());
    setCaption(
        history.path.day.empty()
            ? QString()
            : counted(orders, tr("1 order day, %2 net; P(alive) %3 on %4."),
                      tr("%1 order days, %2 net; P(alive) %3 on %4."))
                  .arg(shortMoneyText(history.net,
                                      QString::fromStdString(m_context.session.label()->currency)),
                       percentText(history.path.pAlive.back()), dayText(history.path.day.back())));
}

} // namespace perennial
