#include "core/recommend/recommender_impl.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace perennial {

namespace {

constexpr std::int64_t kUsersPerRound = 256;
constexpr std::int64_t kEventsAtOnce = 2'000'000;

/// What the network says of the users of one part after the other.
class PartsOutlook {
public:
    static Result<PartsOutlook> open(const Project &project, const RecommenderFacts &facts)
    {
        auto model = BehaviorModel::open(project, facts.run, facts.at, {});
        if (!model) {
            return model.error();
        }
        return PartsOutlook(std::move(*model));
    }

    Status read(const Project &project, const UserRange &users, const Task &task)
    {
        if (const auto read = m_model.readHistories(project, users, task); !read) {
            return read.error();
        }
        const auto scores = m_model.scores(users, task);
        if (!scores) {
            return scores.error();
        }
        m_churn.clear();
        for (const BehaviorScore &one : *scores) {
            if (one.pChurn) {
                m_churn.emplace(one.user, *one.pChurn);
            }
        }
        return Done{};
    }

    const BehaviorModel &model() const { return m_model; }
    std::optional<double> churnOf(std::int64_t user) const
    {
        const auto found = m_churn.find(user);
        return found == m_churn.end() ? std::nullopt : std::optional(found->second);
    }

private:
    explicit PartsOutlook(BehaviorModel model) : m_model(std::move(model)) {}

    BehaviorModel m_model;
    std::unordered_map<std::int64_t, double> m_churn;
};

/// Hands out the lists of some users at a time.
class Rounds {
public:
    using Each = std::function<Status(const RecommendationList &)>;
    Rounds(const Recommender::Impl &impl, const PartsOutlook *network, const Each &each)
        : m_impl(impl), m_network(network), m_each(each)
    {
    }

    Status handOut(std::span<const UserRecord> users, const Task &task) const
    {
        std::vector<std::int64_t> known;
        for (const UserRecord &user : users) {
            if (m_impl.hasEvents(user.id)) {
                known.push_back(user.id);
            }
        }
        std::vector<BehaviorModel::ItemScores> scores;
        if (m_network != nullptr && m_impl.asksBehavior) {
            auto asked = m_network->model().itemScores(known);
            if (!asked) {
                return asked.error();
            }
            scores = std::move(*asked);
        }
        std::size_t next = 0;
        for (const UserRecord &user : users) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            Recommender::Impl::Outlook outlook;
            const bool isKnown = next < known.size() && known[next] == user.id;
            if (isKnown && m_network != nullptr) {
                outlook.model = &m_network->model();
                outlook.pChurn = m_network->churnOf(user.id);
                outlook.scores = scores.empty() ? nullptr : &scores[next];
            }
            next += isKnown ? 1 : 0;
            const auto list = isKnown ? m_impl.listFor(user, outlook, m_impl.options.order)
                                      : Result<RecommendationList>(m_impl.popularFor(user));
            if (!list) {
                return list.error();
            }
            if (const auto taken = m_each(*list); !taken) {
                return taken.error();
            }
        }
        return Done{};
    }

private:
    const Recommender::Impl &m_impl;
    const PartsOutlook *m_network;
    const Each &m_each;
};

} // namespace

Result<std::int64_t>
Recommender::forAll(const Project &project,
                    const std::function<Status(const RecommendationList &)> &each,
                    const Task &task) const
{
    std::optional<PartsOutlook> network;
    if (m_impl->asksBehavior || m_impl->behaviorChance) {
        auto opened = PartsOutlook::open(project, m_impl->facts);
        if (!opened) {
            return opened.error();
        }
        network = std::move(*opened);
    }
    const auto parts = rangesOfUsers(project, m_impl->facts.at, kUsersPerRound, kEventsAtOnce, task);
    if (!parts) {
        return parts.error();
    }
    const Rounds rounds(*m_impl, network ? &*network : nullptr, each);
    std::int64_t lists = 0;
    for (const UserRange &part : *parts) {
        const auto share = [&](std::int64_t id) {
            return static_cast<double>(id) / static_cast<double>(parts->back().last);
        };
        const Task mine = task.part(share(part.first - 1), share(part.last));
        if (network) {
            if (const auto read = network->read(project, part, mine.part(0, 0.1)); !read) {
                return read.error();
            }
        }
        const auto users = readUsers(project, part);
        if (!users) {
            return users.error();
        }
        const std::span all(*users);
        constexpr auto kRound = static_cast<std::size_t>(kUsersPerRound);
        for (std::size_t from = 0; from < all.size(); from += kRound) {
            const auto round = all.subspan(from, std::min(kRound, all.size() - from));
            if (const auto handed = rounds.handOut(round, mine); !handed) {
                return handed.error();
            }
            mine.progress(0.1 + 0.9 * static_cast<double>(from + round.size()) /
                                    static_cast<double>(all.size()),
                          "recommending");
        }
        lists += std::ssize(all);
    }
    return lists;
}

} // namespace perennial
