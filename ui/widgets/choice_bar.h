#pragma once

#include <QStringList>
#include <QWidget>

class QButtonGroup;

namespace perennial {

/// One of a few: buttons side by side, one of them down. Arrow keys move through them.
class ChoiceBar : public QWidget {
    Q_OBJECT

public:
    ChoiceBar(const QString &accessibleName, const QStringList &choices,
              QWidget *parent = nullptr);

    int current() const;
    /// As a click would, with its signal.
    void setCurrent(int index);

Q_SIGNALS:
    void chosen(int index); ///< another than before

private:
    QButtonGroup *m_group;
};

} // namespace perennial
