#include "ui/widgets/labels.h"

#include "ui/theme/theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QIcon>
#include <QIconEngine>
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>
#include <QSvgRenderer>
#include <QToolButton>

namespace perennial {

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    return label;
}

QLabel *captionLabel(const QString &text, QWidget *parent)
{
    QLabel *label = plainLabel(text, parent);
    label->setProperty("role", "caption");
    label->setFont(uiFont(TextSize::Caption));
    label->setWordWrap(true);
    return label;
}

ElidedLabel::ElidedLabel(const QString &text, QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setFullText(text);
}

void ElidedLabel::setFullText(const QString &text)
{
    if (text == m_full && !text.isEmpty()) {
        return;
    }
    m_full = text;
    setAccessibleName(text);
    updateGeometry();
    elide();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(QStringLiteral("…")) + 8,
            QLabel::minimumSizeHint().height()};
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_full) + 4, fontMetrics().height() + 2};
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::elide()
{
    const QString shown = fontMetrics().elidedText(m_full, Qt::ElideRight, contentsRect().width());
    setText(shown);
    setToolTip(shown == m_full ? QString() : plainToolTip(m_full));
}

QString plainToolTip(const QString &text)
{
    if (text.isEmpty()) {
        return {};
    }
    QString escaped = text.toHtmlEscaped();
    return QStringLiteral("<qt>%1</qt>")
        .arg(escaped.replace(QLatin1Char('\n'), QLatin1String("<br>")));
}

QPushButton *pushButton(const QString &text, bool primary, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    QString name = text;
    button->setAccessibleName(name.remove(QLatin1Char('&')));
    if (primary) {
        button->setProperty("role", "primary");
    }
    button->setAutoDefault(false);
    return button;
}

QToolButton *iconButton(const QString &icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setProperty("role", "flat");
    button->setIcon(themedIcon(icon));
    button->setIconSize({16, 16});
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

namespace {

/// Draws a resource's SVG with "currentColor" as the palette's colour whenever it is painted, so
/// that icons follow the theme.
class ThemedIconEngine : public QIconEngine {
public:
    ThemedIconEngine(QByteArray svg, IconUse use) : m_svg(std::move(svg)), m_use(use) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        const QColor color =
            mode == QIcon::Selected && m_use == IconUse::OnHighlight
                ? palette.color(QPalette::HighlightedText)
                : palette.color(mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active,
                                QPalette::WindowText);
        QByteArray svg = m_svg;
        svg.replace("currentColor", color.name().toLatin1());
        QSvgRenderer(svg).render(painter, rect);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap picture(size);
        if (picture.isNull()) {
            return picture; // a button squeezed to nothing
        }
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return picture;
    }
    QIconEngine *clone() const override { return new ThemedIconEngine(m_svg, m_use); }

private:
    QByteArray m_svg;
    IconUse m_use;
};

} // namespace

QIcon themedIcon(const QString &resource, IconUse use)
{
    QFile file(resource);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return QIcon(new ThemedIconEngine(file.readAll(), use));
}

} // namespace perennial
