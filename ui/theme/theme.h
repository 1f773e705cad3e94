#pragma once

#include "ui/theme/tokens.h"

#include <QFont>
#include <QString>

class QApplication;

namespace perennial {

enum class ThemeMode { System, Light, Dark };

/// Spacing in px at 100 %; multiples of 4.
inline constexpr int kGap = 4;
inline constexpr int kCardGap = 12;

/// Sizes of type, relative to the system's UI font: 9 / 10 / 12 / 18 pt.
enum class TextSize { Caption, Body, CardTitle, PageTitle };
QFont uiFont(TextSize size);

/// Sets Fusion, palette, font and the style sheet made from the tokens. Widgets learn of it by
/// QEvent::PaletteChange.
void applyTheme(QApplication &application, ThemeMode mode);
/// What "System" means on this desktop: its own palette, asked before ours is set.
bool systemPrefersDark();
ThemeMode themeModeFromName(const QString &name);
QString themeModeName(ThemeMode mode);

/// Style sheet of a theme; widgets mark themselves by the property "role":
/// "card", "caption", "cardTitle", "pageTitle", "answer", "kpi", "chip", "nav", "primary", "flat".
QString styleSheetFor(const Tokens &tokens);

} // namespace perennial
