#pragma once

#include <QLabel>
#include <QString>

class QIcon;
class QPushButton;
class QToolButton;

namespace perennial {

/// A label that never reads its text as markup; the only kind that may show data. It elides rather
/// than widening its parent where `elide`.
QLabel *plainLabel(const QString &text = {}, QWidget *parent = nullptr);
/// Quiet, caption-sized, wraps.
QLabel *captionLabel(const QString &text = {}, QWidget *parent = nullptr);
/// A label of one line that ends in "…" where it does not fit, with the full text as tooltip.
class ElidedLabel : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);
    void setFullText(const QString &text);
    QString fullText() const { return m_full; }
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void elide();
    QString m_full;
};

/// Text for setToolTip and QToolTip::showText that is shown as it is: tooltips guess the format, so
/// plain data goes in as escaped rich text. Empty stays empty.
QString plainToolTip(const QString &text);

/// A button with text and accessible name; `primary` is the page's one main action.
QPushButton *pushButton(const QString &text, bool primary = false, QWidget *parent = nullptr);
/// A flat tool button with an icon (":/icons/…") and an accessible name that is its tooltip.
QToolButton *iconButton(const QString &icon, const QString &name, QWidget *parent = nullptr);
/// What lies behind an icon whose row is selected: the accent (menus, lists), or a quiet surface.
enum class IconUse { OnHighlight, OnSurface };
/// An icon of the resources, drawn in the palette's text colour of whatever theme is on.
QIcon themedIcon(const QString &resource, IconUse use = IconUse::OnHighlight);

} // namespace perennial
