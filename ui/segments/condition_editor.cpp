#include "ui/segments/condition_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSignalBlocker>

namespace perennial {

std::vector<ConditionEditor *> makeConditionEditors()
{
    return {makeStageEditor(),    makeFigureEditor(), makePercentileEditor(), makeAttributeEditor(),
            makeBehaviorEditor(), makeCohortEditor(), makeCampaignEditor(),   makeUsersEditor()};
}

QComboBox *choiceField(const QString &accessibleName, const QStringList &choices)
{
    auto *field = new QComboBox;
    field->setAccessibleName(accessibleName);
    field->addItems(choices);
    field->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    field->setMinimumContentsLength(18);
    return field;
}

QCheckBox *tickField(const QString &text)
{
    auto *field = new QCheckBox(text);
    field->setAccessibleName(text);
    return field;
}

void chooseText(QComboBox *field, const std::string &text)
{
    const QSignalBlocker quiet(field);
    const QString wanted = QString::fromStdString(text);
    int at = field->findData(wanted);
    if (at < 0 && !wanted.isEmpty()) {
        field->addItem(ConditionEditor::tr("%1 (not in this project)").arg(wanted), wanted);
        at = field->count() - 1;
    }
    field->setCurrentIndex(at);
}

} // namespace perennial
