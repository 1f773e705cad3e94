#pragma once

#include "core/scoring/churn_views.h"
#include "core/scoring/user_figures.h"
#include "ui/pages/scored_section.h"

#include <array>

namespace perennial {

class TableView;

/// What the scores of the segment say of leaving.
struct RiskFigures {
    UserStateLabel label;
    std::int64_t users = 0;
    ShareDistribution risk;
    AtRisk atRisk;
    ChurnViews views;
    std::array<StageRisk, kStageCount> byStage;
    std::shared_ptr<const std::vector<UserState>> states; ///< in id order
};
/// @error NotScored, Cancelled.
Result<std::shared_ptr<const RiskFigures>> readRiskFigures(const Project &project,
                                                           const Segment &segment,
                                                           const Task &task);

/// How likely everybody is to order nothing, and which of the definitions of churn say so.
class RiskSection : public ScoredSection {
    Q_OBJECT

public:
    explicit RiskSection(const PageContext &context, QWidget *parent = nullptr);

    /// The page reads them for its figures too.
    void show(std::shared_ptr<const RiskFigures> figures);
    void setBusy(bool busy);

protected:
    void refresh() override {}

private:
    void setUpDefinitions();
    void showDefinitions();
    std::optional<UserSelection> usersOfRisk(int bar) const;
    UsersBehind usersOfStage(int bar) const;
    UsersBehind usersOfViews(int bar) const;
    UsersBehind usersOfView(int row) const;
    using Choice = std::function<std::vector<std::int64_t>(std::span<const UserState>)>;
    UsersBehind usersBehind(const QString &text, Choice choice) const;

    std::shared_ptr<const RiskFigures> m_figures;
    ChartCard *m_risk, *m_stages, *m_together;
    Card *m_definitions;
    TableView *m_table;
};

/// The sets of definitions that call somebody gone, in the order of the bars: all three first.
std::array<unsigned, 1 << kChurnViews> churnViewOrder();
QString churnViewText(ChurnView view); ///< "No order in the window"

} // namespace perennial
