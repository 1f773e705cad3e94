#include "core/recommend/quick_lists.h"

#include "core/behavior/model.h"
#include "core/behavior/train.h"
#include "core/features/splits.h"
#include "core/project/settings.h"
#include "core/recommend/popularity.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

namespace perennial {

namespace {

constexpr int kMostItems = 1000;
constexpr std::int64_t kUsersPerRound = 2048;
constexpr std::int64_t kEventsAtOnce = 2'000'000;

/// Options with every default filled in.
struct Request {
    RecommendOptions options;
    Day at = 0;
};

Result<Request> resolve(const Project &project, const RecommendOptions &options)
{
    if (options.top < 1 || options.top > kMostItems) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.top), "top");
    }
    if (options.hidePurchasedDays < 0) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.hidePurchasedDays),
                    "hide_purchased_days");
    }
    if (options.method != kBehaviorModel || options.order != RecommendationOrder::Score) {
        return fail(ErrorCode::InvalidArgument, options.method, "values");
    }
    const auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    const auto at = options.at ? Result<Day>(*options.at) : snapshotDay(project, *settings);
    if (!at) {
        return at.error();
    }
    return Request{options, *at};
}

/// What does not change from user to user.
struct Shelf {
    const BehaviorModel &model;
    const Request &request;
    std::vector<std::size_t> itemOfRow; ///< index into model.items() by catalogue position

    Shelf(const BehaviorModel &loaded, const Request &asked) : model(loaded), request(asked)
    {
        itemOfRow.assign(static_cast<std::size_t>(model.catalog().rows()), 0);
        for (std::size_t k = 0; k < model.items().size(); ++k) {
            const auto id = static_cast<std::size_t>(std::max<std::int64_t>(model.items()[k].id, 0));
            if (id > 0) {
                itemOfRow[static_cast<std::size_t>(model.catalog().rowOfId[id]) - 1] = k;
            }
        }
    }
};

using BestItem = BehaviorModel::BestItem;

/// Positions bought within the days before `at` that are to be left out, ascending.
std::vector<std::int32_t> hiddenPositions(const Shelf &shelf, std::int64_t user)
{
    std::vector<std::int32_t> hidden;
    const EventTable &events = shelf.model.events();
    const std::vector<std::int32_t> &rows = shelf.model.catalog().rowOfId;
    const Day from = shelf.request.at - shelf.request.options.hidePurchasedDays;
    const auto u = static_cast<std::size_t>(user);
    for (std::int64_t row = events.offsets[u]; row < events.offsets[u + 1]; ++row) {
        const auto i = static_cast<std::size_t>(row);
        const auto id = static_cast<std::size_t>(std::max(events.item[i], 0));
        if (events.kind[i] == EventKind::Purchase && id < rows.size() && rows[id] > 0 &&
            dayOf(events.at[i]) > from) {
            hidden.push_back(rows[id] - 1);
        }
    }
    std::sort(hidden.begin(), hidden.end());
    return hidden;
}

/// What the model lists for users with events.
Result<std::vector<std::vector<BestItem>>> bestOf(const Shelf &shelf,
                                                  std::span<const std::int64_t> users)
{
    std::vector<std::vector<std::int32_t>> hidden;
    hidden.reserve(users.size());
    for (const std::int64_t user : users) {
        hidden.push_back(hiddenPositions(shelf, user));
    }
    return shelf.model.bestItems(users, shelf.request.options.top, hidden);
}

Recommendation describe(const Shelf &shelf, const BestItem &best)
{
    const ItemRecord &item =
        shelf.model.items()[shelf.itemOfRow[static_cast<std::size_t>(best.position)]];
    Recommendation one;
    one.itemId = item.id;
    one.key = item.key;
    one.name = item.name;
    one.category = item.category;
    one.price = item.price;
    one.score = std::exp(double{best.logProbability});
    one.cosine = double{best.cosine};
    return one;
}

RecommendationList listFor(const Shelf &shelf, std::int64_t user, std::span<const BestItem> best)
{
    RecommendationList list;
    list.user = user;
    list.source = RecommendationSource::Model;
    list.method = kBehaviorModel;
    list.run = shelf.model.run().id;
    list.at = shelf.request.at;
    for (const BestItem &one : best) {
        list.items.push_back(describe(shelf, one));
    }
    return list;
}

RecommendationList popularList(const std::vector<Recommendation> &popular, const UserRecord &user,
                               const BehaviorModel &model, Day at)
{
    RecommendationList list;
    list.user = user.id;
    list.userKey = user.key;
    list.source = RecommendationSource::Popular;
    list.method = "popular";
    list.run = model.run().id;
    list.at = at;
    list.items = popular;
    return list;
}

