#include "ui/pages/models/config_fields.h"

#include <QCoreApplication>

#include <algorithm>
#include <type_traits>
#include <utility>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(perennial::ConfigFields)
};

/// A choice among the values of an enumeration.
template <auto Member>
ChoiceSetting choice(QStringList names)
{
    using Kind = std::remove_reference_t<decltype(std::declval<BehaviorConfig>().*Member)>;
    return {std::move(names), [](const BehaviorConfig &c) { return static_cast<int>(c.*Member); },
            [](BehaviorConfig &c, int value) { c.*Member = static_cast<Kind>(value); }};
}

bool attention(const BehaviorConfig &c)
{
    return c.encoder == UserEncoder::Attention;
}
bool sequences(const BehaviorConfig &c)
{
    return c.encoder != UserEncoder::Features;
}
bool items(const BehaviorConfig &c)
{
    return c.nextItemWeight > 0 && sequences(c);
}
bool ownItems(const BehaviorConfig &c)
{
    return sequences(c) && !c.itemContentOnly;
}
bool value(const BehaviorConfig &c)
{
    return c.valueWeight > 0;
}
bool drawsItems(const BehaviorConfig &c)
{
    return items(c) && c.itemLoss != ItemLoss::Softmax;
}
bool sgd(const BehaviorConfig &c)
{
    return c.optimizer == OptimizerKind::Sgd;
}

std::vector<ConfigField> learned()
{
    using C = BehaviorConfig;
    constexpr auto kGroup = ConfigGroup::Learned;
    const QString weight = Words::tr("Of this head in the loss; 0 leaves it out.");
    return {
        {"until", kGroup, Words::tr("Snapshot t₀"),
         Words::tr("Everything up to this day is known; empty: the project's snapshot."),
         DaySetting{}},
        {"horizon_days", kGroup, Words::tr("Horizon"),
         Words::tr("The window churn and value are learned for."),
         WholeSetting{&C::horizonDays, 0, 36500, Words::tr("as the project"), Words::tr(" day"),
                      Words::tr(" days")}},
        {"next_item_weight", kGroup, Words::tr("Weight: next item"), weight,
         RealSetting{&C::nextItemWeight, 0, 1000, 2, Words::tr("left out")}},
        {"churn_weight", kGroup, Words::tr("Weight: churn"), weight,
         RealSetting{&C::churnWeight, 0, 1000, 2, Words::tr("left out")}},
        {"purchase_weight", kGroup, Words::tr("Weight: purchase"),
         Words::tr("Of P(a purchase within the horizon) of everybody; it shares churn's head, which "
                   "takes the larger of both weights. 0 leaves it out."),
         RealSetting{&C::purchaseWeight, 0, 1000, 2, Words::tr("left out")}},
        {"click_weight", kGroup, Words::tr("Weight: click"),
         Words::tr("Of P(a view, click, cart, rating or share within the horizon); 0 leaves it out."),
         RealSetting{&C::clickWeight, 0, 1000, 2, Words::tr("left out")}},
        {"return_weight", kGroup, Words::tr("Weight: return time"),
         Words::tr("Of the time until the next click or purchase; 0 leaves it out."),
         RealSetting{&C::returnWeight, 0, 1000, 2, Words::tr("left out")}},
        {"value_weight", kGroup, Words::tr("Weight: value"), weight,
         RealSetting{&C::valueWeight, 0, 1000, 2, Words::tr("left out")}},
        {"value_loss", kGroup, Words::tr("Loss of the value"),
         Words::tr("Zero-inflated lognormal: most users spend nothing, a few very much. Squared "
                   "errors: the mean alone."),
         choice<&C::valueLoss>({Words::tr("Zero-inflated lognormal"), Words::tr("Squared errors")}),
         value, Words::tr("needs the head of the value")},
    };
}

