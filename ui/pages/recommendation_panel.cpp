#include "ui/pages/recommendation_panel.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/table_export.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/wording/format.h"
#include "ui/wording/recommendation_words.h"

#include <QComboBox>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kLearnGroup = QStringLiteral("overview-recommender");
const QString kListGroup = QStringLiteral("overview-recommend");
const QString kPopularGroup = QStringLiteral("overview-popular");

constexpr int kScoreDecimals = 3;

/// What the number is that a list of this source goes by: the same word in the column and below.
QString scoreWord(RecommendationSource source)
{
    switch (source) {
    case RecommendationSource::Model: return RecommendationPanel::tr("Chance to be next");
    case RecommendationSource::Popular: return RecommendationPanel::tr("Share of buyers");
    case RecommendationSource::Blend:
    case RecommendationSource::Simple: break;
    }
    return RecommendationPanel::tr("Score");
}

QVariant priceOf(const Recommendation &item)
{
    return item.price ? QVariant(toUnits(*item.price)) : QVariant();
}

} // namespace

std::vector<TableColumn> listColumns(RecommendationSource source, const RecommenderFacts *facts)
{
    using Kind = TableColumn::Kind;
    QString chance = RecommendationPanel::tr("Chance"), value = RecommendationPanel::tr("Value");
    if (facts != nullptr) {
        chance += QStringLiteral(", ") + daysText(facts->horizonDays);
        value += QStringLiteral(", ") + currencySign(QString::fromStdString(facts->currency));
    }
    return {{RecommendationPanel::tr("#"), Kind::Count},
            {RecommendationPanel::tr("Item"), Kind::Text},
            {chance, Kind::Percent},
            {value, Kind::Number, 2},
            {scoreWord(source), Kind::Number, kScoreDecimals},
            {RecommendationPanel::tr("Made of"), Kind::Text},
            {RecommendationPanel::tr("Because"), Kind::Text},
            {RecommendationPanel::tr("Category"), Kind::Text}};
}

/// A list as a file has it.
PlainTable plainTable(const RecommendationList &list, const RecommenderFacts *facts)
{
    PlainTable table;
    table.header = {"user", "rank", "item", "name", "category", "score", "probability", "value",
                    "currency", "horizon_days", "members", "because"};
    for (const Recommendation &item : list.items) {
        const auto number = [](const std::optional<double> &value) {
            return value ? QVariant(*value) : QVariant();
        };
        table.rows.push_back(
            {QString::fromStdString(list.userKey),
             QVariant::fromValue(qint64(table.rows.size()) + 1), QString::fromStdString(item.key),
             QString::fromStdString(item.name), QString::fromStdString(item.category), item.score,
             number(item.probability), number(item.value),
             facts != nullptr ? QString::fromStdString(facts->currency) : QString(),
             facts != nullptr ? QVariant::fromValue(qint64{facts->horizonDays}) : QVariant(),
             memberSharesText(item.members), reasonsText(item.because)});
    }
    return table;
}

RecommendationPanel::RecommendationPanel(const PageContext &context, QWidget *parent)
    : QWidget(parent), m_context(context)
{
    m_listCard = new Card(tr("Recommendations"));
    m_listCard->setDefinition(
        tr("What the user is likely to want. Score: weighted mean of the members of the blend, "
           "each over its largest for this user; its weights were fitted on a past window. Of one "
           "member alone: its score over its largest; of the behaviour model: the chance that the "
           "item is the next one. Made of: the "
           "members' parts of the score. Chance: probability that the user buys the item within "
           "the horizon, calibrated on that window. Value: chance × what one purchase brings × margin. "
           "Because: what of the user's past carries how much of the score. Items bought in the "
           "last 30 days are left out.\nSources: Fox & Shaw (1994) for the blend, Platt (1999) for the "
           "chances."));
    m_popularCard = new Card(tr("Popular with everybody"));
    m_popularCard->setDefinition(
        tr("The items bought by most users up to the snapshot date, with their share of all "
           "buyers of an item: the list to beat."));
    setUpLists();
    setUpChoices();
    for (const auto signal : {&ProjectSession::projectChanged, &ProjectSession::dataChanged,
                              &ProjectSession::settingsChanged}) {
        connect(&m_context.session, signal, this, [this] { // what was learned is of the past
            forget();
            if (isVisible()) {
                readList();
            }
        });
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kCardGap);
    column->addWidget(m_listCard, 3);
    column->addWidget(m_popularCard, 2);
    showHint();
}

