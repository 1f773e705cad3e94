#pragma once

#include <QStyledItemDelegate>

#include <functional>

class QComboBox;

namespace perennial {

/// Chooses a cell's value from a combo box, by mouse or keyboard.
class ChoiceDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    /// Puts in what a cell can be: texts, and values as item data.
    using Fill = std::function<void(QComboBox &, const QModelIndex &)>;

    ChoiceDelegate(Fill fill, QObject *parent)
        : QStyledItemDelegate(parent), m_fill(std::move(fill))
    {
    }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

protected:
    /// The wheel scrolls the table instead of changing a value by accident; Escape, Enter and Tab
    /// are the window's, or Tab would never leave the table.
    bool eventFilter(QObject *editor, QEvent *event) override;

private:
    Fill m_fill;
};

/// The meanings that a column of MappingModel can have, and what it can be kept as.
void fillMeanings(QComboBox &box, const QModelIndex &index);
void fillKeptAs(QComboBox &box, const QModelIndex &index);

} // namespace perennial
