#include "core/recommend/blend_members.h"

#include "core/ranking/blend_weights.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace perennial {

namespace {

constexpr std::string_view kBlend = "blend";

/// Probabilities in the numbers of a space, over the largest.
void fillProbabilities(std::vector<float> &row, const ItemSpace &space,
                       std::span<const float> behavior)
{
    float largest = -std::numeric_limits<float>::infinity();
    for (const float log : behavior) {
        largest = std::max(largest, log);
    }
    for (std::size_t k = 0; k < row.size(); ++k) {
        const auto id = static_cast<std::size_t>(space.id[k]);
        if (id < behavior.size() && std::isfinite(behavior[id]) && std::isfinite(largest)) {
            row[k] = std::exp(behavior[id] - largest);
        }
    }
}

} // namespace

std::vector<std::string> memberNames(bool withBehavior)
{
    std::vector<std::string> names;
    for (const std::string_view name : rankerNames()) {
        if (name != kBlend) {
            names.emplace_back(name);
        }
    }
    if (withBehavior) {
        names.emplace_back(kBehaviorMember);
    }
    return names;
}

Result<BlendMembers> BlendMembers::fit(const ItemSpace &space, std::vector<std::string> names,
                                       const Task &task)
{
    BlendMembers members;
    members.m_space = &space;
    members.m_names = std::move(names);
    const auto count = static_cast<double>(members.m_names.size());
    for (std::size_t c = 0; c < members.m_names.size(); ++c) {
        const std::string &name = members.m_names[c];
        members.m_fitted.emplace_back();
        const auto ranker = findRanker(name);
        if (name == kBehaviorMember || !ranker) {
            continue;
        }
        const double from = static_cast<double>(c) / count;
        task.progress(from, name);
        auto fitted = (*ranker)->fit(space.history, space.at,
                                     task.part(from, static_cast<double>(c + 1) / count));
        if (fitted) {
            for (RankerNote &note : (*fitted)->notes()) {
                members.m_notes.push_back(std::move(note));
            }
            members.m_fitted.back() = std::move(*fitted);
        } else if (fitted.error().code == ErrorCode::Cancelled) {
            return fitted.error();
        } else {
            members.m_notes.push_back({"failed_" + name, 0});
        }
    }
    return members;
}

BlendMembers::Scores BlendMembers::score(std::int64_t user, std::span<const float> behavior) const
{
    Scores scores;
    const ItemRows rows = rowsOfUser(m_space->history, user);
    for (std::size_t c = 0; c < m_names.size(); ++c) {
        std::vector<float> row(m_space->size(), 0.0F);
        if (m_names[c] == kBehaviorMember) {
            fillProbabilities(row, *m_space, behavior);
        } else if (m_fitted[c] != nullptr) {
            m_fitted[c]->score(rows, m_space->at, std::span(row).first(m_space->history.items()));
        }
        scores.scale.push_back(scaleScores(row, row.size()));
        scores.rows.push_back(std::move(row));
    }
    return scores;
}

std::vector<ItemPull> BlendMembers::pulls(std::size_t member, std::int64_t user, std::int32_t item,
                                          float scale) const
{
    if (m_fitted[member] == nullptr || !(scale > 0) ||
        static_cast<std::size_t>(item) >= m_space->history.items()) {
        return {};
    }
    auto pulls = m_fitted[member]->pulls(rowsOfUser(m_space->history, user), m_space->at, item);
    for (ItemPull &pull : pulls) {
        pull.amount /= scale;
    }
    return pulls;
}

std::vector<float> blended(const BlendMembers::Scores &scores, std::span<const double> weights,
                           std::size_t size)
{
    std::vector<float> sum(size, 0.0F);
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (std::size_t c = 0; c < weights.size(); ++c) {
        if (weights[c] > 0) {
            const auto weight = static_cast<float>(weights[c] / total);
            for (std::size_t i = 0; i < size; ++i) {
                sum[i] += weight * scores.rows[c][i];
            }
        }
    }
    return sum;
}

std::vector<float> sharesOf(std::span<const float> blended, std::span<const std::int32_t> hidden)
{
    std::vector<float> shares(blended.begin(), blended.end());
    double total = 0;
    auto next = hidden.begin();
    for (std::size_t k = 0; k < shares.size(); ++k) {
        shares[k] = std::max(shares[k], 0.0F);
        if (next != hidden.end() && static_cast<std::size_t>(*next) == k) {
            ++next;
        } else {
            total += static_cast<double>(shares[k]);
        }
    }
    for (float &share : shares) {
        share = total > 0 ? static_cast<float>(std::min(static_cast<double>(share) / total, 1.0))
                          : 0.0F;
    }
    return shares;
}

} // namespace perennial
