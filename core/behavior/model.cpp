#include "core/behavior/model.h"

#include "core/behavior/checkpoint_torch.h"
#include "core/behavior/inference_torch.h"
#include "core/behavior/report_json.h"
#include "core/behavior/train.h"
#include "core/features/item_words.h"
#include "core/neural/crew.h"
#include "core/neural/runtime_torch.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace perennial {

namespace {

constexpr std::size_t kUsersPerPart = 64;

/// The device the run asked for, or the CPU where that one isn't there today.
at::Device deviceOf(const BehaviorConfig &config)
{
    const auto choice = chooseDevice(config.device);
    return at::Device(choice ? choice->device : std::string("cpu"));
}

std::vector<float> rowOf(const at::Tensor &matrix, std::size_t row)
{
    const auto width = static_cast<std::size_t>(matrix.size(1));
    const float *from = matrix.data_ptr<float>() + row * width;
    return {from, from + width};
}

/// What the outlook on the label window says of one user, carried to the horizon.
BehaviorScore scoreOf(const net::Inference::Outlook &outlook, const net::Heads &heads,
                      const TrainSplit &split, std::size_t k)
{
    const int horizon = std::max(split.horizonDays, 1);
    const double carry =
        static_cast<double>(horizon) / static_cast<double>(std::max(split.labelDays, 1));
    BehaviorScore score;
    if (heads.order()) {
        const double pNoOrder = std::pow(outlook.pChurn[k], carry);
        score.pChurn = heads.churn ? std::optional(pNoOrder) : std::nullopt;
        score.pPurchase = heads.purchase ? std::optional(1 - pNoOrder) : std::nullopt;
    }
    if (heads.value) {
        score.expectedValue = outlook.expectedValue[k] * carry;
    }
    if (heads.click) {
        score.pClick = 1 - std::pow(1 - outlook.pClick[k], carry);
    }
    if (heads.returnTime) {
        const ReturnCurve &curve = outlook.returns[k];
        score.pReturn = curve.within(horizon);
        score.medianReturnDays = curve.median();
        score.expectedReturnDays = curve.meanWithin(horizon);
    }
    return score;
}

} // namespace

struct BehaviorModel::Impl {
    RunRecord run;
    TrainReport report;
    BehaviorConfig config;
    Day at = 0;
    std::vector<ItemRecord> items;
    SequenceSource source;
    net::ZilnBounds bounds;
    std::unique_ptr<net::Network> network;
    std::unique_ptr<net::Inference> inference;
    std::unique_ptr<WorkerCrew> crew;

    Status readWeights(const Project &project);
    Status readHistory(const Project &project, std::int64_t user, const Task &task);
    void scorePart(std::span<const std::int64_t> users, std::span<BehaviorScore> to) const;
};