std::vector<ConfigField> network()
{
    using C = BehaviorConfig;
    constexpr auto kGroup = ConfigGroup::Network;
    const QString needsItems = Words::tr("needs the head of the next item");
    return {
        {"encoder", kGroup, Words::tr("Encoder"),
         Words::tr("What reads a user's events. Attention: compares each event with all before it. "
                   "GRU: reads "
                   "them one after another. CNN: looks for short patterns. Pooled: a fading mean, "
                   "the fastest. "
                   "Features alone: no events, only numbers that sum them up; no next item."),
         choice<&C::encoder>({Words::tr("Attention"), Words::tr("GRU"), Words::tr("CNN"),
                              Words::tr("Pooled"), Words::tr("Features alone")})},
        {"cross_attention", kGroup, Words::tr("Cross-attention"),
         Words::tr("Each event asks once more over what the whole history has become."),
         SwitchSetting{&C::crossAttention}, attention, Words::tr("needs the attention encoder")},
        {"dimension", kGroup, Words::tr("Network width"),
         Words::tr("Size of the vectors; for attention a multiple of the heads."),
         WholeSetting{&C::dimension, 4, 1024, {}, {}, {}}},
        {"heads", kGroup, Words::tr("Attention heads"),
         Words::tr("Ways in which past events are compared."),
         WholeSetting{&C::heads, 1, 64, {}, {}, {}}, attention,
         Words::tr("needs the attention encoder")},
        {"layers", kGroup, Words::tr("Layers"),
         Words::tr("More layers see longer patterns and train more slowly."),
         WholeSetting{&C::layers, 1, 12, {}, {}, {}}},
        {"sequence_length", kGroup, Words::tr("Events per user"),
         Words::tr("The most recent events a user is seen by."),
         WholeSetting{&C::sequenceLength, 1, 500, {}, {}, {}}},
        {"dropout", kGroup, Words::tr("Dropout"),
         Words::tr("Share of the network switched off while training."),
         RealSetting{&C::dropout, 0, 0.9, 2, {}}},
        {"similarity", kGroup, Words::tr("User and item compared by"),
         Words::tr("Dot product: popular items may have longer vectors. Cosine: direction alone."),
         choice<&C::similarity>({Words::tr("Dot product"), Words::tr("Cosine")}), items,
         needsItems},
        {"temperature", kGroup, Words::tr("Temperature"),
         Words::tr("Item scores are divided by it; smaller makes the model surer. By itself 1 for "
                   "the dot "
                   "product and 0.07 for the cosine; else 0.01 or more."),
         RealSetting{&C::temperature, 0, 100, 3, Words::tr("by itself")}, items, needsItems},
        {"max_items", kGroup, Words::tr("Items at most"),
         Words::tr("Items with a vector of their own, most frequent first; the rest are known by "
                   "category and "
                   "price."),
         WholeSetting{&C::maxItems, 1, 1'000'000, {}, {}, {}}},
        {"text_buckets", kGroup, Words::tr("Words of names"),
         Words::tr("Words of item names as vectors, hashed into so many buckets, so that new items "
                   "score by what they are called."),
         WholeSetting{&C::textBuckets, 0, 1'000'000, Words::tr("off"), {}, {}}, sequences,
         Words::tr("needs an encoder of events")},
        {"item_content_only", kGroup, Words::tr("Items by content alone"),
         Words::tr("No vector per item: category, price and words alone, for very sparse data."),
         SwitchSetting{&C::itemContentOnly}, sequences, Words::tr("needs an encoder of events")},
        {"item_start", kGroup, Words::tr("Item vectors begin"),
         Words::tr("At random, or with a truncated SVD of who met what, which helps where items "
                   "have few events."),
         choice<&C::itemStart>({Words::tr("At random"), Words::tr("With an SVD")}), ownItems,
         Words::tr("needs a vector per item")},
    };
}

