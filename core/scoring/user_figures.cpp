#include "core/scoring/user_figures.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr std::array kCoarseSteps{1.0, 2.0, 5.0};
constexpr std::array kFineSteps{1.0, 1.5, 2.0, 3.0, 5.0, 7.0};

/// 10^exponent; exact for small exponents, where std::pow may be off by a last bit.
double decade(int exponent)
{
    double power = 1.0;
    for (int i = 0; i < std::abs(exponent); ++i) {
        power *= 10.0;
    }
    return exponent < 0 ? 1.0 / power : power;
}

/// Edges over [low, high], both > 0: the last edge is past `high`.
std::vector<double> logEdges(double low, double high)
{
    const int first = static_cast<int>(std::floor(std::log10(low))) - 1;
    const int last = static_cast<int>(std::ceil(std::log10(high))) + 1;
    const bool fine = std::log10(high / low) < 4.0;
    const std::span<const double> steps =
        fine ? std::span<const double>(kFineSteps) : std::span<const double>(kCoarseSteps);
    std::vector<double> edges;
    for (int exponent = first; exponent <= last; ++exponent) {
        for (const double step : steps) {
            edges.push_back(step * decade(exponent));
        }
    }
    const auto from = std::upper_bound(edges.begin(), edges.end(), low) - 1;
    const auto to = std::upper_bound(edges.begin(), edges.end(), high);
    return {from, to + 1};
}

std::vector<double> valuesOf(std::span<const UserState> states, ValueKind kind,
                             double margin = 1.0)
{
    std::vector<double> values;
    values.reserve(states.size());
    for (const UserState &state : states) {
        const std::optional<double> value = valueOf(state, kind, margin);
        if (value && std::isfinite(*value)) {
            values.push_back(*value);
        }
    }
    return values;
}

std::vector<FigureBin> logBins(const std::vector<double> &positive)
{
    if (positive.empty()) {
        return {};
    }
    const auto [low, high] = std::minmax_element(positive.begin(), positive.end());
    const std::vector<double> edges = logEdges(*low, *high);
    std::vector<FigureBin> bins;
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        bins.push_back({edges[i], edges[i + 1], 0, 0});
    }
    for (const double value : positive) {
        const auto next = std::upper_bound(edges.begin(), edges.end(), value);
        FigureBin &bin = bins[static_cast<std::size_t>(next - edges.begin() - 1)];
        ++bin.users;
        bin.sum += value;
    }
    return bins;
}

/// @param values ascending, none below 0.
std::vector<Decile> decilesOf(const std::vector<double> &values, double total)
{
    const std::size_t n = values.size();
    const std::size_t groups = std::min<std::size_t>(10, n);
    std::vector<Decile> deciles;
    double cumulative = 0;
    for (std::size_t g = 0; g < groups; ++g) {
        Decile decile;
        decile.rank = static_cast<int>(g) + 1;
        const std::size_t begin = n * g / groups;
        const std::size_t end = n * (g + 1) / groups;
        for (std::size_t i = begin; i < end; ++i) {
            decile.total += values[n - 1 - i];
        }
        decile.users = static_cast<std::int64_t>(end - begin);
        decile.mean = decile.total / static_cast<double>(decile.users);
        cumulative += decile.total;
        if (total > 0) {
            decile.share = decile.total / total;
            decile.cumulativeShare = std::min(1.0, cumulative / total);
        }
        deciles.push_back(decile);
    }
    return deciles;
}

/// @param values ascending, none below 0.
std::vector<LorenzPoint> lorenzOf(const std::vector<double> &values, double total)
{
    const std::size_t n = values.size();
    std::vector<LorenzPoint> points{{0, 0}};
    double cumulative = 0;
    std::size_t taken = 0;
    const std::size_t steps = std::min<std::size_t>(100, n);
    for (std::size_t step = 1; step <= steps; ++step) {
        for (; taken < n * step / steps; ++taken) {
            cumulative += values[taken];
        }
        points.push_back({static_cast<double>(taken) / static_cast<double>(n),
                          total > 0 ? std::min(1.0, cumulative / total) : 0.0});
    }
    if (total > 0) {
        points.back().value = 1.0; // rounding of the sum must not leave the curve open
    }
    return points;
}

/// Source: the rank form, G = 2 Σ i·v_i / (n Σ v) − (n + 1) / n, v ascending.
double giniOf(const std::vector<double> &values, double total)
{
    if (total <= 0) {
        return 0;
    }
    const double n = static_cast<double>(values.size());
    double weighted = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        weighted += (static_cast<double>(i) + 1.0) * values[i];
    }
    return std::max(0.0, 2.0 * weighted / (n * total) - (n + 1.0) / n);
}

} // namespace

std::optional<double> valueOf(const UserState &state, ValueKind kind, double margin) noexcept
{
    switch (kind) {
    case ValueKind::Realised:
        return state.realised;
    case ValueKind::Predicted:
        return state.predictedValue;
    case ValueKind::Ltv:
        return state.realised * margin + state.predictedValue.value_or(0.0);
    }
    return std::nullopt;
}

