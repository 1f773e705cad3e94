#pragma once

#include "core/segment/segment_offer.h"
#include "core/segment/segment_rule.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;

namespace perennial {

/// The fields of one kind of condition.
class ConditionEditor : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual QString kind() const = 0; ///< "Stage"
    virtual bool edits(const SegmentRule::Condition &condition) const = 0;
    /// One of its kind to begin with, which may lack what has to be chosen.
    virtual SegmentRule::Condition fresh() const = 0;
    /// Without a signal. @param condition one that it edits.
    virtual void setCondition(const SegmentRule::Condition &condition) = 0;
    /// As the fields have it, whether checkSegment accepts it or not.
    virtual SegmentRule::Condition condition() const = 0;
    /// What can be chosen from; what is shown stays.
    virtual void setOffer(const SegmentOffer &) {}

Q_SIGNALS:
    void changed(); ///< by hand
};

/// One that edits conditions of type C.
template <class C>
class EditorOf : public ConditionEditor {
public:
    bool edits(const SegmentRule::Condition &condition) const override
    {
        return std::holds_alternative<C>(condition);
    }
    SegmentRule::Condition fresh() const override { return C{}; }
    void setCondition(const SegmentRule::Condition &condition) override
    {
        show(std::get<C>(condition));
    }
    SegmentRule::Condition condition() const override { return read(); }

protected:
    virtual void show(const C &condition) = 0;
    virtual C read() const = 0;
};

ConditionEditor *makeStageEditor();
ConditionEditor *makeFigureEditor();
ConditionEditor *makePercentileEditor();
ConditionEditor *makeAttributeEditor();
ConditionEditor *makeBehaviorEditor();
ConditionEditor *makeCohortEditor();
ConditionEditor *makeCampaignEditor();
ConditionEditor *makeUsersEditor();
/// One of each, in the order in which they are offered.
std::vector<ConditionEditor *> makeConditionEditors();

// What several of them are made of.

QComboBox *choiceField(const QString &accessibleName, const QStringList &choices = {});
QCheckBox *tickField(const QString &text);
/// Chooses a text of a choice's data; one that is not there is added with a remark.
void chooseText(QComboBox *field, const std::string &text);

} // namespace perennial
