#include "ui/pages/lifecycle/drivers_card.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/wording/format.h"
#include "ui/wording/lifecycle_words.h"
#include "ui/wording/words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <array>

namespace perennial {

namespace {

const QString kDriversGroup = QStringLiteral("lifecycle-drivers");
constexpr std::size_t kMostDrivers = 40;
constexpr int kRowsShown = 14;
constexpr std::array kMoves{MoveKind::Up, MoveKind::Down, MoveKind::Silent};

QString moveText(MoveKind kind)
{
    switch (kind) {
    case MoveKind::Up:
        return DriversCard::tr("moving up");
    case MoveKind::Down:
        return DriversCard::tr("moving down");
    case MoveKind::Silent:
        break;
    }
    return DriversCard::tr("falling silent");
}

/// The numbers of driverUsers in words; attributes are named as the data has them.
QString featureText(const std::string &feature)
{
    const std::array<std::pair<const char *, QString>, 8> known{{
        {"orders", DriversCard::tr("Orders")},
        {"active_days", DriversCard::tr("Active days")},
        {"active_days_30", DriversCard::tr("Active days of the last 30")},
        {"recency_days", DriversCard::tr("Days since the last activity")},
        {"order_recency_days", DriversCard::tr("Days since the last order")},
        {"known_days", DriversCard::tr("Days since the first activity")},
        {"spend", DriversCard::tr("Net spend")},
        {"mean_order", DriversCard::tr("Spend per order")},
    }};
    for (const auto &[name, text] : known) {
        if (feature == name) {
            return text;
        }
    }
    const std::string prefix = "attribute:";
    return userLabelText(feature.starts_with(prefix) ? feature.substr(prefix.size()) : feature);
}

double rate(std::int64_t happened, std::int64_t users)
{
    return users > 0 ? static_cast<double>(happened) / static_cast<double>(users) : 0.0;
}

TableModel::Row rowOf(const Driver &driver)
{
    const auto points = [](double share) { return signedFullText(100.0 * share, 1); };
    const QString interval = QStringLiteral("%1 [%2, %3]")
                                 .arg(points(driver.difference),
                                      points(driver.differenceInterval.lower),
                                      points(driver.differenceInterval.upper));
    return {driverText(driver),
            QVariant::fromValue<qint64>(driver.with),
            rate(driver.withHappened, driver.with),
            rate(driver.withoutHappened, driver.without),
            QVariant::fromValue(MarkedCell{interval, driver.difference, MarkedCell::Tone::Plain, {}}),
            driver.riskRatio ? QVariant(*driver.riskRatio) : QVariant(),
            driver.adjustedP};
}

} // namespace

QString driverText(const Driver &driver)
{
    const QString feature = featureText(driver.feature);
    return driver.above ? QStringLiteral("%1 > %2").arg(feature, shortText(*driver.above))
                        : QStringLiteral("%1 = %2").arg(feature,
                                                        QString::fromStdString(driver.value));
}

std::optional<DriverQuestion> driverQuestion(Stage stage, MoveKind kind)
{
    StageSet silent;
    silent.set(static_cast<std::size_t>(Stage::Dormant));
    silent.set(static_cast<std::size_t>(Stage::Churned));
    StageSet above = stagesFrom(stage);
    above.reset(static_cast<std::size_t>(stage));
    const StageSet outcome = kind == MoveKind::Up     ? above
                             : kind == MoveKind::Down ? stagesBelow(stage)
                                                      : silent;
    const bool isSilent = silent[static_cast<std::size_t>(stage)];
    if (outcome.none() || (kind == MoveKind::Silent && isSilent)) {
        return std::nullopt;
    }
    return DriverQuestion{1, 2, stage, outcome, ~outcome};
}

Result<std::shared_ptr<const DriverFigures>>
readDriverFigures(const Project &project, const LifecycleAccess &access, const StageHistory &three,
                  const DriverQuestion &question, const Task &task)
{
    const auto activity =
        access.activity(project, ActivityClock::Calendar, task.part(0.0, 0.5));
    if (!activity) {
        return activity.error();
    }
    auto users = readDriverUsers(project, three, **activity, question, task.part(0.5, 0.8));
    if (!users) {
        return users.error();
    }
    auto list = findDrivers(users->rows, {}, task.part(0.8, 1.0));
    if (!list) {
        return list.error();
    }
    return std::make_shared<const DriverFigures>(
        DriverFigures{*std::move(users), *std::move(list)});
}

DriversCard::DriversCard(const PageContext &context, QWidget *parent)
    : Card(tr("What goes with it"), parent), m_context(context)
{
    setDefinition(
        tr("Of the users of one stage on the first day, everything known of them by that day, "
           "against what became of them by the second. A number is cut at its median. Rates with "
           "and without; their difference with a 95 % interval (Newcombe 1998); p adjusted for the "
           "number of rows (Benjamini & Hochberg 1995). What goes together need not be cause. "
           "Click a row to see the users who have the feature."));
    setUpChoices();
    using Kind = TableColumn::Kind;
    m_table = new TableView(tr("What goes with moving"),
                            std::vector<TableColumn>{{tr("Feature"), Kind::Text},
                                                     {tr("Users with it"), Kind::Count},
                                                     {tr("Rate with"), Kind::Percent},
                                                     {tr("Rate without"), Kind::Percent},
                                                     {tr("Difference, points"), Kind::Text},
                                                     {tr("Risk ratio"), Kind::Number, 2},
                                                     {tr("Adjusted p"), Kind::Number, 4}});
    body()->addWidget(m_table);
}

void DriversCard::setUpChoices()
{
    m_stage = new QComboBox;
    m_stage->setAccessibleName(tr("Stage on the first day"));
    for (const Stage stage : kStages) {
        m_stage->addItem(stageText(stage));
    }
    m_stage->setCurrentIndex(static_cast<int>(Stage::Active));
    m_kind = new QComboBox;
    m_kind->setAccessibleName(tr("What became of them"));
    for (const MoveKind kind : kMoves) {
        m_kind->addItem(moveText(kind));
    }
    m_kind->setCurrentIndex(static_cast<int>(kMoves.size()) - 1);
    for (QComboBox *box : {m_stage, m_kind}) {
        connect(box, &QComboBox::currentIndexChanged, this, &DriversCard::refresh);
        tools()->addWidget(box);
    }
}

Stage DriversCard::stage() const
{
    return kStages[static_cast<std::size_t>(std::max(0, m_stage->currentIndex()))];
}

void DriversCard::addTo(UserChooser &chooser)
{
    chooser.byRows(m_table, [this](int row, int) { return usersOf(row); });
}

void DriversCard::show(const LifecycleAccess &access, std::shared_ptr<const StageHistory> three)
{
    m_access = access;
    m_three = std::move(three);
    refresh();
}

void DriversCard::showNothing()
{
    m_three.reset();
    m_figures.reset();
    m_table->setRows({});
    setCaption({});
}

void DriversCard::refresh()
{
    if (!m_three) {
        return;
    }
    const MoveKind kind = kMoves[static_cast<std::size_t>(std::max(0, m_kind->currentIndex()))];
    const auto question = driverQuestion(stage(), kind);
    if (!question) {
        m_figures.reset();
        m_table->setRows({});
        setCaption(tr("From this stage there is no such move."));
        return;
    }
    setBusy(true);
    readScored<std::shared_ptr<const DriverFigures>>(
        m_context, this, title(), kDriversGroup,
        [access = *m_access, three = m_three, question = *question](Project &project,
                                                                    const Task &task) {
            return readDriverFigures(project, access, *three, question, task);
        },
        [this](Result<std::shared_ptr<const DriverFigures>> figures) {
            setBusy(false);
            if (figures) {
                m_figures = *std::move(figures);
                showFigures();
            } else if (figures.error().code != ErrorCode::Cancelled) {
                showLack(figures.error());
            }
        });
}

void DriversCard::showFigures()
{
    const DriverList &list = m_figures->list;
    std::vector<TableModel::Row> rows;
    for (std::size_t i = 0; i < std::min(kMostDrivers, list.drivers.size()); ++i) {
        rows.push_back(rowOf(list.drivers[i]));
    }
    m_table->setEmptyText(tr("Nothing is known of these users that sets some apart."));
    m_table->setRows(std::move(rows));
    m_table->fitHeight(kRowsShown);
    setCaption(tr("%1 of %2 (%3) who were %4: %5.")
                   .arg(countText(list.happened), usersText(list.users),
                        percentText(rate(list.happened, list.users)), stageText(stage()),
                        m_kind->currentText()));
}

void DriversCard::showLack(const Error &error)
{
    m_figures.reset();
    m_table->setRows({});
    m_table->setEmptyText(error.code == ErrorCode::TooLittleData
                              ? tr("It happened to nobody of these users, or to everybody: there "
                                   "is nothing to compare.")
                              : errorText(error));
    m_table->fitHeight(kRowsShown);
    setCaption({});
}

UsersBehind DriversCard::usersOf(int row) const
{
    const auto i = static_cast<std::size_t>(row);
    if (!m_figures || row < 0 || i >= m_figures->list.drivers.size()) {
        return std::nullopt;
    }
    const Driver &driver = m_figures->list.drivers[i];
    UserSelection users;
    users.text = tr("%1 on %2, %3").arg(stageText(stage()), dayText(m_three->ends[1]),
                                       driverText(driver));
    users.only = std::make_shared<const std::vector<std::int64_t>>(
        usersWith(m_figures->users, driver));
    return users;
}

} // namespace perennial