BehaviorModel::BehaviorModel(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
BehaviorModel::~BehaviorModel() = default;
BehaviorModel::BehaviorModel(BehaviorModel &&) noexcept = default;
BehaviorModel &BehaviorModel::operator=(BehaviorModel &&) noexcept = default;

const RunRecord &BehaviorModel::run() const noexcept { return m_impl->run; }
bool BehaviorModel::knowsItems() const noexcept { return m_impl->report.nextItemTrained; }
const EventTable &BehaviorModel::events() const noexcept { return m_impl->source.events; }
const std::vector<ItemRecord> &BehaviorModel::items() const noexcept { return m_impl->items; }
const ItemCatalog &BehaviorModel::catalog() const noexcept { return m_impl->source.catalog; }

Status BehaviorModel::Impl::readWeights(const Project &project)
{
    const auto blobs = perennial::readWeights(project, run.id);
    if (!blobs) {
        return blobs.error();
    }
    auto checkpoint = net::checkpointFrom(*blobs);
    if (!checkpoint) {
        return checkpoint.error();
    }
    source.vocabulary = std::move(checkpoint->vocabulary);
    source.standardization = checkpoint->standardization;
    source.sequenceLength = config.sequenceLength;
    source.layout = layoutTokens(source.vocabulary, config.sequenceLength);
    bounds = checkpoint->bounds;
    network = std::make_unique<net::Network>(net::shapeFor(config, source.vocabulary), config.seed,
                                             deviceOf(config));
    return net::loadParameters(*network, *blobs);
}

Status BehaviorModel::Impl::readHistory(const Project &project, std::int64_t user, const Task &task)
{
    auto events = user > 0 ? readEventsOfUser(project, user, at) : readEvents(project, at, task);
    if (!events) {
        return events.error();
    }
    auto read = readItems(project);
    if (!read) {
        return read.error();
    }
    source.events = std::move(*events);
    items = std::move(*read);
    source.catalog = bindCatalog(source.vocabulary, source.events, items, at);
    if (config.textBuckets > 0) {
        source.catalog.words = itemWords(source.catalog, items, config.textBuckets);
    }
    source.encoded = encodeEvents(source.events, source.vocabulary, source.catalog);
    inference = std::make_unique<net::Inference>(*network, source.catalog, bounds);
    return Done{};
}

Result<BehaviorModel> BehaviorModel::loadWith(const Project &project, std::int64_t run, Day at,
                                              std::int64_t user, const Task &task)
{
    return withTorchErrors([&]() -> Result<BehaviorModel> {
        prepareTorchRuntime();
        auto impl = std::make_unique<Impl>();
        auto record = run > 0 ? readRun(project, run)
                              : readChampion(project, std::string(kBehaviorModel));
        if (!record) {
            return record.error();
        }
        if (record->model != kBehaviorModel || record->state != RunState::Done) {
            return fail(ErrorCode::NotTrained, std::to_string(record->id),
                        project.path().string());
        }
        const auto config = configOfRun(record->config);
        auto report = trainReportFromRun(project, record->id);
        if (!config || !report) {
            return fail(ErrorCode::Damaged, std::to_string(record->id), project.path().string());
        }
        impl->run = std::move(*record);
        impl->report = std::move(*report);
        impl->config = *config;
        impl->at = at;
        impl->crew = std::make_unique<WorkerCrew>(user > 0 ? 1 : workerCount(),
                                                  [] { prepareTorchThread(); });
        if (const auto read = impl->readWeights(project); !read) {
            return read.error();
        }
        if (const auto read = impl->readHistory(project, user, task); !read) {
            return read.error();
        }
        return BehaviorModel(std::move(impl));
    });
}

Result<BehaviorModel> BehaviorModel::load(const Project &project, std::int64_t run, Day at,
                                          const Task &task)
{
    return loadWith(project, run, at, 0, task);
}

Result<BehaviorModel> BehaviorModel::loadFor(const Project &project, std::int64_t run, Day at,
                                             std::int64_t user)
{
    return user > 0 ? loadWith(project, run, at, user, {})
                    : fail(ErrorCode::UnknownUser, std::to_string(user), project.path().string());
}

void BehaviorModel::Impl::scorePart(std::span<const std::int64_t> users,
                                    std::span<BehaviorScore> to) const
{
    BatchBuilder builder(source);
    for (const std::int64_t user : users) {
        builder.addHistory(user, at);
    }
    const SequenceBatch batch = builder.take();
    const TrainSplit &split = report.split;
    const net::Heads heads{report.nextItemTrained, report.churnTrained, report.valueTrained,
                           report.purchaseTrained, report.clickTrained, report.returnTrained};
    const net::Inference::Outlook outlook =
        inference->outlook(inference->users(batch), batch, heads, split.labelDays);
    for (std::size_t k = 0; k < users.size(); ++k) {
        to[k] = scoreOf(outlook, heads, split, k);
        to[k].user = users[k];
    }
}

Result<std::vector<BehaviorScore>> BehaviorModel::scores(const Task &task) const
{
    return withTorchErrors([&]() -> Result<std::vector<BehaviorScore>> {
        const auto &offsets = events().offsets;
        std::vector<std::int64_t> users;
        for (std::int64_t user = 1; user <= events().maxUser(); ++user) {
            const auto u = static_cast<std::size_t>(user);
            if (offsets[u + 1] > offsets[u]) {
                users.push_back(user);
            }
        }
        std::vector<BehaviorScore> scores(users.size());
        const std::size_t parts = (users.size() + kUsersPerPart - 1) / kUsersPerPart;
        const std::size_t round = static_cast<std::size_t>(m_impl->crew->workers()) * 4;
        for (std::size_t from = 0; from < parts; from += round) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            m_impl->crew->run(std::min(round, parts - from), [&](std::size_t k) {
                const std::size_t first = (from + k) * kUsersPerPart;
                const std::size_t size = std::min(kUsersPerPart, users.size() - first);
                m_impl->scorePart(std::span(users).subspan(first, size),
                                  std::span(scores).subspan(first, size));
            });
            task.progress(static_cast<double>(from) / static_cast<double>(parts), "scoring");
        }
        return scores;
    });
}

