#pragma once

#include "core/churn/churn_shelf.h"
#include "ui/charts/chart_card.h"
#include "ui/pages/page.h"

namespace perennial {

class TableView;

/// Why the boosted trees give the customer who is chosen in a table a risk.
class ReasonsCard : public QWidget {
    Q_OBJECT

public:
    explicit ReasonsCard(const PageContext &context, QWidget *parent = nullptr);

    void showUser(qint64 user, const QString &key);
    /// Nobody is chosen; with other scores the trees are those of another day.
    void forget();

private:
    using Reasons = std::shared_ptr<const TreeReasons>;
    void showTrees(Result<Reasons> reasons);
    void showReasons();
    void showText(const QString &text);

    PageContext m_context;
    std::shared_ptr<ChurnShelf> m_shelf;
    Reasons m_trees; ///< of the shelf; null until first asked for
    qint64 m_user = 0;
    QString m_key;
    ChartCard *m_groups;
    Card *m_features;
    TableView *m_table;
};

} // namespace perennial
