#include "ui/pages/value/group_section.h"

#include "ui/charts/chart_card.h"
#include "ui/error_text.h"
#include "ui/wording/format.h"

#include <QComboBox>
#include <QHBoxLayout>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

const QString kListGroup = QStringLiteral("value-groupings");
const QString kFiguresGroup = QStringLiteral("value-groups");
constexpr int kGroupsHeight = 400;

} // namespace

GroupSection::GroupSection(const PageContext &context, QWidget *parent)
    : ScoredSection(context, parent)
{
    m_groups = makeChart(
        tr("Predicted value by group"),
        tr("Mean over all users of a group of the predicted value of the horizon, with margin and "
           "discount; who never ordered counts as 0 (of the realised value to date where no model "
           "could "
           "be fitted). The largest groups by name, the rest together; "
           "numbers of many values in five bands of about equally many users. Click a bar to see "
           "its users and why they are worth more or less than all."));
    m_choice = new QComboBox;
    m_choice->setAccessibleName(tr("Users grouped by"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(18);
    m_groups->tools()->addWidget(m_choice);
    connect(m_choice, &QComboBox::activated, this, [this] {
        chooser().release();
        readFigures();
    });
    m_drivers = makeChart(
        tr("Why a group is worth more or less"),
        tr("A mean predicted value is a product: share of users who ordered × P(alive) × orders "
           "expected of one who is active × value per order. Each step is what the group's own "
           "factor adds to the overall mean, averaged over all orders in which the factors may be "
           "exchanged (Shapley 1953); the steps add up to the difference exactly. Click a step to "
           "see the group's users."));
    for (ChartCard *card : {m_groups, m_drivers}) {
        card->setMinimumHeight(kGroupsHeight);
    }
    chooser().byMarks(m_groups, [this](int, int index) {
        const auto group = static_cast<std::size_t>(index);
        const auto users = usersOfGroup(group);
        if (users) {
            showDrivers(group);
        }
        return users;
    });
    chooser().byMarks(m_drivers, [this](int, int index) { // the first bar is of all users
        return index > 0 ? usersOfGroup(m_explained) : std::nullopt;
    });
    addRow({{m_groups, 1}, {m_drivers, 1}});
}

std::optional<UserSelection> GroupSection::usersOfGroup(std::size_t group) const
{
    if (!m_figures || group >= m_figures->groups.groups.size()) {
        return std::nullopt;
    }
    UserSelection users;
    users.text = QStringLiteral("%1: %2").arg(groupingText(m_figures->grouping),
                                              m_figures->names[static_cast<qsizetype>(group)]);
    users.only = std::make_shared<const std::vector<std::int64_t>>(
        m_figures->groups.groups[group].users);
    return users;
}

void GroupSection::refresh()
{
    m_groups->setBusy(true);
    m_drivers->setBusy(true);
    read<std::vector<Grouping>>(
        tr("Groups of users"), kListGroup,
        [until = session().label()->snapshot](Project &project, const Task &) {
            return readGroupings(project, until);
        },
        [this](Result<std::vector<Grouping>> groupings) {
            if (groupings) {
                setGroupings(*groupings);
                readFigures();
            } else {
                showLack(groupings.error());
            }
        });
}

void GroupSection::setGroupings(const std::vector<Grouping> &groupings)
{
    const int before = m_choice->currentIndex();
    const std::optional<Grouping> chosen =
        before >= 0 ? std::optional(m_groupings[static_cast<std::size_t>(before)]) : std::nullopt;
    m_groupings = groupings;
    m_choice->clear();
    for (const Grouping &grouping : m_groupings) {
        m_choice->addItem(groupingText(grouping));
    }
    const auto again = chosen ? std::ranges::find(m_groupings, *chosen) : m_groupings.end();
    m_choice->setCurrentIndex(
        again != m_groupings.end() ? static_cast<int>(again - m_groupings.begin()) : 0);
}

void GroupSection::readFigures()
{
    const int index = m_choice->currentIndex();
    if (index < 0) {
        return;
    }
    m_groups->setBusy(true);
    m_drivers->setBusy(true);
    read<GroupFigures>(
        tr("Value by group"), kFiguresGroup,
        [grouping = m_groupings[static_cast<std::size_t>(index)],
         segment = session().segment()](Project &project, const Task &task) {
            return readGroupFigures(project, grouping, segment, task);
        },
        [this](Result<GroupFigures> figures) {
            if (figures) {
                show(*std::move(figures));
            } else {
                showLack(figures.error());
            }
        });
}

void GroupSection::show(GroupFigures figures)
{
    m_figures = std::move(figures);
    m_groups->setBusy(false);
    m_drivers->setBusy(false);
    const QString currency = QString::fromStdString(m_figures->label.currency);
    const bool predicted = m_figures->predicted();
    m_groups->setTitle(predicted ? tr("Predicted value, next %1, %2")
                                       .arg(daysText(m_figures->label.horizonDays),
                                            currencySign(currency))
                                 : tr("Realised value to date, %1").arg(currencySign(currency)));
    m_groups->setSpec(groupChart(*m_figures));
    m_groups->setCaption(tr("All together, %1: %2 each.")
                             .arg(usersText(m_figures->groups.users),
                                  shortMoneyText(predicted ? m_figures->groups.predicted
                                                           : m_figures->groups.realised,
                                                 currency)));
    // Explained first: the group whose difference moves most money.
    const auto &groups = m_figures->groups.groups;
    const auto weight = [this](const ValueGroup &group) {
        return group.code < 0 ? -1.0
                              : std::abs(group.predicted - m_figures->groups.predicted) *
                                    static_cast<double>(group.users.size());
    };
    const auto most = std::ranges::max_element(groups, {}, weight);
    showDrivers(static_cast<std::size_t>(most - groups.begin()));
}

void GroupSection::showDrivers(std::size_t group)
{
    m_explained = group;
    m_drivers->setSpec(driverChart(*m_figures, group));
    const bool any = hasData(m_drivers->view().spec());
    m_drivers->setTitle(
        any ? tr("Why %1 differs from all").arg(m_figures->names[static_cast<qsizetype>(group)])
            : tr("Why a group is worth more or less"));
    m_drivers->setCaption(any ? tr("At the right: the factor of all users → of the group.")
                              : QString());
}

void GroupSection::showLack(const Error &error)
{
    if (error.code == ErrorCode::Cancelled) {
        return;
    }
    m_figures.reset();
    for (ChartCard *card : {m_groups, m_drivers}) {
        card->setBusy(false);
        card->setSpec(sentence(errorText(error)));
        card->setCaption({});
    }
}

} // namespace perennial
