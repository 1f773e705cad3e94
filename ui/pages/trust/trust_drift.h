#pragma once

#include "core/value/parameter_drift.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

#include <vector>

class QComboBox;
class QLabel;

namespace perennial {

class ChartCard;
class TableView;

/// Whether the parameters of a model have moved since its fit before: a table, and a chart beside it
/// once there are three fits.
class DriftCard : public Card {
    Q_OBJECT

public:
    explicit DriftCard(const PageContext &context, QWidget *parent = nullptr);

    void refresh();
    /// For the same row of the page; hidden with fewer than three fits.
    ChartCard *chart() const noexcept { return m_chart; }

private:
    void showModel();
    void showFits(const std::vector<SavedFit> &fits);
    void showNothing(const QString &why);

    PageContext m_context;
    std::vector<ParameterDrift> m_drift;
    QComboBox *m_model;
    QLabel *m_text;
    TableView *m_table;
    ChartCard *m_chart;
};

} // namespace perennial
