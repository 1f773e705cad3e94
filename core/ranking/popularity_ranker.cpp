#include "core/ranking/rankers.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

class FittedPopularity final : public FittedRanker {
public:
    explicit FittedPopularity(std::vector<float> counts) : m_counts(std::move(counts)) {}
    void score(const ItemRows &, Day, std::span<float> scores) const override
    {
        std::copy(m_counts.begin(), m_counts.end(), scores.begin());
    }

private:
    std::vector<float> m_counts;
};

class Popularity final : public Ranker {
public:
    Popularity(std::string name, const PopularityOptions &options)
        : m_name(std::move(name)), m_options(options)
    {
    }
    std::string_view name() const override { return m_name; }

    Result<Fitted> fit(const ItemHistory &history, Day at, const Task &task) const override
    {
        std::vector<double> counts(history.items(), 0.0);
        for (std::size_t k = 0; k < history.users(); ++k) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            for (const ProfileItem &p : profileOf(rowsOf(history, k))) {
                counts[static_cast<std::size_t>(p.item)] += weight(at - p.last);
            }
        }
        return Fitted(std::make_unique<FittedPopularity>(
            std::vector<float>(counts.begin(), counts.end())));
    }

private:
    double weight(Day daysAgo) const
    {
        if (m_options.lastDays && daysAgo >= *m_options.lastDays) {
            return 0.0;
        }
        return m_options.halfLifeDays ? std::exp2(-daysAgo / *m_options.halfLifeDays) : 1.0;
    }

    std::string m_name;
    PopularityOptions m_options;
};

} // namespace

std::unique_ptr<const Ranker> popularityRanker(std::string name, const PopularityOptions &options)
{
    return std::make_unique<Popularity>(std::move(name), options);
}

std::vector<float> profileWeights(const std::vector<ProfileItem> &profile, Day at,
                                  ProfileHalfLife halfLife)
{
    std::vector<float> weights;
    weights.reserve(profile.size());
    for (const ProfileItem &p : profile) {
        const double age = std::max(0, at - p.last);
        weights.push_back(halfLife ? static_cast<float>(std::exp2(-age / *halfLife)) : 1.0F);
    }
    return weights;
}

} // namespace perennial
