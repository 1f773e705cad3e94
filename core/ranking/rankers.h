#pragma once

#include "core/ranking/blend_weights.h"
#include "core/ranking/ranker.h"

#include <memory>
#include <optional>

namespace perennial {

/// Distinct buyers of each item in the last so many days, or of all time; or all buyers, each
/// counting .5^(days since his last purchase of the item / half-life). The same for every user.
struct PopularityOptions {
    std::optional<int> lastDays;
    std::optional<double> halfLifeDays;
};
std::unique_ptr<const Ranker> popularityRanker(std::string name, const PopularityOptions &options);

/// How much a past purchase of a user counts when he is scored: .5^(days since the last purchase of
/// the item / half-life); 1 where empty.
using ProfileHalfLife = std::optional<double>;

/// Items like those of the profile: s(i, j) = buyers of both / (√(n_i n_j) + shrink); each item of
/// the profile speaks for the k candidates nearest to it.
/// Source: Sarwar, Karypis, Konstan & Riedl (2001), WWW10; shrinkage as in Bell & Koren (2007),
/// ICDM.
struct ItemKnnOptions {
    int neighbours = 10; ///< k >= 1
    double shrink = 30;  ///< >= 0
    ProfileHalfLife halfLife = 90;
};
std::unique_ptr<const Ranker> itemKnnRanker(std::string name, const ItemKnnOptions &options);

/// Linear item-to-item weights B with a zero diagonal that best retell the binary matrix of users
/// and items under a penalty: P = (XᵀX + λI)⁻¹, B_ij = −P_ij / P_jj. Scores are profile × B.
/// Source: Steck (2019), "Embarrassingly shallow autoencoders for sparse data", WWW '19.
struct EaseOptions {
    double lambda = 1000;  ///< > 0
    ProfileHalfLife halfLife = 90;
    /// What the weights may take: three square matrices of floats are held while they are found,
    /// 12 bytes × items². Where all items need more, the most bought ones that fit get weights and
    /// the others none: notes "items_capped" (how many have weights), "items_whole" (of so many)
    /// and "bytes_whole" (what all would take). 1 GiB holds 9 459.
    std::int64_t memoryBytes = std::int64_t{1} << 30;
};
std::unique_ptr<const Ranker> easeRanker(std::string name, const EaseOptions &options);

/// What follows: T = Σ_{d=1..3} .7^(d−1) (items of a basket) × (items first bought d baskets later)
/// + .3 × items of the same basket, diagonal 0, each divided by √(baskets with i × column sum of j)
/// + 5; the profile is the last three baskets, .7^k. A decayed Markov chain over order days.
/// Source: Rendle, Freudenthaler & Schmidt-Thieme (2010), WWW '10, for chains over baskets.
struct MarkovOptions {
    int reach = 3;           ///< baskets looked ahead, and back in the profile
    double decay = 0.7;      ///< per basket
    double together = 0.3;   ///< weight of the same basket
    double shrink = 5;
};
std::unique_ptr<const Ranker> markovRanker(std::string name, const MarkovOptions &options);

/// Several recommenders' scores, each divided by its largest for the user, added up with weights that
/// are fitted on the past (blend_weights.h): the components learn up to a cut before the end, and
/// the weights are those that rank what is new to users after it best; then the components learn
/// everything. Notes say the weights and what each adds ("weight_ease" 1, "adds_markov" .004: the
/// NDCG that is lost without it).
struct BlendOptions {
    int windowDays = 60;  ///< of the validation: the last days of the history
    std::size_t mostUsers = 2000; ///< the first so many test users of the validation
    BlendFitOptions fit{.replicates = 0};
};
/// Users with something new after the cut, and what components that learned up to it say of them.
/// @param mostUsers the first so many. @error as of the components' fits.
Result<BlendCases> pastCases(const ItemHistory &history, Day cut,
                             std::span<const Ranker *const> components, std::size_t mostUsers,
                             const Task &task);
/// @param components >= 1, outliving the blend; simplest first.
std::unique_ptr<const Ranker> blendRanker(std::string name, std::vector<const Ranker *> components,
                                          const BlendOptions &options);

/// Weights of a profile's items at a day.
std::vector<float> profileWeights(const std::vector<ProfileItem> &profile, Day at,
                                  ProfileHalfLife halfLife);

} // namespace perennial
