#pragma once

#include <QFrame>
#include <QString>

class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;
class QVBoxLayout;

namespace perennial {

class ElidedLabel;

/// Title, "?" with definition and source, menu, content, caption.
class Card : public QFrame {
    Q_OBJECT

public:
    explicit Card(const QString &title, QWidget *parent = nullptr);

    QString title() const;
    void setTitle(const QString &title);
    /// Plain text behind "?": what it means and where it comes from. Empty hides the "?".
    void setDefinition(const QString &definition);
    /// A quiet line below the content; empty hides it.
    void setCaption(const QString &caption);
    QString caption() const;
    /// Put content here.
    QVBoxLayout *body() const noexcept { return m_body; }
    /// Extra controls in the title row, left of "?" and menu.
    QHBoxLayout *tools() const noexcept { return m_tools; }
    /// The card's menu; it shows its button once it has actions.
    QMenu *menu();
    /// Old content stays, dimmed, while new content is computed.
    virtual void setBusy(bool busy);

private:
    void showDefinition();

    ElidedLabel *m_title = nullptr;
    QToolButton *m_help = nullptr;
    QToolButton *m_menuButton = nullptr;
    QMenu *m_menu = nullptr;
    QLabel *m_caption = nullptr;
    QVBoxLayout *m_body = nullptr;
    QHBoxLayout *m_tools = nullptr;
    QString m_definition;
};

} // namespace perennial