Result<std::vector<BehaviorModel::ItemScores>>
BehaviorModel::itemScores(std::span<const std::int64_t> users) const
{
    return withTorchErrors([&]() -> Result<std::vector<ItemScores>> {
        std::vector<ItemScores> scores(users.size());
        const std::size_t parts = (users.size() + kUsersPerPart - 1) / kUsersPerPart;
        m_impl->crew->run(parts, [&](std::size_t part) {
            const std::size_t first = part * kUsersPerPart;
            const std::size_t size = std::min(kUsersPerPart, users.size() - first);
            BatchBuilder builder(m_impl->source);
            for (std::size_t k = 0; k < size; ++k) {
                builder.addHistory(users[first + k], m_impl->at);
            }
            const at::Tensor vectors = m_impl->inference->users(builder.take());
            const at::Tensor logs = m_impl->inference->logProbabilities(vectors);
            const at::Tensor cosines = m_impl->inference->cosines(vectors);
            for (std::size_t k = 0; k < size; ++k) {
                scores[first + k] = {rowOf(logs, k), rowOf(cosines, k)};
            }
        });
        return scores;
    });
}

Result<std::vector<BehaviorModel::LeftOut>>
BehaviorModel::leaveOneOut(std::int64_t user, std::span<const std::int64_t> positions) const
{
    return withTorchErrors([&]() -> Result<std::vector<LeftOut>> {
        BatchBuilder builder(m_impl->source);
        const EventSpan rows = builder.historyRows(user, m_impl->at);
        builder.addHistory(user, m_impl->at);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            builder.addHistoryWithout(user, m_impl->at, row);
        }
        const at::Tensor logs =
            m_impl->inference->logProbabilities(m_impl->inference->users(builder.take()));
        const auto width = static_cast<std::size_t>(logs.size(1));
        const float *values = logs.data_ptr<float>();
        std::vector<LeftOut> result;
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            const float *without = values + static_cast<std::size_t>(row - rows.begin + 1) * width;
            LeftOut left;
            left.row = row;
            for (const std::int64_t position : positions) {
                left.lost.push_back(values[position] - without[position]);
            }
            result.push_back(std::move(left));
        }
        return result;
    });
}

Result<std::vector<BehaviorScore>> scoreBehavior(const Project &project, std::int64_t run, Day at,
                                                 const Task &task)
{
    const auto model = BehaviorModel::load(project, run, at, task.part(0, 0.3));
    if (!model) {
        return model.error();
    }
    if (model->events().size() == 0) {
        return fail(ErrorCode::NoEvents, formatDate(at), project.path().string());
    }
    return model->scores(task.part(0.3, 1));
}

} // namespace perennial
