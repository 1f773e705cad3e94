#pragma once

#include "core/tuning/compare.h"
#include "ui/widgets/card.h"

#include <optional>

class QLabel;

namespace perennial {

class TableView;
struct PageContext;

/// A behaviour run beside simple models on the same split, or why there is nothing to compare.
class ComparisonCard : public Card {
    Q_OBJECT

public:
    explicit ComparisonCard(const PageContext &context, QWidget *parent = nullptr);
    void show(const std::optional<Comparison> &comparison, const QString &why);

private:
    QLabel *m_verdict;
    TableView *m_table;
};

} // namespace perennial