void RecommendationPanel::setUpLists()
{
    using Kind = TableColumn::Kind;
    m_list = new TableView(tr("Recommendations for the selected user"),
                           listColumns(RecommendationSource::Blend, nullptr));
    connect(m_list, &TableView::rowSelected, this, &RecommendationPanel::showReasons);
    addTableMenu(*m_listCard, *m_list, m_context, QStringLiteral("recommendations.csv"), [this] {
        return plainTable(m_shown, m_learned ? &m_learned->facts() : nullptr);
    });
    m_popular = new TableView(tr("Items popular with everybody"),
                              std::vector<TableColumn>{{tr("#"), Kind::Count},
                                                       {tr("Item"), Kind::Text},
                                                       {tr("Category"), Kind::Text},
                                                       {tr("Share"), Kind::Percent},
                                                       {tr("Price"), Kind::Number, 2}});
    m_popularCard->body()->addWidget(m_popular);
    m_empty = new EmptyState;
    m_error = new ErrorPanel;
    m_stack = new QStackedLayout;
    for (QWidget *part : std::initializer_list<QWidget *>{m_empty, m_list, m_error}) {
        m_stack->addWidget(part);
    }
    m_listCard->body()->addLayout(m_stack);
    connect(m_empty, &EmptyState::actionTriggered, this,
            [this] { m_context.navigator.showPage(QStringLiteral("models")); });
}

void RecommendationPanel::setUpChoices()
{
    m_method = new QComboBox;
    m_method->setAccessibleName(tr("Who recommends"));
    for (const std::string &method : recommendationMethods()) {
        m_method->addItem(recommendationMethodText(method), QString::fromStdString(method));
    }
    m_order = new QComboBox;
    m_order->setAccessibleName(tr("Order of the list"));
    m_order->addItem(tr("By score"));
    m_order->addItem(tr("By value"));
    for (QComboBox *choice : {m_method, m_order}) {
        m_listCard->tools()->addWidget(choice);
    }
    connect(m_method, &QComboBox::activated, this, [this] {
        forget();
        readList();
    });
    connect(m_order, &QComboBox::activated, this, &RecommendationPanel::readList);
}

RecommendationOrder RecommendationPanel::order() const
{
    return m_order->currentIndex() == 1 ? RecommendationOrder::Value : RecommendationOrder::Score;
}

RecommendOptions RecommendationPanel::chosen() const
{
    RecommendOptions options;
    options.method = m_method->currentData().toString().toStdString();
    if (const auto &label = m_context.session.label()) {
        options.at = label->snapshot;
    }
    return options;
}

void RecommendationPanel::forget()
{
    m_learned.reset();
    m_learning = false;
    m_context.jobs.cancelGroup(kLearnGroup);
    m_context.jobs.cancelGroup(kListGroup);
}

void RecommendationPanel::showUser(qint64 user, const QString &key)
{
    if (user == m_user && m_stack->currentWidget() == m_list) {
        return;
    }
    m_user = user;
    m_key = key;
    readList();
}

void RecommendationPanel::refresh()
{
    if (m_project != m_context.session.path()) {
        m_project = m_context.session.path();
        forget();
        m_user = 0; // an id of another project
        m_key.clear();
    }
    readPopular();
    readList();
}

