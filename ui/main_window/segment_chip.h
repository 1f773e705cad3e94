#pragma once

#include <QFrame>
#include <QIcon>

class QPushButton;
class QToolButton;

namespace perennial {

/// A part of the filter: its words, which a click edits, and a cross, which removes it.
class SegmentChip : public QFrame {
    Q_OBJECT

public:
    explicit SegmentChip(const QString &text, const QIcon &icon = {}, QWidget *parent = nullptr);

    /// Shortens the words to a width. @param room px for all of the chip
    void fit(int room);

Q_SIGNALS:
    void edited();
    void removed();

private:
    QString m_text;
    QPushButton *m_words;
    QToolButton *m_cross;
};

} // namespace perennial
