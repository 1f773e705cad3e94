#pragma once

#include "core/scenario/lever.h"
#include "core/scenario/scenario.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QSlider;

namespace perennial {

QString leverText(std::string_view lever);  ///< "Retention"
QString leverEffectText(LeverUnit unit);    ///< "points", "%"
QString leverDefinition(std::string_view lever);

/// The levers of a scenario as rows: effect by slider or number, how sure of it one is, on whom, and
/// what it costs. One row per registered lever, and more where a scenario pulls one twice.
class LeverTable : public QWidget {
    Q_OBJECT

public:
    explicit LeverTable(QWidget *parent = nullptr);

    /// Rows that change something or cost something, in row order.
    std::vector<LeverSpec> levers() const;
    /// Without a signal.
    void setLevers(const std::vector<LeverSpec> &levers);
    void setCurrency(const QString &sign);

Q_SIGNALS:
    void changed();

private:
    struct Row {
        const Lever *lever;
        QSlider *slider;
        QDoubleSpinBox *mean;
        QDoubleSpinBox *spread;
        QComboBox *target;
        QDoubleSpinBox *cost;
        std::vector<QWidget *> widgets; ///< all of the row, to be removed with it
    };
    void setUpHeader();
    void addRow(const Lever &lever);
    void fill(Row &row, const LeverSpec &spec);
    void dropExtraRows();
    void notify();

    QGridLayout *m_grid = nullptr;
    std::vector<Row> m_rows;
    QString m_currency;
    bool m_filling = false;
};

} // namespace perennial
