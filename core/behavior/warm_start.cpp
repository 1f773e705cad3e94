#include "core/behavior/warm_start_torch.h"

#include "core/behavior/trained_run_torch.h"
#include "core/project/context_keys.h"
#include "core/project/weight_blob.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace perennial::net {

namespace {

/// For each row of an embedding the row of the source that stands for the same; −1 = none.
using RowMap = std::vector<std::int64_t>;

constexpr std::int64_t kNone = -1;

std::unordered_map<std::int64_t, std::int64_t> positionsOf(const std::vector<std::int64_t> &keys,
                                                           std::size_t count)
{
    std::unordered_map<std::int64_t, std::int64_t> positions;
    for (std::size_t k = 0; k < std::min(count, keys.size()); ++k) {
        positions.emplace(keys[k], static_cast<std::int64_t>(k));
    }
    return positions;
}

/// Code 0 is "none", code c the key at c − 1.
RowMap mapKeys(const std::vector<std::int64_t> &to, std::size_t toCount,
               const std::vector<std::int64_t> &from, std::size_t fromCount)
{
    const auto positions = positionsOf(from, fromCount);
    RowMap rows{0};
    for (std::size_t k = 0; k < toCount; ++k) {
        const auto found = positions.find(to[k]);
        rows.push_back(found == positions.end() ? kNone : found->second + 1);
    }
    return rows;
}

/// The same with one more code at the end, for all others.
RowMap mapCodes(const std::vector<std::int64_t> &to, const std::vector<std::int64_t> &from)
{
    RowMap rows = mapKeys(to, to.size(), from, from.size());
    rows.push_back(static_cast<std::int64_t>(from.size()) + 1);
    return rows;
}

/// Codes that stand for the same number in both.
RowMap mapNumbers(std::int64_t to, std::int64_t from)
{
    RowMap rows;
    for (std::int64_t k = 0; k < to; ++k) {
        rows.push_back(k < from ? k : kNone);
    }
    return rows;
}

void append(RowMap &rows, std::int64_t offset, const RowMap &more)
{
    for (const std::int64_t row : more) {
        rows.push_back(row == kNone ? kNone : row + offset);
    }
}

RowMap featureRows(const SequenceVocabulary &to, const SequenceVocabulary &from)
{
    RowMap rows = mapKeys(to.categoryKeys, to.categoryKeys.size(), from.categoryKeys,
                          from.categoryKeys.size());
    append(rows, static_cast<std::int64_t>(from.categoryKeys.size()) + 1,
           mapNumbers(bandCount(to.priceEdges), bandCount(from.priceEdges)));
    return rows;
}

RowMap contextRows(const SequenceVocabulary &to, int toLength, const SequenceVocabulary &from,
                   int fromLength)
{
    const TokenLayout target = layoutTokens(to, toLength);
    const TokenLayout source = layoutTokens(from, fromLength);
    const auto sizeOf = [](const TokenLayout &layout, std::size_t field) {
        return (field + 1 < kTokenFields ? layout.offset[field + 1] : layout.rows) -
               layout.offset[field];
    };
    RowMap rows;
    for (std::size_t field = 0; field < kTokenFields; ++field) {
        switch (static_cast<TokenField>(field)) {
        case TokenField::Device:
            append(rows, source.offset[field], mapCodes(to.deviceIds, from.deviceIds));
            break;
        case TokenField::Place:
            append(rows, source.offset[field], mapCodes(to.placeIds, from.placeIds));
            break;
        case TokenField::Channel:
            append(rows, source.offset[field], mapCodes(to.channelIds, from.channelIds));
            break;
        default:
            append(rows, source.offset[field],
                   mapNumbers(sizeOf(target, field), sizeOf(source, field)));
        }
    }
    return rows;
}

class Taker {
public:
    explicit Taker(const MemberBlobs &blobs) : m_blobs(blobs) {}

    /// Rows that stand for the same.
    Status takeRows(at::Tensor target, const std::string &name, const RowMap &rows)
    {
        const auto from = tensor(name);
        if (!from) {
            return from.error();
        }
        const bool fits = from->dim() == target.dim() &&
                          from->sizes().slice(1) == target.sizes().slice(1);
        if (!fits || target.size(0) != static_cast<std::int64_t>(rows.size())) {
            return fail(ErrorCode::Damaged, name, "weights");
        }
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (rows[row] >= from->size(0)) {
                return fail(ErrorCode::Damaged, name, "weights");
            }
            if (rows[row] != kNone) {
                target[static_cast<std::int64_t>(row)].copy_((*from)[rows[row]]);
            }
        }
        return Done{};
    }

    /// All of it, where the source has the same.
    Status takeWhole(at::Tensor target, const std::string &name)
    {
        const WeightBlob *blob = findBlob(m_blobs, name);
        if (blob == nullptr || target.sizes() != at::IntArrayRef(blob->shape)) {
            return Done{};
        }
        const auto from = tensor(name);
        if (!from) {
            return from.error();
        }
        target.copy_(*from);
        return Done{};
    }

private:
    Result<at::Tensor> tensor(const std::string &name) const
    {
        const WeightBlob *blob = findBlob(m_blobs, name);
        if (blob == nullptr || blob->shape.empty()) {
            return fail(ErrorCode::Damaged, name, "weights");
        }
        return tensorFrom(m_blobs, name, at::empty(blob->shape));
    }

