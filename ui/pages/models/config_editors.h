#pragma once

#include "ui/pages/models/config_fields.h"

#include <QWidget>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
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

/// A finished run of the behaviour model, whose weights a training can start from.
struct RunChoice {
    std::int64_t run = 0;
    std::optional<Day> until;
    bool champion = false;
    std::string project = {}; ///< path of another project; empty = this one
    bool operator==(const RunChoice &) const = default;
};
/// The runs of a RunSetting's control. Its last entry asks for another project's runs.
void setRunChoices(QWidget *editor, const std::vector<RunChoice> &runs);
/// @param asked the user wants a run of another project.
void whenOtherProjectAsked(QWidget *editor, const std::function<void()> &asked);

} // namespace perennial
