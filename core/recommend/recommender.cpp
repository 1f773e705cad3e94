#include "core/features/splits.h"
#include "core/ranking/ranking_metrics.h"
#include "core/recommend/recommender_impl.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace perennial {

namespace {

constexpr std::size_t kUsersPerRound = 256;
constexpr std::size_t kFewestByValue = 100;

bool isBlend(const RecommendOptions &options) { return options.method == "blend"; }

RecommendationSource sourceOf(const RecommendOptions &options)
{
    return isBlend(options)                        ? RecommendationSource::Blend
           : options.method == kBehaviorMember ? RecommendationSource::Model
                                                   : RecommendationSource::Simple;
}

} // namespace

std::vector<float> logsById(const BehaviorModel &model, const BehaviorModel::ItemScores &scores)
{
    const std::vector<std::int32_t> &rows = model.catalog().rowOfId;
    std::vector<float> logs(rows.size(), -std::numeric_limits<float>::infinity());
    for (std::size_t id = 1; id < rows.size(); ++id) {
        if (rows[id] > 0) {
            logs[id] = scores.logProbability[static_cast<std::size_t>(rows[id]) - 1];
        }
    }
    return logs;
}

std::string_view recommendationSourceName(RecommendationSource source) noexcept
{
    switch (source) {
    case RecommendationSource::Blend: return "blend";
    case RecommendationSource::Model: return "model";
    case RecommendationSource::Simple: return "simple";
    case RecommendationSource::Popular: return "popular";
    }
    return {};
}

std::string_view worthSourceName(WorthSource source) noexcept
{
    switch (source) {
    case WorthSource::Paid: return "paid";
    case WorthSource::Price: return "price";
    case WorthSource::Category: return "category";
    case WorthSource::All: return "all";
    }
    return {};
}