void RecommendationPanel::showHint()
{
    m_listCard->setTitle(tr("Recommendations"));
    m_listCard->setCaption({});
    m_empty->setTexts(tr("No user is selected."),
                      tr("Select one in the table to see what would be offered, what it is worth, "
                         "and what of the user's past speaks for it."),
                      {});
    m_stack->setCurrentWidget(m_empty);
}

void RecommendationPanel::readList()
{
    if (m_user == 0 || !m_context.session.hasProject()) {
        m_context.jobs.cancelGroup(kListGroup);
        m_listCard->setBusy(false);
        showHint();
        return;
    }
    m_listCard->setBusy(true);
    if (m_learned) {
        askFor(m_user);
    } else if (!m_learning) {
        learn();
    }
}

/// Takes seconds on large data, so that it is done once and not for each user.
void RecommendationPanel::learn()
{
    m_learning = true;
    runOnProject<Learned>(
        m_context.session, m_context.jobs, tr("Learning to recommend"), this,
        [options = chosen()](Project &project, const Task &task) -> Result<Learned> {
            auto learned = Recommender::load(project, options, task);
            return learned ? Result<Learned>(
                                 std::make_shared<const Recommender>(std::move(*learned)))
                           : learned.error();
        },
        [this](Result<Learned> learned) {
            m_learning = false;
            if (learned) {
                m_learned = std::move(*learned);
                readList();
                return;
            }
            m_listCard->setBusy(false);
            showFailure(learned.error());
        },
        kLearnGroup);
}

void RecommendationPanel::askFor(qint64 user)
{
    runOnProject<RecommendationList>(
        m_context.session, m_context.jobs, tr("Recommendations"), this,
        [user, learned = m_learned,
         order = order()](Project &project, const Task &) -> Result<RecommendationList> {
            const auto found = findUserById(project, user);
            return found ? learned->forUser(project, *found, order) : found.error();
        },
        [this, order = order()](Result<RecommendationList> list) {
            m_listCard->setBusy(false);
            if (list) {
                m_shownOrder = order;
                showList(*list);
            } else {
                showFailure(list.error());
            }
        },
        kListGroup);
}

void RecommendationPanel::showFailure(const Error &error)
{
    m_listCard->setCaption({});
    if (error.code == ErrorCode::NotTrained) {
        m_empty->setTexts(tr("No behaviour model has been trained yet."),
                          tr("It learns from the order of events which item comes next for whom; "
                             "without it the blend of simple recommenders can be chosen above."),
                          tr("Train a model…"));
        m_stack->setCurrentWidget(m_empty);
    } else if (error.code != ErrorCode::Cancelled) {
        m_error->setError(error);
        m_stack->setCurrentWidget(m_error);
    }
}

void RecommendationPanel::showList(const RecommendationList &list)
{
    std::vector<TableModel::Row> rows;
    for (const Recommendation &item : list.items) {
        rows.push_back({QVariant::fromValue(qint64(rows.size()) + 1),
                        itemText(item.key, item.name),
                        item.probability ? QVariant(*item.probability) : QVariant(),
                        item.value ? QVariant(*item.value) : QVariant(), item.score,
                        memberSharesText(item.members), reasonsText(item.because),
                        QString::fromStdString(item.category)});
    }
    m_shown = list;
    if (m_learned) {
        m_list->tableModel()->setColumns(listColumns(list.source, &m_learned->facts()));
    }
    m_list->setRows(std::move(rows));
    m_listCard->setTitle(tr("Recommendations for %1").arg(m_key));
    m_stack->setCurrentWidget(m_list);
    m_list->selectRow(0);
    showReasons(m_list->selectedRow());
}

