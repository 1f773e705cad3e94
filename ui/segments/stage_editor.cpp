#include "ui/segments/condition_editor.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/swatch.h"
#include "ui/wording/words.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QSignalBlocker>

#include <algorithm>
#include <array>

namespace perennial {

namespace {

constexpr int kColumns = 4;

class StageEditor : public EditorOf<StageCondition> {
public:
    StageEditor()
    {
        auto *grid = new QGridLayout(this);
        grid->setContentsMargins(0, 0, 0, 0);
        grid->setSpacing(2 * kGap);
        for (const Stage stage : kStages) {
            const int place = static_cast<int>(stage);
            QCheckBox *box = tickField(stageText(stage));
            box->setIcon(swatchIcon(stageInk(stage)));
            box->setToolTip(plainToolTip(stageDefinition(stage)));
            grid->addWidget(box, place / kColumns, place % kColumns);
            connect(box, &QCheckBox::toggled, this, &ConditionEditor::changed);
            m_boxes[static_cast<std::size_t>(place)] = box;
        }
        grid->setColumnStretch(kColumns, 1);
        grid->setRowStretch(2, 1);
    }
    QString kind() const override { return tr("Stage"); }

protected:
    void show(const StageCondition &condition) override
    {
        for (const Stage stage : kStages) {
            QCheckBox *box = m_boxes[static_cast<std::size_t>(stage)];
            const QSignalBlocker quiet(box);
            box->setChecked(std::ranges::find(condition.stages, stage) != condition.stages.end());
        }
    }
    StageCondition read() const override
    {
        StageCondition condition;
        for (const Stage stage : kStages) {
            if (m_boxes[static_cast<std::size_t>(stage)]->isChecked()) {
                condition.stages.push_back(stage);
            }
        }
        return condition;
    }

private:
    std::array<QCheckBox *, kStageCount> m_boxes{};
};

} // namespace

ConditionEditor *makeStageEditor()
{
    return new StageEditor;
}

} // namespace perennial
