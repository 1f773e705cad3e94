#include "ui/pages/import/choice_delegate.h"

#include "core/ingest/recipe.h"
#include "ui/models/kept_as.h"
#include "ui/models/mapping_model.h"
#include "ui/widgets/labels.h"
#include "ui/wording/import_words.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QKeyEvent>

namespace perennial {

QWidget *ChoiceDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                      const QModelIndex &index) const
{
    auto *box = new QComboBox(parent);
    const QString what = index.model()->headerData(index.column(), Qt::Horizontal).toString();
    box->setAccessibleName(
        tr("%1 of column %2")
            .arg(what, index.siblingAtColumn(MappingModel::Name).data().toString()));
    box->setFocusPolicy(Qt::StrongFocus);
    connect(box, &QComboBox::activated, this,
            [this, box] { Q_EMIT const_cast<ChoiceDelegate *>(this)->commitData(box); });
    return box;
}

void ChoiceDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *box = qobject_cast<QComboBox *>(editor);
    if (box->count() > 0 && box->view()->isVisible()) {
        return; // somebody is choosing
    }
    box->clear();
    m_fill(*box, index);
    box->setCurrentIndex(box->findData(index.data(Qt::EditRole)));
}

void ChoiceDelegate::setModelData(QWidget *editor, QAbstractItemModel *model,
                                  const QModelIndex &index) const
{
    model->setData(index, qobject_cast<QComboBox *>(editor)->currentData(), Qt::EditRole);
}

void ChoiceDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                          const QModelIndex &) const
{
    editor->setGeometry(option.rect.adjusted(1, 1, -1, -1));
}

bool ChoiceDelegate::eventFilter(QObject *editor, QEvent *event)
{
    if (event->type() == QEvent::Wheel) {
        event->ignore();
        return true;
    }
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool windows = key == Qt::Key_Escape || key == Qt::Key_Return ||
                             key == Qt::Key_Enter || key == Qt::Key_Tab || key == Qt::Key_Backtab;
        if (windows) {
            return false;
        }
    }
    return QStyledItemDelegate::eventFilter(editor, event);
}

void fillMeanings(QComboBox &box, const QModelIndex &index)
{
    const auto contents = static_cast<Contents>(index.data(MappingModel::ContentsRole).toInt());
    box.addItem(hasAttributes(contents) ? MappingModel::tr("an attribute")
                                        : MappingModel::tr("not used"),
                MappingModel::kNoRole);
    for (const Role role : rolesOf(contents)) {
        box.addItem(roleText(role), static_cast<int>(role));
        box.setItemData(box.count() - 1, plainToolTip(roleHelp(role)), Qt::ToolTipRole);
    }
}

void fillKeptAs(QComboBox &box, const QModelIndex &index)
{
    const int code = index.data(MappingModel::FoundRole).toInt();
    const auto found = code > 0 ? std::optional(static_cast<AttributeType>(code)) : std::nullopt;
    const auto offered = code == 0 ? std::optional(AttributeType::Text) : found;
    for (const QString &choice : keptAsChoices(offered, index.data(Qt::EditRole).toString())) {
        box.addItem(keptAsText(choice, found), choice);
        box.setItemData(box.count() - 1, plainToolTip(keptAsHelp(choice)), Qt::ToolTipRole);
    }
}

} // namespace perennial
