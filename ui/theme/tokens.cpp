#include "ui/theme/tokens.h"

#include <QPalette>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

Tokens makeLight()
{
    Tokens t;
    t.ground = QColor(0xF6F7F6);
    t.surface = QColor(0xFFFFFF);
    t.raised = QColor(0xFBFCFB);
    t.line = QColor(0xDDE3E0);
    t.text = QColor(0x1D2421);
    t.quiet = QColor(0x5B6762);
    t.accent = QColor(0x1A7F5A);
    t.good = QColor(0x2E7D32);
    t.warn = QColor(0xB26A00);
    t.bad = QColor(0xC62828);
    t.onAccent = QColor(0xFFFFFF);
    return t;
}

Tokens makeDark()
{
    Tokens t;
    t.dark = true;
    t.ground = QColor(0x141816);
    t.surface = QColor(0x1C221F);
    t.raised = QColor(0x232A27);
    t.line = QColor(0x313A36);
    t.text = QColor(0xE7ECE9);
    t.quiet = QColor(0x9BA8A2);
    t.accent = QColor(0x4CC38A);
    t.good = QColor(0x66BB6A);
    t.warn = QColor(0xFFB74D);
    t.bad = QColor(0xEF7070);
    t.onAccent = QColor(0x141816);
    return t;
}

QColor mixed(const QColor &a, const QColor &b, double shareOfB)
{
    const auto channel = [shareOfB](int x, int y) {
        return static_cast<int>(std::lround(x + (y - x) * shareOfB));
    };
    return QColor(channel(a.red(), b.red()), channel(a.green(), b.green()),
                  channel(a.blue(), b.blue()));
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &c)
{
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

} // namespace

Ink stageInk(Stage stage) noexcept
{
    return static_cast<Ink>(static_cast<int>(Ink::Acquired) + static_cast<int>(stage));
}

Ink seriesInk(int index) noexcept
{
    return static_cast<Ink>(static_cast<int>(Ink::Series1) + std::max(0, index) % 6);
}

QColor Tokens::color(Ink ink) const
{
    switch (ink) {
    case Ink::Auto:
    case Ink::Accent:
    case Ink::Series1:
        return accent;
    case Ink::Text:
        return text;
    case Ink::Quiet:
        return quiet;
    case Ink::Line:
        return line;
    case Ink::Good:
        return good;
    case Ink::Warn:
        return warn;
    case Ink::Bad:
        return bad;
    case Ink::Acquired:
    case Ink::FlowNew:
    case Ink::Series6:
        return QColor(0x56B4E9);
    case Ink::Active:
    case Ink::Series5:
        return QColor(0x009E73);
    case Ink::Retained:
    case Ink::FlowCurrent:
    case Ink::Series2:
        return QColor(0x0072B2);
    case Ink::Converted:
    case Ink::FlowResurrected:
    case Ink::Series3:
        return QColor(0xE69F00);
    case Ink::Loyal:
    case Ink::Series4:
        return QColor(0xCC79A7);
    case Ink::Dormant:
    case Ink::FlowDormant:
        return QColor(0x8C9692);
    case Ink::Churned:
        return QColor(0xD55E00);
    }
    return text;
}

QColor Tokens::predicted(Ink ink) const
{
    return mixed(surface, color(ink), dark ? 0.6 : 0.45); // at 45 % the dark surface swallows blue
}

QColor Tokens::sequential(double share) const
{
    // viridis at 0, 1/4, 1/2, 3/4, 1
    static const std::array stops{QColor(0x440154), QColor(0x3B528B), QColor(0x21918C),
                                  QColor(0x5EC962), QColor(0xFDE725)};
    const double at = (std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 0.0) * 4.0;
    const auto low = std::min<std::size_t>(3, static_cast<std::size_t>(at));
    return mixed(stops[low], stops[low + 1], at - static_cast<double>(low));
}

QColor Tokens::diverging(double value) const
{
    const double v = std::isfinite(value) ? std::clamp(value, -1.0, 1.0) : 0.0;
    const QColor neutral = dark ? mixed(surface, text, 0.25) : QColor(0xF7F7F7);
    return v < 0 ? mixed(neutral, QColor(0x0072B2), -v) : mixed(neutral, QColor(0xE66100), v);
}

const Tokens &lightTokens()
{
    static const Tokens tokens = makeLight();
    return tokens;
}

const Tokens &darkTokens()
{
    static const Tokens tokens = makeDark();
    return tokens;
}

const Tokens &tokensFor(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? darkTokens() : lightTokens();
}

double contrastRatio(const QColor &a, const QColor &b)
{
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace perennial
