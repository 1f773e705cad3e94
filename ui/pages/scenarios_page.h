#pragma once

#include "core/project/scenario_store.h"
#include "core/scenario/simulate.h"
#include "ui/pages/page.h"

#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace perennial {

class Card;
class ChartCard;
class EmptyState;
class KpiCard;
class LeverTable;
class ScenarioHistory;
class TableView;

/// What if: levers on the future of customers, valued at once against the baseline while they are
/// moved; saved scenarios side by side.
class ScenariosPage : public Page {
    Q_OBJECT

public:
    explicit ScenariosPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;
    QList<QAction *> pageActions() const override;

    /// The last result shown; null before the first.
    std::shared_ptr<const SimulationResult> result() const { return m_result; }

protected:
    void refresh() override;

private:
    void setUpActions();
    QWidget *setUpContent();
    Card *setUpLevers();
    QWidget *setUpResult();
    Card *setUpSaved();
    bool showEmptyState();

    // the scenario being edited
    Scenario edited() const;
    void load(const Scenario &scenario);
    void editedChanged();
    void simulate();
    void showOutcome(const Result<std::shared_ptr<const SimulationResult>> &result);
    void showFigures(const SimulationResult &result);
    void clearFigures(const QString &why);
    bool outcomeIsCurrent() const;

    // what is saved
    void readSaved();
    void save();
    void storeOutcome();
    void renameSelected();
    void removeSelected();
    void loadSelected();
    void runAllSaved();
    void importJson();
    void exportJson();
    const ScenarioRecord *selected() const;
    void report(const Status &status, const QString &title);
    void updateActions();

    QTimer m_settle; ///< fires once the levers rest
    std::shared_ptr<const SimulationResult> m_result;
    std::vector<ScenarioRecord> m_saved;
    ScenarioHistory *m_history = nullptr;
    QString m_projectPath; ///< whose scenarios these are
    bool m_saveWhenDone = false;

    QAction *m_saveAction = nullptr, *m_importAction = nullptr, *m_exportAction = nullptr;
    QAction *m_undoAction = nullptr, *m_redoAction = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    QLineEdit *m_name = nullptr;
    QComboBox *m_evidence = nullptr;
    QSpinBox *m_draws = nullptr;
    QSpinBox *m_seed = nullptr;
    LeverTable *m_levers = nullptr;
    QPushButton *m_reset = nullptr;
    QPushButton *m_save = nullptr;
    QLabel *m_problem = nullptr;
    KpiCard *m_deltaValue = nullptr, *m_deltaRevenue = nullptr, *m_deltaMargin = nullptr;
    KpiCard *m_cost = nullptr, *m_roi = nullptr, *m_chance = nullptr;
    ChartCard *m_chart = nullptr;
    Card *m_tableCard = nullptr;
    TableView *m_table = nullptr;
    ChartCard *m_savedChart = nullptr;
    TableView *m_savedTable = nullptr;
    QPushButton *m_load = nullptr, *m_rename = nullptr, *m_remove = nullptr, *m_runAll = nullptr;
};

} // namespace perennial
