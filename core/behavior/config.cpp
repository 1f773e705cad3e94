#include "core/behavior/config.h"

#include "core/base/json_depth.h"
#include "core/neural/runtime.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <span>
#include <type_traits>

namespace perennial {

using nlohmann::ordered_json;

namespace {

constexpr std::span<const std::string_view> wordsOf(UserEncoder) { return kUserEncoderWords; }
constexpr std::span<const std::string_view> wordsOf(Similarity) { return kSimilarityWords; }
constexpr std::span<const std::string_view> wordsOf(ItemLoss) { return kItemLossWords; }
constexpr std::span<const std::string_view> wordsOf(OptimizerKind) { return kOptimizerWords; }
constexpr std::span<const std::string_view> wordsOf(RateSchedule) { return kScheduleWords; }
constexpr std::span<const std::string_view> wordsOf(ValueLoss) { return kValueLossWords; }
constexpr std::span<const std::string_view> wordsOf(ItemStart) { return kItemStartWords; }

template <class T>
concept Word = std::is_enum_v<T>;

// One list of the plain fields, for both ways.
template <class Config, class Visit>
void visitFields(Config &config, Visit visit)
{
    visit("horizon_days", config.horizonDays);
    visit("next_item_weight", config.nextItemWeight);
    visit("churn_weight", config.churnWeight);
    visit("purchase_weight", config.purchaseWeight);
    visit("value_weight", config.valueWeight);
    visit("click_weight", config.clickWeight);
    visit("return_weight", config.returnWeight);
    visit("value_loss", config.valueLoss);
    visit("encoder", config.encoder);
    visit("cross_attention", config.crossAttention);
    visit("similarity", config.similarity);
    visit("temperature", config.temperature);
    visit("dimension", config.dimension);
    visit("heads", config.heads);
    visit("layers", config.layers);
    visit("sequence_length", config.sequenceLength);
    visit("dropout", config.dropout);
    visit("max_items", config.maxItems);
    visit("item_content_only", config.itemContentOnly);
    visit("item_start", config.itemStart);
    visit("text_buckets", config.textBuckets);
    visit("device", config.device);
    visit("seed", config.seed);
    visit("ensemble", config.ensemble);
    visit("warm_run", config.warmRun);
    visit("warm_project", config.warmProject);
    visit("epochs", config.epochs);
    visit("patience", config.patience);
    visit("batch_size", config.batchSize);
    visit("windows_per_user", config.windowsPerUser);
    visit("crop_chance", config.cropChance);
    visit("mask_chance", config.maskChance);
    visit("reorder_chance", config.reorderChance);
    visit("anchor_weight", config.anchorWeight);
    visit("label_gradient", config.labelGradient);
    visit("head_passes", config.headPasses);
    visit("head_dropout", config.headDropout);
    visit("validation_users", config.validationUsers);
    visit("refit_epochs", config.refitEpochs);
    visit("item_loss", config.itemLoss);
    visit("negatives", config.negatives);
    visit("optimizer", config.optimizer);
    visit("momentum", config.momentum);
    visit("schedule", config.schedule);
    visit("warm_up_steps", config.warmUpSteps);
    visit("learning_rate", config.learningRate);
    visit("weight_decay", config.weightDecay);
    visit("l1", config.l1);
    visit("l2", config.l2);
    visit("gradient_clip", config.gradientClip);
}

Error wrong(const std::string &key, const ordered_json &value)
{
    return fail(ErrorCode::BadConfiguration, value.dump(-1, ' ', false,
                                                        ordered_json::error_handler_t::replace),
                key);
}

bool take(const ordered_json &value, std::string &field)
{
    if (value.is_string()) {
        field = value.get<std::string>();
    }
    return value.is_string();
}
bool take(const ordered_json &value, bool &field)
{
    if (value.is_boolean()) {
        field = value.get<bool>();
    }
    return value.is_boolean();
}
template <Word Kind>
bool take(const ordered_json &value, Kind &field)
{
    const auto words = wordsOf(field);
    const auto found = value.is_string()
                           ? std::find(words.begin(), words.end(), value.get<std::string>())
                           : words.end();
    if (found != words.end()) {
        field = static_cast<Kind>(found - words.begin());
    }
    return found != words.end();
}
bool take(const ordered_json &value, double &field)
{
    if (value.is_number()) {
        field = value.get<double>();
    }
    return value.is_number();
}
template <class Integer>
bool takeInteger(const ordered_json &value, Integer &field)
{
    if (!value.is_number_integer() || (value.is_number_unsigned() &&
                                       value.get<std::uint64_t>() > std::uint64_t{INT64_MAX})) {
        return false;
    }
    const auto number = value.get<std::int64_t>();
    if (number < std::numeric_limits<Integer>::min() ||
        number > std::numeric_limits<Integer>::max()) {
        return false;
    }
    field = static_cast<Integer>(number);
    return true;
}
bool take(const ordered_json &value, int &field) { return takeInteger(value, field); }
bool take(const ordered_json &value, std::int64_t &field) { return takeInteger(value, field); }

template <class T>
ordered_json stored(const T &field)
{
    if constexpr (Word<T>) {
        return wordsOf(field)[static_cast<std::size_t>(field)];
    } else {
        return field;
    }
}

struct Range {
    const char *key;
    double value, least, most;
};

constexpr double kLeastTemperature = 0.01;

} // namespace

double temperatureOf(const BehaviorConfig &config) noexcept
{
    constexpr double kCosineTemperature = 0.07;
    if (config.temperature > 0) {
        return config.temperature;
    }
    return config.similarity == Similarity::Cosine ? kCosineTemperature : 1.0;
}

std::int64_t memberSeed(const BehaviorConfig &config, int member) noexcept
{
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(config.seed) +
                                     static_cast<std::uint64_t>(member) - 1);
}

