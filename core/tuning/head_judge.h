#pragma once

#include "core/behavior/answers.h"
#include "core/forecast/accuracy.h"
#include "core/numeric/bootstrap.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace perennial {

/// Users with a like chance, and how many of them it came true for.
struct ReliabilityBin {
    std::int64_t users = 0;
    double predicted = 0; ///< mean chance
    double observed = 0;  ///< share
    Interval interval;    ///< Wilson's, of the share
};

/// Figures of each kind of answer, in order.
/// rank: hr10, ndcg10, mrr. chance: auc, log_loss, brier, ece, bias (Σ chances / Σ happened − 1).
/// amount: mae, rmse, bias, spearman, norm_gini, decile_mape, as accuracy.h has them.
std::span<const std::string_view> figureNames(AnswerKind kind) noexcept;
/// How far from perfect a value is, the smaller the better.
double distanceFromBest(std::string_view figure, double value) noexcept;

/// One head's answers, sorted once, so that each bootstrap replicate costs one pass.
class HeadJudge {
public:
    /// @param among places in `answers.user` that count; those not judged by the head are left out.
    HeadJudge(const JudgedAnswers &answers, const HeadAnswers &head,
              std::span<const std::uint32_t> among);
    ~HeadJudge();
    HeadJudge(HeadJudge &&) noexcept;

    AnswerKind kind() const noexcept { return m_kind; }
    const std::vector<std::int64_t> &users() const noexcept { return m_user; }
    std::int64_t positives() const noexcept; ///< chance: for how many it came true

    /// In the order of figureNames; empty where the answers give none, as AUC where all are alike.
    /// @param weight how often each of users() counts; empty = once. Cost O(n).
    /// AUC: ties count half (Hanley & McNeil 1982, Radiology 143(1)). Log loss: chances are kept 1e-7
    /// from 0 and 1. Brier (1950), Monthly Weather Review 78(1). ECE: Σ over ten bins of equal mass of
    /// their share × |mean chance − share that happened|; users with one chance share a bin
    /// (Naeini, Cooper & Hauskrecht 2015, AAAI; bins of equal mass: Nixon et al. 2019, CVPR-W).
    std::vector<std::optional<double>> figures(std::span<const double> weight = {}) const;

    /// The bins of ECE, the lowest chances first; empty but for chances.
    /// @param level of the intervals. Source: Wilson (1927), JASA 22(158).
    std::vector<ReliabilityBin> reliability(double level) const;
    /// The ECE that true chances would show by luck: its mean and its `level` quantile over draws of
    /// what happens. Source: Bröcker & Smith (2007), Weather and Forecasting 22(3), "consistency
    /// resampling". Empty but for chances.
    struct Chance {
        double mean = 0, upper = 0;
    };
    std::optional<Chance> errorByChance(int draws, double level, std::uint64_t seed) const;
    /// Tenths by prediction; empty but for amounts.
    std::vector<DecileRow> deciles() const;

private:
    std::vector<std::optional<double>> rankFigures(std::span<const double> weight) const;
    std::vector<std::optional<double>> chanceFigures(std::span<const double> weight) const;

    AnswerKind m_kind;
    std::vector<std::int64_t> m_user;
    std::vector<double> m_predicted, m_actual; ///< chances ascending
    std::unique_ptr<Judge> m_amounts;
};

} // namespace perennial
