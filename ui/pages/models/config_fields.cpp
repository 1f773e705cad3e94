#include "ui/pages/models/config_fields.h"

#include "ui/wording/format.h"

#include <QCoreApplication>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <type_traits>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(perennial::ConfigFields)
};

QString tr(const char *text) { return Words::tr(text); }

/// A choice among the values of an enumeration.
template <auto Member>
ChoiceSetting choice(QStringList names)
{
    using Kind = std::remove_reference_t<decltype(std::declval<BehaviorConfig>().*Member)>;
    return {std::move(names),
            [](const BehaviorConfig &c) { return static_cast<int>(c.*Member); },
            [](BehaviorConfig &c, int value) { c.*Member = static_cast<Kind>(value); }};
}

bool attention(const BehaviorConfig &c) { return c.encoder == UserEncoder::Attention; }
bool items(const BehaviorConfig &c) { return c.nextItemWeight > 0; }
bool drawsItems(const BehaviorConfig &c) { return items(c) && c.itemLoss != ItemLoss::Softmax; }
bool sgd(const BehaviorConfig &c) { return c.optimizer == OptimizerKind::Sgd; }

std::vector<ConfigField> learned()
{
    using C = BehaviorConfig;
    constexpr auto kGroup = ConfigGroup::Learned;
    const QString weight = tr("Of this head in the loss; 0 leaves it out.");
    return {
        {"until", kGroup, tr("Snapshot t₀"),
         tr("Everything up to this day is known; empty: the project's snapshot."), DaySetting{}},
        {"horizon_days", kGroup, tr("Horizon"), tr("The window churn and value are learned for."),
         WholeSetting{&C::horizonDays, 0, 36500, tr("as the project"), tr(" day"), tr(" days")}},
        {"next_item_weight", kGroup, tr("Weight: next item"), weight,
         RealSetting{&C::nextItemWeight, 0, 1000, 2, tr("left out")}},
        {"churn_weight", kGroup, tr("Weight: churn"), weight,
         RealSetting{&C::churnWeight, 0, 1000, 2, tr("left out")}},
        {"value_weight", kGroup, tr("Weight: value"), weight,
         RealSetting{&C::valueWeight, 0, 1000, 2, tr("left out")}},
    };
}

std::vector<ConfigField> network()
{
    using C = BehaviorConfig;
    constexpr auto kGroup = ConfigGroup::Network;
    const QString needsItems = tr("needs the head of the next item");
    return {
        {"encoder", kGroup, tr("Encoder"),
         tr("What reads a user's events. Attention: compares each event with all before it. GRU: reads "
            "them one after another. CNN: looks for short patterns. Pooled: a fading mean, the fastest."),
         choice<&C::encoder>({tr("Attention"), tr("GRU"), tr("CNN"), tr("Pooled")})},
        {"cross_attention", kGroup, tr("Cross-attention"),
         tr("Each event asks once more over what the whole history has become."),
         SwitchSetting{&C::crossAttention}, attention, tr("needs the attention encoder")},
        {"dimension", kGroup, tr("Network width"),
         tr("Size of the vectors; for attention a multiple of the heads."),
         WholeSetting{&C::dimension, 4, 1024, {}, {}, {}}},
        {"heads", kGroup, tr("Attention heads"), tr("Ways in which past events are compared."),
         WholeSetting{&C::heads, 1, 64, {}, {}, {}}, attention, tr("needs the attention encoder")},
        {"layers", kGroup, tr("Layers"), tr("More layers see longer patterns and train more slowly."),
         WholeSetting{&C::layers, 1, 12, {}, {}, {}}},
        {"sequence_length", kGroup, tr("Events per user"),
         tr("The most recent events a user is seen by."),
         WholeSetting{&C::sequenceLength, 1, 500, {}, {}, {}}},
        {"dropout", kGroup, tr("Dropout"), tr("Share of the network switched off while training."),
         RealSetting{&C::dropout, 0, 0.9, 2, {}}},
        {"similarity", kGroup, tr("User and item compared by"),
         tr("Dot product: popular items may have longer vectors. Cosine: direction alone."),
         choice<&C::similarity>({tr("Dot product"), tr("Cosine")}), items, needsItems},
        {"temperature", kGroup, tr("Temperature"),
         tr("Item scores are divided by it; smaller makes the model surer. By itself 1 for the dot "
            "product and 0.07 for the cosine; else 0.01 or more."),
         RealSetting{&C::temperature, 0, 100, 3, tr("by itself")}, items, needsItems},
        {"max_items", kGroup, tr("Items at most"),
         tr("Items with a vector of their own, most frequent first; the rest are known by category and "
            "price."),
         WholeSetting{&C::maxItems, 1, 1'000'000, {}, {}, {}}},
    };
}

