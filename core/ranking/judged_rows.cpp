#include "core/ranking/judged_rows.h"

namespace perennial {

namespace {

FigureReplicates replicatesOf(const UserFigures &figures, std::size_t metric,
                              const std::vector<std::vector<double>> &weights)
{
    FigureReplicates replicates;
    for (const std::vector<double> &weight : weights) {
        double sum = 0, users = 0;
        for (std::size_t k = 0; k < figures.size(); ++k) {
            const double w = weight.empty() ? 1.0 : weight[k];
            sum += w * figures[k][metric];
            users += w;
        }
        replicates.push_back(users > 0 ? std::optional(sum / users) : std::nullopt);
    }
    return replicates;
}

/// Weights of the figure itself (none), then of each bootstrap replicate.
std::vector<std::vector<double>> replicateWeights(std::span<const std::int64_t> users,
                                                  const RankingTestOptions &options)
{
    std::vector<std::vector<double>> weights(1);
    for (int b = 1; b <= options.replicates; ++b) {
        weights.push_back(userWeights(users, options.seed, b));
    }
    return weights;
}

void compareRows(const std::vector<RankingRow *> &rows, const std::vector<UserFigures> &figures,
                 std::span<const std::int64_t> users, const RankingTestOptions &options)
{
    const auto weights = replicateWeights(users, options);
    for (std::size_t m = 0; m < kRankingMetrics.size(); ++m) {
        std::vector<ScoredFigure *> scored;
        std::vector<FigureReplicates> replicates;
        for (std::size_t r = 0; r < rows.size(); ++r) {
            scored.push_back(&rows[r]->figures[m]);
            replicates.push_back(replicatesOf(figures[r], m, weights));
        }
        compareFigures(scored, replicates, [](double value) { return -value; }, options.level);
    }
}

} // namespace

Status judgeAll(RankingTestResult &result, std::span<const std::int64_t> users,
                std::span<const UserScorer *const> scorers, const JudgeRanker &judgeRanker,
                const JudgeScorer &judgeScorer, const Task &task)
{
    const std::vector<std::string> &models = result.options.models;
    std::vector<const Ranker *> rankers;
    for (const std::string &model : models) {
        const auto ranker = findRanker(model);
        if (!ranker) {
            return ranker.error();
        }
        rankers.push_back(*ranker);
    }
    result.rows.resize(models.size() + scorers.size());
    std::vector<RankingRow *> sound;
    std::vector<UserFigures> figures;
    const double count = static_cast<double>(result.rows.size());
    for (std::size_t r = 0; r < result.rows.size(); ++r) {
        RankingRow &row = result.rows[r];
        const bool own = r < models.size();
        row.model = own ? models[r] : scorers[r - models.size()]->name();
        task.progress(static_cast<double>(r) / count, row.model);
        const Task part = task.part(static_cast<double>(r) / count,
                                    static_cast<double>(r + 1) / count);
        auto ran = own ? judgeRanker(*rankers[r], row, part)
                       : judgeScorer(*scorers[r - models.size()], row, part);
        if (ran) {
            sound.push_back(&row);
            figures.push_back(std::move(*ran));
        } else if (ran.error().code == ErrorCode::Cancelled) {
            return ran.error();
        } else {
            row.error = ran.error();
        }
    }
    compareRows(sound, figures, users, result.options);
    return Done{};
}

} // namespace perennial
