#include "core/behavior/model_impl_torch.h"
#include "core/neural/runtime_torch.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

// What a trained run says of users and of items.

namespace perennial {

namespace {

/// Users whose items are sought together: two parts.
constexpr std::size_t kUsersPerProduct = 128;

std::vector<float> rowOf(const at::Tensor &matrix, std::size_t row)
{
    const auto width = static_cast<std::size_t>(matrix.size(1));
    const float *from = matrix.data_ptr<float>() + row * width;
    return {from, from + width};
}

} // namespace

void BehaviorModel::Impl::scorePart(std::span<const std::int64_t> users,
                                    std::span<BehaviorScore> to) const
{
    BatchBuilder builder(source);
    for (const std::int64_t user : users) {
        builder.addHistory(user, at);
    }
    const auto outlooks = outlooksOf(builder.take());
    for (std::size_t k = 0; k < users.size(); ++k) {
        to[k] = scoreOf(outlooks, k);
        to[k].user = users[k];
    }
}

std::vector<net::Inference::Outlook>
BehaviorModel::Impl::outlooksOf(const SequenceBatch &batch) const
{
    return ensemble->outlooks(ensemble->users(batch), batch, net::trainedHeads(report),
                              report.split.labelDays);
}

BehaviorScore BehaviorModel::Impl::scoreOf(net::Outlooks outlooks, std::size_t k) const
{
    const net::Heads heads = net::trainedHeads(report);
    const int horizon = std::max(report.split.horizonDays, 1);
    const double carry =
        static_cast<double>(horizon) / static_cast<double>(std::max(report.split.labelDays, 1));
    BehaviorScore score;
    if (heads.order()) {
        const double pNoOrder = net::pChurnOf(outlooks, k, carry);
        score.pChurn = heads.churn ? std::optional(pNoOrder) : std::nullopt;
        score.pPurchase = heads.purchase ? std::optional(1 - pNoOrder) : std::nullopt;
    }
    if (heads.value) {
        score.expectedValue = net::expectedValueOf(outlooks, k, carry);
    }
    if (heads.click) {
        score.pClick = net::pClickOf(outlooks, k, carry);
    }
    if (heads.returnTime) {
        const ReturnMixture returns = net::returnsOf(outlooks, k);
        score.pReturn = returns.within(horizon);
        score.medianReturnDays = returns.median();
        score.expectedReturnDays = returns.meanWithin(horizon);
    }
    return score;
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

net::Ensemble::Users
BehaviorModel::Impl::vectorsOf(std::span<const std::int64_t> users) const
{
    std::vector<std::vector<at::Tensor>> parts(ensemble->members());
    for (std::size_t first = 0; first < users.size(); first += kUsersPerPart) {
        BatchBuilder builder(source);
        for (const std::int64_t user :
             users.subspan(first, std::min(kUsersPerPart, users.size() - first))) {
            builder.addHistory(user, at);
        }
        const net::Ensemble::Users vectors = ensemble->users(builder.take());
        for (std::size_t member = 0; member < parts.size(); ++member) {
            parts[member].push_back(vectors[member]);
        }
    }
    net::Ensemble::Users whole;
    for (const std::vector<at::Tensor> &part : parts) {
        whole.push_back(part.size() == 1 ? part[0] : at::cat(part));
    }
    return whole;
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
            auto found = m_impl->ensemble->bestItems(
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
            const net::Ensemble::Users vectors = m_impl->vectorsOf(users.subspan(first, size));
            const at::Tensor logs = m_impl->ensemble->logProbabilities(vectors);
            const at::Tensor cosines = m_impl->ensemble->cosines(vectors);
            for (std::size_t k = 0; k < size; ++k) {
                scores[first + k] = {rowOf(logs, k), rowOf(cosines, k)};
            }
        });
        return scores;
    });
}

} // namespace perennial
