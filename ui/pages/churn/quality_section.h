#pragma once

#include "core/churn/churn_shelf.h"
#include "ui/pages/scored_section.h"

class QComboBox;

namespace perennial {

class TableView;

/// Every method of churn risk, judged on a window that is over.
struct TrialFigures {
    std::shared_ptr<const RiskTrial> trial;    ///< value model, trees and the naive rule
    std::shared_ptr<const RiskTrial> behavior; ///< on its own window; null where it has kept none
    /// Of both, in the order of the table.
    std::vector<std::pair<const RiskTrial *, const TrialMethod *>> methods() const;
};
/// @param replicates of the bootstrap; 0 = no intervals. @error as riskTrial.
Result<std::shared_ptr<const TrialFigures>> readTrialFigures(const Project &project,
                                                             const Segment &segment,
                                                             ChurnShelf &shelf, int replicates,
                                                             const Task &task);

/// How well it is known who will leave: methods side by side, and one of them in full.
class QualitySection : public ScoredSection {
    Q_OBJECT

public:
    explicit QualitySection(const PageContext &context, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    void setUpTable();
    void setUpCharts();
    void readTrial(const std::vector<Card *> &cards, int replicates);
    void show();
    void showMethod();
    void showLack(const Error &error);

    std::shared_ptr<const TrialFigures> m_figures;
    Card *m_table, *m_gains;
    TableView *m_methods, *m_gainTable;
    ChartCard *m_calibration, *m_gain, *m_precision;
    QComboBox *m_choice;
};

} // namespace perennial