std::vector<ConfigField> training()
{
    using C = BehaviorConfig;
    constexpr auto kGroup = ConfigGroup::Training;
    return {
        {"device",
         kGroup,
         Words::tr("Device"),
         Words::tr("Automatic takes CUDA where LibTorch offers it."),
         DeviceSetting{},
         {},
         {},
         true},
        {"seed",
         kGroup,
         Words::tr("Seed"),
         Words::tr(
             "The same seed on the same device gives the same model, on the CPU bit for bit."),
         SeedSetting{},
         {},
         {},
         true},
        {"ensemble",
         kGroup,
         Words::tr("Networks"),
         Words::tr("How many are trained one after another, of this seed and those after it. Their "
                   "mean answers: it is steadier than one, and where they differ the model is "
                   "unsure. Training and scoring take so many times as long."),
         WholeSetting{&C::ensemble, 1, kMostMembers, Words::tr("one"), {}, {}},
         {},
         {},
         true},
        {"warm_run",
         kGroup,
         Words::tr("Start from"),
         Words::tr("The weights of another run: what both know keeps its weights, new items start "
                   "from their "
                   "features."),
         RunSetting{},
         {},
         {},
         true},
        {"epochs",
         kGroup,
         Words::tr("Epochs at most"),
         Words::tr(
             "Passes over the users; stops earlier when the validation no longer gets better."),
         WholeSetting{&C::epochs, 1, 10000, {}, {}, {}},
         {},
         {},
         true},
        {"refit_epochs", kGroup, Words::tr("Refit epochs"),
         Words::tr("Passes over everything up to t₀ once the best epoch is known, so that the "
                   "newest events "
                   "are learned too."),
         WholeSetting{&C::refitEpochs, 0, 1000, Words::tr("none"), {}, {}}},
        {"batch_size", kGroup, Words::tr("Batch size"),
         Words::tr("Sequences in a step; halved where memory runs out."),
         WholeSetting{&C::batchSize, 1, 65536, {}, {}, {}}},
        {"windows_per_user", kGroup, Words::tr("Windows per user"),
         Words::tr("Sequences drawn from each user per epoch."),
         WholeSetting{&C::windowsPerUser, 1, 1000, {}, {}, {}}},
        {"anchor_weight", kGroup, Words::tr("Weight of what comes next"),
         Words::tr("Of the item that follows the whole sequence, which is what is asked for later, "
                   "beside the items that follow its events."),
         RealSetting{&C::anchorWeight, 0.1, 1000, 2, {}}, items,
         Words::tr("needs the head of the next item")},
        {"label_gradient", kGroup, Words::tr("Encoder learns from labels"),
         Words::tr("Share of what churn, value, click and return teach the encoder beside the next "
                   "item. With 0 they only read it: most data hold too few of them."),
         RealSetting{&C::labelGradient, 0, 1, 2, Words::tr("not at all")}, items,
         Words::tr("needs the head of the next item")},
        {"head_passes", kGroup, Words::tr("Passes of each head"),
         Words::tr("At most, of each head but the next item by itself after the best epoch; each "
                   "stops for itself."),
         WholeSetting{&C::headPasses, 0, 1000, Words::tr("none"), {}, {}}, sequences,
         Words::tr("needs an encoder of events")},
        {"head_dropout", kGroup, Words::tr("Dropout of these passes"),
         Words::tr("Share of a head's hidden units that is left out at random: more holds it back."),
         RealSetting{&C::headDropout, 0, 0.9, 2, {}}, sequences,
         Words::tr("needs an encoder of events")},
        {"item_loss", kGroup, Words::tr("Loss of the next item"),
         Words::tr("Softmax over all items; sampled: the same, estimated from a few, for large "
                   "catalogues; "
                   "BCE: the next item told from each of a few."),
         choice<&C::itemLoss>(
             {Words::tr("Softmax"), Words::tr("Sampled softmax"), Words::tr("BCE")}),
         items, Words::tr("needs the head of the next item")},
        {"negatives", kGroup, Words::tr("Items drawn"),
         Words::tr("For each 32 sequences, by popularity: more are slower and more exact."),
         WholeSetting{&C::negatives, 1, 100000, {}, {}, {}}, drawsItems,
         Words::tr("needs a loss that draws items")},
        {"optimizer", kGroup, Words::tr("Optimiser"),
         Words::tr("AdamW: Adam with a decay apart from the gradient."),
         choice<&C::optimizer>({Words::tr("Adam"), Words::tr("AdamW"), Words::tr("SGD")})},
        {"momentum", kGroup, Words::tr("Momentum"),
         Words::tr("How much of the last step goes on in the next."),
         RealSetting{&C::momentum, 0, 0.999, 3, {}}, sgd, Words::tr("needs the optimiser SGD")},
        {"learning_rate", kGroup, Words::tr("Learning rate"),
         Words::tr("Size of a step; smaller is slower and steadier."),
         RealSetting{&C::learningRate, 1e-8, 1, 8, {}}},
        {"schedule", kGroup, Words::tr("Schedule of the rate"),
         Words::tr("From epoch to epoch, down to a tenth."),
         choice<&C::schedule>({Words::tr("Constant"), Words::tr("Linear"), Words::tr("Cosine")})},
        {"warm_up_steps", kGroup, Words::tr("Warm-up steps"),
         Words::tr("Steps until the rate is reached."),
         WholeSetting{&C::warmUpSteps, 0, 1'000'000, Words::tr("none"), {}, {}}},
        {"weight_decay", kGroup, Words::tr("Weight decay"),
         Words::tr("Pull of all weights towards 0."), RealSetting{&C::weightDecay, 0, 1, 5, {}}},
        {"l1", kGroup, Words::tr("L1 penalty"),
         Words::tr("On the sum of absolute weights: makes many of them 0."),
         RealSetting{&C::l1, 0, 1, 7, {}}},
        {"l2", kGroup, Words::tr("L2 penalty"), Words::tr("On half the sum of squared weights."),
         RealSetting{&C::l2, 0, 1, 7, {}}},
        {"gradient_clip", kGroup, Words::tr("Gradient clip"),
         Words::tr("Largest norm of a step's gradient."),
         RealSetting{&C::gradientClip, 1e-6, 1e6, 6, {}}},
    };
}

