#include "core/forecast/accuracy.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

constexpr std::size_t kGroups = 10;

double weightOf(std::span<const double> weight, std::size_t row)
{
    return weight.empty() ? 1.0 : weight[row];
}

std::vector<std::uint32_t> descending(std::span<const double> values)
{
    std::vector<std::uint32_t> order(values.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return values[a] > values[b]; });
    return order;
}

/// The group of a row with weight w after rows of weight `before`, of n in all: by the middle of the
/// ranks that it holds.
std::size_t groupAt(double before, double w, double n)
{
    const double middle = (before + 0.5 * w) / n * static_cast<double>(kGroups);
    return std::min(kGroups - 1, static_cast<std::size_t>(middle));
}

/// Calls `group(begin, end, weight)` for each run of equal keys along an order.
template <class Group>
void eachTie(const std::vector<std::uint32_t> &order, std::span<const double> key,
             std::span<const double> weight, Group group)
{
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        double total = 0.0;
        while (end < order.size() && key[order[end]] == key[order[begin]]) {
            total += weightOf(weight, order[end]);
            ++end;
        }
        group(begin, end, total);
        begin = end;
    }
}

/// Ranks from 1 = the largest; a row that counts w times holds w ranks, ties share their mean.
std::vector<double> ranksOf(const std::vector<std::uint32_t> &order, std::span<const double> key,
                            std::span<const double> weight)
{
    std::vector<double> ranks(order.size());
    double before = 0.0;
    eachTie(order, key, weight, [&](std::size_t begin, std::size_t end, double total) {
        for (std::size_t i = begin; i < end; ++i) {
            ranks[order[i]] = before + 0.5 * (total + 1.0);
        }
        before += total;
    });
    return ranks;
}

} // namespace

double sumOf(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

std::string_view metricName(Metric metric) noexcept
{
    switch (metric) {
    case Metric::Mae: return "mae";
    case Metric::Rmse: return "rmse";
    case Metric::Bias: return "bias";
    case Metric::Spearman: return "spearman";
    case Metric::NormGini: return "norm_gini";
    case Metric::DecileMape: return "decile_mape";
    }
    return {};
}

double distanceFromPerfect(Metric metric, double value) noexcept
{
    switch (metric) {
    case Metric::Bias: return std::abs(value);
    case Metric::Spearman:
    case Metric::NormGini: return 1.0 - value;
    default: return value;
    }
}

Judge::Judge(std::span<const double> predicted, std::span<const double> actual)
    : m_predicted(predicted), m_actual(actual), m_byPrediction(descending(predicted)),
      m_byActual(descending(actual))
{
}

std::optional<double> Judge::spearman(std::span<const double> weight) const
{
    const std::vector<double> a = ranksOf(m_byPrediction, m_predicted, weight);
    const std::vector<double> b = ranksOf(m_byActual, m_actual, weight);
    double n = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        n += weightOf(weight, i);
    }
    const double mean = 0.5 * (n + 1.0);
    double ab = 0.0;
    double aa = 0.0;
    double bb = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double w = weightOf(weight, i);
        ab += w * (a[i] - mean) * (b[i] - mean);
        aa += w * (a[i] - mean) * (a[i] - mean);
        bb += w * (b[i] - mean) * (b[i] - mean);
    }
    return aa > 0.0 && bb > 0.0 ? std::optional(ab / std::sqrt(aa * bb)) : std::nullopt;
}

double Judge::cumulativeGini(const std::vector<std::uint32_t> &order, std::span<const double> key,
                             std::span<const double> weight, double customers,
                             double total) const
{
    double cumulated = 0.0; // value of all better groups
    double area = 0.0;
    eachTie(order, key, weight, [&](std::size_t begin, std::size_t end, double w) {
        double value = 0.0;
        for (std::size_t i = begin; i < end; ++i) {
            value += weightOf(weight, order[i]) * m_actual[order[i]];
        }
        area += w * cumulated + 0.5 * value * (w + 1.0);
        cumulated += value;
    });
    return 2.0 / customers * area / total - 1.0;
}

MetricValues Judge::metrics(std::span<const double> weight) const
{
    double n = 0.0;
    double absolute = 0.0;
    double squared = 0.0;
    double predicted = 0.0;
    double actual = 0.0;
    for (std::size_t i = 0; i < m_actual.size(); ++i) {
        const double w = weightOf(weight, i);
        const double error = m_predicted[i] - m_actual[i];
        n += w;
        absolute += w * std::abs(error);
        squared += w * error * error;
        predicted += w * m_predicted[i];
        actual += w * m_actual[i];
    }
    MetricValues values;
    if (!(n > 0.0)) {
        return values;
    }
    const auto set = [&](Metric metric, std::optional<double> value) {
        values[static_cast<std::size_t>(metric)] = value;
    };
    set(Metric::Mae, absolute / n);
    set(Metric::Rmse, std::sqrt(squared / n));
    set(Metric::Spearman, spearman(weight));
    if (actual != 0.0) {
        set(Metric::Bias, predicted / actual - 1.0);
    }
    if (actual > 0.0) {
        const double perfect = cumulativeGini(m_byActual, m_actual, weight, n, actual);
        const double reached = cumulativeGini(m_byPrediction, m_predicted, weight, n, actual);
        // With one customer, or all alike, there is nothing to rank.
        set(Metric::NormGini, perfect - 1.0 / n > 1e-12 ? std::optional(reached / perfect)
                                                        : std::nullopt);
    }
    double sum = 0.0;
    double groups = 0.0;
    for (const DecileRow &row : deciles(weight)) {
        if (row.actual != 0.0) {
            sum += std::abs(row.predicted - row.actual) / std::abs(row.actual);
            groups += 1.0;
        }
    }
    if (groups > 0.0) {
        set(Metric::DecileMape, sum / groups);
    }
    return values;
}

std::vector<DecileRow> Judge::deciles(std::span<const double> weight) const
{
    double n = 0.0;
    for (std::size_t i = 0; i < m_actual.size(); ++i) {
        n += weightOf(weight, i);
    }
    std::vector<DecileRow> rows(kGroups);
    double before = 0.0;
    for (const std::uint32_t i : m_byPrediction) {
        const double w = weightOf(weight, i);
        if (w == 0.0) {
            continue;
        }
        DecileRow &row = rows[groupAt(before, w, n)];
        row.customers += w;
        row.predicted += w * m_predicted[i];
        row.actual += w * m_actual[i];
        before += w;
    }
    std::erase_if(rows, [](const DecileRow &row) { return row.customers == 0.0; });
    for (DecileRow &row : rows) {
        row.predicted /= row.customers;
        row.actual /= row.customers;
    }
    return rows;
}

std::vector<std::uint32_t> Judge::decileOf() const
{
    const std::size_t n = m_byPrediction.size();
    std::vector<std::uint32_t> decile(n);
    for (std::size_t rank = 0; rank < n; ++rank) {
        // Fewer customers than groups have a row each.
        const std::size_t row =
            n < kGroups ? rank : groupAt(static_cast<double>(rank), 1.0, static_cast<double>(n));
        decile[m_byPrediction[rank]] = static_cast<std::uint32_t>(row);
    }
    return decile;
}

} // namespace perennial
