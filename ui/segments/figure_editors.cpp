// Figures and their percentiles.
#include "ui/segments/condition_editor.h"
#include "ui/segments/number_field.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/wording/segment_words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace perennial {

namespace {

QComboBox *figureField()
{
    QComboBox *field = choiceField(ConditionEditor::tr("Figure"));
    for (int k = 0; k < kSegmentFigureCount; ++k) {
        field->addItem(segmentFigureText(static_cast<SegmentFigure>(k)));
    }
    return field;
}

SegmentFigure chosen(const QComboBox *field)
{
    return static_cast<SegmentFigure>(std::max(0, field->currentIndex()));
}

class FigureEditor : public EditorOf<FigureCondition> {
public:
    FigureEditor()
        : m_figure(figureField()), m_from(new NumberField(tr("At least"))),
          m_to(new NumberField(tr("Less than"))), m_missing(tickField(tr("also users without one")))
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2 * kGap);
        auto *row = new QHBoxLayout;
        row->setSpacing(2 * kGap);
        row->addWidget(m_figure);
        row->addWidget(plainLabel(tr("at least")));
        row->addWidget(m_from);
        row->addWidget(plainLabel(tr("and less than")));
        row->addWidget(m_to);
        row->addStretch(1);
        column->addLayout(row);
        column->addWidget(m_missing);
        column->addStretch(1);
        connect(m_figure, &QComboBox::currentIndexChanged, this, [this] {
            showKind();
            Q_EMIT changed();
        });
        for (NumberField *field : {m_from, m_to}) {
            connect(field, &NumberField::changed, this, &ConditionEditor::changed);
        }
        connect(m_missing, &QCheckBox::toggled, this, &ConditionEditor::changed);
    }
    QString kind() const override { return tr("Figure"); }

protected:
    void show(const FigureCondition &condition) override
    {
        const QSignalBlocker figure(m_figure), missing(m_missing);
        m_figure->setCurrentIndex(static_cast<int>(condition.figure));
        showKind();
        m_from->setValue(condition.range.from);
        m_to->setValue(condition.range.to);
        m_missing->setChecked(condition.orMissing);
    }
    FigureCondition read() const override
    {
        return {chosen(m_figure), {m_from->value(), m_to->value()}, m_missing->isChecked()};
    }

private:
    void showKind()
    {
        const auto kind = isShareFigure(chosen(m_figure)) ? NumberField::Kind::Percent
                                                          : NumberField::Kind::Number;
        m_from->setKind(kind);
        m_to->setKind(kind);
    }

    QComboBox *m_figure;
    NumberField *m_from, *m_to;
    QCheckBox *m_missing;
};

QDoubleSpinBox *percentField(const QString &accessibleName)
{
    auto *field = new QDoubleSpinBox;
    field->setAccessibleName(accessibleName);
    field->setRange(0, 100);
    field->setDecimals(1);
    field->setSingleStep(5);
    return field;
}

class PercentileEditor : public EditorOf<PercentileCondition> {
public:
    PercentileEditor()
        : m_figure(figureField()), m_from(percentField(tr("From percentile"))),
          m_to(percentField(tr("To percentile")))
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2 * kGap);
        auto *row = new QHBoxLayout;
        row->setSpacing(2 * kGap);
        row->addWidget(m_figure);
        row->addWidget(plainLabel(tr("from percentile")));
        row->addWidget(m_from);
        row->addWidget(plainLabel(tr("to")));
        row->addWidget(m_to);
        row->addStretch(1);
        column->addLayout(row);
        column->addWidget(
            captionLabel(tr("Among the scored users who have one: 80 to 100 are the top "
                            "20 %. Users with the same number are never parted.")));
        column->addStretch(1);
        connect(m_figure, &QComboBox::currentIndexChanged, this, &ConditionEditor::changed);
        for (QDoubleSpinBox *field : {m_from, m_to}) {
            connect(field, &QDoubleSpinBox::valueChanged, this, [this] {
                m_touched = true;
                Q_EMIT changed();
            });
        }
    }
    QString kind() const override { return tr("Percentile"); }
    SegmentRule::Condition fresh() const override
    {
        return PercentileCondition{SegmentFigure::PredictedValue, 80, 100};
    }

protected:
    void show(const PercentileCondition &condition) override
    {
        const QSignalBlocker figure(m_figure), from(m_from), to(m_to);
        m_figure->setCurrentIndex(static_cast<int>(condition.figure));
        m_from->setValue(condition.from);
        m_to->setValue(condition.to);
        m_exact = condition;
        m_touched = false;
    }
    PercentileCondition read() const override
    {
        return {chosen(m_figure), m_touched ? m_from->value() : m_exact.from,
                m_touched ? m_to->value() : m_exact.to};
    }

private:
    QComboBox *m_figure;
    QDoubleSpinBox *m_from, *m_to;
    PercentileCondition m_exact; ///< may have more decimals than the fields
    bool m_touched = false;
};

} // namespace

ConditionEditor *makeFigureEditor()
{
    return new FigureEditor;
}

ConditionEditor *makePercentileEditor()
{
    return new PercentileEditor;
}

} // namespace perennial
