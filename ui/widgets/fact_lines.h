#pragma once

#include <QStringList>
#include <QWidget>

class QGridLayout;

namespace perennial {

/// Names and what they are, a line each, in two columns; a value that does not fit is cut off and
/// its tooltip has the rest.
class FactLines : public QWidget {
    Q_OBJECT

public:
    explicit FactLines(QWidget *parent = nullptr);

    /// @param name empty = goes on with the line before.
    void add(const QString &name, const QString &value);
    void clear();
    /// "Device: cpu", a line each, for copying.
    const QStringList &texts() const noexcept { return m_texts; }

private:
    QGridLayout *m_grid;
    QStringList m_texts;
};

} // namespace perennial
