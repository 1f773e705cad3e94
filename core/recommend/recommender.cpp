#include "core/features/splits.h"
#include "core/recommend/recommender_impl.h"
#include "core/recommend/user_shelf.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace perennial {

namespace {

RecommendationSource sourceOf(const RecommendOptions &options)
{
    return options.method == "blend"               ? RecommendationSource::Blend
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

Result<RecommendationList> Recommender::Impl::listFor(const UserRecord &user,
                                                      const Outlook &outlook,
                                                      RecommendationOrder order) const
{
    const UserShelf shelf(*this, user, outlook);
    RecommendationList list = listFor(user);
    if (std::isfinite(shelf.chance())) {
        list.chance = carriedChance(shelf.chance(), facts.recipe.windowDays(), facts.horizonDays);
    }
    for (const std::int32_t item : shelf.best(order)) {
        list.items.push_back(shelf.describe(item));
    }
    if (list.items.empty()) {
        return popularFor(user); // nothing speaks for anything
    }
    if (options.reasons > 0) {
        if (const auto added =
                addReasons(user.id, shelf.scores(), shelf.listed(), outlook, list.items);
            !added) {
            return added.error();
        }
    }
    return list;
}

Result<RecommendationList> Recommender::forUser(const Project &project,
                                                const UserRecord &user) const
{
    return forUser(project, user, m_impl->options.order);
}

Result<RecommendationList> Recommender::forUser(const Project &project, const UserRecord &user,
                                                RecommendationOrder order) const
{
    if (!m_impl->hasEvents(user.id)) {
        return m_impl->popularFor(user);
    }
    if (!m_impl->asksBehavior && !m_impl->behaviorChance) {
        return m_impl->listFor(user, {}, order);
    }
    const auto model =
        BehaviorModel::loadFor(project, m_impl->facts.run, m_impl->facts.at, user.id);
    if (!model) {
        return model.error();
    }
    const auto chances = model->scores({user.id, user.id}, {});
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
    return m_impl->listFor(user, outlook, order);
}

} // namespace perennial
