#include "ui/theme/theme.h"

#include "ui/theme/field_style.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPalette>
#include <QVariant>

#include <algorithm>

// A static library's resources are registered by hand, from outside any namespace.
static void registerResources()
{
    Q_INIT_RESOURCE(perennial);
}

namespace perennial {

namespace {

constexpr auto kSystemDark = "perennialSystemDark";

QPalette paletteFrom(const Tokens &t)
{
    QPalette p;
    p.setColor(QPalette::Window, t.ground);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.surface);
    p.setColor(QPalette::AlternateBase, t.raised);
    p.setColor(QPalette::ToolTipBase, t.surface);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::PlaceholderText, t.quiet);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::Button, t.raised);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.bad);
    p.setColor(QPalette::Highlight, t.accent);
    p.setColor(QPalette::HighlightedText, t.onAccent);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    p.setColor(QPalette::Light, t.dark ? t.line.lighter(120) : t.surface);
    p.setColor(QPalette::Midlight, t.raised);
    p.setColor(QPalette::Mid, t.line);
    p.setColor(QPalette::Dark, t.dark ? t.ground.darker(120) : t.line.darker(130));
    p.setColor(QPalette::Shadow, t.dark ? QColor(Qt::black) : t.line.darker(160));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        p.setColor(QPalette::Disabled, role, t.quiet);
    }
    p.setColor(QPalette::Disabled, QPalette::Highlight, t.line);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, t.text);
    return p;
}

} // namespace

QFont uiFont(TextSize size)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    const double body = font.pointSizeF() > 0 ? std::min(font.pointSizeF(), 11.0) : 10.0;
    switch (size) {
    case TextSize::Caption:
        font.setPointSizeF(body * 0.9);
        break;
    case TextSize::Body:
        font.setPointSizeF(body);
        break;
    case TextSize::CardTitle:
        font.setPointSizeF(body * 1.1);
        font.setWeight(QFont::DemiBold);
        break;
    case TextSize::PageTitle:
        font.setPointSizeF(body * 1.6);
        font.setWeight(QFont::DemiBold);
        break;
    }
    return font;
}

bool systemPrefersDark()
{
    const QVariant remembered = qApp->property(kSystemDark);
    if (remembered.isValid()) {
        return remembered.toBool();
    }
    return QApplication::palette().color(QPalette::Window).lightness() < 128;
}

void applyTheme(QApplication &application, ThemeMode mode)
{
    registerResources();
    // our own palette would answer for the system's from now on
    application.setProperty(kSystemDark, systemPrefersDark());
    const bool dark = mode == ThemeMode::Dark || (mode == ThemeMode::System && systemPrefersDark());
    const Tokens &tokens = dark ? darkTokens() : lightTokens();
    QApplication::setStyle(new FieldStyle);
    QApplication::setFont(uiFont(TextSize::Body));
    QApplication::setPalette(paletteFrom(tokens));
    application.setStyleSheet(styleSheetFor(tokens));
}

ThemeMode themeModeFromName(const QString &name)
{
    return name == QLatin1String("light")  ? ThemeMode::Light
           : name == QLatin1String("dark") ? ThemeMode::Dark
                                           : ThemeMode::System;
}

QString themeModeName(ThemeMode mode)
{
    switch (mode) {
    case ThemeMode::Light:
        return QStringLiteral("light");
    case ThemeMode::Dark:
        return QStringLiteral("dark");
    case ThemeMode::System:
        break;
    }
    return QStringLiteral("system");
}

QString styleSheetFor(const Tokens &t)
{
    QFile file(QStringLiteral(":/qss/perennial.qss"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QString sheet = QString::fromUtf8(file.readAll());
    const std::pair<const char *, QColor> names[]{
        {"@ground", t.ground},     {"@surface", t.surface}, {"@raised", t.raised},
        {"@line", t.line},         {"@text", t.text},       {"@quiet", t.quiet},
        {"@onAccent", t.onAccent}, {"@accent", t.accent},   {"@good", t.good},
        {"@warn", t.warn},         {"@bad", t.bad}};
    for (const auto &[name, color] : names) {
        sheet.replace(QLatin1String(name), color.name());
    }
    return sheet;
}

} // namespace perennial
