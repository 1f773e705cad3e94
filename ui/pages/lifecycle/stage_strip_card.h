#pragma once

#include "ui/charts/chart_card.h"
#include "ui/pages/page.h"

namespace perennial {

/// The stages of the user who is chosen in a table, at the ends of periods.
class StageStripCard : public ChartCard {
    Q_OBJECT

public:
    explicit StageStripCard(const PageContext &context, QWidget *parent = nullptr);

    void showUser(qint64 user, const QString &key);
    /// Nobody is chosen.
    void clear();

private:
    PageContext m_context;
};

} // namespace perennial
