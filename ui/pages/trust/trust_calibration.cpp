#include "ui/pages/trust/trust_calibration.h"

#include "core/forecast/accuracy.h"
#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/trust/trust_rows.h"
#include "ui/widgets/labels.h"
#include "ui/wording/forecast_words.h"
#include "ui/wording/format.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

/// What one computation gives: the forecast is handed on to the next where only the grouping is new.
struct CalibrationCard::Grouped {
    JudgedForecastOptions asked;
    std::vector<std::string> attributes; ///< to group by
    std::shared_ptr<const JudgedForecast> forecast;
    CalibrationGroups groups;
    CalibrationResult result;
};

namespace {

const QString kGroup = QStringLiteral("trust-calibration");
/// Groupings that every project has; attributes follow by their names.
const QString kByCohort = QStringLiteral("\1cohort"), kByOrders = QStringLiteral("\1orders");

bool sameForecast(const JudgedForecastOptions &a, const JudgedForecastOptions &b)
{
    return a.model == b.model && a.cut == b.cut && a.horizonDays == b.horizonDays &&
           a.period == b.period && a.firstPurchaseInSpend == b.firstPurchaseInSpend &&
           a.seed == b.seed;
}

Result<CalibrationGroups> groupsBy(const QString &key, const Project &project,
                                const JudgedForecast &forecast)
{
    if (key == kByCohort) {
        return groupsByFirstOrder(forecast);
    }
    return key == kByOrders ? Result<CalibrationGroups>(groupsByOrders(forecast))
                            : groupsByAttribute(project, key.toStdString(), forecast);
}

} // namespace

CalibrationCard::CalibrationCard(const PageContext &context, QWidget *parent)
    : Card(tr("Calibration by group"), parent), m_context(context)
{
    setDefinition(
        tr("Whether predictions are too high or too low for some customers. Predicted / actual: "
           "total predicted over total actual net value in the window, with a 95 % interval from "
           "drawing customers again; 1 is right. MAE / mean: mean absolute error over the mean "
           "actual value. ECE of churn: expected calibration error of the chance of no order in the "
           "window, over ten classes; 0 % is best (Naeini, Cooper & Hauskrecht 2015). Groups of "
           "fewer than 30 customers are grey: their figures say little. An unfair model is one "
           "whose errors lean one way in a group (Pleiss et al. 2017). Click a row to see its "
           "customers."));
    m_groupBy = new QComboBox;
    m_groupBy->setAccessibleName(tr("Group customers by"));
    auto *label = plainLabel(tr("Group by"));
    label->setBuddy(m_groupBy);
    tools()->addWidget(label);
    tools()->addWidget(m_groupBy);
    m_note = captionLabel();
    body()->addWidget(m_note);
    m_table = new TableView(tr("Calibration by group"), calibrationColumns({}));
    m_table->setEmptyText(tr("Run a backtest to see how well it holds in each group."));
    m_table->setMinimumHeight(8 * 24);
    body()->addWidget(m_table);
    setGroupings({});
    addTableMenu(*this, *m_table, m_context, QStringLiteral("calibration.csv"), [this] {
        return m_shown ? calibrationTable(m_shown->result, m_shown->groups.names) : PlainTable{};
    });
    connect(m_groupBy, &QComboBox::currentIndexChanged, this, &CalibrationCard::compute);
}

void CalibrationCard::setGroupings(const std::vector<std::string> &attributes)
{
    const QSignalBlocker quiet(m_groupBy);
    const QString kept = m_groupBy->currentData().toString();
    m_groupBy->clear();
    m_groupBy->addItem(tr("Cohort of the first order"), kByCohort);
    m_groupBy->addItem(tr("Orders so far"), kByOrders);
    for (const std::string &attribute : attributes) {
        const QString name = QString::fromStdString(attribute);
        m_groupBy->addItem(name, name);
    }
    m_groupBy->setCurrentIndex(std::max(m_groupBy->findData(kept), 0));
}

void CalibrationCard::forget()
{
    m_context.jobs.cancelGroup(kGroup);
    m_asked = {};
    m_shown.reset();
    setGroupings({});
    setBusy(false);
    m_note->clear();
    Q_EMIT changed();
    m_table->setRows({});
    setCaption({});
    Q_EMIT churnChanged({});
}

void CalibrationCard::show(const BacktestResult &result, const BacktestRow &row)
{
    JudgedForecastOptions asked;
    asked.model = row.model;
    asked.cut = result.origins.front().cut;
    asked.horizonDays = result.options.horizonDays;
    asked.period = result.options.period;
    asked.firstPurchaseInSpend = result.options.firstPurchaseInSpend;
    asked.seed = result.options.seed;
    if (!sameForecast(asked, m_asked)) {
        m_asked = asked;
        compute();
    }
}

std::optional<UserSelection>
CalibrationCard::usersWhere(const QString &text,
                            const std::function<bool(std::size_t)> &isMember) const
{
    if (!m_shown || !sameForecast(m_shown->asked, m_asked)) {
        return std::nullopt;
    }
    std::vector<std::int64_t> ids;
    for (std::size_t i = 0; i < m_shown->forecast->size(); ++i) {
        if (isMember(i)) {
            ids.push_back(m_shown->forecast->user[i]);
        }
    }
    return UserSelection{text, {}, std::make_shared<const std::vector<std::int64_t>>(std::move(ids))};
}

