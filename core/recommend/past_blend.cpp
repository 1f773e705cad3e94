#include "core/recommend/past_blend.h"

#include "core/base/rng.h"
#include "core/features/splits.h"
#include "core/recommend/blend_members.h"
#include "core/recommend/chance_cases.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace perennial {

namespace {

constexpr std::size_t kMostCases = 2000;
constexpr std::size_t kUsersPerRound = 256;
constexpr int kListed = 10;       ///< items of a list whose chances are checked
constexpr int kReliabilityBins = 10;
constexpr int kReplicates = 200;

/// Every so-manieth, so that at most `most` are left.
std::vector<std::int64_t> thinned(const std::vector<std::int64_t> &users, std::size_t most)
{
    if (users.size() <= most) {
        return users;
    }
    std::vector<std::int64_t> kept;
    for (std::size_t k = 0; k < most; ++k) {
        kept.push_back(users[k * users.size() / most]);
    }
    return kept;
}

/// 0 or 1, without regard to the order of ids.
std::size_t halfOf(std::int64_t user)
{
    return static_cast<std::size_t>(Rng(static_cast<std::uint64_t>(user), 1).next32() & 1U);
}

} // namespace

struct PastBlend::Impl {
    PastWindow window;
    ItemSpace space;
    BlendMembers members;
    std::unique_ptr<BlendCases> cases;
    std::array<std::vector<double>, 2> halves; ///< weights fitted on the users of that half

    std::vector<std::int64_t> knownUsers() const;
    std::vector<std::int32_t> everTaken(std::int64_t user) const;
    std::vector<RelevantItem> newItems(std::int64_t user,
                                       std::span<const std::int32_t> masked) const;
    Status ask(std::span<const std::int64_t> users, const Task &task,
               const std::function<void(std::int64_t, std::span<const float>)> &each) const;
    Status addCases(const Task &task);
    UserChance userChance() const;
    Result<ChanceCases> chanceCases(const BlendRecipe &recipe, const Task &task) const;
    Day firstDay() const;
};

PastBlend::PastBlend(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
PastBlend::~PastBlend() = default;
PastBlend::PastBlend(PastBlend &&) noexcept = default;
PastBlend &PastBlend::operator=(PastBlend &&) noexcept = default;

/// With an event up to the cut.
std::vector<std::int64_t> PastBlend::Impl::knownUsers() const
{
    std::vector<std::int64_t> users;
    for (std::int64_t user = 1; user <= window.events->maxUser(); ++user) {
        if (eventsUpTo(*window.events, user, window.cut).size() > 0) {
            users.push_back(user);
        }
    }
    return users;
}

Day PastBlend::Impl::firstDay() const
{
    const auto &at = window.events->at;
    return at.empty() ? window.cut : dayOf(*std::min_element(at.begin(), at.end()));
}

std::vector<std::int32_t> PastBlend::Impl::everTaken(std::int64_t user) const
{
    std::vector<std::int32_t> taken;
    for (const ProfileItem &p : profileOf(rowsOfUser(space.history, user))) {
        taken.push_back(p.item);
    }
    return taken;
}

std::vector<RelevantItem> PastBlend::Impl::newItems(std::int64_t user,
                                                    std::span<const std::int32_t> masked) const
{
    std::vector<RelevantItem> relevant;
    for (const std::int32_t item :
         takenIn(*window.events, space, user, window.cut, window.until, space.signal)) {
        if (!std::binary_search(masked.begin(), masked.end(), item)) {
            relevant.push_back({item, 0.0});
        }
    }
    return relevant;
}

/// The network's word on each user, a round at a time.
Status PastBlend::Impl::ask(
    std::span<const std::int64_t> users, const Task &task,
    const std::function<void(std::int64_t, std::span<const float>)> &each) const
{
    for (std::size_t from = 0; from < users.size(); from += kUsersPerRound) {
        const auto round = users.subspan(from, std::min(kUsersPerRound, users.size() - from));
        std::vector<std::vector<float>> logs(round.size());
        if (window.itemScores) {
            auto asked = window.itemScores(round);
            if (!asked) {
                return asked.error();
            }
            logs = std::move(*asked);
        }
        for (std::size_t k = 0; k < round.size(); ++k) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            each(round[k], logs[k]);
        }
        task.progress(static_cast<double>(from + round.size()) / static_cast<double>(users.size()),
                      "blending");
    }
    return Done{};
}

Status PastBlend::Impl::addCases(const Task &task)
{
    cases = std::make_unique<BlendCases>(members.names(), space.size());
    std::vector<std::int64_t> finders;
    for (const std::int64_t user : knownUsers()) {
        if (!newItems(user, everTaken(user)).empty()) {
            finders.push_back(user);
        }
    }
    return ask(thinned(finders, kMostCases), task,
               [&](std::int64_t user, std::span<const float> logs) {
                   auto masked = everTaken(user);
                   auto relevant = newItems(user, masked);
                   cases->addUser(user, std::move(masked), std::move(relevant));
                   cases->setScores(members.score(user, logs).rows);
               });
}