std::vector<ConfigField> training()
{
    using C = BehaviorConfig;
    constexpr auto kGroup = ConfigGroup::Training;
    return {
        {"device", kGroup, tr("Device"), tr("Automatic takes CUDA where LibTorch offers it."),
         DeviceSetting{}, {}, {}, true},
        {"seed", kGroup, tr("Seed"),
         tr("The same seed on the same device gives the same model, on the CPU bit for bit."),
         SeedSetting{}, {}, {}, true},
        {"warm_run", kGroup, tr("Start from"),
         tr("The weights of another run: what both know keeps its weights, new items start from their "
            "features."),
         RunSetting{}, {}, {}, true},
        {"epochs", kGroup, tr("Epochs at most"),
         tr("Passes over the users; stops earlier when the validation loss no longer falls."),
         WholeSetting{&C::epochs, 1, 10000, {}, {}, {}}, {}, {}, true},
        {"refit_epochs", kGroup, tr("Refit epochs"),
         tr("Passes over everything up to t₀ once the best epoch is known, so that the newest events "
            "are learned too."),
         WholeSetting{&C::refitEpochs, 0, 1000, tr("none"), {}, {}}},
        {"batch_size", kGroup, tr("Batch size"),
         tr("Sequences in a step; halved where memory runs out."),
         WholeSetting{&C::batchSize, 1, 65536, {}, {}, {}}},
        {"windows_per_user", kGroup, tr("Windows per user"),
         tr("Sequences drawn from each user per epoch."),
         WholeSetting{&C::windowsPerUser, 1, 1000, {}, {}, {}}},
        {"item_loss", kGroup, tr("Loss of the next item"),
         tr("Softmax over all items; sampled: the same, estimated from a few, for large catalogues; "
            "BCE: the next item told from each of a few."),
         choice<&C::itemLoss>({tr("Softmax"), tr("Sampled softmax"), tr("BCE")}), items,
         tr("needs the head of the next item")},
        {"negatives", kGroup, tr("Items drawn"),
         tr("For each 32 sequences, by popularity: more are slower and more exact."),
         WholeSetting{&C::negatives, 1, 100000, {}, {}, {}}, drawsItems, tr("needs a loss that draws items")},
        {"optimizer", kGroup, tr("Optimiser"), tr("AdamW: Adam with a decay apart from the gradient."),
         choice<&C::optimizer>({tr("Adam"), tr("AdamW"), tr("SGD")})},
        {"momentum", kGroup, tr("Momentum"), tr("How much of the last step goes on in the next."),
         RealSetting{&C::momentum, 0, 0.999, 3, {}}, sgd, tr("needs the optimiser SGD")},
        {"learning_rate", kGroup, tr("Learning rate"),
         tr("Size of a step; smaller is slower and steadier."),
         RealSetting{&C::learningRate, 1e-8, 1, 8, {}}},
        {"schedule", kGroup, tr("Schedule of the rate"), tr("From epoch to epoch, down to a tenth."),
         choice<&C::schedule>({tr("Constant"), tr("Linear"), tr("Cosine")})},
        {"warm_up_steps", kGroup, tr("Warm-up steps"), tr("Steps until the rate is reached."),
         WholeSetting{&C::warmUpSteps, 0, 1'000'000, tr("none"), {}, {}}},
        {"weight_decay", kGroup, tr("Weight decay"), tr("Pull of all weights towards 0."),
         RealSetting{&C::weightDecay, 0, 1, 5, {}}},
        {"l1", kGroup, tr("L1 penalty"), tr("On the sum of absolute weights: makes many of them 0."),
         RealSetting{&C::l1, 0, 1, 7, {}}},
        {"l2", kGroup, tr("L2 penalty"), tr("On half the sum of squared weights."),
         RealSetting{&C::l2, 0, 1, 7, {}}},
        {"gradient_clip", kGroup, tr("Gradient clip"), tr("Largest norm of a step's gradient."),
         RealSetting{&C::gradientClip, 1e-6, 1e6, 6, {}}},
    };
}

