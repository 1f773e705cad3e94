#pragma once

#include "ui/pages/page.h"

#include <QFrame>
#include <QScrollArea>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace perennial {

class ChoiceBar;

/// Cards side by side below what a column holds; stretches share the width, whatever the cards would
/// like.
void addCardRow(QVBoxLayout *column, const std::vector<std::pair<QWidget *, int>> &cards);

/// A page's content, scrolling when it is higher than the window; never sideways. Reaches to the
/// window's edge, where its scroll bar stands, and keeps the margin before it itself.
class PageBody : public QScrollArea {
    Q_OBJECT

public:
    explicit PageBody(QWidget *parent = nullptr);
    QVBoxLayout *column() const noexcept { return m_column; }
    void addRow(const std::vector<std::pair<QWidget *, int>> &cards)
    {
        addCardRow(m_column, cards);
    }

private:
    QVBoxLayout *m_column;
};

/// The parts of a page, one of them shown: a bar of their names, and each below it.
class PageSections : public QObject {
    Q_OBJECT

public:
    /// @param column of the page, which the bar and then the parts are added to.
    PageSections(const QStringList &names, QVBoxLayout *column, QObject *parent);

    const QStringList &names() const noexcept { return m_names; }
    /// The next part in the order of the names.
    void add(QWidget *section);
    /// The same, empty: its cards go into the column returned.
    QVBoxLayout *addColumn();
    int current() const;
    void show(int index); ///< as a click on its name

Q_SIGNALS:
    void shown(int index); ///< another than before

private:
    QStringList m_names;
    QVBoxLayout *m_column;
    ChoiceBar *m_choice;
    std::vector<QWidget *> m_sections;
};

/// One line that something must be known or done, with at most two buttons. Hidden while empty.
class Banner : public QFrame {
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);
    /// An empty text hides it; an empty button text shows no button.
    void setTexts(const QString &text, const QString &action, const QString &second = {});
    /// @param reason why the buttons do nothing; empty = they do.
    void setBlocked(const QString &reason);
    QString text() const;

Q_SIGNALS:
    void actionTriggered();
    void secondTriggered();

private:
    QLabel *m_text;
    QPushButton *m_action;
    QPushButton *m_second;
};

/// Why a project that is open read-only cannot be changed.
QString readOnlyText();

} // namespace perennial
