#pragma once

#include "core/value/alive_path.h"
#include "ui/charts/chart_card.h"
#include "ui/pages/page.h"

#include <optional>
#include <vector>

namespace perennial {

/// One user's orders and P(alive) day by day.
struct UserHistory {
    AlivePath path;
    std::vector<Day> orders; ///< order days up to t₀
    double net = 0;          ///< currency units
    bool hasDropout = true;  ///< of the fitted model
};
/// @error NotTrained where the scores have no value model; NotScored.
Result<UserHistory> readUserHistory(const Project &project, std::int64_t user);
/// P(alive) as a line, the order days as points on it.
ChartSpec userHistoryChart(const UserHistory &history);

/// The history of the user who is chosen in a table.
class AliveCard : public ChartCard {
    Q_OBJECT

public:
    explicit AliveCard(const PageContext &context, QWidget *parent = nullptr);

    void showUser(qint64 user, const QString &key);
    /// Nobody is chosen.
    void clear();

private:
    void show(const UserHistory &history);

    PageContext m_context;
    QString m_key;
};

} // namespace perennial
