#include "ui/pages/recommendation_panel.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QStackedLayout>
#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kListGroup = QStringLiteral("overview-recommend");
const QString kPopularGroup = QStringLiteral("overview-popular");

QString itemText(const std::string &key, const std::string &name)
{
    return QString::fromStdString(name.empty() ? key : name);
}

QVariant priceOf(const Recommendation &item)
{
    return item.price ? QVariant(toUnits(*item.price)) : QVariant();
}

} // namespace

QString reasonsText(const std::vector<RecommendationReason> &reasons)
{
    QStringList parts;
    for (const RecommendationReason &reason : reasons) {
        QString part = eventKindText(reason.event).toLower();
        const QString item = itemText(reason.item, reason.itemName);
        if (!item.isEmpty()) {
            part += QLatin1Char(' ') + item;
        }
        parts << RecommendationPanel::tr("%1 on %2").arg(part, dayText(dayOf(reason.at)));
    }
    return parts.join(QStringLiteral("; "));
}

RecommendationPanel::RecommendationPanel(const PageContext &context, QWidget *parent)
    : QWidget(parent), m_context(context)
{
    m_listCard = new Card(tr("Recommendations"));
    m_listCard->setDefinition(
        tr("The items the behaviour model finds most likely to be this user's next. Score: "
           "probability that it is the next item, over all items. Cosine: likeness of the user's "
           "and the item's vector, −1 to 1. Because: the past events without which the item would "
           "have been less likely. Items bought in the last 30 days are left out."));
    m_popularCard = new Card(tr("Popular with everybody"));
    m_popularCard->setDefinition(
        tr("The items bought by most users up to the snapshot date, with their share of all "
           "buyers of an item: the list to beat."));
    setUpLists();
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
                           std::vector<TableColumn>{{tr("#"), Kind::Count},
                                                    {tr("Item"), Kind::Text},
                                                    {tr("Score"), Kind::Percent},
                                                    {tr("Cosine"), Kind::Number, 2},
                                                    {tr("Category"), Kind::Text},
                                                    {tr("Because"), Kind::Text}});
    connect(m_list, &TableView::rowSelected, this, &RecommendationPanel::showReasons);
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
                      tr("Select one in the table to see what the behaviour model would offer, and "
                         "which past events spoke for it."),
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
    RecommendOptions options;
    if (const auto &label = m_context.session.label()) {
        options.at = label->snapshot;
    }
    runOnProject<RecommendationList>(
        m_context.session, m_context.jobs, tr("Recommendations"), this,
        [user = m_user, options](Project &project, const Task &) {
            return recommendForUser(project, user, options);
        },
        [this](Result<RecommendationList> list) {
            m_listCard->setBusy(false);
            if (list) {
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
                             "without it only the popular items can be offered."),
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
                        itemText(item.key, item.name), item.score,
                        item.cosine ? QVariant(*item.cosine) : QVariant(),
                        QString::fromStdString(item.category), reasonsText(item.because)});
    }
    m_shown = list;
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
        m_listCard->setCaption(tr("This user has no events the model could go by: these are the "
                                  "popular items."));
        return;
    }
    QString caption =
        tr("Model run %1, history up to %2.").arg(m_shown.run).arg(dayText(m_shown.at));
    if (row >= 0 && row < static_cast<int>(m_shown.items.size())) {
        const Recommendation &item = m_shown.items[static_cast<std::size_t>(row)];
        const QString reasons = reasonsText(item.because);
        if (!reasons.isEmpty()) {
            caption = tr("%1, because: %2.").arg(itemText(item.key, item.name), reasons) +
                      QLatin1Char('\n') + caption;
        }
    }
    m_listCard->setCaption(caption);
}

void RecommendationPanel::readPopular()
{
    if (!m_context.session.hasProject()) {
        m_popular->setRows({});
        return;
    }
    m_popularCard->setBusy(true);
    PopularOptions options;
    if (const auto &label = m_context.session.label()) {
        options.until = label->snapshot;
    }
    runOnProject<std::vector<Recommendation>>(
        m_context.session, m_context.jobs, tr("Popular items"), this,
        [options](Project &project, const Task &) { return popularItems(project, options); },
        [this](Result<std::vector<Recommendation>> items) {
            m_popularCard->setBusy(false);
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
