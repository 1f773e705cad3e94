#pragma once

#include "ui/charts/chart_export.h"
#include "ui/charts/chart_view.h"
#include "ui/widgets/card.h"

namespace perennial {

/// A card with a chart: title, "?", the menu of look.md (copy, PNG, SVG, PDF, CSV, data table,
/// full size), caption.
class ChartCard : public Card {
    Q_OBJECT

public:
    explicit ChartCard(const QString &title, QWidget *parent = nullptr);

    void setSpec(ChartSpec spec);
    ChartView &view() noexcept { return *m_view; }
    void setBusy(bool busy) override;

Q_SIGNALS:
    void markClicked(int series, int index);
    void marksBrushed(const std::vector<std::pair<int, int>> &marks, const QPoint &at);
    void selectionCleared();

private:
    void setUpMenu();
    ChartPicture picture() const;
    void copyImage();
    void save(const QString &ending);
    void showTable();
    void showFullSize();

    ChartView *m_view = nullptr;
};

} // namespace perennial
