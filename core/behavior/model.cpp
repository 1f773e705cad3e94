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
/// Users whose items are sought together: two parts.
constexpr std::size_t kUsersPerProduct = 128;

/// The device the run asked for, or the CPU where that one isn't there today.
at::Device deviceOf(const BehaviorConfig &config)
{
    const auto choice = chooseDevice(config.device);
    return at::Device(choice ? choice->device : std::string("cpu"));
}

EventTable nobody()
{
    EventTable events;
    events.offsets = {0, 0};
    return events;
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
    Status readCatalog(const Project &project, const Task &task);
    void take(EventTable events);
    Status knows(std::span<const std::int64_t> users) const;
    at::Tensor vectorsOf(std::span<const std::int64_t> users) const;
    void scorePart(std::span<const std::int64_t> users, std::span<BehaviorScore> to) const;
    /// Of each sequence of a batch, without the user's number.
    std::vector<BehaviorScore> scoresOf(const SequenceBatch &batch) const;
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

Status BehaviorModel::Impl::readCatalog(const Project &project, const Task &task)
{
    auto read = readItems(project);
    if (!read) {
        return read.error();
    }
    items = std::move(*read);
    std::vector<double> prices;
    if (!std::ranges::all_of(items, [](const ItemRecord &item) { return item.price.has_value(); })) {
        auto paid = readUnitPrices(project, at, task);
        if (!paid) {
            return paid.error();
        }
        prices = std::move(*paid);
    }
    source.catalog = bindCatalog(source.vocabulary, std::move(prices), items);
    if (config.textBuckets > 0) {
        source.catalog.words = itemWords(source.catalog, items, config.textBuckets);
    }
    inference = std::make_unique<net::Inference>(*network, source.catalog, bounds);
    return Done{};
}

void BehaviorModel::Impl::take(EventTable events)
{
    source.events = std::move(events);
    source.encoded = encodeHistories(source.events, source.vocabulary, source.catalog);
}

Result<BehaviorModel> BehaviorModel::openWith(const Project &project, std::int64_t run, Day at,
                                              int workers, const Task &task)
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
            return fail(ErrorCode::Damaged, config ? "metrics" : "config",
                        "run " + std::to_string(record->id));
        }
        impl->run = std::move(*record);
        impl->report = std::move(*report);
        impl->config = *config;
        impl->at = at;
        impl->crew = std::make_unique<WorkerCrew>(workers, [] { prepareTorchThread(); });
        if (auto read = impl->readWeights(project); !read) {
            return fail(read.error().code, read.error().detail,
                        "run " + std::to_string(impl->run.id));
        }
        if (const auto read = impl->readCatalog(project, task); !read) {
            return read.error();
        }
        impl->take(nobody());
        return BehaviorModel(std::move(impl));
    });
}

Result<BehaviorModel> BehaviorModel::open(const Project &project, std::int64_t run, Day at,
                                          const Task &task)
{
    return openWith(project, run, at, workerCount(), task);
}

Result<BehaviorModel> BehaviorModel::load(const Project &project, std::int64_t run, Day at,
                                          const Task &task)
{
    auto model = open(project, run, at, task.part(0, 0.1));
    return model ? over(std::move(*model), readEvents(project, at, task.part(0.1, 1)))
                 : std::move(model);
}

Result<BehaviorModel> BehaviorModel::loadFor(const Project &project, std::int64_t run, Day at,
                                             std::int64_t user)
{
    if (user <= 0) {
        return fail(ErrorCode::UnknownUser, std::to_string(user), project.path().string());
    }
    auto model = openWith(project, run, at, 1, {});
    return model ? over(std::move(*model), readEventsOfUser(project, user, at))
                 : std::move(model);
}

Result<BehaviorModel> BehaviorModel::over(BehaviorModel model, Result<EventTable> events)
{
    return withTorchErrors([&]() -> Result<BehaviorModel> {
        if (!events) {
            return events.error();
        }
        model.m_impl->take(std::move(*events));
        return std::move(model);
    });
}

Status BehaviorModel::readHistories(const Project &project, const UserRange &users,
                                    const Task &task)
{
    return withTorchErrors([&]() -> Status {
        m_impl->take(nobody()); // not both at a time
        auto events = readEventsOfUsers(project, users, m_impl->at, task);
        if (!events) {
            return events.error();
        }
        m_impl->take(std::move(*events));
        return Done{};
    });
}

void BehaviorModel::Impl::scorePart(std::span<const std::int64_t> users,
                                    std::span<BehaviorScore> to) const
{
    BatchBuilder builder(source);
    for (const std::int64_t user : users) {
        builder.addHistory(user, at);
    }
    const std::vector<BehaviorScore> scores = scoresOf(builder.take());
    for (std::size_t k = 0; k < users.size(); ++k) {
        to[k] = scores[k];
        to[k].user = users[k];
    }
}

std::vector<BehaviorScore> BehaviorModel::Impl::scoresOf(const SequenceBatch &batch) const
{
    const TrainSplit &split = report.split;
    const net::Heads heads = net::trainedHeads(report);
    const net::Inference::Outlook outlook =
        inference->outlook(inference->users(batch), batch, heads, split.labelDays);
    std::vector<BehaviorScore> to(batch.sequences());
    for (std::size_t k = 0; k < to.size(); ++k) {
        to[k] = scoreOf(outlook, heads, split, k);
    }
    return to;
}

