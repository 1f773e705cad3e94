#pragma once

// Private to core/behavior: sequences changed at random before they are trained on. No LibTorch
// here.

#include "core/base/rng.h"
#include "core/features/splits.h"

#include <cstdint>

namespace perennial {

/// Chances, each in [0, 1], that a training sequence is changed; nothing is drawn where one is 0.
/// Source: Xie et al. (2022), "Contrastive learning for sequential recommendation", § 3.2, here on
/// sequences that keep their end, whose labels and next item are what is learned.
struct Augmentation {
    double crop = 0;    ///< only the last events are seen, any number of them >= 1
    double mask = 0;    ///< the items of some tokens are taken away
    double reorder = 0; ///< a stretch of events is shuffled
};

inline constexpr double kMaskShare = 0.3;    ///< chance of each token of a sequence that is masked
inline constexpr double kReorderShare = 0.3; ///< events of a stretch, of all, at least 2

/// Whether a sequence is changed in a way that has this chance.
bool chosen(double chance, Rng &rng);

/// The events that a cropped sequence shows: at least one where there is one.
EventSpan cropped(EventSpan rows, Rng &rng);

/// Tokens [begin, end) of `tokens`, to be shuffled; empty where there are fewer than 2.
EventSpan stretchOf(std::int64_t tokens, Rng &rng);

} // namespace perennial
