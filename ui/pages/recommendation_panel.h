#pragma once

#include "core/recommend/recommend.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

class QStackedLayout;

namespace perennial {

class EmptyState;
class ErrorPanel;
class TableView;

/// What the behaviour model would offer the selected user, with the past events that spoke for each
/// item, and what everybody buys beside it.
class RecommendationPanel : public QWidget {
    Q_OBJECT

public:
    explicit RecommendationPanel(const PageContext &context, QWidget *parent = nullptr);

    /// @param user 0 = none selected.
    void showUser(qint64 user, const QString &key);
    /// Reads again: data, runs or project are new.
    void refresh();

private:
    void setUpLists();
    void readPopular();
    void readList();
    void showList(const RecommendationList &list);
    void showReasons(int row);
    void showFailure(const Error &error);
    void showHint();

    PageContext m_context;
    QString m_project; ///< whose user m_user is
    qint64 m_user = 0;
    QString m_key;
    RecommendationList m_shown;
    Card *m_listCard;
    Card *m_popularCard;
    QStackedLayout *m_stack;
    TableView *m_list;
    TableView *m_popular;
    EmptyState *m_empty;
    ErrorPanel *m_error;
};

/// "because" in words: "viewed Blue mug 2010-06-30; bought Tea 2010-06-12".
QString reasonsText(const std::vector<RecommendationReason> &reasons);

} // namespace perennial
