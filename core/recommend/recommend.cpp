#include "core/recommend/recommend.h"

#include "core/behavior/model.h"
#include "core/project/settings.h"
#include "core/recommend/popularity.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace perennial {

namespace {

constexpr int kMostItems = 1000;
constexpr std::size_t kUsersPerRound = 512;

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
    if (options.reasons < 0) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.reasons), "reasons");
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

/// Marks positions bought within the days before `at` that are to be left out.
std::vector<bool> hiddenPositions(const Shelf &shelf, std::int64_t user)
{
    std::vector<bool> hidden(shelf.itemOfRow.size(), false);
    const EventTable &events = shelf.model.events();
    const std::vector<std::int32_t> &rows = shelf.model.catalog().rowOfId;
    const Day from = shelf.request.at - shelf.request.options.hidePurchasedDays;
    const auto u = static_cast<std::size_t>(user);
    for (std::int64_t row = events.offsets[u]; row < events.offsets[u + 1]; ++row) {
        const auto i = static_cast<std::size_t>(row);
        const auto id = static_cast<std::size_t>(std::max(events.item[i], 0));
        if (events.kind[i] == EventKind::Purchase && id < rows.size() && rows[id] > 0 &&
            dayOf(events.at[i]) > from) {
            hidden[static_cast<std::size_t>(rows[id]) - 1] = true;
        }
    }
    return hidden;
}

/// The best positions by log probability, ties by position, which is by frequency.
std::vector<std::int64_t> bestPositions(const Shelf &shelf, std::int64_t user,
                                        const BehaviorModel::ItemScores &scores)
{
    const std::vector<bool> hidden = hiddenPositions(shelf, user);
    std::vector<std::int64_t> order;
    for (std::size_t k = 0; k < hidden.size(); ++k) {
        if (!hidden[k] && shelf.model.catalog().id[k + 1] > 0) {
            order.push_back(static_cast<std::int64_t>(k));
        }
    }
    const auto better = [&](std::int64_t a, std::int64_t b) {
        const float scoreA = scores.logProbability[static_cast<std::size_t>(a)];
        const float scoreB = scores.logProbability[static_cast<std::size_t>(b)];
        return scoreA != scoreB ? scoreA > scoreB : a < b;
    };
    const auto kept =
        std::min(order.size(), static_cast<std::size_t>(shelf.request.options.top));
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                      better);
    order.resize(kept);
    return order;
}

Recommendation describe(const Shelf &shelf, std::int64_t position,
                        const BehaviorModel::ItemScores &scores)
{
    const auto k = static_cast<std::size_t>(position);
    const ItemRecord &item = shelf.model.items()[shelf.itemOfRow[k]];
    Recommendation one;
    one.itemId = item.id;
    one.key = item.key;
    one.name = item.name;
    one.category = item.category;
    one.price = item.price;
    one.score = std::exp(double{scores.logProbability[k]});
    one.cosine = double{scores.cosine[k]};
    return one;
}

RecommendationReason reasonFrom(const Shelf &shelf, std::int64_t row, double weight)
{
    const EventTable &events = shelf.model.events();
    const auto i = static_cast<std::size_t>(row);
    RecommendationReason reason;
    reason.at = events.at[i];
    reason.event = events.kind[i];
    reason.itemId = events.item[i];
    reason.weight = weight;
    const auto id = static_cast<std::size_t>(events.item[i]);
    const auto &rows = shelf.model.catalog().rowOfId;
    if (id > 0 && id < rows.size() && rows[id] > 0) {
        const ItemRecord &item =
            shelf.model.items()[shelf.itemOfRow[static_cast<std::size_t>(rows[id]) - 1]];
        reason.item = item.key;
        reason.itemName = item.name;
    }
    return reason;
}

/// The events without which each item would be less likely, strongest first.
Status addReasons(const Shelf &shelf, std::int64_t user, std::span<const std::int64_t> positions,
                  std::vector<Recommendation> &items)
{
    const auto left = shelf.model.leaveOneOut(user, positions);
    if (!left) {
        return left.error();
    }
    for (std::size_t k = 0; k < positions.size(); ++k) {
        std::vector<RecommendationReason> because;
        for (const BehaviorModel::LeftOut &one : *left) {
            if (one.lost[k] > 0) {
                because.push_back(reasonFrom(shelf, one.row, double{one.lost[k]}));
            }
        }
        std::stable_sort(because.begin(), because.end(),
                         [](const RecommendationReason &a, const RecommendationReason &b) {
                             return a.weight > b.weight;
                         });
        because.resize(std::min(because.size(),
                                static_cast<std::size_t>(shelf.request.options.reasons)));
        items[k].because = std::move(because);
    }
    return Done{};
}

