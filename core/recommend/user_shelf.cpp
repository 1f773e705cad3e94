#include "core/recommend/user_shelf.h"

#include "core/ranking/ranking_metrics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace perennial {

namespace {

constexpr std::size_t kFewestByValue = 100;

} // namespace

UserShelf::UserShelf(const Recommender::Impl &impl, const UserRecord &user,
                     const Recommender::Impl::Outlook &outlook)
    : m_impl(impl), m_outlook(outlook)
{
    std::vector<float> logs;
    if (outlook.scores != nullptr) {
        logs = logsById(*outlook.model, *outlook.scores);
    }
    const std::size_t size = impl.space.size();
    const Day at = impl.facts.at;
    m_scores = impl.members.score(user.id, logs);
    m_blend = blended(m_scores, impl.blend, size);
    m_listed = impl.listed == impl.blend ? m_blend : blended(m_scores, impl.listed, size);
    const auto boughtIn = [&](int days) {
        return takenIn(impl.events, impl.space, user.id, at - days, at, ItemSignal::Purchases);
    };
    m_hidden = boughtIn(impl.options.hidePurchasedDays);
    for (const ProfileItem &p : profileOf(rowsOfUser(impl.space.history, user.id))) {
        m_known.push_back(p.item);
    }
    m_shares = sharesOf(m_blend, boughtIn(impl.facts.recipe.hidePurchasedDays));
    m_chance = impl.userChance(user.id, outlook);
}

bool UserShelf::isKnown(std::int32_t item) const
{
    return std::binary_search(m_known.begin(), m_known.end(), item);
}

std::optional<double> UserShelf::probabilityOf(std::int32_t item) const
{
    const BlendRecipe &recipe = m_impl.facts.recipe;
    if (!recipe.itemChance.fitted() || !std::isfinite(m_chance)) {
        return std::nullopt;
    }
    const double share = double{m_shares[static_cast<std::size_t>(item)]};
    const double within = recipe.itemChance.probability({m_chance, share, isKnown(item)});
    return carriedChance(within, recipe.windowDays(), m_impl.facts.horizonDays);
}

const std::optional<ItemWorth> &UserShelf::worthOf(std::int32_t item) const
{
    return m_impl.worths[static_cast<std::size_t>(
        m_impl.space.id[static_cast<std::size_t>(item)])];
}

std::optional<double> UserShelf::valueOf(std::int32_t item) const
{
    const auto probability = probabilityOf(item);
    const auto &worth = worthOf(item);
    return probability && worth ? std::optional(*probability * worth->revenue * worth->margin)
                                : std::nullopt;
}

std::vector<std::int32_t> UserShelf::best(RecommendationOrder order) const
{
    const auto top = static_cast<std::size_t>(m_impl.options.top);
    const bool byValue = order == RecommendationOrder::Value;
    auto items = bestItems(m_listed, m_listed.size(), m_hidden,
                           byValue ? std::max(top * 10, kFewestByValue) : top);
    const auto silent = std::find_if(items.begin(), items.end(), [&](std::int32_t item) {
        return !(m_listed[static_cast<std::size_t>(item)] > 0.0F);
    });
    items.erase(silent, items.end()); // scores fall
    if (byValue) {
        orderByValue(items);
        items.resize(std::min(items.size(), top));
    }
    return items;
}

void UserShelf::orderByValue(std::vector<std::int32_t> &items) const
{
    std::vector<std::pair<double, std::int32_t>> valued;
    for (const std::int32_t item : items) {
        valued.emplace_back(valueOf(item).value_or(0), item);
    }
    std::stable_sort(valued.begin(), valued.end(),
                     [](const auto &a, const auto &b) { return a.first > b.first; });
    std::transform(valued.begin(), valued.end(), items.begin(),
                   [](const auto &one) { return one.second; });
}

Recommendation UserShelf::describe(std::int32_t number) const
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
    one.score = double{m_listed[k]};
    one.probability = probabilityOf(number);
    if (const auto &worth = worthOf(number)) {
        one.revenue = worth->revenue;
        one.revenueFrom = worth->source;
        one.margin = worth->margin;
        one.value = valueOf(number);
    }
    addMembers(one, k);
    addBehavior(one);
    return one;
}

void UserShelf::addMembers(Recommendation &one, std::size_t number) const
{
    const double total = std::accumulate(m_impl.listed.begin(), m_impl.listed.end(), 0.0);
    for (std::size_t c = 0; c < m_impl.listed.size(); ++c) {
        if (m_impl.listed[c] > 0) {
            const double part = m_impl.listed[c] / total * double{m_scores.rows[c][number]};
            one.members.push_back({m_impl.members.names()[c], part / double{m_listed[number]}});
        }
    }
}

void UserShelf::addBehavior(Recommendation &one) const
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

} // namespace perennial
