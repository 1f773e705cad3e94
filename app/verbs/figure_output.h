#pragma once

#include "core/numeric/compared_figures.h"

#include <QString>

namespace perennial {

/// "0.532 [0.499, 0.559]", marked where it is the best, or as good as it as far as can be told.
QString figureText(const ScoredFigure &figure, int decimals);

} // namespace perennial
