#pragma once

#include "core/forecast/group_calibration.h"
#include "core/forecast/saved_backtest.h"
#include "ui/models/user_selection.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

#include <functional>
#include <memory>
#include <optional>
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
    TableView *table() const noexcept { return m_table; }
    /// The customers of a row of the table: of all, then of one group each.
    std::optional<UserSelection> usersOfRow(int row) const;
    /// Those of a tenth by predicted value at the newest cut, the best first.
    std::optional<UserSelection> usersOfTenth(int tenth) const;
    /// Those of a class of ChurnBins.
    std::optional<UserSelection> usersOfChurnBin(std::size_t bin) const;
    const ChurnBins &churn() const noexcept;

    /// Nothing to show, and nothing remembered: another project, other data.
    void forget();

Q_SIGNALS:
    void churnChanged(const perennial::ChurnBins &bins); ///< of the method shown; empty while unknown
    void changed(); ///< the rows of the table stand for others from now on

private:
    struct Grouped;
    void compute();
    /// @param known the forecast of before, used again where it is the one asked for.
    static Result<std::shared_ptr<const Grouped>>
    group(const Project &project, const JudgedForecastOptions &asked, const QString &by,
          const std::shared_ptr<const Grouped> &known, const Task &task);
    void showGrouped(const Result<std::shared_ptr<const Grouped>> &grouped);
    void setGroupings(const std::vector<std::string> &attributes);
    /// @param isMember by the row of the forecast. None while another forecast is computed.
    std::optional<UserSelection> usersWhere(const QString &text,
                                            const std::function<bool(std::size_t)> &isMember) const;

    PageContext m_context;
    JudgedForecastOptions m_asked;
    std::shared_ptr<const Grouped> m_shown; ///< its forecast serves other groupings too

    QComboBox *m_groupBy;
    QLabel *m_note;
    TableView *m_table;
};

} // namespace perennial