bool wantsLabels(const BehaviorConfig &config) noexcept
{
    return config.churnWeight > 0 || config.purchaseWeight > 0 || config.valueWeight > 0 ||
           config.clickWeight > 0 || config.returnWeight > 0;
}

Status checkConfig(const BehaviorConfig &config)
{
    if (config.horizonDays < 0) {
        return fail(ErrorCode::HorizonNotPositive, std::to_string(config.horizonDays),
                    "horizon_days");
    }
    const std::initializer_list<Range> ranges{
        {"horizon_days", double(config.horizonDays), 0, 36500},
        {"warm_run", double(config.warmRun), 0, 1e15},
        {"ensemble", double(config.ensemble), 1, kMostMembers},
        {"next_item_weight", config.nextItemWeight, 0, 1000},
        {"churn_weight", config.churnWeight, 0, 1000},
        {"purchase_weight", config.purchaseWeight, 0, 1000},
        {"value_weight", config.valueWeight, 0, 1000},
        {"click_weight", config.clickWeight, 0, 1000},
        {"return_weight", config.returnWeight, 0, 1000},
        {"temperature", config.temperature, 0, 100},
        {"dimension", double(config.dimension), 4, 1024},
        {"heads", double(config.heads), 1, 64},
        {"layers", double(config.layers), 1, 12},
        {"sequence_length", double(config.sequenceLength), 1, 500},
        {"dropout", config.dropout, 0, 0.9},
        {"max_items", double(config.maxItems), 1, 1000000},
        {"text_buckets", double(config.textBuckets), 0, 1000000},
        {"epochs", double(config.epochs), 1, 10000},
        {"patience", double(config.patience), 1, 10000},
        {"batch_size", double(config.batchSize), 1, 65536},
        {"windows_per_user", double(config.windowsPerUser), 1, 1000},
        {"crop_chance", config.cropChance, 0, 1},
        {"mask_chance", config.maskChance, 0, 1},
        {"reorder_chance", config.reorderChance, 0, 1},
        {"anchor_weight", config.anchorWeight, 0.1, 1000},
        {"label_gradient", config.labelGradient, 0, 1},
        {"head_passes", double(config.headPasses), 0, 1000},
        {"head_dropout", config.headDropout, 0, 0.9},
        {"validation_users", double(config.validationUsers), 1, 1e9},
        {"refit_epochs", double(config.refitEpochs), 0, 1000},
        {"negatives", double(config.negatives), 1, 100000},
        {"momentum", config.momentum, 0, 0.999},
        {"warm_up_steps", double(config.warmUpSteps), 0, 1000000},
        {"learning_rate", config.learningRate, 1e-8, 1},
        {"weight_decay", config.weightDecay, 0, 1},
        {"l1", config.l1, 0, 1},
        {"l2", config.l2, 0, 1},
        {"gradient_clip", config.gradientClip, 1e-6, 1e6},
    };
    for (const Range &range : ranges) {
        if (!(range.value >= range.least && range.value <= range.most)) { // NaN fails too
            return fail(ErrorCode::BadConfiguration, ordered_json(range.value).dump(), range.key);
        }
    }
    if (config.temperature > 0 && config.temperature < kLeastTemperature) {
        return fail(ErrorCode::BadConfiguration, ordered_json(config.temperature).dump(),
                    "temperature");
    }
    const bool attention = config.encoder == UserEncoder::Attention;
    if (attention && config.dimension % config.heads != 0) {
        return fail(ErrorCode::BadConfiguration, std::to_string(config.dimension), "dimension");
    }
    if (config.crossAttention && !attention) {
        return fail(ErrorCode::BadConfiguration, "true", "cross_attention");
    }
    const bool items = config.nextItemWeight > 0 && config.encoder != UserEncoder::Features;
    if (!items && !wantsLabels(config)) {
        return fail(ErrorCode::BadConfiguration, "0", "next_item_weight");
    }
    if (!isDeviceName(config.device)) {
        return fail(ErrorCode::BadConfiguration, config.device, "device");
    }
    return Done{};
}

