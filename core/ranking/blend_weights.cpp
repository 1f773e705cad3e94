#include "core/ranking/blend_weights.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

constexpr std::array kWeightSteps{0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0};
constexpr double kTriedWeight = 0.1; ///< of a member that has none
constexpr int kPasses = 3;

double ndcgOf(std::span<const std::int32_t> list, std::span<const RelevantItem> relevant,
              std::size_t top)
{
    return judgeList(list, relevant, top)[static_cast<std::size_t>(RankingMetric::Ndcg)];
}

double meanOf(const std::vector<double> &values)
{
    return values.empty() ? 0.0
                          : std::accumulate(values.begin(), values.end(), 0.0) /
                                static_cast<double>(values.size());
}

/// Standard error of the mean of a − b, user by user.
double errorOfGain(const std::vector<double> &a, const std::vector<double> &b)
{
    const double mean = meanOf(a) - meanOf(b);
    double squares = 0;
    for (std::size_t k = 0; k < a.size(); ++k) {
        squares += (a[k] - b[k] - mean) * (a[k] - b[k] - mean);
    }
    const auto n = static_cast<double>(a.size());
    return n > 1 ? std::sqrt(squares / (n - 1) / n) : 0.0;
}

/// Coordinate search over one set of cases.
class Search {
public:
    Search(const BlendCases &cases, const BlendFitOptions &options, const Task &task,
           std::vector<std::size_t> users)
        : m_cases(cases), m_options(options), m_task(task), m_users(std::move(users))
    {
    }

    /// NDCG of each user.
    std::vector<double> qualities(const std::vector<double> &weights) const
    {
        std::vector<double> all;
        all.reserve(m_users.size());
        const auto top = static_cast<std::size_t>(m_options.top);
        for (const std::size_t user : m_users) {
            all.push_back(ndcgOf(m_cases.list(user, weights, top), m_cases.relevantOf(user), top));
        }
        return all;
    }

    Status run()
    {
        const std::size_t count = m_cases.members().size();
        for (std::size_t c = 0; c < count; ++c) {
            std::vector<double> alone(count, 0.0);
            alone[c] = 1.0;
            auto reached = qualities(alone);
            m_alone.push_back(meanOf(reached));
            if (c == 0 || m_alone.back() > meanOf(m_best)) {
                m_best = std::move(reached);
                m_weights = alone;
                m_bestMember = c;
            }
        }
        for (int pass = 0; pass < kPasses; ++pass) {
            bool moved = false;
            for (std::size_t c = 0; c < count; ++c) {
                if (m_task.cancelled()) {
                    return fail(ErrorCode::Cancelled);
                }
                moved = moveOne(c) || moved;
                m_task.progress((pass + static_cast<double>(c) / static_cast<double>(count)) /
                                    kPasses, "blending");
            }
            if (!moved) {
                break;
            }
        }
        return Done{};
    }

    BlendWeights told() const
    {
        BlendWeights result;
        result.users = static_cast<std::int64_t>(m_users.size());
        result.ndcg = meanOf(m_best);
        result.bestMember = m_cases.members()[m_bestMember];
        const auto replicates = replicateWeights();
        for (std::size_t c = 0; c < m_weights.size(); ++c) {
            std::vector<double> other = m_weights;
            other[c] = m_weights[c] > 0 ? 0.0 : kTriedWeight;
            const auto changed = qualities(other);
            BlendMember member{m_cases.members()[c], m_weights[c], 0, {}, m_alone[c]};
            const auto &with = m_weights[c] > 0 ? m_best : changed;
            const auto &without = m_weights[c] > 0 ? changed : m_best;
            member.adds = meanOf(with) - meanOf(without);
            std::vector<std::optional<double>> drawn;
            for (const std::vector<double> &weight : replicates) {
                drawn.push_back(gain(with, without, weight));
            }
            member.interval = percentileInterval(drawn, m_options.level);
            result.members.push_back(std::move(member));
        }
        return result;
    }

private:
    /// The smallest step that is not beaten; a step towards 0 needs no gain above noise.
    bool moveOne(std::size_t c)
    {
        double bestMean = meanOf(m_best);
        std::vector<double> bestUsers = m_best;
        std::vector<double> bestWeights = m_weights;
        for (const double step : kWeightSteps) {
            if (step == m_weights[c]) {
                continue;
            }
            std::vector<double> tried = m_weights;
            tried[c] = step;
            if (std::all_of(tried.begin(), tried.end(), [](double w) { return w == 0.0; })) {
                continue;
            }
            auto reached = qualities(tried);
            const double slack =
                step < m_weights[c] ? 0.0
                                    : m_options.errorsAbove * errorOfGain(reached, m_best);
            const double mean = meanOf(reached);
            if (mean > bestMean && mean > meanOf(m_best) + slack) {
                bestMean = mean;
                bestUsers = std::move(reached);
                bestWeights = std::move(tried);
            }
        }
        if (bestWeights == m_weights) {
            return false;
        }
        m_weights = std::move(bestWeights);
        m_best = std::move(bestUsers);
        return true;
    }

