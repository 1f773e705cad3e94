#pragma once

// Private to core/behavior: a trained model as raw tensors and JSON, and back.

#include "core/base/result.h"
#include "core/behavior/batch.h"
#include "core/behavior/config.h"
#include "core/behavior/network_torch.h"
#include "core/project/run_store.h"

#include <string>
#include <vector>

namespace perennial::net {

/// What a run needs besides its network's parameters.
struct Checkpoint {
    SequenceVocabulary vocabulary;
    Standardization standardization;
    ZilnBounds bounds;
};

NetworkShape shapeFor(const BehaviorConfig &config, const SequenceVocabulary &vocabulary);

/// The parameters, by name.
std::vector<WeightBlob> toBlobs(const Network &network);
/// "vocabulary.*", "summary.*" and "value.bounds".
std::vector<WeightBlob> toBlobs(const Checkpoint &checkpoint);

/// @error Damaged (detail: the tensor) where one is missing or has another type or shape than the
/// config and vocabulary say, or where a number is not finite.
Result<Checkpoint> checkpointFrom(const std::vector<WeightBlob> &blobs);
Status loadParameters(Network &network, const std::vector<WeightBlob> &blobs);

WeightBlob blobOfTensor(const std::string &name, const at::Tensor &value);
/// A tensor of float32 with the shape of `like`, on its device. @error as above.
Result<at::Tensor> tensorFrom(const std::vector<WeightBlob> &blobs, const std::string &name,
                              const at::Tensor &like);

} // namespace perennial::net
