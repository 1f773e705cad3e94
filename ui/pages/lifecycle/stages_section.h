#pragma once

#include "core/lifecycle/stage_history.h"
#include "core/lifecycle/stage_recount.h"
#include "ui/pages/lifecycle_access.h"
#include "ui/pages/scored_section.h"

class QLabel;
class QPushButton;

namespace perennial {

class StageForm;

/// Where the users of the segment stand, and stood at the ends of periods.
struct StagesFigures {
    LadderTable ladder;
    int churnedFromData = 0; ///< τc that the gaps of all users say
    StageCounts counts{};    ///< with the settings
    std::shared_ptr<const StageHistory> history;
};
/// @error NoEvents, Cancelled.
Result<std::shared_ptr<const StagesFigures>>
readStagesFigures(const Project &project, const LifecycleAccess &access, const Task &task);

/// Where everybody stands, with thresholds that can be tried: the counts follow at once, and only
/// "Apply" keeps them.
class StagesSection : public ScoredSection {
    Q_OBJECT

public:
    explicit StagesSection(const PageContext &context, QWidget *parent = nullptr);

Q_SIGNALS:
    /// To be kept, as one step that can be undone.
    void applied(const perennial::StageThresholds &thresholds);

protected:
    void refresh() override;

private:
    void setUpForm();
    void showScored();
    void show();
    void showCounts();
    UsersBehind usersOfStage(int bar);
    UsersBehind usersAt(int stage, int end);
    int churnedAfterDays() const;

    std::shared_ptr<const StagesFigures> m_figures;
    ChartCard *m_counts, *m_history;
    Card *m_thresholds;
    StageForm *m_form;
    QLabel *m_problem;
    QPushButton *m_apply, *m_discard;
};

} // namespace perennial