Recommender::Recommender(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Recommender::~Recommender() = default;
Recommender::Recommender(Recommender &&) noexcept = default;
Recommender &Recommender::operator=(Recommender &&) noexcept = default;
const RecommenderFacts &Recommender::facts() const noexcept { return m_impl->facts; }

bool Recommender::Impl::hasEvents(std::int64_t user) const
{
    const auto u = static_cast<std::size_t>(user);
    return user > 0 && u + 1 < events.offsets.size() && events.offsets[u + 1] > events.offsets[u];
}

RecommendationList Recommender::Impl::listFor(const UserRecord &user) const
{
    RecommendationList list;
    list.user = user.id;
    list.userKey = user.key;
    list.source = sourceOf(options);
    list.method = options.method;
    list.run = asksBehavior || behaviorChance ? facts.run : 0;
    list.at = facts.at;
    return list;
}

RecommendationList Recommender::Impl::popularFor(const UserRecord &user) const
{
    RecommendationList list = listFor(user);
    list.source = RecommendationSource::Popular;
    list.method = "popular";
    list.run = 0;
    list.items = popular;
    for (Recommendation &one : list.items) {
        if (const auto &worth = worths[static_cast<std::size_t>(one.itemId)]) {
            one.revenue = worth->revenue;
            one.revenueFrom = worth->source;
            one.margin = worth->margin;
        }
    }
    return list;
}

double Recommender::Impl::userChance(std::int64_t user, const Outlook &outlook) const
{
    const int window = facts.recipe.windowDays();
    if (outlook.pChurn) {
        return carriedChance(1 - *outlook.pChurn, behaviorHorizon, window);
    }
    return facts.recipe.userChance.fitted()
               ? facts.recipe.userChance.probability(summarizeHistory(events, user, facts.at))
               : std::nan("");
}

/// Scores, chances and values of one user's items.
class UserShelf {
public:
    UserShelf(const Recommender::Impl &impl, const UserRecord &user,
              const Recommender::Impl::Outlook &outlook)
        : m_impl(impl), m_outlook(outlook)
    {
        std::vector<float> logs;
        if (outlook.scores != nullptr) {
            logs = logsById(*outlook.model, *outlook.scores);
        }
        const std::size_t size = impl.space.size();
        scores = impl.members.score(user.id, logs);
        blend = blended(scores, impl.blend, size);
        listed = isBlend(impl.options) ? blend : blended(scores, impl.listed, size);
        const Day at = impl.facts.at;
        hidden = takenIn(impl.events, impl.space, user.id, at - impl.options.hidePurchasedDays, at);
        for (const ProfileItem &p : profileOf(rowsOfUser(impl.space.history, user.id))) {
            known.push_back(p.item);
        }
        shares = sharesOf(blend, hidden);
        chance = impl.userChance(user.id, outlook);
    }

    std::optional<double> probabilityOf(std::int32_t item) const
    {
        const BlendRecipe &recipe = m_impl.facts.recipe;
        const float share = shares[static_cast<std::size_t>(item)];
        if (!recipe.itemChance.fitted() || !std::isfinite(chance)) {
            return std::nullopt;
        }
        const double within =
            recipe.itemChance.probability({chance, double{share}, isKnown(item)});
        return carriedChance(within, recipe.windowDays(), m_impl.facts.horizonDays);
    }

    const std::optional<ItemWorth> &worthOf(std::int32_t item) const
    {
        return m_impl.worths[static_cast<std::size_t>(
            m_impl.space.id[static_cast<std::size_t>(item)])];
    }

    std::optional<double> valueOf(std::int32_t item) const
    {
        const auto probability = probabilityOf(item);
        const auto &worth = worthOf(item);
        return probability && worth ? std::optional(*probability * worth->revenue * worth->margin)
                                    : std::nullopt;
    }

    bool isKnown(std::int32_t item) const
    {
        return std::binary_search(known.begin(), known.end(), item);
    }

    /// The list's items, best first.
    std::vector<std::int32_t> best() const
    {
        const RecommendOptions &options = m_impl.options;
        const auto top = static_cast<std::size_t>(options.top);
        const bool byValue = options.order == RecommendationOrder::Value;
        auto items = bestItems(listed, listed.size(), hidden,
                               byValue ? std::max(top * 10, kFewestByValue) : top);
        // what nothing speaks for is no recommendation
        items.erase(std::remove_if(items.begin(), items.end(),
                                   [&](std::int32_t item) {
                                       return !(listed[static_cast<std::size_t>(item)] > 0.0F);
                                   }),
                    items.end());
        if (byValue) {
            std::vector<std::pair<double, std::int32_t>> valued;
            for (const std::int32_t item : items) {
                valued.emplace_back(-valueOf(item).value_or(0), item);
            }
            std::stable_sort(valued.begin(), valued.end(),
                             [](const auto &a, const auto &b) { return a.first < b.first; });
            std::transform(valued.begin(), valued.end(), items.begin(),
                           [](const auto &one) { return one.second; });
            items.resize(std::min(items.size(), top));
        }
        return items;
    }

    Recommendation describe(std::int32_t number) const
    {
        const auto k = static_cast<std::size_t>(number);
        const ItemRecord &item = m_impl.items[m_impl.itemAt[k]];
        Recommendation one;
        one.itemId = item.id;
        one.key = item.key;
        one.name = item.name;
        one.category = item.category;
        one.price = item.price;
        one.again = isKnown(number);
        one.score = double{listed[k]};
        const double total =
            std::accumulate(m_impl.listed.begin(), m_impl.listed.end(), 0.0);
        for (std::size_t c = 0; c < m_impl.listed.size(); ++c) {
            if (m_impl.listed[c] > 0) {
                one.members.push_back({m_impl.members.names()[c],
                                       m_impl.listed[c] / total * double{scores.rows[c][k]} /
                                           double{listed[k]}});
            }
        }
        one.probability = probabilityOf(number);
        if (const auto &worth = worthOf(number)) {
            one.revenue = worth->revenue;
            one.revenueFrom = worth->source;
            one.margin = worth->margin;
            one.value = valueOf(number);
        }
        addBehavior(one);
        return one;
    }

    BlendMembers::Scores scores;
    std::vector<float> blend, listed, shares;
    std::vector<std::int32_t> hidden, known;
    double chance = 0;

private:
    void addBehavior(Recommendation &one) const
    {
        if (m_outlook.scores == nullptr) {
            return;
        }
        const auto row = static_cast<std::size_t>(
            m_outlook.model->catalog().rowOfId[static_cast<std::size_t>(one.itemId)]);
        if (row == 0) {
            return;
        }
        one.cosine = double{m_outlook.scores->cosine[row - 1]};
        if (m_impl.options.method == kBehaviorMember) {
            one.score = std::exp(double{m_outlook.scores->logProbability[row - 1]});
        }
    }

    const Recommender::Impl &m_impl;
    const Recommender::Impl::Outlook &m_outlook;
};

Result<RecommendationList> Recommender::Impl::listFor(const UserRecord &user,
                                                      const Outlook &outlook) const
{
    const UserShelf shelf(*this, user, outlook);
    RecommendationList list = listFor(user);
    if (std::isfinite(shelf.chance)) {
        list.chance = carriedChance(shelf.chance, facts.recipe.windowDays(), facts.horizonDays);
    }
    for (const std::int32_t item : shelf.best()) {
        list.items.push_back(shelf.describe(item));
    }
    if (list.items.empty()) {
        return popularFor(user); // nothing speaks for anything
    }
    if (options.reasons > 0) {
        if (const auto added =
                addReasons(user.id, shelf.scores, shelf.listed, outlook, list.items);
            !added) {
            return added.error();
        }
    }
    return list;
}

Result<RecommendationList> Recommender::forUser(const Project &project,
                                                const UserRecord &user) const
{
    if (!m_impl->hasEvents(user.id)) {
        return m_impl->popularFor(user);
    }
    if (!m_impl->asksBehavior && !m_impl->behaviorChance) {
        return m_impl->listFor(user, {});
    }
    const auto model =
        BehaviorModel::loadFor(project, m_impl->facts.run, m_impl->facts.at, user.id);
    if (!model) {
        return model.error();
    }
    const auto chances = model->scores({});
    if (!chances) {
        return chances.error();
    }
    Impl::Outlook outlook;
    outlook.model = &*model;
    outlook.pChurn = chances->empty() ? std::nullopt : chances->front().pChurn;
    std::vector<BehaviorModel::ItemScores> scores;
    if (m_impl->asksBehavior) {
        auto asked = model->itemScores(std::span(&user.id, 1));
        if (!asked) {
            return asked.error();
        }
        scores = std::move(*asked);
        outlook.scores = &scores.front();
    }
    return m_impl->listFor(user, outlook);
}

namespace {

/// What the network says of everybody, asked a round of users at a time.
class EverybodysOutlook {
public:
    static Result<EverybodysOutlook> load(const Project &project, std::int64_t run, Day at,
                                          const Task &task)
    {
        EverybodysOutlook all;
        auto model = BehaviorModel::load(project, run, at, task.part(0, 0.5));
        if (!model) {
            return model.error();
        }
        all.m_model = std::move(*model);
        const auto scores = all.m_model->scores(task.part(0.5, 1));
        if (!scores) {
            return scores.error();
        }
        for (const BehaviorScore &one : *scores) {
            if (one.pChurn) {
                all.m_churn.emplace(one.user, *one.pChurn);
            }
        }
        return all;
    }

    const BehaviorModel &model() const { return *m_model; }
    std::optional<double> churnOf(std::int64_t user) const
    {
        const auto found = m_churn.find(user);
        return found == m_churn.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::optional<BehaviorModel> m_model;
    std::unordered_map<std::int64_t, double> m_churn;
};

} // namespace

Result<std::int64_t>
Recommender::forAll(const Project &project,
                    const std::function<Status(const RecommendationList &)> &each,
                    const Task &task) const
{
    const auto users = readUsers(project);
    if (!users) {
        return users.error();
    }
    std::optional<EverybodysOutlook> network;
    if (m_impl->asksBehavior || m_impl->behaviorChance) {
        auto loaded = EverybodysOutlook::load(project, m_impl->facts.run, m_impl->facts.at,
                                              task.part(0, 0.3));
        if (!loaded) {
            return loaded.error();
        }
        network = std::move(*loaded);
    }
    const Task rest = task.part(network ? 0.3 : 0.0, 1.0);
    const std::span all(*users);
    for (std::size_t from = 0; from < all.size(); from += kUsersPerRound) {
        const auto part = all.subspan(from, std::min(kUsersPerRound, all.size() - from));
        std::vector<std::int64_t> known;
        for (const UserRecord &user : part) {
            if (m_impl->hasEvents(user.id)) {
                known.push_back(user.id);
            }
        }
        std::vector<BehaviorModel::ItemScores> scores;
        if (network && m_impl->asksBehavior) {
            auto asked = network->model().itemScores(known);
            if (!asked) {
                return asked.error();
            }
            scores = std::move(*asked);
        }
        std::size_t next = 0;
        for (const UserRecord &user : part) {
            if (rest.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            Impl::Outlook outlook;
            const bool isKnown = next < known.size() && known[next] == user.id;
            if (isKnown && network) {
                outlook.model = &network->model();
                outlook.pChurn = network->churnOf(user.id);
                outlook.scores = scores.empty() ? nullptr : &scores[next];
            }
            next += isKnown ? 1 : 0;
            const auto list = isKnown ? m_impl->listFor(user, outlook)
                                      : Result<RecommendationList>(m_impl->popularFor(user));
            if (!list) {
                return list.error();
            }
            if (const auto taken = each(*list); !taken) {
                return taken.error();
            }
        }
        rest.progress(static_cast<double>(from + part.size()) / static_cast<double>(all.size()),
                      "recommending");
    }
    return static_cast<std::int64_t>(all.size());
}

} // namespace perennial
