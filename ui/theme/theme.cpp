#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>
#include <QVariant>

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
    case TextSize::Caption: font.setPointSizeF(body * 0.9); break;
    case TextSize::Body: font.setPointSizeF(body); break;
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
    // our own palette would answer for the system's from now on
    application.setProperty(kSystemDark, systemPrefersDark());
    const bool dark
        = mode == ThemeMode::Dark || (mode == ThemeMode::System && systemPrefersDark());
    const Tokens &tokens = dark ? darkTokens() : lightTokens();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setFont(uiFont(TextSize::Body));
    QApplication::setPalette(paletteFrom(tokens));
    application.setStyleSheet(styleSheetFor(tokens));
}

ThemeMode themeModeFromName(const QString &name)
{
    return name == QLatin1String("light") ? ThemeMode::Light
        : name == QLatin1String("dark")   ? ThemeMode::Dark
                                          : ThemeMode::System;
}

QString themeModeName(ThemeMode mode)
{
    switch (mode) {
    case ThemeMode::Light: return QStringLiteral("light");
    case ThemeMode::Dark: return QStringLiteral("dark");
    case ThemeMode::System: break;
    }
    return QStringLiteral("system");
}

QString styleSheetFor(const Tokens &t)
{
    QString sheet = QStringLiteral(R"(
*[role="card"], *[role="kpi"] { background: @surface; border: 1px solid @line; border-radius: 6px; }
*[role="caption"], *[role="answer"] { color: @quiet; }
*[role="nav"] { background: @surface; border: none; border-right: 1px solid @line; outline: none;
    padding: 8px 6px; }
*[role="nav"]::item { height: 32px; padding-left: 8px; border-radius: 4px; color: @text; }
*[role="nav"]::item:hover { background: @raised; }
*[role="nav"]::item:selected { background: @line; color: @text; }
*[role="nav"]::item:selected:focus, *[role="nav"]::item:selected:active { color: @text; }
*[role="nav"]:focus::item:selected { border: 1px solid @accent; }
*[role="segmentBar"] { background: @surface; border: none; border-bottom: 1px solid @line; }
*[role="header"] { background: @surface; border: none; border-bottom: 1px solid @line; }
*[role="jobPanel"] { background: @surface; border: none; border-top: 1px solid @line; }
QToolButton[role="flat"] { border: 1px solid transparent; border-radius: 4px; padding: 2px; background: transparent; }
QToolButton[role="flat"]:hover, QToolButton[role="flat"]:pressed { background: @raised; border-color: @line; }
QToolButton[role="flat"]:focus { border-color: @accent; }
QToolButton[role="flat"]::menu-indicator { image: none; }
*[role="chip"] { background: @raised; border: 1px solid @line; border-radius: 10px; padding: 2px 8px; color: @text; }
*[role="chip"]:hover { border-color: @quiet; }
*[role="chip"]:focus { border-color: @accent; }
QPushButton { background: @surface; border: 1px solid @line; border-radius: 4px; padding: 4px 12px; min-height: 20px; color: @text; }
QPushButton:hover { background: @raised; border-color: @quiet; }
QPushButton:pressed { background: @line; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @quiet; background: @ground; }
QPushButton[role="primary"] { background: @accent; border-color: @accent; color: @onAccent; }
QPushButton[role="primary"]:hover { border-color: @text; }
QPushButton[role="primary"]:focus { border: 2px solid @text; padding: 3px 11px; }
QPushButton[role="primary"]:disabled { background: @line; border-color: @line; color: @quiet; }
QTableView, QTreeView, QListView { background: @surface; alternate-background-color: @raised; border: 1px solid @line; gridline-color: @line; selection-background-color: @accent; selection-color: @onAccent; }
QTableView:focus, QTreeView:focus, QListView:focus { border-color: @accent; }
QHeaderView { background: @raised; }
QHeaderView::section { background: @raised; color: @quiet; border: none; border-bottom: 1px solid @line; padding: 2px 6px; }
QTableCornerButton::section { background: @raised; border: none; }
QToolTip { background: @surface; color: @text; border: 1px solid @line; padding: 4px; }
QMenu { background: @surface; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 4px 20px 4px 20px; border-radius: 3px; }
QMenu::item:selected { background: @accent; color: @onAccent; }
QMenu::item:disabled { color: @quiet; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenuBar { background: @surface; border-bottom: 1px solid @line; }
QMenuBar::item { padding: 4px 8px; background: transparent; }
QMenuBar::item:selected { background: @raised; }
QStatusBar { background: @surface; border-top: 1px solid @line; }
QStatusBar::item { border: none; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget[role="page"] { background: transparent; }
QProgressBar { border: 1px solid @line; border-radius: 3px; background: @ground; max-height: 8px; min-height: 8px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QSplitter::handle { background: transparent; }
)");
    const std::pair<const char *, QColor> names[]{
        {"@ground", t.ground}, {"@surface", t.surface}, {"@raised", t.raised},
        {"@line", t.line},     {"@text", t.text},       {"@quiet", t.quiet},
        {"@onAccent", t.onAccent}, {"@accent", t.accent}};
    for (const auto &[name, color] : names) {
        sheet.replace(QLatin1String(name), color.name());
    }
    return sheet;
}

} // namespace perennial
