#pragma once

#include "core/value/cohort_value.h"
#include "ui/pages/scored_section.h"

namespace perennial {

class ChoiceBar;
class TableView;

struct CohortFigures {
    UserStateLabel label;
    std::vector<CohortCurve> cohorts;
    bool predicted = false; ///< there is a value model
};
/// @error NotScored, NoPurchases, Cancelled.
Result<CohortFigures> readCohortFigures(const Project &project, CohortSpan span, const Task &task);
/// "2026 Q2", "Mar 2026", "2026".
QString cohortText(Day firstDay, CohortSpan span);
/// Two lines a cohort, in its order: realised (dashed where not everybody has lived through the
/// month), then predicted.
ChartSpec cohortChart(const CohortFigures &figures, CohortSpan span);
/// The cohort that a series of the chart belongs to.
std::optional<std::size_t> cohortOfSeries(const CohortFigures &figures, int series);

/// What customers won in one month, quarter or year have brought, and are expected to, by months
/// since their first order.
class CohortSection : public ScoredSection {
    Q_OBJECT

public:
    explicit CohortSection(const PageContext &context, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    void show();
    void showLack(const Error &error);
    CohortSpan span() const;
    std::optional<UserSelection> usersOfCohort(std::size_t cohort) const;

    std::optional<CohortFigures> m_figures;
    ChoiceBar *m_span;
    ChartCard *m_curves;
    Card *m_list;
    TableView *m_table;
};

} // namespace perennial