    std::vector<std::vector<double>> replicateWeights() const
    {
        std::vector<std::int64_t> ids;
        for (const std::size_t user : m_users) {
            ids.push_back(m_cases.idOf(user));
        }
        std::vector<std::vector<double>> weights;
        for (int b = 1; b <= m_options.replicates; ++b) {
            weights.push_back(userWeights(ids, m_options.seed, b));
        }
        return weights;
    }

    static std::optional<double> gain(const std::vector<double> &with,
                                      const std::vector<double> &without,
                                      const std::vector<double> &weight)
    {
        double sum = 0, users = 0;
        for (std::size_t k = 0; k < with.size(); ++k) {
            sum += weight[k] * (with[k] - without[k]);
            users += weight[k];
        }
        return users > 0 ? std::optional(sum / users) : std::nullopt;
    }

    const BlendCases &m_cases;
    const BlendFitOptions &m_options;
    const Task &m_task;
    std::vector<std::size_t> m_users;
    std::vector<double> m_alone, m_best, m_weights; ///< by member; by user; by member
    std::size_t m_bestMember = 0;
};

BlendWeights lastAlone(const std::vector<std::string> &members)
{
    BlendWeights result;
    for (const std::string &name : members) {
        result.members.push_back({name, name == members.back() ? 1.0 : 0.0, 0, {}, 0});
    }
    result.bestMember = members.back();
    return result;
}

} // namespace

float scaleScores(std::span<float> scores, std::size_t candidates)
{
    const auto end = scores.begin() + static_cast<std::ptrdiff_t>(candidates);
    const auto largest = std::max_element(scores.begin(), end);
    const float top = largest == end ? 0.0F : *largest;
    for (float &score : scores) {
        score = top > 0.0F ? score / top : 0.0F;
    }
    return std::max(top, 0.0F);
}

BlendCases::BlendCases(std::vector<std::string> members, std::size_t candidates, std::size_t pool)
    : m_members(std::move(members)), m_candidates(candidates), m_pool(pool)
{
}

void BlendCases::addUser(std::int64_t id, std::vector<std::int32_t> masked,
                         std::vector<RelevantItem> relevant)
{
    m_users.push_back({id, std::move(masked), std::move(relevant), {}, {}});
}

void BlendCases::setScores(std::vector<std::vector<float>> scores)
{
    User &user = m_users.back();
    for (std::vector<float> &row : scores) {
        scaleScores(row, m_candidates);
        const auto best = bestItems(row, m_candidates, user.masked, m_pool);
        user.items.insert(user.items.end(), best.begin(), best.end());
    }
    std::sort(user.items.begin(), user.items.end());
    user.items.erase(std::unique(user.items.begin(), user.items.end()), user.items.end());
    user.scores.clear();
    for (const std::vector<float> &row : scores) {
        for (const std::int32_t item : user.items) {
            user.scores.push_back(row[static_cast<std::size_t>(item)]);
        }
    }
}

const std::vector<RelevantItem> &BlendCases::relevantOf(std::size_t user) const noexcept
{
    return m_users[user].relevant;
}

std::vector<std::int32_t> BlendCases::list(std::size_t user, std::span<const double> weights,
                                           std::size_t top) const
{
    const User &of = m_users[user];
    std::vector<float> scores(of.items.size(), 0.0F);
    for (std::size_t c = 0; c < weights.size(); ++c) {
        if (weights[c] > 0) {
            const float *from = of.scores.data() + c * of.items.size();
            for (std::size_t i = 0; i < scores.size(); ++i) {
                scores[i] += static_cast<float>(weights[c]) * from[i];
            }
        }
    }
    auto list = bestItems(scores, scores.size(), {}, top);
    for (std::int32_t &place : list) {
        place = of.items[static_cast<std::size_t>(place)];
    }
    return list;
}

std::vector<double> BlendWeights::weights() const
{
    std::vector<double> all;
    for (const BlendMember &member : members) {
        all.push_back(member.weight);
    }
    return all;
}

Result<BlendWeights> fitBlendWeights(const BlendCases &cases, const BlendFitOptions &options,
                                     const Task &task,
                                     std::optional<std::span<const std::size_t>> only)
{
    std::vector<std::size_t> users;
    if (only) {
        users.assign(only->begin(), only->end());
    } else {
        users.resize(cases.users());
        std::iota(users.begin(), users.end(), std::size_t{0});
    }
    if (users.empty()) {
        return lastAlone(cases.members());
    }
    Search search(cases, options, task, std::move(users));
    if (const Status done = search.run(); !done) {
        return done.error();
    }
    return search.told();
}

} // namespace perennial
