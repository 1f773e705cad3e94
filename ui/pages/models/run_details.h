#pragma once

#include "ui/pages/models/run_figures.h"
#include "ui/pages/page.h"

#include <memory>

class QComboBox;
class QLabel;

namespace perennial {

class Card;
class ComparisonCard;
class CurveGrid;
class ExplainCard;
class FactLines;
class GroupCard;
class QualityCharts;
class TableView;

/// One run: what it is, how time was cut, its measures, its curves, what it was told and what it
/// said of itself, beside simple models, and what its answers for a user hang on.
class RunDetails : public QWidget {
    Q_OBJECT

public:
    explicit RunDetails(const PageContext &context, QWidget *parent = nullptr);

    void setRuns(std::shared_ptr<const RunList> runs);
    /// @param run 0 = the champion, or the newest where there is none.
    void show(std::int64_t run);

private:
    void setUpFacts();
    void setUpTables();
    void showRun();
    static QStringList memberLines(const TrainReport &report);
    static QStringList headFitLines(const TrainReport &report);
    void showFacts(const RunFigures &run);
    void showSplit(const RunFigures &run);
    void showMeasures(const RunFigures &run);
    void showSettings(const RunFigures &run);

    PageContext m_context;
    std::shared_ptr<const RunList> m_runs;
    QString m_project; ///< of m_run
    std::int64_t m_run = 0;
    QComboBox *m_choice;
    Card *m_factCard = nullptr, *m_splitCard = nullptr, *m_measureCard = nullptr,
         *m_settingCard = nullptr;
    FactLines *m_facts = nullptr, *m_split = nullptr;
    QLabel *m_notes = nullptr;
    TableView *m_measures = nullptr, *m_settings = nullptr;
    ComparisonCard *m_comparison = nullptr;
    QualityCharts *m_quality = nullptr;
    GroupCard *m_groups = nullptr;
    CurveGrid *m_curves = nullptr;
    ExplainCard *m_explain = nullptr;
    QWidget *m_content = nullptr;
    QLabel *m_empty = nullptr;
};

} // namespace perennial
