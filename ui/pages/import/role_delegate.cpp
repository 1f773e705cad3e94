#include "ui/pages/import/role_delegate.h"

#include "core/ingest/recipe.h"
#include "ui/models/mapping_model.h"
#include "ui/wording/import_words.h"

#include <QComboBox>
#include <QEvent>

namespace perennial {

QWidget *RoleDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                    const QModelIndex &index) const
{
    auto *box = new QComboBox(parent);
    box->setAccessibleName(tr("Meaning of column %1")
                               .arg(index.siblingAtColumn(MappingModel::Name).data().toString()));
    box->setFocusPolicy(Qt::StrongFocus);
    const auto contents = static_cast<Contents>(index.data(MappingModel::ContentsRole).toInt());
    box->addItem(hasAttributes(contents) ? tr("an attribute") : tr("not used"),
                 MappingModel::kNoRole);
    for (const Role role : rolesOf(contents)) {
        box->addItem(roleText(role), static_cast<int>(role));
        box->setItemData(box->count() - 1, roleHelp(role), Qt::ToolTipRole);
    }
    connect(box, &QComboBox::activated, this,
            [this, box] { Q_EMIT const_cast<RoleDelegate *>(this)->commitData(box); });
    return box;
}

void RoleDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *box = qobject_cast<QComboBox *>(editor);
    box->setCurrentIndex(box->findData(index.data(Qt::EditRole)));
}

void RoleDelegate::setModelData(QWidget *editor, QAbstractItemModel *model,
                                const QModelIndex &index) const
{
    model->setData(index, qobject_cast<QComboBox *>(editor)->currentData(), Qt::EditRole);
}

void RoleDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                        const QModelIndex &) const
{
    editor->setGeometry(option.rect);
}

bool RoleDelegate::eventFilter(QObject *editor, QEvent *event)
{
    if (event->type() == QEvent::Wheel) {
        event->ignore();
        return true;
    }
    return QStyledItemDelegate::eventFilter(editor, event);
}

} // namespace perennial