    const MemberBlobs &m_blobs;
};

/// Whether the source has trained the head that a parameter belongs to, if any.
bool hasTrained(const Heads &heads, std::string_view parameter)
{
    return (heads.order() || !parameter.starts_with("churn.")) &&
           (heads.value || !parameter.starts_with("value.")) &&
           (heads.click || !parameter.starts_with("click.")) &&
           (heads.returnTime || !parameter.starts_with("return."));
}

} // namespace

namespace {

/// Ids of another project's keys in this one's terms: a key that this one lacks gets an id of nobody.
Status translateIds(std::vector<std::int64_t> &ids, const Project &theirs, const Project &ours,
                    ContextField field)
{
    const auto from = readContextKeys(theirs, field);
    const auto to = from ? readContextKeys(ours, field) : from;
    if (!to) {
        return to.error();
    }
    std::unordered_map<std::int64_t, std::int64_t> ourId;
    for (const auto &[key, id] : *from) {
        const auto found = to->find(key);
        if (found != to->end()) {
            ourId.emplace(id, found->second);
        }
    }
    for (std::size_t k = 0; k < ids.size(); ++k) {
        const auto found = ourId.find(ids[k]);
        ids[k] = found == ourId.end() ? kNone - static_cast<std::int64_t>(k) : found->second;
    }
    return Done{};
}

Result<WarmSource> readWarmRun(const Project &project, const BehaviorConfig &config);

Result<WarmSource> readFromOther(const Project &ours, const BehaviorConfig &config)
{
    const auto theirs = Project::open(config.warmProject, Project::Access::ReadOnly);
    if (!theirs) {
        return theirs.error();
    }
    auto source = readWarmRun(*theirs, config);
    if (!source && source.error().code == ErrorCode::Damaged) { // it is not this project's
        return fail(ErrorCode::Damaged, source.error().detail,
                    theirs->path().string() + ", " + source.error().where);
    }
    if (!source) {
        return source.error();
    }
    SequenceVocabulary &words = source->vocabulary;
    for (const auto &[ids, field] : {std::pair(&words.deviceIds, ContextField::Device),
                                     std::pair(&words.placeIds, ContextField::Place),
                                     std::pair(&words.channelIds, ContextField::Channel)}) {
        if (const Status done = translateIds(*ids, *theirs, ours, field); !done) {
            return done.error();
        }
    }
    return source;
}

Result<WarmSource> readWarmRun(const Project &project, const BehaviorConfig &config)
{
    auto run = readTrainedRun(project, config.warmRun);
    if (!run) {
        return run.error();
    }
    if (run->record.retrainDue > 0) {
        return fail(ErrorCode::BadConfiguration, "retrain_due", "warm_run");
    }
    const BehaviorConfig &theirs = run->config;
    if (theirs.dimension != config.dimension) {
        return fail(ErrorCode::BadConfiguration, "dimension", "warm_run");
    }
    return WarmSource{std::move(run->members), std::move(run->checkpoint.vocabulary),
                      theirs.sequenceLength, trainedHeads(run->report),
                      theirs.encoder != UserEncoder::Features, !theirs.itemContentOnly};
}

} // namespace

Result<WarmSource> readWarmSource(const Project &project, const BehaviorConfig &config)
{
    return config.warmProject.empty() ? readWarmRun(project, config)
                                      : readFromOther(project, config);
}

Result<std::int64_t> warmStart(Network &network, const SequenceVocabulary &vocabulary,
                               int sequenceLength, const WarmSource &source, std::size_t member)
{
    const at::NoGradGuard frozen;
    Taker taker(source.members[member % source.members.size()]);
    const SequenceVocabulary &theirs = source.vocabulary;
    const RowMap items =
        mapKeys(vocabulary.itemKeys, static_cast<std::size_t>(vocabulary.ownItems),
                theirs.itemKeys, static_cast<std::size_t>(theirs.ownItems));
    for (const auto &[name, value] : network.parameters()) {
        Status taken = Done{};
        if (name == "item.own") {
            at::Tensor own = value;
            if (source.sequences) {
                own.zero_();
            }
            taken = source.sequences && source.ownItems ? taker.takeRows(own, name, items) : taken;
        } else if (name == "item.bias") {
            RowMap rows(items.begin() + 1, items.end());
            std::ranges::for_each(rows, [](std::int64_t &row) { row -= row == kNone ? 0 : 1; });
            taken = source.heads.nextItem ? taker.takeRows(value, name, rows) : taken;
        } else if (name == "item.features") {
            taken = source.sequences
                        ? taker.takeRows(value, name, featureRows(vocabulary, theirs))
                        : taken;
        } else if (name == "token.fields") {
            if (source.sequences) {
                const RowMap rows =
                    contextRows(vocabulary, sequenceLength, theirs, source.sequenceLength);
                taken = taker.takeRows(value, name, rows);
            }
        } else if (hasTrained(source.heads, name)) {
            taken = taker.takeWhole(value, name);
        }
        if (!taken) {
            return taken.error();
        }
    }
    const bool both = source.sequences && source.ownItems;
    return both ? std::ssize(items) - 1 - std::ranges::count(items, kNone) : 0;
}

} // namespace perennial::net
