#include "core/behavior/ensemble_torch.h"

#include "core/neural/best_items.h"

#include <algorithm>
#include <cmath>
#include <limits>

// The best items by the mean of several networks' probabilities.

namespace perennial::net {

namespace {

/// Scores looked at before the worst of the list is asked for again.
constexpr std::int64_t kStretch = 256;

/// One member's scores of a tile for one user, and how they become log probabilities.
struct MemberRow {
    const float *scores = nullptr, *bias = nullptr;
    float logTotal = 0;
    float at(std::int64_t k) const { return scores[k] + bias[k] - logTotal; }
};

/// to = the largest of the members' log probabilities: no mean is above it.
void largestOf(std::span<const MemberRow> members, std::int64_t from, std::int64_t width, float *to)
{
    std::fill_n(to, width, -std::numeric_limits<float>::infinity());
    for (const MemberRow &member : members) {
        const float *scores = member.scores + from, *bias = member.bias + from;
        const float total = member.logTotal;
        for (std::int64_t k = 0; k < width; ++k) {
            const float here = scores[k] + bias[k] - total;
            to[k] = here > to[k] ? here : to[k];
        }
    }
}

/// log of the mean of exp(log probability). @param largest of them.
float logMean(std::span<const MemberRow> members, std::int64_t k, float largest)
{
    float sum = 0;
    for (const MemberRow &member : members) {
        sum += std::exp(member.at(k) - largest);
    }
    return largest + std::log(sum / static_cast<float>(members.size()));
}

/// Takes a tile of one user.
void takeTile(BestItemScan &scan, std::size_t row, std::span<const MemberRow> members,
              std::int64_t from, std::int64_t width, HiddenPositions hidden)
{
    constexpr float kNone = -std::numeric_limits<float>::infinity();
    static constexpr float kNoBias[kStretch] = {};
    float means[kStretch];
    for (std::int64_t at = 0; at < width; at += kStretch) {
        const std::int64_t size = std::min(kStretch, width - at);
        largestOf(members, at, size, means);
        const float worst = scan.worst(row);
        for (std::int64_t k = 0; k < size; ++k) {
            // an item that is gone is at −inf, and nothing is worked out of it
            means[k] = means[k] > worst ? logMean(members, at + k, means[k]) : kNone;
        }
        scan.take(row, means, kNoBias, from + at, size, hidden);
    }
}

/// Each member's log of Σ exp(score), by user.
std::vector<std::vector<float>> totalsOf(std::span<const Inference> members,
                                         const std::vector<at::Tensor> &queries)
{
    std::vector<std::vector<float>> totals;
    for (std::size_t m = 0; m < members.size(); ++m) {
        const auto users = static_cast<std::size_t>(queries[m].size(0));
        BestItemScan scan(users, 0, BestItemScan::Totals::Wanted);
        members[m].eachTile(queries[m], [&](std::int64_t from, std::int64_t width, float *scores) {
            for (std::size_t k = 0; k < users; ++k) {
                scan.take(k, scores + static_cast<std::int64_t>(k) * width,
                          members[m].bias() + from, from, width, {});
            }
        });
        totals.emplace_back();
        for (std::size_t k = 0; k < users; ++k) {
            totals.back().push_back(static_cast<float>(scan.logTotal(k)));
        }
    }
    return totals;
}

} // namespace

std::vector<std::vector<BehaviorModel::BestItem>>
Ensemble::bestItems(const Users &users, std::size_t most,
                    std::span<const std::vector<std::int32_t>> hidden) const
{
    if (members() == 1) {
        return m_members[0].bestItems(users[0], most, hidden);
    }
    const at::NoGradGuard frozen;
    std::vector<at::Tensor> queries;
    for (std::size_t m = 0; m < members(); ++m) {
        queries.push_back(m_members[m].queries(users[m]));
    }
    const auto totals = totalsOf(m_members, queries);
    const auto count = static_cast<std::size_t>(users[0].size(0));
    BestItemScan scan(count, std::min(most, static_cast<std::size_t>(rows())),
                      BestItemScan::Totals::NotWanted);
    std::vector<at::Tensor> tiles(members());
    std::vector<MemberRow> row(members());
    for (std::int64_t from = 0; from < rows(); from += Inference::kTile) {
        const std::int64_t width = std::min(Inference::kTile, rows() - from);
        for (std::size_t m = 0; m < members(); ++m) {
            tiles[m] = m_members[m].scoresOf(queries[m], from, width);
        }
        for (std::size_t k = 0; k < count; ++k) {
            for (std::size_t m = 0; m < members(); ++m) {
                row[m] = {tiles[m].data_ptr<float>() + static_cast<std::int64_t>(k) * width,
                          m_members[m].bias() + from, totals[m][k]};
            }
            takeTile(scan, k, row, from, width, hidden.empty() ? HiddenPositions() : hidden[k]);
        }
    }
    std::vector<std::vector<BehaviorModel::BestItem>> lists(count);
    std::vector<at::Tensor> directions;
    for (std::size_t m = 0; m < members(); ++m) {
        directions.push_back(m_members[m].directions(users[m]));
    }
    for (std::size_t k = 0; k < count; ++k) {
        for (const BestItemScan::Entry &entry : scan.list(k)) {
            float cosine = 0;
            for (std::size_t m = 0; m < members(); ++m) {
                cosine += m_members[m].cosine(directions[m], k, entry.position);
            }
            lists[k].push_back({entry.position, std::min(entry.score, 0.0F),
                                cosine / static_cast<float>(members())});
        }
    }
    return lists;
}

} // namespace perennial::net