bool hasEvents(const EventTable &events, std::int64_t user)
{
    const auto u = static_cast<std::size_t>(user);
    return u + 1 < events.offsets.size() && events.offsets[u + 1] > events.offsets[u];
}

Status checkModel(const Result<BehaviorModel> &model, const Project &project)
{
    if (!model) {
        return model.error();
    }
    return model->knowsItems() ? Status(Done{})
                               : Status(fail(ErrorCode::NotTrained, "next_item",
                                             project.path().string()));
}

/// The lists of all users in their order, some at a time.
class Rounds {
public:
    using Each = std::function<Status(const RecommendationList &)>;
    Rounds(const Project &project, const Shelf &shelf, const Each &each)
        : m_project(project), m_shelf(shelf), m_each(each)
    {
    }

    /// The model is over the users of the part. @return how many lists.
    Result<std::int64_t> handOut(const UserRange &part, const Task &task)
    {
        std::int64_t lists = 0;
        for (std::int64_t first = part.first; first <= part.last; first += kUsersPerRound) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            const UserRange round{first, std::min(first + kUsersPerRound - 1, part.last)};
            const auto users = readUsers(m_project, round);
            if (!users) {
                return users.error();
            }
            const auto done = [&](std::int64_t id) {
                return static_cast<double>(id + 1 - part.first) /
                       static_cast<double>(part.last + 1 - part.first);
            };
            const Task here = task.part(done(first - 1), done(first - 1));
            if (const auto handed = handOutRound(*users, here); !handed) {
                return handed.error();
            }
            lists += static_cast<std::int64_t>(users->size());
            task.progress(done(round.last), "recommending");
        }
        return lists;
    }

private:
    Status handOutRound(std::span<const UserRecord> users, const Task &task)
    {
        std::vector<std::int64_t> known;
        for (const UserRecord &user : users) {
            if (hasEvents(m_shelf.model.events(), user.id)) {
                known.push_back(user.id);
            }
        }
        const auto best = bestOf(m_shelf, known);
        if (!best) {
            return best.error();
        }
        std::size_t next = 0;
        for (const UserRecord &user : users) {
            auto list = next < known.size() && known[next] == user.id
                            ? Result<RecommendationList>(listFor(m_shelf, user.id, (*best)[next++]))
                            : popularFor(user, task);
            if (!list) {
                return list.error();
            }
            list->userKey = user.key;
            if (const auto taken = m_each(*list); !taken) {
                return taken;
            }
        }
        return Done{};
    }

    /// What is popular is counted when the first one needs it: mostly nobody does.
    Result<RecommendationList> popularFor(const UserRecord &user, const Task &task)
    {
        const Day at = m_shelf.request.at;
        if (!m_popular) {
            const auto counts = popularityOf(m_project, {}, at, task);
            if (!counts) {
                return counts.error();
            }
            m_popular =
                popularFrom(*counts, m_shelf.model.items(), m_shelf.request.options.top);
        }
        return popularList(*m_popular, user, m_shelf.model, at);
    }

    const Project &m_project;
    const Shelf &m_shelf;
    const Each &m_each;
    std::optional<std::vector<Recommendation>> m_popular;
};

} // namespace

Result<std::int64_t> listsOfModel(const Project &project, const RecommendOptions &options,
                                  const std::function<Status(const RecommendationList &)> &each,
                                  const Task &task)
{
    const auto request = resolve(project, options);
    if (!request) {
        return request.error();
    }
    auto model = BehaviorModel::open(project, options.run, request->at, task.part(0, 0.05));
    if (const auto usable = checkModel(model, project); !usable) {
        return usable.error();
    }
    const auto parts =
        rangesOfUsers(project, request->at, kUsersPerRound, kEventsAtOnce, task);
    if (!parts) {
        return parts.error();
    }
    const Shelf shelf(*model, *request);
    Rounds rounds(project, shelf, each);
    std::int64_t lists = 0;
    for (const UserRange &part : *parts) {
        const double all = static_cast<double>(parts->back().last);
        const Task mine = task.part(0.05 + 0.95 * static_cast<double>(part.first - 1) / all,
                                    0.05 + 0.95 * static_cast<double>(part.last) / all);
        if (const auto read = model->readHistories(project, part, mine.part(0, 0.1)); !read) {
            return read.error();
        }
        const auto handed = rounds.handOut(part, mine.part(0.1, 1));
        if (!handed) {
            return handed;
        }
        lists += *handed;
    }
    return lists;
}

} // namespace perennial
