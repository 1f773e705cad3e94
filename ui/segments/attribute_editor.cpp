#include "ui/segments/condition_editor.h"
#include "ui/segments/number_field.h"
#include "ui/segments/values_field.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

/// What is asked of the attribute.
enum Mode { OneOf, Between, Unknown };

class AttributeEditor : public EditorOf<AttributeCondition> {
public:
    AttributeEditor()
        : m_name(choiceField(tr("Attribute"))),
          m_mode(choiceField(tr("What is asked of it"),
                             {tr("is one of"), tr("lies between"), tr("is not known")})),
          m_missing(tickField(tr("also users of whom it is not known"))),
          m_values(new ValuesField(tr("Values"))), m_from(new NumberField(tr("At least"))),
          m_to(new NumberField(tr("Less than"))), m_about(captionLabel()),
          m_fields(new QStackedWidget)
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2 * kGap);
        auto *row = new QHBoxLayout;
        row->setSpacing(2 * kGap);
        row->addWidget(m_name);
        row->addWidget(m_mode);
        row->addWidget(m_missing);
        row->addStretch(1);
        column->addLayout(row);
        m_fields->addWidget(m_values);
        m_fields->addWidget(rangeFields());
        m_fields->addWidget(new QWidget); // nothing more is asked
        column->addWidget(m_fields, 1);
        connectFields();
    }
    QString kind() const override { return tr("Attribute"); }
    SegmentRule::Condition fresh() const override
    {
        AttributeCondition condition;
        if (m_name->count() > 0) {
            condition.name = m_name->itemData(0).toString().toStdString();
        }
        return condition;
    }
    void setOffer(const SegmentOffer &offer) override
    {
        m_offered = offer.attributes;
        const std::string shown = name();
        const QSignalBlocker quiet(m_name);
        m_name->clear();
        for (const OfferedAttribute &attribute : m_offered) {
            const QString text = QString::fromStdString(attribute.name);
            m_name->addItem(text, text);
        }
        chooseText(m_name, shown);
        showOffer();
    }

protected:
    void show(const AttributeCondition &condition) override
    {
        const QSignalBlocker mode(m_mode), missing(m_missing);
        chooseText(m_name, condition.name);
        const bool hasRange = condition.range.from || condition.range.to;
        const bool unknownOnly = condition.orMissing && condition.values.empty() && !hasRange;
        m_mode->setCurrentIndex(unknownOnly ? Unknown : hasRange ? Between : OneOf);
        m_missing->setChecked(condition.orMissing);
        showOffer();
        m_values->setValues(condition.values);
        m_from->setValue(condition.range.from);
        m_to->setValue(condition.range.to);
        showMode();
    }
    AttributeCondition read() const override
    {
        AttributeCondition condition;
        condition.name = name();
        switch (mode()) {
        case OneOf:
            condition.values = m_values->values();
            break;
        case Between:
            condition.range = {m_from->value(), m_to->value()};
            break;
        case Unknown:
            break;
        }
        // Nothing but "unknown" would be what is left where nothing was chosen yet.
        const bool asks = !condition.values.empty() || condition.range.from || condition.range.to;
        condition.orMissing = mode() == Unknown || (asks && m_missing->isChecked());
        return condition;
    }

private:
    QWidget *rangeFields()
    {
        auto *fields = new QWidget;
        auto *column = new QVBoxLayout(fields);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2 * kGap);
        auto *row = new QHBoxLayout;
        row->setSpacing(2 * kGap);
        row->addWidget(plainLabel(tr("at least")));
        row->addWidget(m_from);
        row->addWidget(plainLabel(tr("and less than")));
        row->addWidget(m_to);
        row->addStretch(1);
        column->addLayout(row);
        column->addWidget(m_about);
        column->addStretch(1);
        return fields;
    }

    void connectFields()
    {
        connect(m_name, &QComboBox::currentIndexChanged, this, [this] {
            m_values->setValues({}); // of another attribute
            m_from->setValue({});
            m_to->setValue({});
            showOffer();
            Q_EMIT changed();
        });
        connect(m_mode, &QComboBox::currentIndexChanged, this, [this] {
            showMode();
            Q_EMIT changed();
        });
        connect(m_missing, &QCheckBox::toggled, this, &ConditionEditor::changed);
        connect(m_values, &ValuesField::changed, this, &ConditionEditor::changed);
        for (NumberField *field : {m_from, m_to}) {
            connect(field, &NumberField::changed, this, &ConditionEditor::changed);
        }
    }

    std::string name() const { return m_name->currentData().toString().toStdString(); }
    Mode mode() const { return static_cast<Mode>(std::max(0, m_mode->currentIndex())); }

    void showOffer()
    {
        const auto found = std::ranges::find(m_offered, name(), &OfferedAttribute::name);
        const OfferedAttribute offer = found == m_offered.end() ? OfferedAttribute() : *found;
        m_values->setOffer(offer.values, offer.distinct);
        const bool isDate = offer.type == AttributeType::Date;
        const auto kind = isDate ? NumberField::Kind::Date : NumberField::Kind::Number;
        m_from->setKind(kind);
        m_to->setKind(kind);
        const auto textOf = [&](double value) {
            return isDate ? dayText(static_cast<Day>(value)) : fullText(value);
        };
        m_about->setText(
            offer.least
                ? tr("In this project: %1 to %2.").arg(textOf(*offer.least), textOf(*offer.most))
                : tr("In this project its values are texts, which lie in no "
                     "range."));
    }
    void showMode()
    {
        m_fields->setCurrentIndex(mode());
        m_missing->setVisible(mode() != Unknown);
    }

    QComboBox *m_name, *m_mode;
    QCheckBox *m_missing;
    ValuesField *m_values;
    NumberField *m_from, *m_to;
    QLabel *m_about;
    QStackedWidget *m_fields;
    std::vector<OfferedAttribute> m_offered;
};

} // namespace

ConditionEditor *makeAttributeEditor()
{
    return new AttributeEditor;
}

} // namespace perennial
