#pragma once

#include "core/base/words.h"

#include <QColor>

#include <array>

class QPalette;

namespace perennial {

/// What a mark stands for; a theme gives it its colour. Widgets and charts name inks, never
/// colours.
enum class Ink {
    Auto, ///< the chart's own order of series
    Text,
    Quiet,
    Line,
    Accent,
    Good,
    Warn,
    Bad,
    Acquired,
    Active,
    Retained,
    Converted,
    Loyal,
    Dormant,
    Churned, // stages, in legend order
    FlowNew,
    FlowCurrent,
    FlowResurrected,
    FlowDormant,
    Series1,
    Series2,
    Series3,
    Series4,
    Series5,
    Series6, // models and scenarios, from the accent on
};
Ink stageInk(Stage stage) noexcept;
/// The n-th (0-based) scenario or model: the accent first.
Ink seriesInk(int index) noexcept;

/// The colours of look.md in one theme.
struct Tokens {
    bool dark = false;
    QColor ground, surface, raised, line, text, quiet, accent, good, warn, bad;
    QColor onAccent; ///< text on a surface of `accent`

    QColor color(Ink ink) const;
    /// The same hue for what is predicted, not observed: 45 % over the surface, 60 % over the dark one.
    QColor predicted(Ink ink) const;
    /// A viridis-like map of [0, 1]; values outside and NaN are clamped to the low end.
    QColor sequential(double share) const;
    /// Blue–white–orange of [−1, 1], 0 neutral.
    QColor diverging(double value) const;
};

const Tokens &lightTokens();
const Tokens &darkTokens();
/// The tokens a widget is shown in: `tokensFor(palette())`.
const Tokens &tokensFor(const QPalette &palette);

/// WCAG 2.1 contrast ratio of two opaque colours, 1 … 21.
double contrastRatio(const QColor &a, const QColor &b);

} // namespace perennial
