#include "ui/main_window/command_palette.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

int matchScore(const QString &typed, const QString &name)
{
    const QString needle = typed.trimmed().toCaseFolded(), hay = name.toCaseFolded();
    if (needle.isEmpty()) {
        return 1;
    }
    if (hay.startsWith(needle)) {
        return 4;
    }
    if (hay.contains(QLatin1Char(' ') + needle)) {
        return 3;
    }
    if (hay.contains(needle)) {
        return 2;
    }
    qsizetype at = 0;
    for (const QChar c : needle) {
        at = c.isSpace() ? at : hay.indexOf(c, at) + 1;
        if (!c.isSpace() && at == 0) {
            return 0;
        }
    }
    return 1;
}

CommandPalette::CommandPalette(const QList<QAction *> &actions, QWidget *parent)
    : QDialog(parent), m_actions(actions)
{
    setWindowTitle(tr("Commands"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(520, 400);
    auto *all = new QVBoxLayout(this);
    m_text = new QLineEdit;
    m_text->setPlaceholderText(tr("Type a command"));
    m_text->setAccessibleName(tr("Command"));
    m_text->installEventFilter(this);
    connect(m_text, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_text, &QLineEdit::returnPressed, this, &CommandPalette::run);
    all->addWidget(m_text);
    m_list = new QListWidget;
    m_list->setAccessibleName(tr("Commands"));
    m_list->setFocusPolicy(Qt::NoFocus);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    all->addWidget(m_list, 1);
    filter({});
}

void CommandPalette::filter(const QString &text)
{
    struct Hit {
        int score;
        qsizetype index;
    };
    QList<Hit> hits;
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        const int score = matchScore(text, m_actions[i]->text().remove(QLatin1Char('&')));
        if (score > 0 && m_actions[i]->isEnabled()) {
            hits.push_back({score, i});
        }
    }
    std::stable_sort(hits.begin(), hits.end(),
                     [](const Hit &a, const Hit &b) { return a.score > b.score; });
    m_list->clear();
    for (const Hit &hit : hits) {
        const QAction *action = m_actions[hit.index];
        QString line = action->text().remove(QLatin1Char('&'));
        if (!action->shortcut().isEmpty()) {
            line += QStringLiteral("   (%1)").arg(
                action->shortcut().toString(QKeySequence::NativeText));
        }
        auto *item = new QListWidgetItem(action->icon(), line);
        item->setData(Qt::UserRole, static_cast<qlonglong>(hit.index));
        m_list->addItem(item);
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::run()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item) {
        return;
    }
    QAction *action = m_actions[item->data(Qt::UserRole).toLongLong()];
    accept();
    action->trigger();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
        if (step != 0) {
            m_list->setCurrentRow(
                std::clamp(m_list->currentRow() + step, 0, std::max(0, m_list->count() - 1)));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace perennial