std::vector<ConfigField> augmentation()
{
    using C = BehaviorConfig;
    constexpr auto kGroup = ConfigGroup::Augmentation;
    return {
        {"crop_chance", kGroup, Words::tr("Crop"),
         Words::tr("Chance that only the last events of a training sequence are seen."),
         RealSetting{&C::cropChance, 0, 1, 2, Words::tr("off")}},
        {"mask_chance", kGroup, Words::tr("Mask"),
         Words::tr("Chance that about 30 % of the items of a training sequence are taken away."),
         RealSetting{&C::maskChance, 0, 1, 2, Words::tr("off")}},
        {"reorder_chance", kGroup, Words::tr("Reorder"),
         Words::tr("Chance that a stretch of 30 % of a training sequence is shuffled."),
         RealSetting{&C::reorderChance, 0, 1, 2, Words::tr("off")}},
    };
}

std::vector<ConfigField> evaluation()
{
    using C = BehaviorConfig;
    constexpr auto kGroup = ConfigGroup::Evaluation;
    return {
        {"validation_users", kGroup, Words::tr("Validation users"),
         Words::tr("At most this many are scored after each epoch; all of them after the best."),
         WholeSetting{&C::validationUsers, 1, 1'000'000'000, {}, {}, {}}},
        {"patience", kGroup, Words::tr("Patience"),
         Words::tr("Epochs without a better one before it stops, and passes of a head by itself."),
         WholeSetting{&C::patience, 1, 10000, {}, {}, {}}},
    };
}

} // namespace

QString configGroupText(ConfigGroup group)
{
    switch (group) {
    case ConfigGroup::Learned:
        return Words::tr("What is learned");
    case ConfigGroup::Network:
        return Words::tr("Network");
    case ConfigGroup::Training:
        return Words::tr("Training");
    case ConfigGroup::Augmentation:
        return Words::tr("Augmentation");
    case ConfigGroup::Evaluation:
        return Words::tr("Evaluation");
    }
    return {};
}

const std::vector<ConfigField> &configFields()
{
    static const std::vector<ConfigField> fields = [] {
        std::vector<ConfigField> all;
        for (const auto part : {learned, network, training, augmentation, evaluation}) {
            for (ConfigField &field : part()) {
                all.push_back(std::move(field));
            }
        }
        return all;
    }();
    return fields;
}

const ConfigField *configField(const std::string &key)
{
    const auto &fields = configFields();
    const auto found =
        std::ranges::find_if(fields, [&](const ConfigField &field) { return key == field.key; });
    return found == fields.end() ? nullptr : &*found;
}

} // namespace perennial
