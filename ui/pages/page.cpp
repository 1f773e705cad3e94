#include "ui/pages/page.h"

#include <QShowEvent>

namespace perennial {

Page::Page(const PageContext &context, QWidget *parent) : QWidget(parent), m_context(context)
{
    connect(&session(), &ProjectSession::projectChanged, this, &Page::markStale);
    connect(&session(), &ProjectSession::dataChanged, this, &Page::markStale);
    connect(&session(), &ProjectSession::settingsChanged, this, &Page::markStale);
    connect(&session(), &ProjectSession::segmentChanged, this, &Page::markStale);
}

void Page::refreshIfStale()
{
    if (m_stale) {
        m_stale = false;
        refresh();
        Q_EMIT headerChanged();
    }
}

void Page::markStale()
{
    m_stale = true;
    if (isVisible()) {
        refreshIfStale();
    }
}

void Page::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refreshIfStale();
}

} // namespace perennial