std::string configToJson(const BehaviorConfig &config)
{
    ordered_json object;
    object["until"] = config.until ? ordered_json(formatDate(*config.until)) : ordered_json();
    visitFields(config, [&](const char *key, const auto &field) { object[key] = stored(field); });
    return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

namespace {

/// @param config what holds where the object names nothing.
Result<BehaviorConfig> readConfig(std::string_view json, BehaviorConfig config)
{
    constexpr int kDeepest = 8;
    const ordered_json object = ordered_json::parse(json, shallowerThan(kDeepest), false);
    if (!object.is_object()) {
        return fail(ErrorCode::BadConfiguration, std::string(json.substr(0, 100)), "json");
    }
    for (const auto &[key, value] : object.items()) {
        bool known = false;
        bool taken = false;
        if (key == "until") {
            known = true;
            taken = value.is_null();
            if (value.is_string()) {
                const auto day = parseIsoDate(value.get<std::string>());
                if (day) {
                    config.until = *day;
                    taken = true;
                }
            }
        }
        visitFields(config, [&, &name = key, &given = value](const char *field, auto &member) {
            if (name == field) {
                known = true;
                taken = take(given, member);
            }
        });
        if (!known || !taken) {
            return wrong(key, value);
        }
    }
    if (const auto checked = checkConfig(config); !checked) {
        return checked.error();
    }
    return config;
}

} // namespace

Result<BehaviorConfig> configFromJson(std::string_view json) { return readConfig(json, {}); }

Result<BehaviorConfig> configOfRun(std::string_view json)
{
    BehaviorConfig off;
    off.purchaseWeight = off.clickWeight = off.returnWeight = 0;
    off.textBuckets = 0;
    off.itemStart = ItemStart::Random;
    off.anchorWeight = off.labelGradient = 1;
    off.headPasses = 0;
    return readConfig(json, off);
}

} // namespace perennial
