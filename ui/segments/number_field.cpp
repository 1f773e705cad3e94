#include "ui/segments/number_field.h"

#include "core/base/dates.h"
#include "ui/wording/format.h"

#include <QLocale>
#include <QStyle>

#include <cmath>
#include <limits>

namespace perennial {

namespace {

constexpr int kDigits = 12;
constexpr int kWidth = 120;
constexpr double kMostDays = 3e6; ///< the year 9999 and more

} // namespace

NumberField::NumberField(const QString &accessibleName, QWidget *parent) : QLineEdit(parent)
{
    setAccessibleName(accessibleName);
    setMaximumWidth(kWidth);
    setClearButtonEnabled(true);
    connect(this, &QLineEdit::textChanged, this, [this] {
        const std::optional<double> typed = value();
        setProperty("invalid", typed && !std::isfinite(*typed));
        style()->unpolish(this);
        style()->polish(this);
    });
    connect(this, &QLineEdit::textEdited, this, &NumberField::changed);
    setKind(Kind::Number);
}

void NumberField::setKind(Kind kind)
{
    const std::optional<double> held = value(); // the number stays, its text may not
    m_kind = kind;
    if (!held || std::isfinite(*held)) {
        setValue(held);
    }
    setPlaceholderText(kind == Kind::Date      ? tr("any, or 2024-03-31")
                       : kind == Kind::Percent ? tr("any, %")
                                               : tr("any"));
}

void NumberField::setValue(std::optional<double> value)
{
    m_set = value;
    m_setText = value ? textOf(*value) : QString();
    setText(m_setText);
}

std::optional<double> NumberField::value() const
{
    return text() == m_setText ? m_set : read();
}

QString NumberField::textOf(double value) const
{
    const bool isDay = std::abs(value) < kMostDays && std::floor(value) == value;
    if (m_kind == Kind::Date && isDay) {
        return dayText(static_cast<Day>(value));
    }
    return QLocale::c().toString(m_kind == Kind::Percent ? 100 * value : value, 'g', kDigits);
}

std::optional<double> NumberField::read() const
{
    const QString typed = text().trimmed();
    if (typed.isEmpty()) {
        return std::nullopt;
    }
    if (m_kind == Kind::Date) {
        const auto day = parseIsoDate(typed.toStdString());
        return day ? static_cast<double>(*day) : std::numeric_limits<double>::quiet_NaN();
    }
    bool isNumber = false;
    double number = QLocale().toDouble(typed, &isNumber);
    if (!isNumber) {
        number = QLocale::c().toDouble(typed, &isNumber);
    }
    if (!isNumber) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    return m_kind == Kind::Percent ? number / 100 : number;
}

} // namespace perennial
