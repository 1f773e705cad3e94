#include "ui/segments/part_editor.h"

#include "ui/segments/condition_editor.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

PartEditor::PartEditor(QWidget *parent)
    : QWidget(parent), m_editors(makeConditionEditors()),
      m_kind(choiceField(tr("Kind of condition"))),
      m_any(choiceField(tr("How many of the parts have to hold"),
                        {tr("All of these have to hold"), tr("Any of these is enough")})),
      m_negated(tickField(tr("not"))), m_fields(new QStackedWidget), m_problem(captionLabel())
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kGap);
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * kGap);
    row->addWidget(m_kind);
    row->addWidget(m_any);
    row->addWidget(m_negated);
    row->addStretch(1);
    column->addLayout(row);
    m_negated->setToolTip(tr("Everybody else"));
    setFocusProxy(m_kind);
    for (ConditionEditor *editor : m_editors) {
        m_kind->addItem(editor->kind());
        m_fields->addWidget(editor);
        connect(editor, &ConditionEditor::changed, this,
                [this, editor] { Q_EMIT conditionChanged(editor->condition()); });
    }
    m_fields->addWidget(makeGroupFields());
    column->addWidget(m_fields, 1);
    m_problem->setProperty("role", "problem");
    m_problem->hide();
    column->addWidget(m_problem);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &PartEditor::takeKind);
    connect(m_any, &QComboBox::currentIndexChanged, this,
            [this](int index) { Q_EMIT anyChanged(index == 1); });
    connect(m_negated, &QCheckBox::toggled, this, &PartEditor::negatedChanged);
}

QWidget *PartEditor::makeGroupFields()
{
    auto *fields = new QWidget;
    auto *column = new QVBoxLayout(fields);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(
        captionLabel(tr("A group of conditions, and of groups. Add a condition to it, or "
                        "choose one of its parts above to change it.")));
    column->addStretch(1);
    return fields;
}

void PartEditor::setOffer(const SegmentOffer &offer)
{
    for (ConditionEditor *editor : m_editors) {
        editor->setOffer(offer);
    }
}

void PartEditor::showCondition(const SegmentRule::Condition &condition, bool negated)
{
    const auto fits = [&](const ConditionEditor *editor) { return editor->edits(condition); };
    const auto found = std::ranges::find_if(m_editors, fits);
    const QSignalBlocker quiet(m_kind);
    m_kind->setCurrentIndex(static_cast<int>(found - m_editors.begin()));
    (*found)->setCondition(condition);
    m_fields->setCurrentWidget(*found);
    m_kind->show();
    m_any->hide();
    showNegated(negated);
}

void PartEditor::showGroup(bool any, bool negated)
{
    const QSignalBlocker quiet(m_any);
    m_any->setCurrentIndex(any ? 1 : 0);
    m_fields->setCurrentIndex(static_cast<int>(m_editors.size()));
    m_kind->hide();
    m_any->show();
    showNegated(negated);
}

void PartEditor::showNegated(bool negated)
{
    const QSignalBlocker quiet(m_negated);
    m_negated->setChecked(negated);
    showProblem({});
}

void PartEditor::showProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

ConditionEditor *PartEditor::current() const
{
    return m_editors[static_cast<std::size_t>(std::max(0, m_kind->currentIndex()))];
}

void PartEditor::takeKind(int)
{
    ConditionEditor *editor = current();
    const SegmentRule::Condition fresh = editor->fresh();
    editor->setCondition(fresh);
    m_fields->setCurrentWidget(editor);
    Q_EMIT conditionChanged(fresh);
}

} // namespace perennial
