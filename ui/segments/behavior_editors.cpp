// What users did, and when first.
#include "ui/segments/condition_editor.h"
#include "ui/theme/theme.h"
#include "ui/widgets/calendar.h"
#include "ui/widgets/labels.h"
#include "ui/wording/words.h"

#include <QComboBox>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace perennial {

namespace {

constexpr int kMost = 1'000'000'000;

/// A whole number whose lowest value is a word: "any", "ever".
QSpinBox *wholeField(const QString &accessibleName, int least, const QString &word = {})
{
    auto *field = new QSpinBox;
    field->setAccessibleName(accessibleName);
    field->setRange(least, kMost);
    field->setSpecialValueText(word);
    field->setMinimumWidth(88);
    field->setMaximumWidth(120);
    return field;
}

int fieldValue(std::int64_t value)
{
    return static_cast<int>(std::min<std::int64_t>(value, kMost));
}

class BehaviorEditor : public EditorOf<BehaviorCondition> {
public:
    BehaviorEditor()
        : m_kind(choiceField(tr("What they did"))), m_category(choiceField(tr("Of category"))),
          m_least(wholeField(tr("At least so many times"), 0)),
          m_most(wholeField(tr("At most so many times"), -1, tr("any number"))),
          m_days(wholeField(tr("In the last days"), 0, tr("ever")))
    {
        for (const EventKind kind : kEventKinds) {
            m_kind->addItem(eventKindText(kind));
        }
        m_category->setEditable(true); // categories are many, and typing finds one
        m_category->setInsertPolicy(QComboBox::NoInsert);
        m_category->addItem(tr("any category"));
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2 * kGap);
        column->addLayout(rowOf({m_kind, plainLabel(tr("of")), m_category}));
        column->addLayout(rowOf({plainLabel(tr("at least")), m_least, plainLabel(tr("at most")),
                                 m_most, plainLabel(tr("in the last days:")), m_days}));
        column->addStretch(1);
        connect(m_kind, &QComboBox::currentIndexChanged, this, &ConditionEditor::changed);
        connect(m_category, &QComboBox::currentTextChanged, this, &ConditionEditor::changed);
        for (QSpinBox *field : {m_least, m_most, m_days}) {
            connect(field, &QSpinBox::valueChanged, this, &ConditionEditor::changed);
        }
    }
    QString kind() const override { return tr("Behaviour"); }
    SegmentRule::Condition fresh() const override
    {
        return BehaviorCondition{EventKind::Purchase, 90, {}, 1, {}};
    }
    void setOffer(const SegmentOffer &offer) override
    {
        const QSignalBlocker quiet(m_category);
        const QString shown = m_category->currentText();
        while (m_category->count() > 1) {
            m_category->removeItem(1);
        }
        for (const std::string &category : offer.categories) {
            m_category->addItem(QString::fromStdString(category));
        }
        m_category->setCurrentText(shown);
    }

protected:
    void show(const BehaviorCondition &condition) override
    {
        const QSignalBlocker kind(m_kind), category(m_category), least(m_least), most(m_most),
            days(m_days);
        const auto at = std::ranges::find(kEventKinds, condition.kind);
        m_kind->setCurrentIndex(static_cast<int>(at - kEventKinds.begin()));
        m_category->setCurrentText(condition.category ? QString::fromStdString(*condition.category)
                                                      : m_category->itemText(0));
        m_least->setValue(fieldValue(condition.atLeast));
        m_most->setValue(condition.atMost ? fieldValue(*condition.atMost) : -1);
        m_days->setValue(condition.days.value_or(0));
    }
    BehaviorCondition read() const override
    {
        BehaviorCondition condition;
        condition.kind = kEventKinds[static_cast<std::size_t>(std::max(0, m_kind->currentIndex()))];
        const QString category = m_category->currentText();
        if (!category.isEmpty() && category != m_category->itemText(0)) {
            condition.category = category.toStdString();
        }
        condition.atLeast = m_least->value();
        if (m_most->value() >= 0) {
            condition.atMost = m_most->value();
        }
        if (m_days->value() > 0) {
            condition.days = m_days->value();
        }
        return condition;
    }

private:
    static QHBoxLayout *rowOf(std::initializer_list<QWidget *> fields)
    {
        auto *row = new QHBoxLayout;
        row->setSpacing(2 * kGap);
        for (QWidget *field : fields) {
            row->addWidget(field);
        }
        row->addStretch(1);
        return row;
    }

    QComboBox *m_kind, *m_category;
    QSpinBox *m_least, *m_most, *m_days;
};

QDateEdit *dateField(const QString &accessibleName)
{
    auto *field = new QDateEdit;
    field->setAccessibleName(accessibleName);
    field->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    field->setCalendarPopup(true);
    field->setDateRange(QDate(1, 1, 1), QDate(9999, 12, 31));
    return field;
}

class CohortEditor : public EditorOf<CohortCondition> {
public:
    CohortEditor()
        : m_anchor(choiceField(tr("First what"), {tr("first seen"), tr("first order")})),
          m_first(dateField(tr("First day"))), m_last(dateField(tr("Last day")))
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2 * kGap);
        auto *row = new QHBoxLayout;
        row->setSpacing(2 * kGap);
        row->addWidget(m_anchor);
        row->addWidget(plainLabel(tr("from")));
        row->addWidget(m_first);
        row->addWidget(plainLabel(tr("to")));
        row->addWidget(m_last);
        row->addStretch(1);
        column->addLayout(row);
        m_span = captionLabel(tr("Both days belong to it."));
        column->addWidget(m_span);
        column->addStretch(1);
        connect(m_anchor, &QComboBox::currentIndexChanged, this, &ConditionEditor::changed);
        for (QDateEdit *field : {m_first, m_last}) {
            connect(field, &QDateEdit::dateChanged, this, &ConditionEditor::changed);
        }
    }
    QString kind() const override { return tr("Cohort"); }
    SegmentRule::Condition fresh() const override
    {
        return CohortCondition{CohortCondition::Anchor::FirstEvent, m_offeredFirst,
                               daysAfter(m_offeredLast, 1)};
    }
    void setOffer(const SegmentOffer &offer) override
    {
        m_offeredFirst = offer.firstDay.value_or(0);
        m_offeredLast = offer.lastDay.value_or(m_offeredFirst);
    }

protected:
    void show(const CohortCondition &condition) override
    {
        const QSignalBlocker anchor(m_anchor), first(m_first), last(m_last);
        m_anchor->setCurrentIndex(static_cast<int>(condition.anchor));
        m_first->setDate(toDate(condition.from));
        m_last->setDate(toDate(condition.to - 1));
    }
    CohortCondition read() const override
    {
        return {static_cast<CohortCondition::Anchor>(std::max(0, m_anchor->currentIndex())),
                toDay(m_first->date()), daysAfter(toDay(m_last->date()), 1)};
    }

private:
    QComboBox *m_anchor;
    QDateEdit *m_first, *m_last;
    QLabel *m_span;
    Day m_offeredFirst = 0, m_offeredLast = 0;
};

} // namespace

ConditionEditor *makeBehaviorEditor()
{
    return new BehaviorEditor;
}

ConditionEditor *makeCohortEditor()
{
    return new CohortEditor;
}

} // namespace perennial