std::optional<UserSelection> CalibrationCard::usersOfRow(int row) const
{
    const QString known = m_shown ? dayText(m_shown->forecast->cut) : QString();
    if (row == 0) {
        return usersWhere(tr("Customers known on %1").arg(known), [](std::size_t) { return true; });
    }
    const auto group = static_cast<std::size_t>(row - 1);
    if (!m_shown || group >= m_shown->groups.names.size()) {
        return std::nullopt;
    }
    return usersWhere(QStringLiteral("%1: %2").arg(m_groupBy->currentText(),
                                                   groupText(m_shown->groups.names[group])),
                      [this, group](std::size_t i) { return m_shown->groups.of[i] == group; });
}

std::optional<UserSelection> CalibrationCard::usersOfTenth(int tenth) const
{
    if (!m_shown) {
        return std::nullopt;
    }
    const JudgedForecast &forecast = *m_shown->forecast;
    const auto tenths = Judge(forecast.predicted, forecast.actual).decileOf();
    return usersWhere(tr("Tenth %1 by value predicted on %2").arg(tenth + 1).arg(dayText(forecast.cut)),
                      [&tenths, tenth](std::size_t i) {
                          return tenths[i] == static_cast<std::uint32_t>(tenth);
                      });
}

std::optional<UserSelection> CalibrationCard::usersOfChurnBin(std::size_t bin) const
{
    if (!m_shown || m_shown->forecast->noOrder.empty()) {
        return std::nullopt;
    }
    const int from = static_cast<int>(bin) * 10;
    return usersWhere(tr("Chance of no order %1–%2 %, on %3")
                          .arg(from)
                          .arg(from + 10)
                          .arg(dayText(m_shown->forecast->cut)),
                      [this, bin](std::size_t i) {
                          return churnBinOf(m_shown->forecast->noOrder[i]) == bin;
                      });
}

const ChurnBins &CalibrationCard::churn() const noexcept
{
    static const ChurnBins none{};
    return m_shown ? m_shown->result.churn : none;
}

void CalibrationCard::compute()
{
    if (m_asked.model.empty() || !m_context.session.hasProject()) {
        return;
    }
    setBusy(true);
    using Shared = std::shared_ptr<const Grouped>;
    runOnProject<Shared>(
        m_context.session, m_context.jobs, title(), this,
        [asked = m_asked, by = m_groupBy->currentData().toString(),
         known = m_shown](Project &project, const Task &task) {
            return group(project, asked, by, known, task);
        },
        [this](const Result<Shared> &grouped) { showGrouped(grouped); }, kGroup);
}

Result<std::shared_ptr<const CalibrationCard::Grouped>>
CalibrationCard::group(const Project &project, const JudgedForecastOptions &asked,
                       const QString &by, const std::shared_ptr<const Grouped> &known,
                       const Task &task)
{
    auto grouped = std::make_shared<Grouped>();
    grouped->asked = asked;
    if (known && sameForecast(known->asked, asked)) {
        grouped->forecast = known->forecast;
        grouped->attributes = known->attributes;
    } else {
        auto attributes = groupingAttributes(project);
        if (!attributes) {
            return attributes.error();
        }
        grouped->attributes = *std::move(attributes);
        const auto history = readOrderHistory(project, {}, task.part(0.0, 0.1));
        if (!history) {
            return history.error();
        }
        auto forecast = judgedForecast(*history, asked, task.part(0.1, 0.8));
        if (!forecast) {
            return forecast.error();
        }
        grouped->forecast = std::make_shared<const JudgedForecast>(*std::move(forecast));
    }
    auto groups = groupsBy(by, project, *grouped->forecast);
    if (!groups) {
        return groups.error();
    }
    grouped->groups = *std::move(groups);
    GroupCalibrationOptions options;
    options.seed = asked.seed;
    auto result = groupCalibration(*grouped->forecast, grouped->groups, options,
                                   task.part(0.8, 1.0));
    if (!result) {
        return result.error();
    }
    grouped->result = *std::move(result);
    return std::shared_ptr<const Grouped>(std::move(grouped));
}

void CalibrationCard::showGrouped(const Result<std::shared_ptr<const Grouped>> &grouped)
{
    setBusy(false);
    if (!grouped) {
        if (grouped.error().code != ErrorCode::Cancelled) {
            m_table->setRows({});
            setCaption({});
            m_note->setText(tr("%1: %2").arg(forecasterText(m_asked.model),
                                             errorText(grouped.error())));
            Q_EMIT churnChanged({});
        }
        return;
    }
    m_shown = *grouped;
    Q_EMIT changed();
    setGroupings(m_shown->attributes);
    const std::string &currency = m_context.session.settings().currency;
    m_table->tableModel()->setColumns(
        calibrationColumns(currencySign(QString::fromStdString(currency))));
    m_table->setRows(calibrationRows(m_shown->result, m_shown->groups.names));
    const int rows = std::clamp(m_table->model()->rowCount(), 3, 14);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() + 20 +
                            rows * m_table->verticalHeader()->defaultSectionSize());
    m_note->setText(tr("%1, known up to %2, judged up to %3. Select another row of the backtest to see "
                       "that method.")
                        .arg(forecasterText(m_asked.model), dayText(m_shown->forecast->cut),
                             dayText(m_shown->forecast->until)));
    const auto small = std::ranges::count_if(m_shown->result.groups, &GroupCalibration::isSmall);
    setCaption(small > 0 ? tr("Grey: %1 of fewer than 30 customers, too few to judge.")
                               .arg(groupsText(small))
                         : QString());
    Q_EMIT churnChanged(m_shown->result.churn);
}

} // namespace perennial
