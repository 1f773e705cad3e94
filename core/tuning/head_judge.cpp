#include "core/tuning/head_judge.h"

#include "core/features/calibration.h"
#include "core/features/chance_figures.h"
#include "core/base/rng.h"
#include "core/base/robust.h"
#include "core/numeric/proportions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

constexpr int kBins = 10;
constexpr double kListLength = 10;
constexpr std::uint64_t kLuckStream = 11;
constexpr std::array<std::string_view, 3> kRankFigures{"hr10", "ndcg10", "mrr"};
constexpr std::array<std::string_view, 5> kChanceFigures{"auc", "log_loss", "brier", "ece", "bias"};
const std::array<std::string_view, 6> kAmountFigures = [] {
    std::array<std::string_view, 6> names;
    std::ranges::transform(kMetrics, names.begin(), metricName);
    return names;
}();

double weightOf(std::span<const double> weight, std::size_t k)
{
    return weight.empty() ? 1.0 : weight[k];
}

} // namespace

std::span<const std::string_view> figureNames(AnswerKind kind) noexcept
{
    switch (kind) {
    case AnswerKind::Rank: return kRankFigures;
    case AnswerKind::Chance: return kChanceFigures;
    case AnswerKind::Amount: return kAmountFigures;
    }
    return {};
}

double distanceFromBest(std::string_view figure, double value) noexcept
{
    if (figure == "bias") {
        return std::abs(value);
    }
    const bool lessIsBetter = figure == "log_loss" || figure == "brier" || figure == "ece" ||
                              figure == "mae" || figure == "rmse" || figure == "decile_mape";
    return lessIsBetter ? value : 1.0 - value;
}

HeadJudge::HeadJudge(const JudgedAnswers &answers, const HeadAnswers &head,
                     std::span<const std::uint32_t> among)
    : m_kind(head.kind)
{
    std::vector<std::uint32_t> order;
    for (const std::uint32_t k : among) {
        if (head.predicted[k] >= 0) {
            order.push_back(k);
        }
    }
    if (m_kind == AnswerKind::Chance) {
        std::ranges::stable_sort(order, {}, [&](std::uint32_t k) { return head.predicted[k]; });
    }
    for (const std::uint32_t k : order) {
        m_user.push_back(answers.user[k]);
        m_predicted.push_back(static_cast<double>(head.predicted[k]));
        if (m_kind != AnswerKind::Rank) {
            m_actual.push_back(head.actual[k]);
        }
    }
    if (m_kind == AnswerKind::Amount) {
        m_amounts = std::make_unique<Judge>(m_predicted, m_actual);
    }
}

HeadJudge::~HeadJudge() = default;
HeadJudge::HeadJudge(HeadJudge &&) noexcept = default;

std::int64_t HeadJudge::positives() const noexcept
{
    return m_kind == AnswerKind::Chance ? std::ranges::count(m_actual, 1.0) : 0;
}

std::vector<std::optional<double>> HeadJudge::figures(std::span<const double> weight) const
{
    switch (m_kind) {
    case AnswerKind::Rank: return rankFigures(weight);
    case AnswerKind::Chance: return chanceFigures(weight);
    case AnswerKind::Amount: break;
    }
    if (m_user.empty()) {
        return std::vector<std::optional<double>>(kAmountFigures.size());
    }
    const MetricValues values = m_amounts->metrics(weight);
    return {values.begin(), values.end()};
}

std::vector<std::optional<double>> HeadJudge::rankFigures(std::span<const double> weight) const
{
    double n = 0, hits = 0, gain = 0, reciprocal = 0;
    for (std::size_t k = 0; k < m_predicted.size(); ++k) {
        const double w = weightOf(weight, k);
        const double rank = m_predicted[k];
        n += w;
        hits += rank <= kListLength ? w : 0.0;
        gain += rank <= kListLength ? w / std::log2(1.0 + rank) : 0.0;
        reciprocal += w / rank;
    }
    if (!(n > 0)) {
        return std::vector<std::optional<double>>(kRankFigures.size());
    }
    return {hits / n, gain / n, reciprocal / n};
}

std::vector<std::optional<double>> HeadJudge::chanceFigures(std::span<const double> weight) const
{
    const ChanceFigures f = perennial::chanceFigures(m_predicted, m_actual, weight, kBins);
    return {f.auc, f.logLoss, f.brier, f.ece, f.bias};
}

std::vector<ReliabilityBin> HeadJudge::reliability(double level) const
{
    std::vector<ReliabilityBin> bins;
    if (m_kind == AnswerKind::Chance) {
        for (const CalibrationBin &bin : calibrationBins(m_predicted, m_actual, {}, kBins)) {
            const double share = bin.happened / bin.mass;
            bins.push_back({bin.cases, bin.predicted / bin.mass, share,
                            wilsonInterval(share, bin.mass, level)});
        }
    }
    return bins;
}

std::optional<HeadJudge::Chance> HeadJudge::errorByChance(int draws, double level,
                                                          std::uint64_t seed) const
{
    if (m_kind != AnswerKind::Chance || m_user.empty() || draws < 1) {
        return std::nullopt;
    }
    Rng rng(seed, kLuckStream);
    std::vector<double> errors, happened(m_user.size());
    for (int draw = 0; draw < draws; ++draw) {
        for (std::size_t k = 0; k < happened.size(); ++k) {
            happened[k] = rng.uniform() < m_predicted[k] ? 1.0 : 0.0;
        }
        errors.push_back(calibrationError(calibrationBins(m_predicted, happened, {}, kBins)));
    }
    const double mean = std::accumulate(errors.begin(), errors.end(), 0.0) / draws;
    return Chance{mean, quantileOf(errors, level)};
}

std::vector<DecileRow> HeadJudge::deciles() const
{
    return m_amounts && !m_user.empty() ? m_amounts->deciles() : std::vector<DecileRow>{};
}

} // namespace perennial
