#pragma once

#include "core/tuning/run_comparison.h"
#include "ui/pages/models/run_figures.h"
#include "ui/pages/page.h"

#include <memory>
#include <vector>

class QLabel;
class QMenu;
class QToolButton;

namespace perennial {

class Card;
class CurveGrid;
class GroupCard;
class PairedCard;
class TableView;

/// Runs side by side: their curves over each other, their measures with the differences from the
/// first, and the settings in which they differ.
class CompareSection : public QWidget {
    Q_OBJECT

public:
    explicit CompareSection(const PageContext &context, QWidget *parent = nullptr);

    void setRuns(std::shared_ptr<const RunList> runs);
    /// @param runs the first is what the others are measured against.
    void compare(const std::vector<std::int64_t> &runs);
    const std::vector<std::int64_t> &compared() const noexcept { return m_chosen; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void setUpChoice();
    void fillMenu();
    void show();
    void showMeasures(const std::vector<const RunFigures *> &runs);
    void showSettings(const std::vector<const RunFigures *> &runs);
    std::vector<const RunFigures *> chosenRuns() const;
    QString windowText(const std::vector<const RunFigures *> &runs) const;

    PageContext m_context;
    std::shared_ptr<const RunList> m_runs;
    QString m_project; ///< of m_chosen
    std::vector<std::int64_t> m_chosen;
    QToolButton *m_choice;
    QMenu *m_menu;
    QLabel *m_which;
    QWidget *m_content;
    Card *m_measureCard, *m_settingCard;
    TableView *m_measures, *m_settings;
    PairedCard *m_paired;
    GroupCard *m_groups;
    CurveGrid *m_curves;
};

/// Whether the best of a row is so by more than noise: a run is better than the first one, or the
/// first better than each of the others.
/// @param found of the first run with others. @param best whose figure is the best.
bool isSurelyBest(const std::vector<RunComparison> &found, const std::vector<std::int64_t> &runs,
                  std::int64_t best, const std::string &measure);

} // namespace perennial