std::vector<ConfigField> augmentation()
{
    using C = BehaviorConfig;
    constexpr auto kGroup = ConfigGroup::Augmentation;
    return {
        {"crop_chance", kGroup, tr("Crop"),
         tr("Chance that only the last events of a training sequence are seen."),
         RealSetting{&C::cropChance, 0, 1, 2, tr("off")}},
        {"mask_chance", kGroup, tr("Mask"),
         tr("Chance that about 30 % of the items of a training sequence are taken away."),
         RealSetting{&C::maskChance, 0, 1, 2, tr("off")}},
        {"reorder_chance", kGroup, tr("Reorder"),
         tr("Chance that a stretch of 30 % of a training sequence is shuffled."),
         RealSetting{&C::reorderChance, 0, 1, 2, tr("off")}},
    };
}

std::vector<ConfigField> evaluation()
{
    using C = BehaviorConfig;
    constexpr auto kGroup = ConfigGroup::Evaluation;
    return {
        {"validation_users", kGroup, tr("Validation users"),
         tr("At most this many are scored after each epoch; all of them after the best."),
         WholeSetting{&C::validationUsers, 1, 1'000'000'000, {}, {}, {}}},
        {"patience", kGroup, tr("Patience"),
         tr("Epochs without a better validation loss before it stops."),
         WholeSetting{&C::patience, 1, 10000, {}, {}, {}}},
    };
}

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
        return tr("as the project");
    } else if (std::holds_alternative<RunSetting>(field.setting) && value.is_number_integer()) {
        return value.get<std::int64_t>() == 0 ? tr("random weights")
                                              : tr("run %1").arg(value.get<std::int64_t>());
    } else if (std::holds_alternative<SeedSetting>(field.setting) && value.is_number_integer()) {
        return QString::number(value.get<std::int64_t>());
    } else if (std::holds_alternative<DeviceSetting>(field.setting) && value == "auto") {
        return tr("Automatic");
    }
    return {};
}

} // namespace

QString configGroupText(ConfigGroup group)
{
    switch (group) {
    case ConfigGroup::Learned: return tr("What is learned");
    case ConfigGroup::Network: return tr("Network");
    case ConfigGroup::Training: return tr("Training");
    case ConfigGroup::Augmentation: return tr("Augmentation");
    case ConfigGroup::Evaluation: return tr("Evaluation");
    }
    return {};
}

std::vector<ConfigField> configFields()
{
    std::vector<ConfigField> all;
    for (const auto part : {learned, network, training, augmentation, evaluation}) {
        for (ConfigField &field : part()) {
            all.push_back(std::move(field));
        }
    }
    return all;
}

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
        lines << tr("Range %1 to %2.").arg(countText(whole->least), countText(whole->most));
    } else if (const auto *real = std::get_if<RealSetting>(&field.setting)) {
        lines << tr("Range %1 to %2.").arg(QLocale().toString(real->least, 'g', 6),
                                           QLocale().toString(real->most, 'g', 6));
    }
    lines << tr("Default: %1.").arg(settingText(field, {}));
    return lines.join(QLatin1Char(' '));
}

QString configLabel(const std::string &key)
{
    const std::vector<ConfigField> fields = configFields();
    const auto found = std::ranges::find_if(
        fields, [&](const ConfigField &field) { return key == field.key; });
    return found == fields.end() ? QString::fromStdString(key) : found->label;
}

QString configValueText(const std::string &key, const std::string &json)
{
    const auto value = nlohmann::json::parse(json, nullptr, false);
    const std::vector<ConfigField> fields = configFields();
    const auto found = std::ranges::find_if(
        fields, [&](const ConfigField &field) { return key == field.key; });
    const QString special = found == fields.end() ? QString() : specialText(*found, value);
    if (!special.isEmpty()) {
        return special;
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? tr("yes") : tr("no");
    }
    if (value.is_number()) {
        return numberText(value);
    }
    return value.is_string() ? QString::fromStdString(value.get<std::string>()) : kMissing;
}

} // namespace perennial
