#pragma once

#include "core/behavior/config.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <variant>
#include <vector>

namespace perennial {

/// The parts of the form, in their order.
enum class ConfigGroup { Learned, Network, Training, Augmentation, Evaluation };
inline constexpr int kConfigGroups = 5;
QString configGroupText(ConfigGroup group);

/// How a setting is edited. Ranges are those that make sense to type; checkConfig has the last
/// word.
struct WholeSetting {
    int BehaviorConfig::*member;
    int least, most;
    QString special;   ///< shown instead of `least`
    QString one, many; ///< unit behind the number: " day", " days"
};
struct RealSetting {
    double BehaviorConfig::*member;
    double least, most;
    int decimals;
    QString special; ///< shown instead of `least`
};
struct SwitchSetting {
    bool BehaviorConfig::*member;
};
struct ChoiceSetting {
    QStringList names; ///< in the order of the values
    int (*get)(const BehaviorConfig &);
    void (*set)(BehaviorConfig &, int);
};
/// Of one kind each: t₀, the device, the seed, the run it starts from.
struct DaySetting {};
struct DeviceSetting {};
struct SeedSetting {};
struct RunSetting {};
using ConfigSetting = std::variant<WholeSetting, RealSetting, SwitchSetting, ChoiceSetting,
                                   DaySetting, DeviceSetting, SeedSetting, RunSetting>;

/// One setting of a training as the form has it. A new key of core/behavior/config.h is one entry
/// of configFields().
struct ConfigField {
    const char *key; ///< as in the JSON of a run
    ConfigGroup group;
    QString label, help;
    ConfigSetting setting;
    /// Whether it has any effect beside the others; empty = always. What has none keeps its
    /// default.
    std::function<bool(const BehaviorConfig &)> applies = {};
    QString needs = {};   ///< what it takes to have one: "needs the attention encoder"
    bool upFront = false; ///< stands above the groups
};

/// All settings in the order of the form. Made once: every step of a spin box asks for them.
const std::vector<ConfigField> &configFields();
/// Null where the form has no such key.
const ConfigField *configField(const std::string &key);

void copySetting(const ConfigField &field, const BehaviorConfig &from, BehaviorConfig &to);
bool sameSetting(const ConfigField &field, const BehaviorConfig &a, const BehaviorConfig &b);
/// The setting of a config in words, as configValueText.
QString settingText(const ConfigField &field, const BehaviorConfig &config);
/// What it does, its range and its default, for a tooltip.
QString settingHelp(const ConfigField &field);

/// The label of a key: "Learning rate"; the key itself where it is none of the form's.
QString configLabel(const std::string &key);
/// A stored value in the form's words: "gru" → "GRU", true → "yes", 0 of the horizon → "as the
/// project".
/// @param json the value as JSON text.
QString configValueText(const std::string &key, const std::string &json);

} // namespace perennial