/// The reasons are sentences, too long for a column: those of the selected item stand below.
void RecommendationPanel::showReasons(int row)
{
    if (m_shown.source == RecommendationSource::Popular) {
        m_listCard->setCaption(
            tr("Nothing in this user's past speaks for an item: these are the popular ones."));
        return;
    }
    QString caption = aboutList();
    if (row >= 0 && row < static_cast<int>(m_shown.items.size())) {
        caption = aboutItem(m_shown.items[static_cast<std::size_t>(row)]) + QLatin1Char('\n') +
                  caption;
    }
    m_listCard->setCaption(caption);
}

QString RecommendationPanel::aboutItem(const Recommendation &item) const
{
    QStringList parts;
    const QString reasons = reasonsText(item.because);
    const QString name = itemText(item.key, item.name);
    parts << (reasons.isEmpty() ? tr("%1.").arg(name) : tr("%1, because: %2.").arg(name, reasons));
    const QString score =
        scoreWord(m_shown.source) + QLatin1Char(' ') + fullText(item.score, kScoreDecimals);
    const QString members = memberSharesText(item.members);
    parts << (members.isEmpty() ? tr("%1.").arg(score)
                                : tr("%1, made of: %2.").arg(score, members));
    if (item.value && item.revenue && m_learned) {
        const RecommenderFacts &facts = m_learned->facts();
        const QString currency = QString::fromStdString(facts.currency);
        parts << tr("Value %1 = chance %2 within %3 × %4 (%5) × margin %6.")
                     .arg(fullMoneyText(*item.value, currency), percentText(*item.probability),
                          daysText(facts.horizonDays), fullMoneyText(*item.revenue, currency),
                          worthSourceText(item.revenueFrom), percentText(item.margin));
    }
    return parts.join(QLatin1Char('\n'));
}

QString RecommendationPanel::aboutList() const
{
    QStringList parts;
    const QString source = recommendationSourceText(m_shown);
    parts << (m_shownOrder == RecommendationOrder::Value
                  ? tr("By %1, the best of them by value, history up to %2.")
                  : tr("By %1, history up to %2."))
                 .arg(source, dayText(m_shown.at));
    if (m_shown.chance && m_learned) {
        parts << tr("Chance that the user buys anything within %1: %2.")
                     .arg(daysText(m_learned->facts().horizonDays), percentText(*m_shown.chance));
    }
    if (m_learned) {
        for (const RankerNote &note : m_learned->facts().notes) {
            const QString text = recommenderNoteText(note);
            parts << text.left(1).toUpper() + text.mid(1) + QLatin1Char('.');
        }
    }
    return parts.join(QLatin1Char(' '));
}

void RecommendationPanel::readPopular()
{
    if (!m_context.session.hasProject()) {
        m_popular->setRows({});
        m_popularOf.reset();
        return;
    }
    PopularOptions options;
    if (const auto &label = m_context.session.label()) {
        options.until = label->snapshot;
    }
    const std::pair source(m_context.session.dataHash(), options.until);
    if (m_popularOf == source) {
        return; // of everybody: another segment has the same
    }
    m_popularOf = source;
    m_popularCard->setBusy(true);
    runOnProject<std::vector<Recommendation>>(
        m_context.session, m_context.jobs, tr("Popular items"), this,
        [options](Project &project, const Task &task) {
            return popularItems(project, options, task);
        },
        [this](Result<std::vector<Recommendation>> items) {
            m_popularCard->setBusy(false);
            if (!items) {
                m_popularOf.reset();
            }
            std::vector<TableModel::Row> rows;
            if (items) {
                for (const Recommendation &item : *items) {
                    rows.push_back({QVariant::fromValue(qint64(rows.size()) + 1),
                                    itemText(item.key, item.name),
                                    QString::fromStdString(item.category), item.score,
                                    priceOf(item)});
                }
            }
            m_popularCard->setCaption(items ? (rows.empty() ? tr("No event names an item.")
                                                            : QString())
                                            : errorText(items.error()));
            m_popular->setRows(std::move(rows));
        },
        kPopularGroup);
}

} // namespace perennial
