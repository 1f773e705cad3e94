#pragma once

#include "ui/widgets/card.h"

#include <vector>

class QGridLayout;

namespace perennial {

/// One figure: name with unit and window, value, what it is compared with.
class KpiCard : public QFrame {
    Q_OBJECT

public:
    explicit KpiCard(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// @param value at most 4 significant digits (shortText); @param full all digits, the tooltip.
    void setValue(const QString &value, const QString &full = {});
    QString value() const;
    /// The line below: the change and against what, or the interval.
    void setNote(const QString &note);
    void setDefinition(const QString &definition);
    void setBusy(bool busy);

private:
    ElidedLabel *m_title = nullptr;
    QToolButton *m_help = nullptr;
    QLabel *m_value = nullptr;
    ElidedLabel *m_note = nullptr;
    QString m_definition;
};

/// Cards side by side, as many columns as fit, the rest in further rows.
class KpiRow : public QWidget {
    Q_OBJECT

public:
    explicit KpiRow(QWidget *parent = nullptr);
    KpiCard *add(const QString &title);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange(int columns);

    QGridLayout *m_grid = nullptr;
    std::vector<KpiCard *> m_cards;
    int m_columns = 0;
};

} // namespace perennial
