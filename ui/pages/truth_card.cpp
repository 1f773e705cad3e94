#include "ui/pages/truth_card.h"

#include "ui/widgets/kpi_card.h"
#include "ui/wording/format.h"

#include <QVBoxLayout>

namespace perennial {

TruthCard::TruthCard(const PageContext &context, QWidget *parent)
    : Card(tr("Against the known truth of this sample"), parent), m_context(context)
{
    setDefinition(tr("This project was generated: each user's real expected future value is known "
                     "and was told to no model. Compared are all users; who never ordered is "
                     "predicted 0. The truth has the same margin and discount."));
    auto *row = new KpiRow;
    m_predicted = row->add(tr("Predicted value"));
    m_true = row->add(tr("True expected value"));
    m_bias = row->add(tr("Bias"));
    m_bias->setDefinition(tr("Predicted over true total, less 1; 0 % is best."));
    m_mae = row->add(tr("Mean absolute error"));
    m_mae->setDefinition(tr("Mean over users of |predicted − true|."));
    m_rank = row->add(tr("Rank correlation"));
    m_rank->setDefinition(tr("Spearman's, of predicted and true value over users: 1 = the same "
                             "order."));
    m_alive = row->add(tr("AUC of P(alive)"));
    m_alive->setDefinition(tr("Probability that a user who is still active gets a higher P(alive) "
                              "than one who has left; 0.5 is chance."));
    body()->addWidget(row);
    hide();
}

void TruthCard::refresh()
{
    const Result<ScoreReport> report =
        m_context.session.hasProject() ? readScoreReport(m_context.session.project())
                                       : Result<ScoreReport>(fail(ErrorCode::NotScored));
    setVisible(report.ok() && report->truth);
    if (report && report->truth) {
        show(*report->truth, QString::fromStdString(report->label.currency));
    }
}

void TruthCard::show(const TruthError &truth, const QString &currency)
{
    const auto money = [&](KpiCard *card, double value) {
        card->setValue(shortMoneyText(value, currency), fullMoneyText(value, currency));
    };
    money(m_predicted, truth.predictedTotal);
    money(m_true, truth.trueTotal);
    m_bias->setValue(signedPercentText(truth.bias));
    money(m_mae, truth.mae);
    m_mae->setNote(tr("per user, %1").arg(usersText(truth.users)));
    m_rank->setValue(fullText(truth.spearman, 3));
    m_alive->setValue(fullText(truth.aucAlive, 3));
}

} // namespace perennial