Result<std::vector<BehaviorScore>> BehaviorModel::scores(const UserRange &range,
                                                         const Task &task) const
{
    return withTorchErrors([&]() -> Result<std::vector<BehaviorScore>> {
        const auto &offsets = events().offsets;
        std::vector<std::int64_t> users;
        for (std::int64_t user = std::max<std::int64_t>(range.first, 1);
             user <= std::min(range.last, events().maxUser()); ++user) {
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

Status BehaviorModel::Impl::knows(std::span<const std::int64_t> users) const
{
    for (const std::int64_t user : users) {
        if (user < 1 || user > source.events.maxUser()) {
            return fail(ErrorCode::UnknownUser, std::to_string(user), "behavior");
        }
    }
    return Done{};
}

at::Tensor BehaviorModel::Impl::vectorsOf(std::span<const std::int64_t> users) const
{
    std::vector<at::Tensor> parts;
    for (std::size_t first = 0; first < users.size(); first += kUsersPerPart) {
        BatchBuilder builder(source);
        for (const std::int64_t user :
             users.subspan(first, std::min(kUsersPerPart, users.size() - first))) {
            builder.addHistory(user, at);
        }
        parts.push_back(inference->users(builder.take()));
    }
    return parts.size() == 1 ? parts[0] : at::cat(parts);
}

Result<std::vector<std::vector<BehaviorModel::BestItem>>>
BehaviorModel::bestItems(std::span<const std::int64_t> users, int most,
                         std::span<const std::vector<std::int32_t>> hidden) const
{
    return withTorchErrors([&]() -> Result<std::vector<std::vector<BestItem>>> {
        if (most < 0 || (!hidden.empty() && hidden.size() != users.size())) {
            return fail(ErrorCode::InvalidArgument, std::to_string(most), "most");
        }
        if (const auto known = m_impl->knows(users); !known) {
            return known.error();
        }
        std::vector<std::vector<BestItem>> lists(users.size());
        const std::size_t parts = (users.size() + kUsersPerProduct - 1) / kUsersPerProduct;
        m_impl->crew->run(parts, [&](std::size_t part) {
            const std::size_t first = part * kUsersPerProduct;
            const std::size_t size = std::min(kUsersPerProduct, users.size() - first);
            auto found = m_impl->inference->bestItems(
                m_impl->vectorsOf(users.subspan(first, size)), static_cast<std::size_t>(most),
                hidden.empty() ? hidden : hidden.subspan(first, size));
            std::move(found.begin(), found.end(),
                      lists.begin() + static_cast<std::ptrdiff_t>(first));
        });
        return lists;
    });
}

Result<std::vector<BehaviorModel::ItemScores>>
BehaviorModel::itemScores(std::span<const std::int64_t> users) const
{
    return withTorchErrors([&]() -> Result<std::vector<ItemScores>> {
        if (const auto known = m_impl->knows(users); !known) {
            return known.error();
        }
        std::vector<ItemScores> scores(users.size());
        const std::size_t parts = (users.size() + kUsersPerPart - 1) / kUsersPerPart;
        m_impl->crew->run(parts, [&](std::size_t part) {
            const std::size_t first = part * kUsersPerPart;
            const std::size_t size = std::min(kUsersPerPart, users.size() - first);
            const at::Tensor vectors = m_impl->vectorsOf(users.subspan(first, size));
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
        if (const auto known = m_impl->knows(std::span(&user, 1)); !known) {
            return known.error();
        }
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

Result<BehaviorModel::Explanation> BehaviorModel::explain(std::int64_t user) const
{
    return withTorchErrors([&]() -> Result<Explanation> {
        if (const auto known = m_impl->knows(std::span(&user, 1)); !known) {
            return known.error();
        }
        BatchBuilder builder(m_impl->source);
        const EventSpan rows = builder.historyRows(user, m_impl->at);
        builder.addHistory(user, m_impl->at);
        const std::vector<std::vector<double>> blocks = m_impl->inference->attention(builder.take());
        builder.addHistory(user, m_impl->at);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            builder.addHistoryWithout(user, m_impl->at, row);
        }
        for (std::size_t k = 0; k < kSummarySize; ++k) {
            builder.addHistory(user, m_impl->at);
        }
        SequenceBatch batch = builder.take();
        const auto events = static_cast<std::size_t>(rows.size());
        for (std::size_t k = 0; k < kSummarySize; ++k) {
            batch.summary[(1 + events + k) * kSummarySize + k] = 0;
        }
        const std::vector<BehaviorScore> scores = m_impl->scoresOf(batch);
        Explanation told{scores.front().pChurn, scores.front().expectedValue, {}, {}};
        const auto lost = [&](std::size_t index) {
            Explanation::Part part;
            if (told.pChurn) {
                part.pChurn = *told.pChurn - *scores[index].pChurn;
            }
            if (told.expectedValue) {
                part.expectedValue = *told.expectedValue - *scores[index].expectedValue;
            }
            return part;
        };
        for (std::size_t k = 0; k < events; ++k) {
            told.events.push_back(lost(1 + k));
            told.events.back().row = rows.begin + static_cast<std::int64_t>(k);
            for (const std::vector<double> &block : blocks) {
                told.events.back().attention = told.events.back().attention.value_or(0) +
                                               block[k] / static_cast<double>(blocks.size());
            }
        }
        for (std::size_t k = 0; k < kSummarySize; ++k) {
            told.features.push_back(lost(1 + events + k));
            told.features.back().name = summaryName(k);
            told.features.back().deviation = static_cast<double>(batch.summary[k]);
        }
        return told;
    });
}

} // namespace perennial
