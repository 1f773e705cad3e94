#include "core/behavior/trained_run_torch.h"

#include "core/neural/runtime.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>

namespace perennial::net {

namespace {

/// The device the run asked for, or the CPU where that one isn't there today.
at::Device deviceOf(const BehaviorConfig &config)
{
    const auto choice = chooseDevice(config.device);
    return at::Device(choice ? choice->device : std::string("cpu"));
}

/// Weights of before the rows of a token's fields were read as they are: they were scaled as the
/// items' vectors by √d, and "token.context" was their name.
void updateOlder(MemberBlobs &blobs)
{
    const auto rows = std::ranges::find(blobs, "token.context", &WeightBlob::name);
    if (rows == blobs.end() || rows->type != "float32" || rows->shape.size() != 2) {
        return; // what is wrong with it is said where it is loaded
    }
    rows->name = "token.fields";
    const auto scale = static_cast<float>(std::sqrt(static_cast<double>(rows->shape[1])));
    for (std::size_t at = 0; at + sizeof(float) <= rows->data.size(); at += sizeof(float)) {
        float value = 0;
        std::memcpy(&value, rows->data.data() + at, sizeof value);
        value *= scale;
        std::memcpy(rows->data.data() + at, &value, sizeof value);
    }
}

std::string whereOf(std::int64_t run) { return "run " + std::to_string(run); }

} // namespace

SequenceSource TrainedRun::source() const
{
    SequenceSource source;
    source.vocabulary = checkpoint.vocabulary;
    source.standardization = checkpoint.standardization;
    source.sequenceLength = config.sequenceLength;
    source.layout = layoutTokens(source.vocabulary, config.sequenceLength);
    return source;
}

Result<Networks> TrainedRun::networks() const
{
    auto made = makeNetworks(shapeFor(config, checkpoint.vocabulary), members, deviceOf(config));
    return made ? std::move(made)
                : fail(made.error().code, made.error().detail, whereOf(record.id));
}

Result<TrainedRun> readTrainedRun(const Project &project, std::int64_t run)
{
    auto record = run > 0 ? readRun(project, run)
                          : readChampion(project, std::string(kBehaviorModel));
    if (!record) {
        return record.error();
    }
    if (record->model != kBehaviorModel || record->state != RunState::Done) {
        return fail(ErrorCode::NotTrained, std::to_string(record->id), project.path().string());
    }
    const std::string where = whereOf(record->id);
    const auto config = configOfRun(record->config);
    auto report = trainReportFromRun(project, record->id);
    if (!config || !report) {
        return fail(ErrorCode::Damaged, config ? "metrics" : "config", where);
    }
    auto blobs = readWeights(project, record->id);
    auto checkpoint = blobs ? checkpointFrom(*blobs) : Result<Checkpoint>(blobs.error());
    if (!checkpoint) {
        return fail(checkpoint.error().code, checkpoint.error().detail, where);
    }
    auto members = membersOf(*blobs, config->ensemble);
    std::ranges::for_each(members, updateOlder);
    return TrainedRun{std::move(*record), std::move(*report), *config, std::move(*checkpoint),
                      std::move(members)};
}

} // namespace perennial::net
