#include "ui/pages/run_rows.h"

#include "core/behavior/train.h"
#include "core/value/saved_fit.h"
#include "ui/report/section_words.h"
#include "ui/wording/privacy_words.h"

#include <QCoreApplication>

namespace perennial {

namespace {

struct RunWords {
    Q_DECLARE_TR_FUNCTIONS(perennial::RunRows)
};

/// "HR@10 0.312 · churn AUC 0.812 · value rank 0.45"
QString trainingQuality(const BehaviorMetrics &metrics)
{
    QStringList parts;
    const auto add = [&](const QString &name, const std::optional<double> &value) {
        if (value) {
            parts.append(RunWords::tr("%1 %2").arg(name, report::measureWords(value)));
        }
    };
    add(RunWords::tr("HR@10"), metrics.hr10);
    add(RunWords::tr("churn AUC"), metrics.churnAuc);
    add(RunWords::tr("value Spearman"), metrics.valueSpearman);
    return parts.join(QStringLiteral(" · "));
}

/// "log-likelihood −9 582.4, converged"
QString fitQuality(const ModelFit &fit)
{
    const QString status = fit.status == FitStatus::Converged  ? RunWords::tr("converged")
                           : fit.status == FitStatus::Boundary ? RunWords::tr("at a boundary")
                                                               : RunWords::tr("failed");
    return RunWords::tr("log-likelihood %1, %2").arg(fullText(fit.logLikelihood, 1), status);
}

/// "● champion · retrain due"
QVariant useText(const RunRecord &run)
{
    QStringList parts;
    if (run.champion) {
        parts << RunWords::tr("● champion");
    }
    if (run.retrainDue > 0) {
        parts << retrainDueText();
    }
    return parts.isEmpty() ? QVariant() : QVariant(parts.join(QStringLiteral(" · ")));
}

QVariant words(const QString &text) { return text.isEmpty() ? QVariant() : QVariant(text); }

TableModel::Row rowOf(const Project &project, const RunRecord &run)
{
    QVariant bestEpoch;
    QString quality;
    if (run.model == kBehaviorModel && run.state == RunState::Done) {
        if (const auto report = trainReportFromRun(project, run.id)) {
            bestEpoch = static_cast<qint64>(report->bestEpoch);
            quality = trainingQuality(report->metrics);
        }
    } else if (const auto fit = fitFromJson(run.metrics)) {
        quality = fitQuality(*fit);
    }
    return {static_cast<qint64>(run.id),
            report::modelWords(run.model),
            runStateText(run.state),
            useText(run),
            run.until ? QVariant(static_cast<qint64>(*run.until)) : QVariant(),
            static_cast<qint64>(run.startedAt),
            words(QString::fromStdString(run.device)),
            bestEpoch,
            words(quality),
            words(QString::fromStdString(run.dataHash))};
}

} // namespace

std::vector<TableColumn> runColumns()
{
    using Kind = TableColumn::Kind;
    return {{RunWords::tr("Run"), Kind::Count},        {RunWords::tr("Model"), Kind::Text},
            {RunWords::tr("State"), Kind::Text},       {RunWords::tr("In use"), Kind::Text},
            {RunWords::tr("Snapshot t₀"), Kind::Date},  {RunWords::tr("Started, UTC"), Kind::Time},
            {RunWords::tr("Device"), Kind::Text},      {RunWords::tr("Best epoch"), Kind::Count},
            {RunWords::tr("Quality"), Kind::Text},     {RunWords::tr("Data"), Kind::Text}};
}

std::vector<TableModel::Row> runRows(const Project &project, const std::vector<RunRecord> &runs)
{
    std::vector<TableModel::Row> rows;
    rows.reserve(runs.size());
    for (const RunRecord &run : runs) {
        rows.push_back(rowOf(project, run));
    }
    return rows;
}

} // namespace perennial
