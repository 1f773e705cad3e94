// What a setting's values are called, and what is done with them.
#include "ui/pages/models/config_fields.h"

#include "ui/wording/format.h"

#include <QCoreApplication>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
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

nlohmann::json valueIn(const BehaviorConfig &config, const char *key)
{
    return nlohmann::json::parse(configToJson(config), nullptr, false)
        .value(key, nlohmann::json());
}

/// The words of a choice in JSON, in the order of its names.
const std::vector<nlohmann::json> &choiceWords(const ConfigField &field)
{
    static const auto known = [] {
        std::map<std::string, std::vector<nlohmann::json>> words;
        for (const ConfigField &one : configFields()) {
            const auto *choice = std::get_if<ChoiceSetting>(&one.setting);
            for (int i = 0; choice && i < choice->names.size(); ++i) {
                BehaviorConfig config;
                choice->set(config, i);
                words[one.key].push_back(valueIn(config, one.key));
            }
        }
        return words;
    }();
    return known.at(field.key);
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
        const auto &words = choiceWords(field);
        const auto found = std::ranges::find(words, value);
        if (found != words.end()) {
            return chosen->names[found - words.begin()];
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
                to.warmProject = from.warmProject;
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
    return configValueText(field.key, valueIn(config, field.key).dump());
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
    const ConfigField *field = configField(key);
    return field ? field->label : QString::fromStdString(key);
}

QString configValueText(const std::string &key, const std::string &json)
{
    const auto value = nlohmann::json::parse(json, nullptr, false);
    const ConfigField *field = configField(key);
    const QString special = field ? specialText(*field, value) : QString();
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
