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
        text += QStringLiteral(" [%1, %2]")
                    .arg(figure.interval->lower, 0, 'f', decimals)
                    .arg(figure.interval->upper, 0, 'f', decimals);
    }
    return text + (figure.isBest      ? QStringLiteral(" *")
                   : figure.isNoise   ? QStringLiteral(" ~")
                   : figure.isWorse() ? QStringLiteral("  ")
                                      : QStringLiteral(" ?"));
}

} // namespace perennial
