#pragma once

#include <QStyledItemDelegate>

namespace perennial {

/// Chooses a column's meaning from a combo box, by mouse or keyboard.
class RoleDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

protected:
    /// The wheel scrolls the table instead of changing a meaning by accident.
    bool eventFilter(QObject *editor, QEvent *event) override;
};

} // namespace perennial
