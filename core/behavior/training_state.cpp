#include "core/behavior/training_state_torch.h"

#include "core/project/weight_blob.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

namespace perennial::net {

namespace {

/// Of what follows here and of what draws random numbers: with another one a run would go on, but
/// not as it began.
constexpr std::int64_t kFormat = 5;

constexpr std::size_t kProgressNumbers = 13;
constexpr std::size_t kMemberNumbers = 6;

std::string momentName(std::size_t kind, const std::string &parameter)
{
    return "moment." + std::to_string(kind + 1) + "." + parameter;
}

/// The weights are the best epoch's themselves.
bool isBest(const TrainingProgress &progress)
{
    return progress.bestEpoch == progress.epoch && progress.refits == 0;
}

bool plausible(const TrainerCounts &trainer, const BehaviorConfig &config)
{
    return std::isfinite(trainer.seconds) && trainer.batchSize >= 1 &&
           trainer.batchSize <= config.batchSize && trainer.steps >= 0 && trainer.sequences >= 0;
}

bool plausible(const TrainingProgress &progress, const BehaviorConfig &config)
{
    if (progress.members < 0 || progress.members >= config.ensemble ||
        !std::isfinite(progress.seconds) || !plausible(progress.trainer, config)) {
        return false;
    }
    if (progress.epoch == 0) {
        return progress.members > 0 && progress.refits == 0 && progress.bestEpoch == 0;
    }
    return progress.epoch >= 1 && progress.epoch <= config.epochs && progress.refits >= 0 &&
           progress.refits <= config.refitEpochs && progress.bestEpoch >= 1 &&
           progress.bestEpoch <= progress.epoch && std::isfinite(progress.bestMeasure);
}

std::int64_t bitsOf(double number) { return std::bit_cast<std::int64_t>(number); }

int countFrom(std::int64_t number)
{
    return std::in_range<int>(number) ? static_cast<int>(number) : -1;
}

/// @param tensors beside it.
WeightBlob progressBlob(const TrainingProgress &progress, std::int64_t belongsTo,
                        std::size_t tensors)
{
    const TrainerCounts &trainer = progress.trainer;
    return listBlob<std::int64_t>(
        "progress",
        {kFormat, belongsTo, static_cast<std::int64_t>(tensors), progress.epoch, progress.refits,
         progress.bestEpoch, bitsOf(progress.bestMeasure), bitsOf(progress.seconds), trainer.batchSize,
         trainer.steps, trainer.sequences, bitsOf(trainer.seconds), progress.members});
}

/// Heads that are fitted by themselves; numbers stand for them in a checkpoint.
constexpr std::array<std::string_view, 4> kFitted{"churn", "value", "click", "return"};
constexpr std::size_t kFitNumbers = 6;

std::vector<std::int64_t> toNumbers(const std::vector<HeadFit> &fits)
{
    std::vector<std::int64_t> numbers;
    for (const HeadFit &fit : fits) {
        const auto head = std::ranges::find(kFitted, fit.head) - kFitted.begin();
        numbers.insert(numbers.end(), {head, fit.readsEvents ? 1 : 0, fit.pass, fit.passes,
                                       bitsOf(fit.lossBefore), bitsOf(fit.loss)});
    }
    return numbers;
}

/// @return none where the numbers are of no fits.
std::optional<std::vector<HeadFit>> fitsFrom(const std::vector<std::int64_t> &numbers)
{
    if (numbers.size() % kFitNumbers != 0 || numbers.size() > kFitNumbers * kFitted.size()) {
        return std::nullopt;
    }
    std::vector<HeadFit> fits;
    for (std::size_t k = 0; k < numbers.size(); k += kFitNumbers) {
        if (numbers[k] < 0 || numbers[k] >= std::ssize(kFitted)) {
            return std::nullopt;
        }
        fits.push_back({std::string(kFitted[static_cast<std::size_t>(numbers[k])]),
                        numbers[k + 1] != 0, countFrom(numbers[k + 2]), countFrom(numbers[k + 3]),
                        std::bit_cast<double>(numbers[k + 4]),
                        std::bit_cast<double>(numbers[k + 5])});
        if (fits.back().pass < 0 || fits.back().passes < fits.back().pass ||
            !std::isfinite(fits.back().lossBefore) || !std::isfinite(fits.back().loss)) {
            return std::nullopt;
        }
    }
    return fits;
}

std::string memberPrefix(int number) { return "member." + std::to_string(number) + "/"; }

} // namespace

std::int64_t fingerprintOf(const RunRecord &run)
{
    return keyFingerprint(std::to_string(run.id) + "|" + run.dataHash + "|" + run.config);
}

std::vector<WeightBlob> toBlobs(const TrainingProgress &progress, std::int64_t belongsTo,
                                const Network &network, const OptimizerMemory &memory,
                                const std::vector<at::Tensor> &best)
{
    std::vector<WeightBlob> blobs;
    const auto &parameters = network.parameters();
    for (std::size_t p = 0; p < parameters.size(); ++p) {
        const std::string &name = parameters[p].name;
        blobs.push_back(blobOfTensor("weight." + name, parameters[p].value));
        if (!isBest(progress)) {
            blobs.push_back(blobOfTensor("best." + name, best[p]));
        }
        for (std::size_t kind = 0; kind < memory.moments.size(); ++kind) {
            if (memory.steps[p] > 0) {
                blobs.push_back(blobOfTensor(momentName(kind, name), memory.moments[kind][p]));
            }
        }
    }
    blobs.push_back(listBlob("steps", memory.steps));
    blobs.push_back(progressBlob(progress, belongsTo, blobs.size()));
    return blobs;
}

std::vector<WeightBlob> toBlobs(const TrainingProgress &progress, std::int64_t belongsTo)
{
    return {progressBlob(progress, belongsTo, 0)};
}

std::vector<WeightBlob> takeKept(std::vector<WeightBlob> &checkpoint)
{
    return takeBlobs(checkpoint, kKeptPrefix);
}

std::vector<WeightBlob> toBlobs(const TrainedMember &member, int number)
{
    std::vector<WeightBlob> blobs;
    const std::string prefix = memberPrefix(number);
    const auto add = [&](const MemberBlobs &weights, const char *which) {
        for (const WeightBlob &weight : weights) {
            blobs.push_back(weight);
            blobs.back().name = prefix + which + weight.name;
        }
    };
    add(member.cut, "cut.");
    add(member.refitted, "refitted.");
    blobs.push_back(listBlob<std::int64_t>(prefix + "fits", toNumbers(member.fits)));
    const TrainerCounts &trainer = member.trainer;
    blobs.push_back(listBlob<std::int64_t>(
        prefix + "progress", {member.epochs, member.bestEpoch, trainer.batchSize, trainer.steps,
                              trainer.sequences, bitsOf(trainer.seconds)}));
    return blobs;
}

Result<std::vector<TrainedMember>> membersFrom(std::vector<WeightBlob> &kept, int count,
                                               const BehaviorConfig &config)
{
    std::vector<TrainedMember> members;
    for (int number = 1; number <= count; ++number) {
        const std::string prefix = memberPrefix(number);
        std::vector<std::int64_t> numbers;
        if (!readList(kept, prefix + "progress", numbers) || numbers.size() != kMemberNumbers) {
            return fail(ErrorCode::Damaged, prefix + "progress", "checkpoint");
        }
        TrainedMember member;
        member.epochs = countFrom(numbers[0]);
        member.bestEpoch = countFrom(numbers[1]);
        member.trainer = {countFrom(numbers[2]), numbers[3], numbers[4],
                          std::bit_cast<double>(numbers[5])};
        std::vector<std::int64_t> fits;
        const auto known = readList(kept, prefix + "fits", fits) ? fitsFrom(fits) : std::nullopt;
        if (!known) {
            return fail(ErrorCode::Damaged, prefix + "fits", "checkpoint");
        }
        member.fits = *known;
        member.cut = takeBlobs(kept, prefix + "cut.");
        member.refitted = takeBlobs(kept, prefix + "refitted.");
        if (member.epochs < 1 || member.epochs > config.epochs || member.bestEpoch < 1 ||
            member.bestEpoch > member.epochs || !plausible(member.trainer, config) ||
            member.refitted.empty() != (config.refitEpochs == 0)) {
            return fail(ErrorCode::Damaged, prefix + "progress", "checkpoint");
        }
        members.push_back(std::move(member));
    }
    return members;
}

Result<TrainingProgress> progressFrom(const std::vector<WeightBlob> &blobs, const RunRecord &run,
                                      const BehaviorConfig &config)
{
    const auto refuse = [&](ErrorCode code, const char *detail) {
        return fail(code, detail, std::to_string(run.id));
    };
    std::vector<std::int64_t> numbers;
    if (!readList(blobs, "progress", numbers) || numbers.empty()) {
        return refuse(ErrorCode::Damaged, "checkpoint");
    }
    if (numbers[0] != kFormat) {
        return refuse(ErrorCode::NotResumable, "other_format");
    }
    if (numbers.size() != kProgressNumbers ||
        numbers[2] + 1 != static_cast<std::int64_t>(blobs.size())) {
        return refuse(ErrorCode::Damaged, "checkpoint");
    }
    if (numbers[1] != fingerprintOf(run)) {
        return refuse(ErrorCode::NotResumable, "other_config");
    }
    const auto count = [&](std::size_t k) { return countFrom(numbers[k]); };
    const auto real = [&](std::size_t k) { return std::bit_cast<double>(numbers[k]); };
    const TrainingProgress progress{count(12), count(3), count(4), count(5), real(6), real(7),
                                    {count(8), numbers[9], numbers[10], real(11)}};
    return plausible(progress, config) ? Result(progress)
                                       : refuse(ErrorCode::Damaged, "checkpoint");
}

Result<std::vector<at::Tensor>> restoreState(const std::vector<WeightBlob> &blobs,
                                             const TrainingProgress &progress, Network &network,
                                             Trainer &trainer)
{
    const at::NoGradGuard frozen;
    std::string wrong;
    const auto read = [&](const std::string &name, const at::Tensor &like) {
        const auto tensor = tensorFrom(blobs, name, like);
        wrong = tensor ? wrong : name;
        return tensor ? *tensor : at::Tensor();
    };
    const auto &parameters = network.parameters();
    OptimizerMemory memory;
    if (!readList(blobs, "steps", memory.steps) || memory.steps.size() != parameters.size()) {
        return fail(ErrorCode::Damaged, "steps", "checkpoint");
    }
    memory.moments.assign(trainer.momentKinds(), std::vector<at::Tensor>(parameters.size()));
    std::vector<at::Tensor> weights;
    std::vector<at::Tensor> best;
    for (std::size_t p = 0; p < parameters.size(); ++p) {
        const auto &[name, value] = parameters[p];
        weights.push_back(read("weight." + name, value));
        best.push_back(read((isBest(progress) ? "weight." : "best.") + name, value));
        for (std::size_t kind = 0; kind < memory.moments.size() && memory.steps[p] > 0; ++kind) {
            memory.moments[kind][p] = read(momentName(kind, name), value);
        }
    }
    if (!wrong.empty()) {
        return fail(ErrorCode::Damaged, wrong, "checkpoint");
    }
    for (std::size_t p = 0; p < parameters.size(); ++p) {
        at::Tensor target = parameters[p].value;
        target.copy_(weights[p]);
    }
    trainer.restore(progress.trainer, memory);
    return best;
}

} // namespace perennial::net
