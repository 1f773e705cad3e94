#pragma once

#include "ui/charts/chart_card.h"

#include <QPushButton>
#include <QtTest>

namespace perennial {

/// The chart whose title begins so, shown or not; null where there is none.
inline ChartCard *chart(const QWidget &page, const QString &title)
{
    for (ChartCard *card : page.findChildren<ChartCard *>()) {
        if (card->title().startsWith(title)) {
            return card;
        }
    }
    return nullptr;
}

/// The widget of that accessible name; null where there is none.
template <class T>
T *called(const QWidget &page, const QString &name)
{
    for (T *widget : page.findChildren<T *>()) {
        if (widget->accessibleName() == name) {
            return widget;
        }
    }
    return nullptr;
}

/// Clicks the button of that text.
inline void press(const QWidget &page, const QString &text)
{
    for (QPushButton *button : page.findChildren<QPushButton *>()) {
        if (button->text() == text && button->isEnabled()) {
            button->click();
            return;
        }
    }
    QFAIL(qPrintable(QStringLiteral("no button ") + text));
}

} // namespace perennial
