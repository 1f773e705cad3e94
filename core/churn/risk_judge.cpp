#include "core/churn/risk_judge.h"

#include "core/features/calibration.h"
#include "core/features/chance_figures.h"
#include "core/survival/concordance.h"
#include "core/survival/ipcw_brier.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

namespace perennial {

namespace {

constexpr int kBins = 10;
constexpr std::size_t kMostPoints = 200; ///< of a curve
constexpr int kMostReplicates = 100'000;
constexpr std::string_view kTimedBrier = "ipcw_brier", kConcordance = "c_index";

using FigureOf = std::optional<double> ChanceFigures::*;
/// The figures of one pass; those after kRanking need probabilities.
constexpr std::array kFigures{
    std::pair<std::string_view, FigureOf>{"auc", &ChanceFigures::auc},
    std::pair<std::string_view, FigureOf>{"average_precision", &ChanceFigures::averagePrecision},
    std::pair<std::string_view, FigureOf>{"log_loss", &ChanceFigures::logLoss},
    std::pair<std::string_view, FigureOf>{"brier", &ChanceFigures::brier},
    std::pair<std::string_view, FigureOf>{"ece", &ChanceFigures::ece},
    std::pair<std::string_view, FigureOf>{"bias", &ChanceFigures::bias},
};
constexpr std::size_t kRanking = 2;

/// A method's users from the lowest risk up, so that each replicate costs one pass.
class SortedRisks {
public:
    SortedRisks(const JudgedUsers &users, std::span<const double> risk) : m_order(orderedBy(risk))
    {
        for (const std::size_t k : m_order) {
            m_risk.push_back(risk[k]);
            m_churned.push_back(users.churned[k]);
        }
    }
    /// @param weight of each judged user; empty = once.
    ChanceFigures figures(std::span<const double> weight) const
    {
        std::vector<double> sorted;
        if (!weight.empty()) {
            sorted.reserve(m_order.size());
            for (const std::size_t k : m_order) {
                sorted.push_back(weight[k]);
            }
        }
        return chanceFigures(m_risk, m_churned, sorted, kBins);
    }
    std::vector<CalibrationBin> bins() const
    {
        return calibrationBins(m_risk, m_churned, {}, kBins);
    }

private:
    std::vector<std::size_t> m_order;
    std::vector<double> m_risk, m_churned;
};

std::vector<RiskBin> riskBins(const SortedRisks &risks, double level)
{
    std::vector<RiskBin> rows;
    for (const CalibrationBin &bin : risks.bins()) {
        const double share = bin.happened / bin.mass;
        rows.push_back(
            {bin.cases, bin.predicted / bin.mass, share, wilsonInterval(share, bin.mass, level)});
    }
    return rows;
}

std::vector<TargetingPoint> thinned(const std::vector<TargetingPoint> &points)
{
    std::vector<TargetingPoint> kept;
    const std::size_t every = (points.size() + kMostPoints - 1) / kMostPoints;
    for (std::size_t k = 0; k < points.size(); k += every) {
        kept.push_back(points[k]);
    }
    if (!points.empty() && (points.size() - 1) % every != 0) {
        kept.push_back(points.back());
    }
    return kept;
}

/// What comes of taking the highest risks first; nothing where nobody left.
void addTargeting(TrialMethod &row, std::span<const std::int8_t> left, std::span<const double> risk)
{
    if (const auto gains = gainTable(risk, left, {}, kBins)) {
        row.gains = *gains;
    }
    if (const auto curve = precisionRecall(risk, left)) {
        row.precisionRecall = thinned(curve->points);
    }
}

/// The figures that know when somebody ordered.
struct TimedFigures {
    std::optional<double> brier, concordance;
};

TimedFigures timedFigures(const JudgedUsers &users, std::span<const double> risk,
                          bool isProbability)
{
    TimedFigures figures;
    if (users.days.empty()) {
        return figures;
    }
    std::vector<std::int8_t> ordered;
    std::vector<double> sooner; // the higher the sooner an order
    for (std::size_t k = 0; k < risk.size(); ++k) {
        ordered.push_back(users.churned[k] == 0 ? 1 : 0);
        sooner.push_back(-risk[k]);
    }
    if (const auto pairs = concordance(users.days, ordered, sooner)) {
        figures.concordance = pairs->index();
    }
    const auto weights = censoringWeights(users.days, ordered);
    if (isProbability && weights) {
        const auto brier = ipcwBrier(users.days, ordered, risk, users.windowDays, *weights);
        figures.brier = brier ? std::optional(*brier) : std::nullopt;
    }
    return figures;
}

/// The figures of all methods that have risks: [figure][method].
using Replicates = std::array<std::vector<FigureReplicates>, kFigures.size()>;

Result<Replicates> replicatesOf(const JudgedUsers &users, const std::vector<SortedRisks> &risks,
                                const TrialOptions &options, const Task &task)
{
    Replicates replicates;
    replicates.fill(std::vector<FigureReplicates>(risks.size()));
    for (int r = 0; r <= options.replicates; ++r) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        task.progress(static_cast<double>(r) / (options.replicates + 1), "judging");
        // the first is the figure itself
        const std::vector<double> weight =
            r == 0 ? std::vector<double>() : userWeights(users.user, options.seed, r - 1);
        for (std::size_t m = 0; m < risks.size(); ++m) {
            const ChanceFigures figures = risks[m].figures(weight);
            for (std::size_t f = 0; f < kFigures.size(); ++f) {
                replicates[f][m].push_back(figures.*kFigures[f].second);
            }
        }
    }
    return replicates;
}

/// Fills a figure of each method that gives it, compared with each other.
void addFigure(std::size_t f, std::vector<TrialMethod *> &judged,
               const std::vector<FigureReplicates> &replicates, double level)
{
    std::vector<ScoredFigure> scored(judged.size());
    std::vector<ScoredFigure *> rows;
    std::vector<FigureReplicates> theirs;
    for (std::size_t m = 0; m < judged.size(); ++m) {
        if (f < kRanking || judged[m]->isProbability) {
            rows.push_back(&scored[m]);
            theirs.push_back(replicates[m]);
        }
    }
    const std::string_view name = kFigures[f].first;
    compareFigures(
        rows, theirs, [name](double value) { return distanceFromPerfectRisk(name, value); }, level);
    for (std::size_t m = 0; m < judged.size(); ++m) {
        if (f < kRanking || judged[m]->isProbability) {
            judged[m]->figures.push_back({std::string(name), scored[m]});
        }
    }
}

} // namespace

