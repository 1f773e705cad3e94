#include "ui/pages/models/run_rows.h"

#include "ui/report/section_words.h"
#include "ui/wording/format.h"
#include "ui/wording/privacy_words.h"
#include "ui/wording/words.h"

#include <QCoreApplication>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(perennial::RunRows)
};

/// "log-likelihood −9 582.4, converged"
QString fitQuality(const ModelFit &fit)
{
    const QString status = fit.status == FitStatus::Converged  ? Words::tr("converged")
                           : fit.status == FitStatus::Boundary ? Words::tr("at a boundary")
                                                               : Words::tr("failed");
    return Words::tr("log-likelihood %1, %2").arg(fullText(fit.logLikelihood, 1), status);
}

QVariant orNone(const QString &text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}
QVariant orNone(const std::string &text)
{
    return orNone(QString::fromStdString(text));
}

} // namespace

QString runUseText(const RunRecord &run)
{
    QStringList parts;
    if (run.champion) {
        parts << Words::tr("● champion");
    }
    if (run.retrainDue > 0) {
        parts << retrainDueText();
    }
    return parts.join(QStringLiteral(" · "));
}

RunColumns valueRunColumns(const std::vector<const RunFigures *> &runs)
{
    using Kind = TableColumn::Kind;
    RunColumns table;
    table.columns = {
        {Words::tr("Run"), Kind::Count},         {Words::tr("Model"), Kind::Text},
        {Words::tr("In use"), Kind::Text},       {Words::tr("State"), Kind::Text},
        {Words::tr("Quality"), Kind::Text},      {Words::tr("Snapshot t₀"), Kind::Date},
        {Words::tr("Started, UTC"), Kind::Time}, {Words::tr("Tags"), Kind::Text},
        {Words::tr("Note"), Kind::Text},         {Words::tr("Data"), Kind::Text}};
    table.plain.header = {"run",   "model",   "champion", "state", "quality",
                          "until", "started", "tags",     "note",  "data_hash"};
    for (const RunFigures *figures : runs) {
        const RunRecord &run = figures->record;
        const QVariant quality = figures->fit ? QVariant(fitQuality(*figures->fit)) : QVariant();
        const QVariant id = QVariant::fromValue<qint64>(run.id);
        table.rows.push_back({id, report::modelWords(run.model), orNone(runUseText(run)),
                              runStateText(run.state), quality,
                              run.until ? QVariant::fromValue<qint64>(*run.until) : QVariant(),
                              QVariant::fromValue<qint64>(run.startedAt), orNone(run.tags),
                              orNone(run.note), orNone(run.dataHash)});
        table.plain.rows.push_back(
            {id, orNone(run.model), QVariant::fromValue<qint64>(run.champion ? 1 : 0),
             runStateText(run.state), quality, orNone(dayText(run.until)), timeText(run.startedAt),
             orNone(run.tags), orNone(run.note), orNone(run.dataHash)});
    }
    return table;
}

} // namespace perennial
