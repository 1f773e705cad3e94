#include "core/scoring/truth_error.h"

#include "core/value/discounting.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

/// ∫₀ᴴ e^(-rate s) ds
double lasting(double rate, double days)
{
    return rate * days < 1e-12 ? days : -std::expm1(-rate * days) / rate;
}

double discountedTruth(const TruthUser &user, double force, int horizonDays)
{
    const double value = horizonDays == 180 ? user.expectedValue180 : user.expectedValue365;
    return value * lasting(user.dropoutPerDay + force, horizonDays) /
           lasting(user.dropoutPerDay, horizonDays);
}

/// States and truth of the same users.
struct Compared {
    std::vector<double> predicted, actual, pAlive;
    std::vector<bool> alive; ///< of those with a P(alive)
    bool anyPrediction = false;
};

Compared match(std::span<const UserState> states, std::span<const TruthUser> truth,
               const UserStateLabel &label)
{
    const double force = discountForce(label.discountPerYear, Period::Day);
    Compared compared;
    auto state = states.begin();
    for (const TruthUser &user : truth) {
        while (state != states.end() && state->user < user.user) {
            ++state;
        }
        if (state == states.end() || state->user != user.user) {
            continue;
        }
        compared.predicted.push_back(state->predictedValue.value_or(0));
        compared.actual.push_back(label.margin *
                                  discountedTruth(user, force, label.horizonDays));
        compared.anyPrediction = compared.anyPrediction || state->predictedValue;
        if (state->pAlive) {
            compared.pAlive.push_back(*state->pAlive);
            compared.alive.push_back(user.alive);
        }
    }
    return compared;
}

} // namespace

std::vector<double> averageRanks(const std::vector<double> &values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last < order.size() && values[order[last]] == values[order[first]]) {
            ++last;
        }
        const double rank = static_cast<double>(first + last + 1) / 2;
        for (; first < last; ++first) {
            ranks[order[first]] = rank;
        }
    }
    return ranks;
}

double spearman(const std::vector<double> &a, const std::vector<double> &b)
{
    const std::vector<double> x = averageRanks(a);
    const std::vector<double> y = averageRanks(b);
    const double mean = (static_cast<double>(x.size()) + 1) / 2;
    double xy = 0, xx = 0, yy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - mean) * (y[i] - mean);
        xx += (x[i] - mean) * (x[i] - mean);
        yy += (y[i] - mean) * (y[i] - mean);
    }
    return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

std::optional<double> areaUnderRoc(const std::vector<double> &scores,
                                   const std::vector<bool> &positive)
{
    const std::vector<double> ranks = averageRanks(scores);
    double sum = 0, positives = 0;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        if (positive[i]) {
            sum += ranks[i];
            positives += 1;
        }
    }
    const double negatives = static_cast<double>(ranks.size()) - positives;
    if (positives == 0 || negatives == 0) {
        return std::nullopt;
    }
    return (sum - positives * (positives + 1) / 2) / (positives * negatives);
}

std::optional<TruthError> compareWithTruth(std::span<const UserState> states,
                                           std::span<const TruthUser> truth,
                                           const UserStateLabel &label)
{
    if (label.horizonDays != 180 && label.horizonDays != 365) {
        return std::nullopt;
    }
    const Compared compared = match(states, truth, label);
    if (compared.predicted.empty() || !compared.anyPrediction) {
        return std::nullopt;
    }
    TruthError error;
    error.users = static_cast<std::int64_t>(compared.predicted.size());
    double absolute = 0;
    for (std::size_t i = 0; i < compared.predicted.size(); ++i) {
        error.predictedTotal += compared.predicted[i];
        error.trueTotal += compared.actual[i];
        absolute += std::abs(compared.predicted[i] - compared.actual[i]);
    }
    error.mae = absolute / static_cast<double>(error.users);
    error.bias = error.trueTotal != 0 ? error.predictedTotal / error.trueTotal - 1 : 0;
    error.spearman = spearman(compared.predicted, compared.actual);
    error.aucAlive = areaUnderRoc(compared.pAlive, compared.alive);
    return error;
}

} // namespace perennial
