#include "app/verbs/fit_output.h"

#include "ui/wording/fit_words.h"

#include <QCoreApplication>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Fit", text);
}

QString statusText(const ModelFit &fit)
{
    if (fit.status == FitStatus::Converged) {
        return tr("converged");
    }
    if (fit.status == FitStatus::Failed) {
        return tr("failed: no maximum found");
    }
    return tr("boundary: %1").arg(fitBoundaryText(fit));
}

} // namespace

QStringList fitLines(const ModelFit &fit)
{
    QStringList lines;
    lines << QStringLiteral("%1, %2").arg(QString::fromStdString(fit.model), statusText(fit));
    for (std::size_t i = 0; i < fit.parameters.size(); ++i) {
        const QString error = fit.hasErrorOf(i)
                                  ? QStringLiteral("± %1").arg(fit.standardErrors[i], 0, 'g', 5)
                                  : QString();
        lines << QStringLiteral("  %1 %2 %3")
                     .arg(QString::fromStdString(fit.names[i]), -6)
                     .arg(fit.parameters[i], -12, 'g', 8)
                     .arg(error)
                     .trimmed()
                     .prepend(QStringLiteral("  "));
    }
    if (fit.usable()) {
        lines << tr("log-likelihood %1").arg(fit.logLikelihood, 0, 'f', 4);
    }
    return lines;
}

} // namespace perennial
