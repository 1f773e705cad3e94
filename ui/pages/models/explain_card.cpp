#include "ui/pages/models/explain_card.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/page_parts.h"
#include "ui/pages/table_export.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <map>

namespace perennial {

namespace {

const QString kGroup = QStringLiteral("models-explain");
constexpr int kMostRows = 14;

/// "+3.2" in percentage points; missing where the run has no such head.
QVariant pointsCell(const std::optional<double> &value)
{
    return value ? QVariant::fromValue(MarkedCell{signedFullText(100 * *value, 2), *value, {}, {}})
                 : QVariant();
}

QVariant moneyCell(const std::optional<double> &value)
{
    return value ? QVariant::fromValue(MarkedCell{signedFullText(*value, 2), *value, {}, {}})
                 : QVariant();
}

/// Of summaryName (core/features/splits.h); logarithms are the network's business, not the
/// reader's.
QString featureText(const std::string &name)
{
    static const std::map<std::string, const char *> words{
        {"has_ordered", QT_TRANSLATE_NOOP("perennial::ExplainCard", "Has ordered")},
        {"log_order_days", QT_TRANSLATE_NOOP("perennial::ExplainCard", "Days with an order")},
        {"log_order_days_90",
         QT_TRANSLATE_NOOP("perennial::ExplainCard", "The same, last 90 days")},
        {"log_days_since_order",
         QT_TRANSLATE_NOOP("perennial::ExplainCard", "Days since the last order")},
        {"log_days_since_first_order",
         QT_TRANSLATE_NOOP("perennial::ExplainCard", "Days since the first order")},
        {"log_order_span",
         QT_TRANSLATE_NOOP("perennial::ExplainCard", "Days from first to last order")},
        {"orders_per_day", QT_TRANSLATE_NOOP("perennial::ExplainCard", "Orders per day")},
        {"log_tenure", QT_TRANSLATE_NOOP("perennial::ExplainCard", "Days known")},
        {"log_days_since_event",
         QT_TRANSLATE_NOOP("perennial::ExplainCard", "Days since the last event")},
        {"log_events", QT_TRANSLATE_NOOP("perennial::ExplainCard", "Events")},
        {"log_active_days", QT_TRANSLATE_NOOP("perennial::ExplainCard", "Active days")},
        {"log_active_days_30", QT_TRANSLATE_NOOP("perennial::ExplainCard", "Active days, last 30")},
        {"log_events_30", QT_TRANSLATE_NOOP("perennial::ExplainCard", "Events, last 30 days")},
        {"log_carts", QT_TRANSLATE_NOOP("perennial::ExplainCard", "Carts")},
        {"log_net", QT_TRANSLATE_NOOP("perennial::ExplainCard", "Net value")},
        {"log_net_90", QT_TRANSLATE_NOOP("perennial::ExplainCard", "Net value, last 90 days")},
        {"log_mean_order_day",
         QT_TRANSLATE_NOOP("perennial::ExplainCard", "Mean value of an order day")},
        {"log_coupons_and_refunds",
         QT_TRANSLATE_NOOP("perennial::ExplainCard", "Coupons and refunds")}};
    const auto found = words.find(name);
    return found != words.end()
               ? ExplainCard::tr(found->second)
               : QString::fromStdString(name).replace(QLatin1Char('_'), QLatin1Char(' '));
}

/// How far the networks of an ensemble are apart.
QString spreadText(const BehaviorModel::Explanation::Spread &spread, const QString &currency)
{
    QStringList parts;
    if (spread.pChurn) {
        parts << ExplainCard::tr("no order %1").arg(percentText(*spread.pChurn));
    }
    if (spread.pPurchase && !spread.pChurn) {
        parts << ExplainCard::tr("an order %1").arg(percentText(*spread.pPurchase));
    }
    if (spread.expectedValue) {
        parts << ExplainCard::tr("value %1").arg(fullMoneyText(*spread.expectedValue, currency));
    }
    return parts.isEmpty()
               ? QString()
               : ExplainCard::tr("Standard deviation between its %1 networks: %2.")
                     .arg(spread.members)
                     .arg(parts.join(QStringLiteral(", ")));
}

} // namespace

ExplainCard::ExplainCard(const PageContext &context, QWidget *parent)
    : Card(tr("What the answers for a user hang on"), parent), m_context(context),
      m_user(new QLineEdit(this)), m_ask(pushButton(tr("Explain"), false, this)),
      m_answer(plainLabel({}, this)), m_results(new QWidget(this)), m_events(nullptr),
      m_features(nullptr)
{
    setDefinition(tr(
        "The run is asked about the user, then again without each of the last events, and with "
        "each feature of the whole history at its mean: the difference is what the event or the "
        "feature does for the answer. + means that it raises it. Attention: the share of the event "
        "in what the last step looks at, the mean over layers and heads; it says where the "
        "network looks, not what for. The answers of several networks are their means; the "
        "standard deviation between them says how sure the model is, not how much chance there is "
        "in what comes.\n\nCovert, Lundberg & Lee (2021), Explaining by removing; "
        "Jain & Wallace (2019), Attention is not explanation."));
    auto *row = new QHBoxLayout;
    m_user->setPlaceholderText(tr("Key of a user"));
    m_user->setAccessibleName(tr("User to explain"));
    row->addWidget(m_user, 1);
    row->addWidget(m_ask);
    row->addStretch(2);
    body()->addLayout(row);
    m_answer->setWordWrap(true);
    m_answer->setText(tr("Type the key of a user as the file had it."));
    body()->addWidget(m_answer);
    auto *tables = new QVBoxLayout(m_results);
    tables->setContentsMargins(0, 0, 0, 0);
    m_events = new TableView(tr("Events behind the answers"), std::vector<TableColumn>{});
    m_features = new TableView(tr("Features behind the answers"), std::vector<TableColumn>{});
    tables->addWidget(m_events);
    tables->addWidget(m_features);
    body()->addWidget(m_results);
    m_results->hide();
    connect(m_ask, &QPushButton::clicked, this, &ExplainCard::ask);
    connect(m_user, &QLineEdit::returnPressed, this, &ExplainCard::ask);
    addTableMenu(*this, *m_events, m_context, QStringLiteral("reasons.csv"),
                 [this] { return plainTable(*m_events->tableModel()); });
}

QString ExplainCard::source() const
{
    return QStringLiteral("%1 %2 %3")
        .arg(m_run)
        .arg(m_context.session.dataHash(), m_context.session.path());
}

void ExplainCard::setRun(std::int64_t run)
{
    m_run = run;
    if (m_project != m_context.session.path()) {
        m_project = m_context.session.path();
        m_user->clear();
    }
    if (m_source != source()) {
        m_source = source();
        m_context.jobs.cancelGroup(kGroup);
        setBusy(false);
        m_results->hide();
        m_events->setRows({});
        m_features->setRows({});
        m_answer->setText(run > 0 ? tr("Type the key of a user as the file had it.")
                                  : tr("Only a finished run can be asked."));
    }
    m_user->setEnabled(run > 0);
    m_ask->setEnabled(run > 0);
}

void ExplainCard::ask()
{
    const std::string user = m_user->text().trimmed().toStdString();
    if (user.empty() || m_run == 0) {
        return;
    }
    setBusy(true);
    const auto at = m_context.session.snapshot();
    runOnProject<UserReasons>(
        m_context.session, m_context.jobs, tr("Explain a user"), this,
        [run = m_run, user, at](Project &project, const Task &) {
            return readUserReasons(project, run, user, at);
        },
        [this, asked = m_source](Result<UserReasons> reasons) {
            if (asked != m_source) {
                return; // of another run or of other data than stand here now
            }
            setBusy(false);
            if (reasons) {
                show(*reasons);
            } else if (reasons.error().code != ErrorCode::Cancelled) {
                m_results->hide();
                m_answer->setText(errorText(reasons.error()));
            }
        },
        kGroup);
}

void ExplainCard::show(const UserReasons &reasons)
{
    QStringList parts{tr("User %1 at %2, run %3:")
                          .arg(QString::fromStdString(reasons.user), dayText(reasons.at))
                          .arg(m_run)};
    if (reasons.told.pChurn) {
        parts << tr("no order within %1: %2;")
                     .arg(daysText(reasons.horizonDays), percentText(reasons.told.pChurn));
    }
    if (reasons.told.expectedValue) {
        parts << tr("value within %1: %2;")
                     .arg(daysText(reasons.horizonDays),
                          fullMoneyText(
                              *reasons.told.expectedValue,
                              QString::fromStdString(m_context.session.settings().currency)));
    }
    if (!reasons.topItem.empty()) {
        parts << tr("likeliest next item: %1, %2.")
                     .arg(QString::fromStdString(reasons.topItem), percentText(reasons.topChance));
    }
    if (reasons.told.spread) {
        parts << spreadText(*reasons.told.spread,
                            QString::fromStdString(m_context.session.settings().currency));
    }
    m_answer->setText(parts.join(QLatin1Char(' ')));
    showEvents(reasons);
    showFeatures(reasons);
    m_results->show();
}

void ExplainCard::showEvents(const UserReasons &reasons)
{
    using Kind = TableColumn::Kind;
    const QString currency =
        currencySign(QString::fromStdString(m_context.session.settings().currency));
    std::vector<TableColumn> columns{{tr("When, UTC"), Kind::Time},
                                     {tr("Event"), Kind::Text},
                                     {tr("Item"), Kind::Text},
                                     {tr("Attention"), Kind::Percent},
                                     {tr("On P(no order), points"), Kind::Text},
                                     {tr("On value, %1").arg(currency), Kind::Text},
                                     {tr("Next item likelier, times"), Kind::Number, 2}};
    std::vector<TableModel::Row> rows;
    for (std::size_t k = reasons.events.size(); k-- > 0;) { // newest first
        const UserReasons::Event &event = reasons.events[k];
        const auto &part = reasons.told.events[k];
        rows.push_back(
            {QVariant::fromValue<qint64>(event.at), eventKindText(event.kind),
             event.item.empty() ? QVariant() : QVariant(QString::fromStdString(event.item)),
             part.attention ? QVariant(*part.attention) : QVariant(), pointsCell(part.pChurn),
             moneyCell(part.expectedValue),
             event.topItemLost ? QVariant(std::exp(*event.topItemLost)) : QVariant()});
    }
    m_events->setEmptyText(tr("This user has no events up to that day."));
    m_events->tableModel()->setColumns(columns);
    m_events->setRows(std::move(rows));
    m_events->fitHeight(kMostRows);
}

void ExplainCard::showFeatures(const UserReasons &reasons)
{
    using Kind = TableColumn::Kind;
    const QString currency =
        currencySign(QString::fromStdString(m_context.session.settings().currency));
    auto features = reasons.told.features;
    std::ranges::stable_sort(features, [](const auto &a, const auto &b) {
        return std::abs(a.pChurn.value_or(0)) > std::abs(b.pChurn.value_or(0));
    });
    std::vector<TableModel::Row> rows;
    for (const auto &part : features) {
        rows.push_back({featureText(part.name), QVariant(part.deviation), pointsCell(part.pChurn),
                        moneyCell(part.expectedValue)});
    }
    m_features->tableModel()->setColumns({{tr("Feature of the history"), Kind::Text},
                                          {tr("From the mean, σ"), Kind::Number, 1},
                                          {tr("On P(no order), points"), Kind::Text},
                                          {tr("On value, %1").arg(currency), Kind::Text}});
    m_features->setRows(std::move(rows));
    m_features->fitHeight(kMostRows);
}

} // namespace perennial
