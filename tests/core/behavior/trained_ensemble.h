#pragma once

#include "core/behavior/model.h"
#include "core/behavior/train.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

namespace perennial::test {

inline constexpr int kDays = 160;
inline constexpr int kMembers = 3;

inline BehaviorConfig smallConfig(std::int64_t seed, int members)
{
    BehaviorConfig config;
    config.device = "cpu";
    config.seed = seed;
    config.ensemble = members;
    config.horizonDays = 45;
    config.dimension = 16;
    config.sequenceLength = 12;
    config.batchSize = 64;
    config.epochs = 2;
    config.learningRate = 0.01;
    config.refitEpochs = 0;
    return config;
}

/// Customers who look before they buy, at most times.
inline std::vector<PlainEvent> shopEvents(int users = 220, std::uint32_t items = 50)
{
    Rng rng(9);
    std::vector<PlainEvent> events;
    for (const PlainEvent &bought : customerEvents(users, kDays, true)) {
        PlainEvent event = bought;
        event.item = "i" + std::to_string(rng.below(items));
        if (rng.below(3) > 0) {
            PlainEvent seen = event;
            seen.kind = EventKind::View;
            seen.at -= 3600 * (1 + rng.below(60));
            seen.amount = 0;
            events.push_back(seen);
        }
        events.push_back(event);
    }
    std::erase_if(events, [](const PlainEvent &event) { return event.at < 0; });
    return events;
}

/// A training and what it said of the validation window.
struct Trained {
    TrainReport report;
    std::vector<ValidationRow> rows;
    std::vector<std::vector<float>> itemScores; ///< of the first users
};

inline constexpr std::size_t kAsked = 30;

inline Trained trained(Project &project, const BehaviorConfig &config)
{
    Trained made;
    TrainHooks hooks;
    hooks.onValidated = [&](const ValidationSet &set) -> Result<std::string> {
        made.rows = set.rows;
        std::vector<std::int64_t> users;
        for (std::size_t k = 0; k < kAsked; ++k) {
            users.push_back(set.rows[k].user);
        }
        made.itemScores = *set.itemScores(users);
        return std::string("{}");
    };
    made.report = trainBehaviorModel(project, config, hooks, {}).value();
    return made;
}

inline double meanOf(std::initializer_list<double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

inline double logMean(std::initializer_list<float> logs)
{
    double sum = 0;
    for (const float log : logs) {
        sum += std::exp(static_cast<double>(log));
    }
    return std::log(sum / static_cast<double>(logs.size()));
}

inline bool near(double a, double b, double tolerance = 1e-12)
{
    return a == b || std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

/// A project with three runs of seeds in a row, and the ensemble of the three.
struct TrainedEnsemble {
    TrainedEnsemble()
    {
        m_fixture.add(shopEvents());
        for (int k = 0; k < kMembers; ++k) {
            single[k] = trained(project(), smallConfig(4 + k, 1));
        }
        all = trained(project(), smallConfig(4, kMembers));
    }
    Project &project() { return m_fixture.project(); }
    BehaviorModel modelOf(const Trained &of)
    {
        return BehaviorModel::load(project(), of.report.run, of.report.split.until, {}).value();
    }

    Trained single[kMembers], all;

private:
    ProjectFixture m_fixture;
};

} // namespace perennial::test
