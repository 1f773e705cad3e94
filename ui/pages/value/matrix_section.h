#pragma once

#include "core/scoring/frequency_recency.h"
#include "core/segment/segment_choice.h"
#include "ui/pages/scored_section.h"

namespace perennial {

/// What the matrices show, and of which fit.
struct MatrixFigures {
    UserStateLabel label;
    ModelFit fit;
    Period period = Period::Week;
    FrequencyRecency grid;
};
/// @param segment whose users are counted. @error NotTrained, NoPurchases, Cancelled.
Result<MatrixFigures> readMatrixFigures(const Project &project, const Segment &segment,
                                        const Task &task);
enum class MatrixValue { ExpectedOrders, PAlive };
/// Mark series = row, index = column.
ChartSpec matrixChart(const MatrixFigures &figures, MatrixValue value);
/// The users of a cell; none where there are none.
std::optional<UserSelection> usersOfCell(const MatrixFigures &figures, int row, int column);

/// Expected orders and P(alive) by repeat orders and time since the last order.
class MatrixSection : public ScoredSection {
    Q_OBJECT

public:
    explicit MatrixSection(const PageContext &context, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    void show(MatrixFigures figures);
    void showLack(const QString &text);

    std::optional<MatrixFigures> m_figures;
    ChartCard *m_orders, *m_alive;
};

} // namespace perennial
