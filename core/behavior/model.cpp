#include "core/behavior/model.h"

#include "core/behavior/model_impl_torch.h"
#include "core/behavior/trained_run_torch.h"
#include "core/features/item_words.h"
#include "core/neural/runtime_torch.h"

#include <algorithm>
#include <utility>

// A trained run is loaded, and over whom.

namespace perennial {

namespace {

EventTable nobody()
{
    EventTable events;
    events.offsets = {0, 0};
    return events;
}

} // namespace

BehaviorModel::BehaviorModel(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
BehaviorModel::~BehaviorModel() = default;
BehaviorModel::BehaviorModel(BehaviorModel &&) noexcept = default;
BehaviorModel &BehaviorModel::operator=(BehaviorModel &&) noexcept = default;

const RunRecord &BehaviorModel::run() const noexcept { return m_impl->run; }
bool BehaviorModel::knowsItems() const noexcept { return m_impl->report.nextItemTrained; }
const EventTable &BehaviorModel::events() const noexcept { return m_impl->source.events; }
const std::vector<ItemRecord> &BehaviorModel::items() const noexcept { return m_impl->items; }
const ItemCatalog &BehaviorModel::catalog() const noexcept { return m_impl->source.catalog; }

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
    ensemble = std::make_unique<net::Ensemble>(networks, source.catalog, bounds);
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
        auto trained = net::readTrainedRun(project, run);
        if (!trained) {
            return trained.error();
        }
        auto networks = trained->networks();
        if (!networks) {
            return networks.error();
        }
        auto impl = std::make_unique<Impl>();
        impl->source = trained->source();
        impl->bounds = trained->checkpoint.bounds;
        impl->networks = std::move(*networks);
        impl->run = std::move(trained->record);
        impl->report = std::move(trained->report);
        impl->config = trained->config;
        impl->at = at;
        impl->crew = std::make_unique<WorkerCrew>(workers, [] { prepareTorchThread(); });
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

} // namespace perennial