std::array<StageFigures, kStageCount> stageFigures(std::span<const UserState> states)
{
    std::array<StageFigures, kStageCount> figures;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        figures[i].stage = kStages[i];
    }
    for (const UserState &state : states) {
        StageFigures &figure = figures[static_cast<std::size_t>(state.stage)];
        ++figure.users;
        figure.realised += state.realised;
        figure.predicted += state.predictedValue.value_or(0.0);
    }
    for (StageFigures &figure : figures) {
        if (!states.empty()) {
            figure.share = static_cast<double>(figure.users) / static_cast<double>(states.size());
        }
    }
    return figures;
}

ValueDistribution valueDistribution(std::span<const UserState> states, ValueKind kind,
                                    double margin)
{
    ValueDistribution distribution;
    distribution.users = static_cast<std::int64_t>(states.size());
    const std::vector<double> values = valuesOf(states, kind, margin);
    distribution.none = distribution.users - static_cast<std::int64_t>(values.size());
    std::vector<double> positive;
    positive.reserve(values.size());
    for (const double value : values) {
        distribution.total += value;
        if (std::abs(value) < kZeroValue) {
            ++distribution.zero;
        } else if (value < 0) {
            ++distribution.negative;
            distribution.negativeSum += value;
        } else {
            positive.push_back(value);
        }
    }
    distribution.bins = logBins(positive);
    return distribution;
}

std::vector<double> valueQuantiles(std::span<const UserState> states, ValueKind kind,
                                   std::span<const double> shares, double margin)
{
    std::vector<double> values = valuesOf(states, kind, margin);
    if (values.empty()) {
        return {};
    }
    std::sort(values.begin(), values.end());
    std::vector<double> quantiles;
    for (const double share : shares) {
        const double at = std::clamp(share, 0.0, 1.0) * static_cast<double>(values.size() - 1);
        const auto below = static_cast<std::size_t>(at);
        const std::size_t above = std::min(below + 1, values.size() - 1);
        quantiles.push_back(std::lerp(values[below], values[above], at - std::floor(at)));
    }
    return quantiles;
}

ShareDistribution churnRiskDistribution(std::span<const UserState> states, int binCount)
{
    ShareDistribution distribution;
    distribution.users = static_cast<std::int64_t>(states.size());
    const auto count = static_cast<std::size_t>(std::max(1, binCount));
    for (std::size_t i = 0; i < count; ++i) {
        const double width = 1.0 / static_cast<double>(count);
        distribution.bins.push_back({static_cast<double>(i) * width,
                                     i + 1 == count ? 1.0 : static_cast<double>(i + 1) * width, 0,
                                     0});
    }
    double sum = 0;
    std::int64_t known = 0;
    for (const UserState &state : states) {
        if (!state.churnRisk || !std::isfinite(*state.churnRisk)) {
            ++distribution.none;
            continue;
        }
        const double risk = std::clamp(*state.churnRisk, 0.0, 1.0);
        const auto index = static_cast<std::size_t>(risk * static_cast<double>(count));
        FigureBin &bin = distribution.bins[std::min(index, count - 1)];
        ++bin.users;
        bin.sum += risk;
        sum += risk;
        ++known;
    }
    if (known > 0) {
        distribution.mean = sum / static_cast<double>(known);
    }
    return distribution;
}

AtRisk atRisk(std::span<const UserState> states)
{
    AtRisk result;
    for (const UserState &state : states) {
        if (state.churnRisk && *state.churnRisk >= kHighRisk) {
            ++result.users;
            result.predicted += state.predictedValue.value_or(0.0);
        }
    }
    return result;
}

Concentration concentration(std::span<const UserState> states, ValueKind kind)
{
    Concentration result;
    std::vector<double> values = valuesOf(states, kind);
    result.users = static_cast<std::int64_t>(values.size());
    for (double &value : values) {
        if (value < 0) {
            ++result.raised;
            value = 0;
        }
        result.total += value;
    }
    if (values.empty()) {
        return result;
    }
    std::sort(values.begin(), values.end());
    result.gini = giniOf(values, result.total);
    result.deciles = decilesOf(values, result.total);
    result.lorenz = lorenzOf(values, result.total);
    return result;
}

std::vector<std::int64_t> mostValuable(std::span<const UserState> states, ValueKind kind,
                                       double share)
{
    std::vector<std::pair<double, std::int64_t>> users;
    for (const UserState &state : states) {
        const std::optional<double> value = valueOf(state, kind);
        if (value && std::isfinite(*value)) {
            users.emplace_back(*value, state.user);
        }
    }
    std::stable_sort(users.begin(), users.end(),
                     [](const auto &a, const auto &b) { return a.first > b.first; });
    const double count = std::round(std::clamp(share, 0.0, 1.0) * static_cast<double>(users.size()));
    std::vector<std::int64_t> ids;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        ids.push_back(users[i].second);
    }
    return ids;
}

} // namespace perennial
