#include "ui/widgets/empty_state.h"

#include "ui/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QVBoxLayout>

namespace perennial {

namespace {

constexpr int kTextWidth = 460;

QVBoxLayout *centredColumn(QWidget *parent)
{
    auto *column = new QVBoxLayout(parent);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(2 * kGap);
    column->setAlignment(Qt::AlignCenter);
    return column;
}

QLabel *centredLabel(QLabel *label)
{
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignCenter);
    label->setFixedWidth(kTextWidth); // left to itself, wrapped text makes a narrow tower
    return label;
}

} // namespace

EmptyState::EmptyState(QWidget *parent) : QWidget(parent)
{
    QVBoxLayout *column = centredColumn(this);
    m_what = centredLabel(plainLabel());
    m_what->setFont(uiFont(TextSize::CardTitle));
    m_why = centredLabel(captionLabel());
    m_why->setFont(uiFont(TextSize::Body));
    m_action = pushButton({}, true);
    m_action->hide();
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionTriggered);
    column->addWidget(m_what, 0, Qt::AlignHCenter);
    column->addWidget(m_why, 0, Qt::AlignHCenter);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
}

void EmptyState::setTexts(const QString &what, const QString &why, const QString &action)
{
    m_what->setText(what);
    m_why->setText(why);
    m_action->setText(action);
    m_action->setAccessibleName(action.isEmpty() ? what : action);
    m_action->setVisible(!action.isEmpty());
}

ErrorPanel::ErrorPanel(QWidget *parent) : QWidget(parent)
{
    QVBoxLayout *column = centredColumn(this);
    m_text = centredLabel(plainLabel());
    m_text->setFont(uiFont(TextSize::CardTitle));
    m_advice = centredLabel(captionLabel());
    auto *copy = pushButton(tr("Copy details"));
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_details); });
    column->addWidget(m_text, 0, Qt::AlignHCenter);
    column->addWidget(m_advice, 0, Qt::AlignHCenter);
    column->addWidget(copy, 0, Qt::AlignHCenter);
}

void ErrorPanel::setError(const Error &error)
{
    m_text->setText(errorText(error));
    m_advice->setText(errorAdvice(error.code));
    m_details = errorDetails(error);
}

} // namespace perennial
