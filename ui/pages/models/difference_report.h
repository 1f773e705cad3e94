#pragma once

#include "core/tuning/retrain.h"
#include "ui/pages/page.h"

#include <QWidget>

class QLabel;

namespace perennial {

class FactLines;
class TableView;

/// What is different between two runs, in tables.
class DifferenceReport : public QWidget {
    Q_OBJECT

public:
    explicit DifferenceReport(const PageContext &context, QWidget *parent = nullptr);
    void show(const RunDifference &difference);

private:
    void showData(const DataChange &change);
    void showMeasures(const RunDifference &difference);
    void showMoves(const RunDifference &difference);

    PageContext m_context;
    FactLines *m_data;
    QLabel *m_fairness, *m_agreement;
    TableView *m_measures, *m_churn, *m_value;
};

/// "Run 14 ranks the next item better (HR@10 0.231, before 0.216) …": what a reader must decide by.
QString differenceVerdict(const RunDifference &difference);

} // namespace perennial
