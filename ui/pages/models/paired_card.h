#pragma once

#include "core/tuning/run_comparison.h"
#include "ui/models/table_model.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

#include <vector>

class QLabel;

namespace perennial {

class TableView;

/// Runs against the first of them, figure by figure on the users that both judged, each difference
/// with its interval and whether it is more than noise.
class PairedCard : public Card {
    Q_OBJECT

public:
    explicit PairedCard(const PageContext &context, QWidget *parent = nullptr);
    /// @param runs the first is what the others are measured against; fewer than two show nothing.
    void compare(const std::vector<std::int64_t> &runs);
    /// What was found of them; empty until it is, or where it can't be.
    const std::vector<RunComparison> &found() const noexcept { return m_found; }

Q_SIGNALS:
    void compared();

private:
    struct Pair {
        std::int64_t run = 0;
        Result<RunComparison> comparison;
    };
    void show(std::int64_t first, const std::vector<Pair> &pairs);

    PageContext m_context;
    std::vector<std::int64_t> m_runs;
    std::vector<RunComparison> m_found;
    QString m_data; ///< project and data that they were compared in
    QLabel *m_words;
    TableView *m_table;
};

/// One row per figure.
std::vector<TableModel::Row> pairedRows(const RunComparison &comparison);

} // namespace perennial
