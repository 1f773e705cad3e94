#include "ui/widgets/kpi_card.h"

#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QGridLayout>
#include <QResizeEvent>
#include <QToolButton>
#include <QWhatsThis>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kLeastKpiWidth = 168;

} // namespace

KpiCard::KpiCard(const QString &title, QWidget *parent) : QFrame(parent)
{
    setProperty("role", "kpi");
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(12, 8, 12, 8);
    all->setSpacing(0);
    auto *head = new QHBoxLayout;
    m_title = new ElidedLabel(title);
    m_title->setFont(uiFont(TextSize::Caption));
    m_title->setProperty("role", "caption");
    head->addWidget(m_title, 1);
    m_help = iconButton(QStringLiteral(":/icons/help.svg"), tr("What is this?"));
    m_help->setIconSize({12, 12});
    connect(m_help, &QToolButton::clicked, this, [this] {
        QWhatsThis::showText(m_help->mapToGlobal(QPoint(0, m_help->height())),
                             plainToolTip(m_definition), m_help);
    });
    QSizePolicy keep = m_help->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    m_help->setSizePolicy(keep);
    m_help->hide();
    head->addWidget(m_help);
    all->addLayout(head);
    m_value = plainLabel(QStringLiteral("–"));
    QFont font = uiFont(TextSize::PageTitle);
    m_value->setFont(font);
    all->addWidget(m_value);
    m_note = new ElidedLabel;
    m_note->setFont(uiFont(TextSize::Caption));
    m_note->setProperty("role", "caption");
    all->addWidget(m_note);
    setTitle(title);
}

void KpiCard::setTitle(const QString &title)
{
    m_title->setFullText(title);
    setAccessibleName(QStringLiteral("%1: %2").arg(title, m_value->text()));
}

void KpiCard::setValue(const QString &value, const QString &full)
{
    m_value->setText(value);
    m_value->setToolTip(plainToolTip(full));
    setAccessibleName(
        QStringLiteral("%1: %2").arg(m_title->fullText(), full.isEmpty() ? value : full));
}

QString KpiCard::value() const
{
    return m_value->text();
}

void KpiCard::setNote(const QString &note)
{
    m_note->setFullText(note);
}

void KpiCard::setDefinition(const QString &definition)
{
    m_definition = definition;
    m_help->setVisible(!definition.isEmpty());
    m_help->setAccessibleDescription(definition);
    setAccessibleDescription(definition);
}

void KpiCard::setBusy(bool busy)
{
    m_value->setEnabled(!busy);
    m_note->setEnabled(!busy);
}

KpiRow::KpiRow(QWidget *parent) : QWidget(parent)
{
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(kCardGap);
}

KpiCard *KpiRow::add(const QString &title)
{
    auto *card = new KpiCard(title);
    m_cards.push_back(card);
    arrange(std::max(
        1, std::min<int>(static_cast<int>(m_cards.size()), m_columns > 0 ? m_columns : 8)));
    return card;
}

void KpiRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int count = static_cast<int>(m_cards.size());
    if (count == 0) {
        return;
    }
    const int fitting = std::max(1, (width() + kCardGap) / (kLeastKpiWidth + kCardGap));
    const int rows = (count + fitting - 1) / fitting;
    arrange((count + rows - 1) / rows);
}

void KpiRow::arrange(int columns)
{
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        const int at = static_cast<int>(i);
        m_grid->addWidget(m_cards[i], at / columns, at % columns);
    }
    for (int c = 0; c < std::max(columns, m_columns); ++c) {
        m_grid->setColumnStretch(c, c < columns ? 1 : 0);
    }
    m_columns = columns;
}

} // namespace perennial
