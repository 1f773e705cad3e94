#pragma once

#include "core/lifecycle/retention.h"
#include "ui/pages/lifecycle_access.h"
#include "ui/pages/scored_section.h"

class QComboBox;
class QLineEdit;

namespace perennial {

class ChoiceBar;

/// What a cell of the triangle tells.
enum class CohortMeasure { Active, Ordering, Orders, Revenue };

/// What the analyst has chosen.
struct CohortQuestion {
    RetentionOptions options;
    bool ownDays = false; ///< periods of 24 hours since each user's own start
    std::string by;       ///< an attribute; empty = by time
    bool operator==(const CohortQuestion &) const = default;
};

struct CohortsFigures {
    CohortQuestion question;
    std::shared_ptr<const RetentionResult> retention;
    std::shared_ptr<const UserLabels> labels; ///< null by time
    std::vector<std::string> names;           ///< that cohorts can be made by
    std::string currency;
};
/// @error NoEvents, NoPurchases; InvalidArgument; Cancelled.
Result<std::shared_ptr<const CohortsFigures>>
readCohortsFigures(const Project &project, const LifecycleAccess &access,
                   const CohortQuestion &question, const Task &task);

/// Who of each cohort came back, bought, and brought how much, period by period.
class CohortsSection : public ScoredSection {
    Q_OBJECT

public:
    explicit CohortsSection(const PageContext &context, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    void setUpChoices(Card *card);
    void setUpCharts();
    CohortQuestion question() const;
    CohortMeasure measure() const;
    bool isShare() const;
    void fillAttributes();
    void show();
    void showTriangle();
    void showLack(const Error &error);
    UsersBehind usersOf(std::size_t cohort, std::size_t column);

    std::shared_ptr<const CohortsFigures> m_figures;
    QComboBox *m_by, *m_anchor, *m_period, *m_clock, *m_kind;
    QLineEdit *m_brackets;
    ChoiceBar *m_measure, *m_unit, *m_scale;
    Card *m_choices;
    ChartCard *m_triangle, *m_curves, *m_revenue;
};

} // namespace perennial
