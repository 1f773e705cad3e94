#pragma once

#include <QLineEdit>

#include <optional>

namespace perennial {

/// A number that may be left out, typed as the locale or a program writes it. What is typed and is
/// no number is NaN, which no rule accepts, so that whoever checks the rule names the field.
class NumberField : public QLineEdit {
    Q_OBJECT

public:
    enum class Kind { Number, Percent, Date };
    explicit NumberField(const QString &accessibleName, QWidget *parent = nullptr);

    /// Percent shows shares in [0, 1] as 0 … 100, Date days since 1970 as "2024-03-31".
    void setKind(Kind kind);
    void setValue(std::optional<double> value);
    std::optional<double> value() const;

Q_SIGNALS:
    void changed(); ///< by hand

private:
    QString textOf(double value) const;
    std::optional<double> read() const;

    Kind m_kind = Kind::Number;
    std::optional<double> m_set; ///< kept exactly while its text is not touched
    QString m_setText;
};

} // namespace perennial
