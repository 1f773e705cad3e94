#include "ui/main_window/segment_chip.h"

#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kMostWords = 260; ///< px

} // namespace

SegmentChip::SegmentChip(const QString &text, const QIcon &icon, QWidget *parent)
    : QFrame(parent), m_text(text), m_words(pushButton({})), m_cross(new QToolButton)
{
    setProperty("role", "chipFrame");
    setMinimumWidth(1); // the window may become narrower: fit follows
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_words->setProperty("role", "chipWords");
    m_words->setIcon(icon);
    m_words->setMinimumWidth(1);
    m_words->setToolTip(plainToolTip(text));
    m_words->setAccessibleName(tr("Edit the filter %1").arg(text));
    m_cross->setProperty("role", "chipCross");
    m_cross->setText(QStringLiteral("×"));
    m_cross->setToolTip(tr("Remove"));
    m_cross->setAccessibleName(tr("Remove the filter %1").arg(text));
    m_cross->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_words);
    row->addWidget(m_cross);
    connect(m_words, &QPushButton::clicked, this, &SegmentChip::edited);
    connect(m_cross, &QToolButton::clicked, this, &SegmentChip::removed);
}

void SegmentChip::fit(int room)
{
    m_words->setText({});
    m_words->ensurePolished(); // its font and padding are the style sheet's
    m_cross->ensurePolished();
    const int others = m_words->sizeHint().width() + m_cross->sizeHint().width() + 2 * frameWidth();
    const int words = std::clamp(room - others, 0, kMostWords);
    const QString fitting = m_words->fontMetrics().elidedText(m_text, Qt::ElideRight, words);
    m_words->setText(QString(fitting).replace(QLatin1Char('&'), QStringLiteral("&&")));
}

} // namespace perennial
