#pragma once

#include "core/scoring/score_users.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

namespace perennial {

class KpiCard;

/// On a sample shop the truth is known: how far the predictions are from it. Hidden elsewhere.
class TruthCard : public Card {
    Q_OBJECT

public:
    explicit TruthCard(const PageContext &context, QWidget *parent = nullptr);
    /// Reads again: data or scores are new.
    void refresh();

private:
    void show(const TruthError &truth, const QString &currency);

    PageContext m_context;
    KpiCard *m_predicted, *m_true, *m_bias, *m_mae, *m_rank, *m_alive;
};

} // namespace perennial
