#include "ui/segments/values_field.h"

#include "ui/theme/theme.h"
#include "ui/wording/format.h"

#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalBlocker>
#include <QStringListModel>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kListHeight = 100;
constexpr int kValueRole = Qt::UserRole;

} // namespace

ValuesField::ValuesField(const QString &accessibleName, QWidget *parent)
    : QWidget(parent), m_line(new QLineEdit), m_list(new QListWidget)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    m_line->setAccessibleName(tr("Find or add a value"));
    m_line->setPlaceholderText(tr("Find a value, or type one and press Enter"));
    m_line->setClearButtonEnabled(true);
    m_list->setAccessibleName(accessibleName);
    m_list->setMinimumHeight(kListHeight);
    m_list->setSpacing(2);
    column->addWidget(m_line);
    column->addWidget(m_list, 1);
    connect(m_line, &QLineEdit::textChanged, this, &ValuesField::narrow);
    m_line->installEventFilter(this);
    connect(m_list, &QListWidget::itemChanged, this, [this] {
        m_chosen = values();
        Q_EMIT changed();
    });
}

bool ValuesField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            addTyped();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ValuesField::setOffer(const std::vector<OfferedValue> &values, std::int64_t distinct)
{
    m_offered = values;
    QStringList words;
    for (const OfferedValue &value : values) {
        words << QString::fromStdString(value.text);
    }
    auto *completer = new QCompleter(words, m_line);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    connect(completer, qOverload<const QString &>(&QCompleter::activated), this,
            &ValuesField::addTyped, Qt::QueuedConnection); // once the line has its text
    delete m_line->completer();
    m_line->setCompleter(completer);
    m_line->setToolTip(distinct > std::ssize(values)
                           ? tr("The list has the commonest %1 of %2 values")
                                 .arg(countText(std::ssize(values)), countText(distinct))
                           : QString());
    fill();
}

void ValuesField::setValues(const std::vector<std::string> &values)
{
    m_chosen = values;
    m_line->clear();
    fill();
}

std::vector<std::string> ValuesField::values() const
{
    std::vector<std::string> ticked;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem *item = m_list->item(row);
        if (item->checkState() == Qt::Checked) {
            ticked.push_back(item->data(kValueRole).toString().toStdString());
        }
    }
    return ticked;
}

/// What is chosen comes first, whether the project has it or not.
void ValuesField::fill()
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    const auto add = [this](const std::string &value, const QString &shown, bool ticked) {
        auto *item = new QListWidgetItem(shown, m_list);
        item->setData(kValueRole, QString::fromStdString(value));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(ticked ? Qt::Checked : Qt::Unchecked);
    };
    const auto textOf = [](const OfferedValue &value) {
        return QStringLiteral("%1   (%2)")
            .arg(QString::fromStdString(value.text), countText(value.users));
    };
    for (const std::string &value : m_chosen) {
        const auto found = std::ranges::find(m_offered, value, &OfferedValue::text);
        add(value, found == m_offered.end() ? QString::fromStdString(value) : textOf(*found), true);
    }
    for (const OfferedValue &value : m_offered) {
        if (std::ranges::find(m_chosen, value.text) == m_chosen.end()) {
            add(value.text, textOf(value), false);
        }
    }
    narrow();
}

void ValuesField::addTyped()
{
    const std::string typed = m_line->text().trimmed().toStdString();
    if (typed.empty()) {
        return;
    }
    if (std::ranges::find(m_chosen, typed) == m_chosen.end()) {
        m_chosen.push_back(typed);
    }
    m_line->clear();
    fill();
    Q_EMIT changed();
}

void ValuesField::narrow()
{
    const QString sought = m_line->text().trimmed();
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        const bool fits = item->data(kValueRole).toString().contains(sought, Qt::CaseInsensitive);
        item->setHidden(!fits && item->checkState() != Qt::Checked);
    }
}

} // namespace perennial