Result<PastBlend> PastBlend::make(const PastWindow &window, const Task &task)
{
    auto impl = std::make_unique<Impl>();
    impl->window = window;
    impl->space = itemSpace(*window.events, *window.items, window.cut, window.signal);
    if (impl->space.history.items() == 0) {
        return fail(ErrorCode::TooLittleData, "0", "items");
    }
    auto members = BlendMembers::fit(impl->space, memberNames(window.itemScores != nullptr),
                                     task.part(0.0, 0.4));
    if (!members) {
        return members.error();
    }
    impl->members = std::move(*members);
    if (const auto added = impl->addCases(task.part(0.4, 1.0)); !added) {
        return added.error();
    }
    return PastBlend(std::move(impl));
}

/// By the histories of all who were known at the cut.
UserChance PastBlend::Impl::userChance() const
{
    std::vector<HistorySummary> summaries;
    std::vector<bool> bought;
    for (const std::int64_t user : knownUsers()) {
        summaries.push_back(summarizeHistory(*window.events, user, window.cut));
        bought.push_back(
            space.signal == ItemSignal::Purchases
                ? outcomeAfter(*window.events, user, window.cut, window.until - window.cut).ordered
                : !takenIn(*window.events, space, user, window.cut, window.until, space.signal)
                       .empty());
    }
    return fitUserChance(summaries, bought);
}

Result<ChanceCases> PastBlend::Impl::chanceCases(const BlendRecipe &recipe, const Task &task) const
{
    ChanceCases collected(kListed, window.seed);
    const std::vector<double> weights = recipe.weights.weights();
    const Day first = firstDay() - 1;
    const Status asked = ask(
        thinned(knownUsers(), kMostCases), task,
        [&](std::int64_t user, std::span<const float> logs) {
            std::optional<double> chance =
                window.userChance ? window.userChance(user) : std::nullopt;
            if (!chance && !recipe.userChance.fitted()) {
                return;
            }
            ChanceUser one;
            one.id = user;
            one.chance = chance.value_or(recipe.userChance.probability(
                summarizeHistory(*window.events, user, window.cut)));
            one.hidden = takenIn(*window.events, space, user,
                                 window.cut - window.hidePurchasedDays, window.cut,
                                 ItemSignal::Purchases);
            one.known = takenIn(*window.events, space, user, first, window.cut, space.signal);
            one.taken =
                takenIn(*window.events, space, user, window.cut, window.until, space.signal);
            const auto scores = blended(members.score(user, logs), weights, space.size());
            collected.add(one, sharesOf(scores, one.hidden));
        });
    return asked ? Result<ChanceCases>(std::move(collected)) : asked.error();
}

Result<BlendRecipe> PastBlend::recipe(const Task &task) const
{
    BlendRecipe recipe;
    recipe.cut = m_impl->window.cut;
    recipe.until = m_impl->window.until;
    recipe.purchases = m_impl->space.signal == ItemSignal::Purchases;
    recipe.hidePurchasedDays = m_impl->window.hidePurchasedDays;
    auto weights = fitBlendWeights(*m_impl->cases, {}, task.part(0.0, 0.5));
    if (!weights) {
        return weights.error();
    }
    recipe.weights = std::move(*weights);
    recipe.userChance = m_impl->userChance();
    const auto cases = m_impl->chanceCases(recipe, task.part(0.5, 1.0));
    if (!cases) {
        return cases.error();
    }
    recipe.itemChance = cases->fit({});
    const std::array<ItemChance, 2> halves{cases->fit([](auto user) { return halfOf(user) == 0; }),
                                           cases->fit([](auto user) { return halfOf(user) == 1; })};
    recipe.calibration = cases->listError(
        [&](std::int64_t user) -> const ItemChance & { return halves[1 - halfOf(user)]; },
        kReliabilityBins, kReplicates);
    return recipe;
}

Status PastBlend::crossFit(const Task &task)
{
    std::array<std::vector<std::size_t>, 2> users;
    for (std::size_t k = 0; k < m_impl->cases->users(); ++k) {
        users[halfOf(m_impl->cases->idOf(k))].push_back(k);
    }
    std::array<std::vector<double>, 2> halves;
    for (std::size_t half = 0; half < halves.size(); ++half) {
        const auto fitted =
            fitBlendWeights(*m_impl->cases, {.replicates = 0}, task, std::span(users[half]));
        if (!fitted) {
            return fitted.error();
        }
        halves[half] = fitted->weights();
    }
    m_impl->halves = std::move(halves);
    return Done{};
}

PastBlend::Judged PastBlend::judged(std::int64_t user, std::span<const float> behavior) const
{
    const std::vector<double> &weights = m_impl->halves[1 - halfOf(user)];
    assert(!weights.empty());
    return {m_impl->space.id,
            blended(m_impl->members.score(user, behavior), weights, m_impl->space.size())};
}

} // namespace perennial
