#pragma once

#include "core/segment/segment_offer.h"
#include "core/segment/segment_rule.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QStackedWidget;

namespace perennial {

class ConditionEditor;

/// The fields of the part of a rule that is chosen: the kind of condition and that kind's fields,
/// or of a group whether all or any of its parts have to hold; and whether it is turned round.
class PartEditor : public QWidget {
    Q_OBJECT

public:
    explicit PartEditor(QWidget *parent = nullptr);

    void setOffer(const SegmentOffer &offer);
    void showCondition(const SegmentRule::Condition &condition, bool negated);
    void showGroup(bool any, bool negated);
    /// What is wrong with what is shown; empty hides the line.
    void showProblem(const QString &problem);

Q_SIGNALS: // by hand
    void conditionChanged(const perennial::SegmentRule::Condition &condition);
    void anyChanged(bool any);
    void negatedChanged(bool negated);

private:
    QWidget *makeGroupFields();
    ConditionEditor *current() const;
    void takeKind(int kind);
    void showNegated(bool negated);

    std::vector<ConditionEditor *> m_editors;
    QComboBox *m_kind, *m_any;
    QCheckBox *m_negated;
    QStackedWidget *m_fields;
    QLabel *m_problem;
};

} // namespace perennial
