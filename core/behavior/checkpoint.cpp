#include "core/behavior/checkpoint_torch.h"

#include "core/project/weight_blob.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <utility>

namespace perennial::net {

namespace {

Error damaged(const std::string &name) { return fail(ErrorCode::Damaged, name, "weights"); }

template <class Lists, class Visit>
void visitVocabulary(Lists &vocabulary, Visit visit)
{
    visit("vocabulary.items", vocabulary.itemKeys);
    visit("vocabulary.categories", vocabulary.categoryKeys);
    visit("vocabulary.price_edges", vocabulary.priceEdges);
    visit("vocabulary.amount_edges", vocabulary.amountEdges);
    visit("vocabulary.devices", vocabulary.deviceIds);
    visit("vocabulary.places", vocabulary.placeIds);
    visit("vocabulary.channels", vocabulary.channelIds);
}

constexpr std::size_t kMostContextCodes = 60000; ///< codes are 16 bits wide

bool sound(const SequenceVocabulary &vocabulary)
{
    const auto ascending = [](const std::vector<float> &edges) {
        return std::is_sorted(edges.begin(), edges.end()) && edges.size() < 250;
    };
    return ascending(vocabulary.priceEdges) && ascending(vocabulary.amountEdges) &&
           vocabulary.deviceIds.size() < kMostContextCodes &&
           vocabulary.placeIds.size() < kMostContextCodes &&
           vocabulary.channelIds.size() < kMostContextCodes && vocabulary.ownItems >= 0 &&
           vocabulary.ownItems <= static_cast<std::int64_t>(vocabulary.itemKeys.size());
}

} // namespace

NetworkShape shapeFor(const BehaviorConfig &config, const SequenceVocabulary &vocabulary)
{
    NetworkShape shape;
    shape.kind = config.encoder;
    shape.crossAttention = config.crossAttention;
    shape.similarity = config.similarity;
    shape.temperature = temperatureOf(config);
    shape.textBuckets = config.textBuckets;
    shape.contentOnly = config.itemContentOnly;
    shape.plainValue = config.valueLoss == ValueLoss::Mse;
    shape.click = config.clickWeight > 0;
    shape.returnTime = config.returnWeight > 0;
    shape.dimension = config.dimension;
    shape.heads = config.heads;
    shape.layers = config.layers;
    shape.ownItems = vocabulary.ownItems;
    shape.categories = static_cast<std::int64_t>(vocabulary.categoryKeys.size()) + 1;
    shape.priceBands = bandCount(vocabulary.priceEdges);
    shape.tokenRows = layoutTokens(vocabulary, config.sequenceLength).rows;
    return shape;
}

std::vector<WeightBlob> toBlobs(const Network &network)
{
    std::vector<WeightBlob> blobs;
    for (const Network::Parameter &parameter : network.parameters()) {
        blobs.push_back(blobOfTensor(parameter.name, parameter.value));
    }
    return blobs;
}

std::vector<WeightBlob> toBlobs(const Checkpoint &checkpoint)
{
    std::vector<WeightBlob> blobs;
    visitVocabulary(checkpoint.vocabulary,
                    [&](const char *name, const auto &list) { blobs.push_back(listBlob(name, list)); });
    blobs.push_back(listBlob<std::int64_t>("vocabulary.own_items", {checkpoint.vocabulary.ownItems}));
    const Standardization &z = checkpoint.standardization;
    blobs.push_back(blobOf<float>("summary.mean", z.mean, {std::int64_t{kSummarySize}}));
    blobs.push_back(blobOf<float>("summary.deviation", z.deviation, {std::int64_t{kSummarySize}}));
    const ZilnBounds &bounds = checkpoint.bounds;
    blobs.push_back(listBlob<float>("value.bounds", {static_cast<float>(bounds.center),
                                                     static_cast<float>(bounds.spread),
                                                     static_cast<float>(bounds.largest)}));
    return blobs;
}

Result<Checkpoint> checkpointFrom(const std::vector<WeightBlob> &blobs)
{
    Checkpoint checkpoint;
    std::string wrong;
    visitVocabulary(checkpoint.vocabulary, [&](const char *name, auto &list) {
        if (!readList(blobs, name, list)) {
            wrong = name;
        }
    });
    std::vector<std::int64_t> own;
    if (!readList(blobs, "vocabulary.own_items", own) || own.size() != 1) {
        wrong = "vocabulary.own_items";
    }
    std::vector<float> mean, deviation, bounds;
    if (!readList(blobs, "summary.mean", mean) || mean.size() != kSummarySize) {
        wrong = "summary.mean";
    }
    if (!readList(blobs, "summary.deviation", deviation) || deviation.size() != kSummarySize ||
        std::any_of(deviation.begin(), deviation.end(), [](float x) { return x <= 0; })) {
        wrong = "summary.deviation";
    }
    if (!readList(blobs, "value.bounds", bounds) || bounds.size() != 3) {
        wrong = "value.bounds";
    }
    if (!wrong.empty()) {
        return damaged(wrong);
    }
    checkpoint.vocabulary.ownItems = own[0];
    if (!sound(checkpoint.vocabulary)) {
        return damaged("vocabulary");
    }
    std::copy(mean.begin(), mean.end(), checkpoint.standardization.mean.begin());
    std::copy(deviation.begin(), deviation.end(), checkpoint.standardization.deviation.begin());
    checkpoint.bounds = {bounds[0], bounds[1], bounds[2]};
    return checkpoint;
}

WeightBlob blobOfTensor(const std::string &name, const at::Tensor &value)
{
    const at::Tensor raw = value.detach().to(at::kCPU).contiguous();
    return blobOf<float>(name, {raw.data_ptr<float>(), static_cast<std::size_t>(raw.numel())},
                         raw.sizes().vec());
}

Result<at::Tensor> tensorFrom(const std::vector<WeightBlob> &blobs, const std::string &name,
                              const at::Tensor &like)
{
    const WeightBlob *blob = findBlob(blobs, name);
    const auto numbers = static_cast<std::size_t>(like.numel());
    if (blob == nullptr || blob->type != "float32" ||
        like.sizes() != at::IntArrayRef(blob->shape) ||
        blob->data.size() != numbers * sizeof(float)) {
        return damaged(name);
    }
    at::Tensor value = at::empty(blob->shape, at::TensorOptions().dtype(at::kFloat));
    if (numbers > 0) {
        std::memcpy(value.data_ptr<float>(), blob->data.data(), blob->data.size());
    }
    return at::isfinite(value).all().item<bool>() ? Result(value.to(like.device()))
                                                  : damaged(name);
}

Status loadParameters(Network &network, const std::vector<WeightBlob> &blobs)
{
    const at::NoGradGuard frozen;
    for (const auto &parameter : network.parameters()) {
        const auto value = tensorFrom(blobs, parameter.name, parameter.value);
        if (!value) {
            return value.error();
        }
        at::Tensor target = parameter.value;
        target.copy_(*value);
    }
    return Done{};
}

} // namespace perennial::net
