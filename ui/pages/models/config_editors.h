#pragma once

#include "core/project/run_store.h"
#include "ui/pages/models/config_fields.h"

#include <QWidget>

#include <functional>
#include <vector>

class QComboBox;

namespace perennial {

/// The control of one setting: what it shows is taken from a config and put into one.
struct FieldEditor {
    QWidget *widget = nullptr;
    std::function<void(const BehaviorConfig &)> show;
    std::function<void(BehaviorConfig &)> take;
};

/// @param changed called whenever the control's value is another, by whomever.
FieldEditor makeFieldEditor(const ConfigField &field, QWidget *parent,
                            const std::function<void()> &changed);

/// The runs of a RunSetting's control: finished ones of the behaviour model.
void setRunChoices(QWidget *editor, const std::vector<RunRecord> &runs);

} // namespace perennial
