#pragma once

#include "core/base/result.h"
#include "core/base/rng.h"
#include "core/base/task.h"
#include "core/features/feature_matrix.h"
#include "core/project/weight_blob.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace perennial {

/// A value that is nothing with probability 1 − pPositive, else lognormal.
struct ZilnComponent {
    double pPositive = 0.0; ///< in [0, 1]
    double mu = 0.0;        ///< mean of log value where there is one
    double sigma = 0.0;     ///< its standard deviation, >= 0

    double pZero() const noexcept { return 1.0 - pPositive; }
    double mean() const noexcept; ///< pPositive exp(mu + sigma² / 2)
};

struct ZilnOptions {
    std::array<int, 2> hidden{64, 32}; ///< units, each in [1, 1024]
    double learningRate = 1e-3;        ///< of AdamW, in (0, 1e6]
    double weightDecay = 1e-2;         ///< decoupled, of matrices only, in [0, 1000]
    int batchSize = 256;               ///< rows, in [1, 65 536]
    int epochs = 300;                  ///< at most, in [1, 10 000]
    int patience = 20;          ///< epochs without a better held-out loss before it stops, >= 1
    double heldOutShare = 0.15; ///< of users, who say when to stop; in [0.01, 0.5]
    int members = 3;            ///< networks of different seeds, averaged; in [1, 20]
    std::uint64_t seed = 1;     ///< of the first member; the others follow it
};

/// A value below the smallest unit of money is none.
inline constexpr double kLeastZilnValue = 1e-4;
/// Fewer rows, or fewer rows with a value, than this are too few to tell users apart.
inline constexpr std::size_t kLeastZilnRows = 100;
inline constexpr std::size_t kLeastZilnPositives = 10;

/// Trained networks of features → (logit p, mu, sigma), and what they need around them.
struct ZilnNetwork {
    struct Layer {
        std::int64_t in = 0, out = 0;
        std::vector<float> weight, bias; ///< out × in row-major; out
    };
    struct Member {
        std::vector<Layer> layers; ///< ReLU between them
        int bestEpoch = 0;         ///< counts from 1
        double heldOutLoss = 0.0;  ///< there, a row
    };

    std::vector<std::string> columns;
    std::vector<float> mean, deviation; ///< of each column over the training rows; deviation > 0
    double center = 0.0;                ///< mean of log y over y > 0
    double spread = 1.0;                ///< its standard deviation, at least 0.05
    double largest = 0.0;               ///< log of the largest y
    /// Mean over all training rows of min(y, 0), <= 0: the networks know no value below 0. Added to
    /// each user's mean it makes a total net of refunds; it tells no two users apart.
    double negativePart = 0.0;
    /// Everybody's, where there is too little to learn from; no members then.
    std::optional<ZilnComponent> constant;
    std::vector<Member> members;
};

/// A zero-inflated lognormal of each user's value from features. Features are z-scores clipped to
/// ± 3. So that no user's exp(mu + sigma² / 2) explodes, mu <= log max y and sigma <= 0.02 + sd(log
/// y) of the training rows. Labels below kLeastZilnValue are no value; see `negativePart`.
///
/// Each member stops at the lowest loss on held-out users of its own. The same rows and options
/// give the same weights on the CPU.
/// @error TooLittleData for no row; InvalidArgument (where: "features", "labels" or the option);
/// NotFinite (where: "loss", detail: epoch/batch); OutOfMemory; Cancelled, asked for per batch.
/// Sources: Wang, Liu & Miao (2019), "A deep probabilistic model for customer lifetime value
/// prediction", eq. 4; Loshchilov & Hutter (2019) for AdamW.
Result<ZilnNetwork> trainZilnNetwork(const FeatureMatrix &features, std::span<const double> labels,
                                     const ZilnOptions &options, const Task &task);

/// What the members say of each user; all finite.
struct ZilnPredictions {
    std::size_t members = 1;               ///< 1 for a constant network
    std::vector<ZilnComponent> components; ///< rows × members, row by row
    std::vector<double> mean;              ///< of the mixture, >= 0: `negativePart` not added

    /// One user's value: each member with equal probability.
    std::span<const ZilnComponent> of(std::size_t row) const noexcept
    {
        return {components.data() + row * members, members};
    }
};
/// @error InvalidArgument for other columns than the training's, or values that are not finite;
/// NotFinite (detail: the row) for weights that give none; OutOfMemory; Cancelled.
/// Cost O(rows × members × weights).
Result<ZilnPredictions> predictZiln(const ZilnNetwork &network, const FeatureMatrix &features,
                                    const Task &task);
/// A value drawn from a mixture in equal parts: 0, or a lognormal draw.
double drawZiln(std::span<const ZilnComponent> mixture, Rng &rng) noexcept;

SavedModel saveZiln(const ZilnNetwork &network);
/// @error Damaged, where: "model", detail: "hash", "json", or the tensor that is none.
Result<ZilnNetwork> loadZiln(const SavedModel &saved);

} // namespace perennial
