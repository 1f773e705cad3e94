// What a setting's values are called, and what is done with them.
#include "ui/pages/models/config_fields.h"

#include "ui/wording/format.h"

#include <QCoreApplication>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <type_traits>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(perennial::ConfigValues)
};

QString numberText(const nlohmann::json &value)
{
    const QLocale locale;
    return value.is_number_float() ? locale.toString(value.get<double>(), 'g', 6)
                                   : countText(value.get<qint64>());
}

/// A value in the words of its setting; empty where those have none for it.
QString specialText(const ConfigField &field, const nlohmann::json &value)
{
    if (const auto *whole = std::get_if<WholeSetting>(&field.setting)) {
        if (value.is_number_integer() && !whole->special.isEmpty() &&
            value.get<std::int64_t>() == whole->least) {
            return whole->special;
        }
    } else if (const auto *real = std::get_if<RealSetting>(&field.setting)) {
        if (value.is_number() && !real->special.isEmpty() && value.get<double>() == real->least) {
            return real->special;
        }
    } else if (const auto *chosen = std::get_if<ChoiceSetting>(&field.setting)) {
        // The words of the JSON stand in the order of the names.
        for (int i = 0; i < chosen->names.size() && value.is_string(); ++i) {
            BehaviorConfig config;
            chosen->set(config, i);
            const auto json = nlohmann::json::parse(configToJson(config), nullptr, false);
            if (json.value(field.key, nlohmann::json()) == value) {
                return chosen->names[i];
            }
        }
    } else if (std::holds_alternative<DaySetting>(field.setting) && value.is_null()) {
        return Words::tr("as the project");
    } else if (std::holds_alternative<RunSetting>(field.setting) && value.is_number_integer()) {
        return value.get<std::int64_t>() == 0 ? Words::tr("random weights")
                                              : Words::tr("run %1").arg(value.get<std::int64_t>());
    } else if (std::holds_alternative<SeedSetting>(field.setting) && value.is_number_integer()) {
        return QString::number(value.get<std::int64_t>());
    } else if (std::holds_alternative<DeviceSetting>(field.setting) && value == "auto") {
        return Words::tr("Automatic");
    }
    return {};
}

} // namespace

void copySetting(const ConfigField &field, const BehaviorConfig &from, BehaviorConfig &to)
{
    std::visit(
        [&](const auto &setting) {
            using Setting = std::decay_t<decltype(setting)>;
            if constexpr (std::is_same_v<Setting, ChoiceSetting>) {
                setting.set(to, setting.get(from));
            } else if constexpr (std::is_same_v<Setting, DaySetting>) {
                to.until = from.until;
            } else if constexpr (std::is_same_v<Setting, DeviceSetting>) {
                to.device = from.device;
            } else if constexpr (std::is_same_v<Setting, SeedSetting>) {
                to.seed = from.seed;
            } else if constexpr (std::is_same_v<Setting, RunSetting>) {
                to.warmRun = from.warmRun;
            } else {
                to.*setting.member = from.*setting.member;
            }
        },
        field.setting);
}

bool sameSetting(const ConfigField &field, const BehaviorConfig &a, const BehaviorConfig &b)
{
    BehaviorConfig changed = a;
    copySetting(field, b, changed);
    return changed == a;
}

QString settingText(const ConfigField &field, const BehaviorConfig &config)
{
    const auto json = nlohmann::json::parse(configToJson(config), nullptr, false);
    return configValueText(field.key, json.value(field.key, nlohmann::json()).dump());
}

QString settingHelp(const ConfigField &field)
{
    QStringList lines{field.help};
    if (const auto *whole = std::get_if<WholeSetting>(&field.setting)) {
        lines << Words::tr("Range %1 to %2.").arg(countText(whole->least), countText(whole->most));
    } else if (const auto *real = std::get_if<RealSetting>(&field.setting)) {
        lines << Words::tr("Range %1 to %2.")
                     .arg(QLocale().toString(real->least, 'g', 6),
                          QLocale().toString(real->most, 'g', 6));
    }
    lines << Words::tr("Default: %1.").arg(settingText(field, {}));
    return lines.join(QLatin1Char(' '));
}

QString configLabel(const std::string &key)
{
    const std::vector<ConfigField> fields = configFields();
    const auto found =
        std::ranges::find_if(fields, [&](const ConfigField &field) { return key == field.key; });
    return found == fields.end() ? QString::fromStdString(key) : found->label;
}

QString configValueText(const std::string &key, const std::string &json)
{
    const auto value = nlohmann::json::parse(json, nullptr, false);
    const std::vector<ConfigField> fields = configFields();
    const auto found =
        std::ranges::find_if(fields, [&](const ConfigField &field) { return key == field.key; });
    const QString special = found == fields.end() ? QString() : specialText(*found, value);
    if (!special.isEmpty()) {
        return special;
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? Words::tr("yes") : Words::tr("no");
    }
    if (value.is_number()) {
        return numberText(value);
    }
    return value.is_string() ? QString::fromStdString(value.get<std::string>()) : kMissing;
}

} // namespace perennial
