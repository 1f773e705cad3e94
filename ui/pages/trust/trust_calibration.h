#pragma once

#include "core/forecast/group_calibration.h"
#include "core/forecast/saved_backtest.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

#include <memory>
#include <string>
#include <vector>

class QComboBox;
class QLabel;

namespace perennial {

class TableView;

/// Whether one method's predictions hold in every group of customers: by cohort, orders so far or
/// any attribute with few values.
class CalibrationCard : public Card {
    Q_OBJECT

public:
    explicit CalibrationCard(const PageContext &context, QWidget *parent = nullptr);

    /// Shows a row of a backtest at its newest cut; computes what it has not seen yet.
    void show(const BacktestResult &result, const BacktestRow &row);
    /// Nothing to show, and nothing remembered: another project, other data.
    void forget();

Q_SIGNALS:
    void churnChanged(const perennial::ChurnBins &bins); ///< of the method shown; empty while unknown

private:
    struct Grouped;
    void compute();
    /// @param known the forecast of before, used again where it is the one asked for.
    static Result<std::shared_ptr<const Grouped>>
    group(const Project &project, const JudgedForecastOptions &asked, const QString &by,
          const std::shared_ptr<const Grouped> &known, const Task &task);
    void showGrouped(const Result<std::shared_ptr<const Grouped>> &grouped);
    void setGroupings(const std::vector<std::string> &attributes);

    PageContext m_context;
    JudgedForecastOptions m_asked;
    std::shared_ptr<const Grouped> m_shown; ///< its forecast serves other groupings too

    QComboBox *m_groupBy;
    QLabel *m_note;
    TableView *m_table;
};

} // namespace perennial
