#pragma once

#include "ui/pages/lifecycle/lifecycle_charts.h"
#include "ui/pages/lifecycle_access.h"
#include "ui/pages/scored_section.h"

class QDateEdit;
class QLabel;

namespace perennial {

class DriversCard;

/// Who went from which stage to which, between two days.
struct MovesFigures {
    std::shared_ptr<const StageHistory> three; ///< as long before the first day, the first, the second
    TransitionMatrix matrix;
    LikelihoodRatioTest independence, secondOrder;
    std::optional<LikelihoodRatioTest> stationarity; ///< none with fewer than two moves
    std::size_t movesCompared = 0;                   ///< of the test of stationarity
};
/// @param from before `to`, and that not after the shelf's t₀. @error as stageHistory.
Result<std::shared_ptr<const MovesFigures>> readMovesFigures(const Project &project,
                                                             const LifecycleAccess &access,
                                                             Day from, Day to, const Task &task);

/// Moves between two days, how regular they are, and what goes with them.
class TransitionsSection : public ScoredSection {
    Q_OBJECT

public:
    explicit TransitionsSection(const PageContext &context, QWidget *parent = nullptr);

    Day from() const;
    Day to() const;

protected:
    void refresh() override;

private:
    void setUpDays();
    void showDays();
    void show();
    void showLack(const Error &error);
    UsersBehind usersOf(int from, int to);

    std::shared_ptr<const MovesFigures> m_figures;
    bool m_daysChosen = false; ///< by hand: another t₀ leaves them where they can stay
    QDateEdit *m_from, *m_to;
    ChartCard *m_moves, *m_shares;
    Card *m_tests;
    QLabel *m_facts;
    DriversCard *m_drivers;
};

} // namespace perennial
