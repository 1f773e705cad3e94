#pragma once

#include "core/lifecycle/user_labels.h"
#include "core/survival/churn_times.h"
#include "core/survival/survival_study.h"
#include "ui/pages/lifecycle_access.h"
#include "ui/pages/scored_section.h"

class QComboBox;
class QMenu;
class QToolButton;

namespace perennial {

class TableView;

/// How long users stay, by groups, and what goes with leaving sooner.
struct SurvivalFigures {
    SurvivalStudy study;
    ChurnTimes times;
    std::vector<std::string> group; ///< of each user; empty = not asked
    std::vector<std::string> names; ///< that users can be grouped by
    std::vector<std::string> terms; ///< of the Cox regression
};
struct SurvivalQuestion {
    std::string by; ///< empty = one curve
    /// Of the Cox regression; empty = the first few names.
    std::optional<std::vector<std::string>> terms;
};
/// @error NoEvents; as studySurvival; Cancelled.
Result<std::shared_ptr<const SurvivalFigures>>
readSurvivalFigures(const Project &project, const LifecycleAccess &access,
                    const SurvivalQuestion &question, const Task &task);

class SurvivalSection : public ScoredSection {
    Q_OBJECT

public:
    explicit SurvivalSection(const PageContext &context, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    void setUpCurves();
    void setUpCox();
    void fillNames();
    void show();
    void showCurves();
    void showAtRisk();
    void showCox();
    void showLack(const Error &error);
    void setTerm(const std::string &name, bool on);
    UsersBehind usersOf(int curve, int point) const;

    std::shared_ptr<const SurvivalFigures> m_figures;
    std::string m_by;
    std::optional<std::vector<std::string>> m_terms; ///< chosen by hand
    QComboBox *m_choice;
    QToolButton *m_termButton;
    QMenu *m_termMenu;
    ChartCard *m_curves, *m_ratios;
    Card *m_atRisk, *m_cox;
    TableView *m_atRiskTable, *m_coxTable;
};

/// The groups that the chart shows, by index; the largest.
std::vector<std::size_t> groupsShown(const SurvivalStudy &study);
/// One line a group shown, or one of all; mark (line, point).
ChartSpec survivalChart(const SurvivalStudy &study);
/// The steps that the points of a line stand for.
std::vector<std::size_t> stepsShown(const SurvivalCurve &curve);
/// Hazard ratios with their intervals against 1.
ChartSpec hazardRatioChart(const SurvivalStudy &study);

} // namespace perennial
