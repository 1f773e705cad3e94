#pragma once

#include "core/base/dates.h"
#include "core/base/result.h"
#include "core/neural/user_encoder.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace perennial {

/// How a user and an item are compared, what the next item is learned by, and how steps are made: in
/// JSON the words below, in the order of the values.
enum class Similarity { Dot, Cosine };
enum class ItemLoss {
    Softmax, ///< over all items
    Sampled, ///< the same, estimated from `negatives` items drawn by popularity
    Bce      ///< the next item told from each of `negatives` items drawn by popularity
};
enum class OptimizerKind { Adam, AdamW, Sgd };
enum class RateSchedule { Constant, Linear, Cosine };
/// What the value head is learned by: the likelihood of a zero-inflated lognormal, or squared
/// errors.
enum class ValueLoss { Ziln, Mse };
/// Where the items' own embeddings begin: small random numbers, or a truncated SVD of who met what.
enum class ItemStart { Random, Svd };
inline constexpr std::array<std::string_view, 2> kSimilarityWords{"dot", "cosine"};
inline constexpr std::array<std::string_view, 3> kItemLossWords{"softmax", "sampled", "bce"};
inline constexpr std::array<std::string_view, 3> kOptimizerWords{"adam", "adamw", "sgd"};
inline constexpr std::array<std::string_view, 3> kScheduleWords{"constant", "linear", "cosine"};
inline constexpr std::array<std::string_view, 2> kValueLossWords{"ziln", "mse"};
inline constexpr std::array<std::string_view, 2> kItemStartWords{"random", "svd"};

/// Everything that shapes a training of the behaviour model. With the same project, config and
/// device the same weights come out, bit for bit on the CPU whatever its number of cores.
struct BehaviorConfig {
    // what is learned
    std::optional<Day> until; ///< t₀; empty = the project's snapshot
    int horizonDays = 0;      ///< H; 0 = the project's setting
    double nextItemWeight = 1.0; ///< of each head's loss; 0 = head left out
    double churnWeight = 1.0;    ///< churn and purchase are one event told by one head: the larger
    double purchaseWeight = 1.0; ///< of the two is its weight
    double valueWeight = 0.5;
    double clickWeight = 0.5;
    double returnWeight = 0.2;
    ValueLoss valueLoss = ValueLoss::Ziln;

    // network
    UserEncoder encoder = UserEncoder::Attention; ///< of Features none of the next 7 has a meaning
    bool crossAttention = false; ///< of each token over the encoded history; attention alone
    Similarity similarity = Similarity::Dot;
    double temperature = 0;  ///< scores are divided by it; 0 = 1 for dot, 0.07 for cosine
    int dimension = 64;      ///< d, for attention a multiple of `heads`
    int heads = 2;           ///< of attention
    int layers = 1;          ///< blocks of the encoder
    int sequenceLength = 50; ///< most recent events a user is seen by, at most 500
    double dropout = 0.2;    ///< in [0, 0.9]

    // items
    int maxItems = 20000;    ///< items with an embedding of their own, most frequent first
    bool itemContentOnly = false; ///< no item has one: category, price band and words alone
    ItemStart itemStart = ItemStart::Svd; ///< nothing where no item has an embedding of its own
    int textBuckets = 0;     ///< rows of embeddings that the words of names share; 0 = not read

    // training
    std::string device = "auto"; ///< "auto", "cpu", "cuda", "cuda:N"
    std::int64_t seed = 1;
    int ensemble = 1;         ///< networks of seeds `seed`, `seed` + 1, … whose mean answers
    std::int64_t warmRun = 0; ///< run of the project whose weights it starts from; 0 = none
    std::string warmProject;  ///< path of the project that warmRun is of; empty = this one
    int epochs = 12;         ///< at most
    int patience = 3;        ///< epochs without a better one before it stops, and a head's passes
    int batchSize = 128;     ///< sequences
    int windowsPerUser = 2;  ///< sequences drawn from each user per epoch
    double cropChance = 0;      ///< of a training sequence: only its last events are seen
    double maskChance = 0;      ///< the items of about 30 % of its tokens are taken away
    double reorderChance = 0;   ///< 30 % of its events, in one stretch, are shuffled
    double anchorWeight = 10; ///< of the item that follows an anchor, which is what the network is
                              ///< asked for; 1 = as loud as one that follows an event
    double labelGradient = 0; ///< share of the label heads' gradient that reaches what they read
                              ///< beside a head of the next item, in [0, 1]
    int headPasses = 40;      ///< at most, of each label head by itself after the best epoch; 0 =
                              ///< it stays as that epoch left it
    double headDropout = 0.4; ///< in these passes, in [0, 0.9]
    int validationUsers = 4000; ///< at most this many are scored after each epoch
    int refitEpochs = 1;     ///< passes over everything up to t₀ after the best epoch; 0 = none
    ItemLoss itemLoss = ItemLoss::Softmax; ///< validation is by the full softmax always
    int negatives = 256;                   ///< items drawn for each 32 sequences
    OptimizerKind optimizer = OptimizerKind::AdamW;
    double momentum = 0.9;      ///< of SGD, in [0, 0.999]
    RateSchedule schedule = RateSchedule::Cosine; ///< from epoch to epoch, down to a tenth
    int warmUpSteps = 50;       ///< steps until the rate is reached; 0 = at once
    double learningRate = 0.0015;
    double weightDecay = 0.01;  ///< AdamW: decoupled; Adam, SGD: added to the clipped gradient
    double l1 = 0, l2 = 0;      ///< penalties l1 Σ|w| + l2/2 Σ w² on matrices and embeddings; not
                                ///< in the losses that are reported
    double gradientClip = 1.0;  ///< largest norm of a step's gradient

    bool operator==(const BehaviorConfig &) const = default;
};

inline constexpr int kMostMembers = 10; ///< of an ensemble
/// Seed of an ensemble's member, counting from 1; past the largest number it goes on at the least.
std::int64_t memberSeed(const BehaviorConfig &config, int member) noexcept;

/// Some head is asked for that learns from what happens within a window.
bool wantsLabels(const BehaviorConfig &config) noexcept;
/// @error BadConfiguration (where: the key, detail: the value), HorizonNotPositive.
Status checkConfig(const BehaviorConfig &config);

/// What the scores are divided by. Source of cosine's 0.07: Wu et al. (2018), "Unsupervised feature
/// learning via non-parametric instance discrimination".
double temperatureOf(const BehaviorConfig &config) noexcept;

/// One JSON object, keys as the members in snake_case; `until` as "2010-06-30" or null.
std::string configToJson(const BehaviorConfig &config);
/// Missing keys keep the defaults. @error BadConfiguration for what is no JSON object, for a key
/// that does not exist (where: the key) or a value of a wrong type or range.
Result<BehaviorConfig> configFromJson(std::string_view json);
/// The config that a run has stored. What it does not name came later than the run, whose network
/// has no such part: it is off. @error as above.
Result<BehaviorConfig> configOfRun(std::string_view json);

} // namespace perennial
