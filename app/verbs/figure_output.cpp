#include "app/verbs/figure_output.h"

#include "ui/wording/format.h"

namespace perennial {

QString figureText(const ScoredFigure &figure, int decimals)
{
    if (!figure.value) {
        return kMissing;
    }
    QString text = QString::number(*figure.value, 'f', decimals);
    if (figure.interval) {
        text += QLatin1Char(' ') +
                boundsText(figure.interval->lower, figure.interval->upper, decimals);
    }
    return text + (figure.isBest      ? QStringLiteral(" *")
                   : figure.isNoise   ? QStringLiteral(" ~")
                   : figure.isWorse() ? QStringLiteral("  ")
                                      : QStringLiteral(" ?"));
}

} // namespace perennial
