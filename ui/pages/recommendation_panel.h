#pragma once

#include "core/recommend/recommend.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

#include <memory>

class QComboBox;
class QStackedLayout;

namespace perennial {

class EmptyState;
class ErrorPanel;
class TableView;

/// What the blend, or one of its members, would offer the selected user: score and what it is made
/// of, chance, value, and what of his past speaks for each item; and what everybody buys beside it.
class RecommendationPanel : public QWidget {
    Q_OBJECT

public:
    explicit RecommendationPanel(const PageContext &context, QWidget *parent = nullptr);

    /// @param user 0 = none selected.
    void showUser(qint64 user, const QString &key);
    /// Reads again: data, runs or project are new.
    void refresh();

private:
    /// What learned on everybody, kept while the method, the data and the runs stay as they are;
    /// another order asks it again.
    using Learned = std::shared_ptr<const Recommender>;

    void setUpLists();
    void setUpChoices();
    void readPopular();
    void readList();
    void learn();
    void askFor(qint64 user);
    RecommendOptions chosen() const;
    RecommendationOrder order() const;
    void forget();
    void showList(const RecommendationList &list);
    void showReasons(int row);
    QString aboutItem(const Recommendation &item) const;
    QString aboutList() const;
    void showFailure(const Error &error);
    void showHint();

    PageContext m_context;
    QString m_project; ///< whose user m_user is
    qint64 m_user = 0;
    QString m_key;
    Learned m_learned;      ///< null until it is
    bool m_learning = false;
    /// Data and day of the popular items shown.
    std::optional<std::pair<QString, std::optional<Day>>> m_popularOf;
    RecommendationList m_shown;
    RecommendationOrder m_shownOrder = RecommendationOrder::Score;
    QComboBox *m_method;
    QComboBox *m_order;
    Card *m_listCard;
    Card *m_popularCard;
    QStackedLayout *m_stack;
    TableView *m_list;
    TableView *m_popular;
    EmptyState *m_empty;
    ErrorPanel *m_error;
};

} // namespace perennial
