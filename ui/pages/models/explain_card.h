#pragma once

#include "core/behavior/model.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

#include <QString>

#include <optional>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;

namespace perennial {

class TableView;

/// What a run's answers for one user hang on, with the words of its data.
struct UserReasons {
    std::string user;
    Day at = 0;
    int horizonDays = 0;
    std::string topItem;  ///< key and name of the item it puts first; empty without that head
    double topChance = 0; ///< that it is the next item
    BehaviorModel::Explanation told;
    struct Event {
        UtcSecond at = 0;
        EventKind kind = EventKind::View;
        std::string item; ///< key or name, empty without one
        std::optional<double>
            topItemLost; ///< log of how many times likelier the first item is by it
    };
    std::vector<Event> events; ///< as told.events
};

/// @param user a key. @error UnknownUser, NotTrained, Damaged.
Result<UserReasons> readUserReasons(const Project &project, std::int64_t run,
                                    const std::string &user, std::optional<Day> at);

/// Asks a run about a user: attention and what is lost without each event, and without each
/// feature.
class ExplainCard : public Card {
    Q_OBJECT

public:
    explicit ExplainCard(const PageContext &context, QWidget *parent = nullptr);
    void setRun(std::int64_t run); ///< 0 = none that can be asked

private:
    QString source() const; ///< the run, its project and its data as they are now
    void ask();
    void show(const UserReasons &reasons);
    void showEvents(const UserReasons &reasons);
    void showFeatures(const UserReasons &reasons);

    PageContext m_context;
    std::int64_t m_run = 0;
    QString m_source; ///< what is shown or asked is of
    QString m_project;
    QLineEdit *m_user;
    QPushButton *m_ask;
    QLabel *m_answer;
    QWidget *m_results;
    TableView *m_events, *m_features;
};

} // namespace perennial
