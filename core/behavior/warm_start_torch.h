#pragma once

// Private to core/behavior: a network that starts from the weights of a trained one.

#include "core/behavior/checkpoint_torch.h"
#include "core/behavior/ensemble_torch.h"
#include "core/behavior/heads_torch.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace perennial::net {

/// A trained run to start from.
struct WarmSource {
    std::vector<MemberBlobs> members; ///< its networks, at least one
    SequenceVocabulary vocabulary;
    int sequenceLength = 0;
    Heads heads; ///< that it has trained
    bool sequences = true; ///< it reads them: it has items and context
    bool ownItems = true;  ///< its items have embeddings of their own
};

/// @param project of the new run; the source may be one of another project (config.warmProject), which
/// is opened to read: devices, places and channels are then known by their keys.
/// @error as Project::open for another project (ReadOnly, detail "schema version N", for one that an
/// older version wrote last); NotTrained where there is no such run that is Done; BadConfiguration (where: "warm_run",
/// detail: what does not fit: "dimension", or "retrain_due" as what an erased user left would
/// live on); Damaged.
Result<WarmSource> readWarmSource(const Project &project, const BehaviorConfig &config);

/// Takes over what both have. Rows of embeddings are known by what they stand for: items and
/// categories by their key's fingerprint, devices, places and channels by their id, bands and codes
/// by their number. An item that the source did not know starts from its features alone, its own
/// embedding 0. Other parameters are taken where name and shape agree, heads where the source has
/// trained them.
/// @param member of the new run, counts from 0: it starts from the source's member of the same
/// number; where that has fewer, from its members in turn.
/// @return how many items with an embedding of their own both have. @error Damaged.
Result<std::int64_t> warmStart(Network &network, const SequenceVocabulary &vocabulary,
                               int sequenceLength, const WarmSource &source, std::size_t member);

} // namespace perennial::net