Result<RecommendationList> listFor(const Shelf &shelf, std::int64_t user,
                                   const BehaviorModel::ItemScores &scores)
{
    RecommendationList list;
    list.user = user;
    list.run = shelf.model.run().id;
    list.at = shelf.request.at;
    const std::vector<std::int64_t> positions = bestPositions(shelf, user, scores);
    for (const std::int64_t position : positions) {
        list.items.push_back(describe(shelf, position, scores));
    }
    if (shelf.request.options.reasons > 0) {
        if (const auto added = addReasons(shelf, user, positions, list.items); !added) {
            return added.error();
        }
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

Result<RecommendationList> recommendUser(const Project &project, const UserRecord &user,
                                         const RecommendOptions &options)
{
    const auto request = resolve(project, options);
    if (!request) {
        return request.error();
    }
    const auto model = BehaviorModel::loadFor(project, options.run, request->at, user.id);
    if (const auto usable = checkModel(model, project); !usable) {
        return usable.error();
    }
    if (!hasEvents(model->events(), user.id)) {
        const auto popular = popularItems(project, {options.top, request->at, 0});
        return popular ? Result<RecommendationList>(
                             popularList(*popular, user, *model, request->at))
                       : popular.error();
    }
    const std::int64_t id = user.id;
    const auto scores = model->itemScores(std::span(&id, 1));
    if (!scores) {
        return scores.error();
    }
    auto list = listFor(Shelf(*model, *request), user.id, scores->front());
    if (list) {
        list->userKey = user.key;
    }
    return list;
}

/// The lists of some users, handed out in their order.
class Round {
public:
    Round(const Shelf &shelf, const std::vector<Recommendation> &popular)
        : m_shelf(shelf), m_popular(popular)
    {
    }

    Status handOut(std::span<const UserRecord> users,
                   const std::function<Status(const RecommendationList &)> &each) const
    {
        std::vector<std::int64_t> known;
        for (const UserRecord &user : users) {
            if (hasEvents(m_shelf.model.events(), user.id)) {
                known.push_back(user.id);
            }
        }
        const auto scores = m_shelf.model.itemScores(known);
        if (!scores) {
            return scores.error();
        }
        std::size_t next = 0;
        for (const UserRecord &user : users) {
            auto list = next < known.size() && known[next] == user.id
                            ? listFor(m_shelf, user.id, (*scores)[next++])
                            : Result<RecommendationList>(popularList(
                                  m_popular, user, m_shelf.model, m_shelf.request.at));
            if (!list) {
                return list.error();
            }
            list->userKey = user.key;
            if (const auto taken = each(*list); !taken) {
                return taken;
            }
        }
        return Done{};
    }

private:
    const Shelf &m_shelf;
    const std::vector<Recommendation> &m_popular;
};

} // namespace

std::string_view recommendationSourceName(RecommendationSource source) noexcept
{
    return source == RecommendationSource::Model ? "model" : "popular";
}

Result<RecommendationList> recommendForUser(const Project &project, const std::string &userKey,
                                            const RecommendOptions &options)
{
    const auto user = findUser(project, userKey);
    return user ? recommendUser(project, *user, options) : user.error();
}

Result<RecommendationList> recommendForUser(const Project &project, std::int64_t user,
                                            const RecommendOptions &options)
{
    const auto found = findUserById(project, user);
    return found ? recommendUser(project, *found, options) : found.error();
}

Result<std::int64_t> recommendAll(const Project &project, const RecommendOptions &options,
                                  const std::function<Status(const RecommendationList &)> &each,
                                  const Task &task)
{
    const auto request = resolve(project, options);
    if (!request) {
        return request.error();
    }
    const auto model = BehaviorModel::load(project, options.run, request->at, task.part(0, 0.2));
    if (const auto usable = checkModel(model, project); !usable) {
        return usable.error();
    }
    const auto users = readUsers(project);
    if (!users) {
        return users.error();
    }
    const Shelf shelf(*model, *request);
    const std::vector<Recommendation> popular =
        popularFrom(popularityCounts(model->events(), {}, request->at), model->items(),
                    options.top);
    const Round round(shelf, popular);
    const std::span all(*users);
    for (std::size_t from = 0; from < all.size(); from += kUsersPerRound) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const auto part = all.subspan(from, std::min(kUsersPerRound, all.size() - from));
        if (const auto handed = round.handOut(part, each); !handed) {
            return handed.error();
        }
        task.part(0.2, 1).progress(
            static_cast<double>(from + part.size()) / static_cast<double>(all.size()),
            "recommending");
    }
    return static_cast<std::int64_t>(all.size());
}

} // namespace perennial
