#pragma once

#include "core/base/task.h"
#include "core/scenario/draw_future.h"
#include "core/scenario/lever.h"
#include "core/scenario/scenario.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

/// A lever of a plan, ready to be pulled.
struct PreparedLever {
    const Lever *lever = nullptr;
    LeverSpec spec;
    StageSet stages;
    std::uint64_t key = 0; ///< of its effect's draws: its name and target, nothing else
};
struct PreparedScenario {
    std::vector<PreparedLever> levers;
};

/// Parameters and groups of one simulation; the draws are independent of each other.
struct Simulation {
    CustomerGroups groups;
    FutureSetting setting;
    std::vector<double> frequencyFit, spendFit;
    std::vector<std::vector<double>> frequencyDraws, spendDraws;
    std::vector<PreparedScenario> scenarios;
    std::uint64_t seed = 0;

    std::size_t draws() const { return frequencyDraws.size(); }
    std::span<const double> spendOf(std::size_t draw) const
    {
        return spendDraws.empty() ? std::span<const double>() : std::span(spendDraws[draw]);
    }
};

struct DrawnFigures {
    std::vector<Figures> baseline;               ///< per draw
    std::vector<std::vector<Figures>> scenarios; ///< [scenario][draw] differences
};

/// Pulls one lever: the change it makes, multiplied into that of every stage of its target.
void pull(const PreparedLever &lever, double effect, DrawFuture &future,
          std::array<FutureChange, kStageCount> &changes);
/// What one lever alone changes.
FutureChange changeBy(const PreparedLever &lever, double effect, DrawFuture &future);

/// Spreads the draws over threads; each writes to its own places, so that their number changes
/// nothing. The calling thread works as well, and alone reports progress. @error Cancelled,
/// OutOfMemory, UnknownModel.
Result<DrawnFigures> runDraws(const Simulation &simulation, unsigned threads, const Task &task);

PreparedScenario prepareScenario(const Scenario &scenario);

} // namespace perennial
