#include "ui/pages/churn/reasons_card.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/churn/churn_charts.h"
#include "ui/pages/scored_section.h"
#include "ui/wording/churn_words.h"
#include "ui/wording/format.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <cmath>

namespace perennial {

namespace {

const QString kReasonsGroup = QStringLiteral("churn-reasons");

} // namespace

ReasonsCard::ReasonsCard(const PageContext &context, QWidget *parent)
    : QWidget(parent), m_context(context)
{
    const QString how =
        tr("Boosted trees, learned on the window before the snapshot date. Shapley values of their "
           "log odds, exact for the trees (Lundberg, Erion & Lee 2018): they add up to the risk. "
           "They say what the trees made of what is known, not what would change if the customer "
           "did otherwise; and the trees' risk need not be the one of the table.");
    m_groups = new ChartCard(tr("Why this risk"));
    m_groups->setDefinition(how);
    m_features = new Card(tr("Reasons"));
    m_features->setDefinition(how);
    using Kind = TableColumn::Kind;
    m_table = new TableView(tr("Reasons for the churn risk"),
                            std::vector<TableColumn>{{tr("What is known"), Kind::Text},
                                                     {tr("Value"), Kind::Number, 2},
                                                     {tr("Log odds"), Kind::Number, 3}});
    m_table->setSortingEnabled(false);
    m_features->body()->addWidget(m_table);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(m_groups, 1);
    row->addWidget(m_features, 1);
    forget();
}

void ReasonsCard::forget()
{
    if (m_shelf != m_context.session.churnShelf()) {
        m_context.jobs.cancelGroup(kReasonsGroup);
        m_shelf = m_context.session.churnShelf();
        m_trees.reset();
    }
    m_user = 0;
    showText(tr("Choose a customer in the table above to see what the risk is made of."));
}

void ReasonsCard::showText(const QString &text)
{
    m_groups->setBusy(false);
    m_groups->setTitle(tr("Why this risk"));
    m_groups->setSpec(sentence(text));
    m_groups->setCaption({});
    m_table->setRows({});
}

void ReasonsCard::showUser(qint64 user, const QString &key)
{
    m_user = user;
    m_key = key;
    if (user == 0) {
        showText(tr("Choose a customer in the table above to see what the risk is made of."));
    } else if (m_trees) {
        showReasons();
    } else if (!m_context.jobs.groupRunning(kReasonsGroup)) {
        m_groups->setBusy(true);
        readScored<Reasons>(
            m_context, this, tr("Reasons for the churn risk"), kReasonsGroup,
            [shelf = m_shelf](Project &project, const Task &task) {
                return shelf->reasons(project, task);
            },
            [this](Result<Reasons> reasons) { showTrees(std::move(reasons)); });
    }
}

void ReasonsCard::showTrees(Result<Reasons> reasons)
{
    if (reasons) {
        m_trees = *std::move(reasons);
        showUser(m_user, m_key);
    } else if (reasons.error().code != ErrorCode::Cancelled) {
        showText(tr("No reasons can be given: %1").arg(riskProblemText(reasons.error())));
    }
}

void ReasonsCard::showReasons()
{
    const auto reasons = m_trees->reasons(m_user);
    if (!reasons) {
        showText(reasons.error().code == ErrorCode::UnknownUser
                     ? tr("This user has never ordered: there is no churn risk to explain.")
                     : errorText(reasons.error()));
        return;
    }
    m_groups->setBusy(false);
    m_groups->setTitle(tr("Why %1 has this risk").arg(m_key));
    m_groups->setSpec(reasonsChart(*reasons));
    m_groups->setCaption(tr("Boosted trees: %1; of anybody: %2.")
                             .arg(percentText(reasons->risk),
                                  percentText(1.0 / (1.0 + std::exp(-reasons->base)))));
    std::vector<TableModel::Row> rows;
    for (const RiskReason &reason : reasons->features) {
        rows.push_back({riskFeatureText(reason.column), reason.plain(), reason.contribution});
    }
    m_table->setRows(std::move(rows));
}

} // namespace perennial