std::int64_t JudgedUsers::leavers() const
{
    return std::ranges::count(churned, 1.0);
}

std::vector<std::string_view> trialFigureNames(bool isProbability)
{
    std::vector<std::string_view> names;
    for (std::size_t f = 0; f < (isProbability ? kFigures.size() : kRanking); ++f) {
        names.push_back(kFigures[f].first);
    }
    if (isProbability) {
        names.push_back(kTimedBrier);
    }
    names.push_back(kConcordance);
    return names;
}

double distanceFromPerfectRisk(std::string_view figure, double value) noexcept
{
    if (figure == "bias") {
        return std::abs(value);
    }
    const bool isLoss =
        figure == "log_loss" || figure == "brier" || figure == "ece" || figure == kTimedBrier;
    return isLoss ? value : 1.0 - value;
}

const TrialFigure *TrialMethod::figure(std::string_view figureName) const noexcept
{
    const auto found = std::ranges::find(figures, figureName, &TrialFigure::name);
    return found == figures.end() ? nullptr : &*found;
}

Status checkTrial(const TrialOptions &options)
{
    if (options.replicates < 0 || options.replicates > kMostReplicates) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.replicates), "replicates");
    }
    if (!(options.level > 0.0 && options.level < 1.0)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.level), "level");
    }
    return Done{};
}

Result<std::vector<TrialMethod>> judgeRisks(const JudgedUsers &users,
                                            const std::vector<JudgedMethod> &methods,
                                            const TrialOptions &options, const Task &task)
{
    std::vector<TrialMethod> rows;
    std::vector<SortedRisks> risks;
    std::vector<TimedFigures> timed;
    std::vector<TrialMethod *> judged;
    rows.reserve(methods.size()); // `judged` points into it
    const std::vector<std::int8_t> left(users.churned.begin(), users.churned.end());
    for (const JudgedMethod &method : methods) {
        TrialMethod &row = rows.emplace_back();
        row.name = method.name;
        row.isProbability = method.isProbability;
        row.problem = method.problem;
        if (method.problem) {
            continue;
        }
        const SortedRisks &sorted = risks.emplace_back(users, method.risk);
        addTargeting(row, left, method.risk);
        if (method.isProbability) {
            row.bins = riskBins(sorted, options.level);
        }
        timed.push_back(timedFigures(users, method.risk, method.isProbability));
        judged.push_back(&row);
    }
    const auto replicates = replicatesOf(users, risks, options, task);
    if (!replicates) {
        return replicates.error();
    }
    for (std::size_t f = 0; f < kFigures.size(); ++f) {
        addFigure(f, judged, (*replicates)[f], options.level);
    }
    for (std::size_t m = 0; m < judged.size(); ++m) {
        const auto add = [&](std::string_view name, std::optional<double> value) {
            TrialFigure &figure = judged[m]->figures.emplace_back();
            figure.name = name;
            figure.figure.value = value;
        };
        if (judged[m]->isProbability) {
            add(kTimedBrier, timed[m].brier);
        }
        add(kConcordance, timed[m].concordance);
    }
    return rows;
}

} // namespace perennial
