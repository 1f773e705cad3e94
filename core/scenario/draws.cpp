#include "core/scenario/draws.h"

#include "core/base/hash.h"
#include "core/base/rng.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <new>
#include <optional>
#include <thread>

namespace perennial {

namespace {

class Target final : public TargetFuture {
public:
    Target(DrawFuture &future, const StageSet &stages) : m_future(future), m_stages(stages) {}
    bool hasDropout() const override { return m_future.hasDropout(); }
    double retention(double dropout) const override
    {
        return m_future.retention(m_stages, dropout);
    }

private:
    DrawFuture &m_future;
    StageSet m_stages;
};

std::uint64_t keyOf(const LeverSpec &spec)
{
    std::uint64_t key = spec.stage ? static_cast<std::uint64_t>(*spec.stage) + 1 : 0;
    for (const char c : spec.lever) {
        key = mix64(key ^ (static_cast<unsigned char>(c) + 0x9E3779B97F4A7C15ULL));
    }
    return key << 32;
}

double drawnEffect(const PreparedLever &lever, std::uint64_t seed, int draw)
{
    const EffectSpec &effect = lever.spec.effect;
    if (effect.sd == 0) {
        return effect.mean;
    }
    Rng rng(mix64(seed ^ 0x6566666563740000ULL), lever.key | static_cast<std::uint32_t>(draw));
    return std::clamp(effect.mean + effect.sd * rng.normal(), lever.lever->lowest(),
                      lever.lever->highest());
}

Status runDraw(const Simulation &simulation, std::size_t draw, DrawFuture &future,
               DrawnFigures &out)
{
    if (auto s = future.load(simulation.frequencyDraws[draw], simulation.spendOf(draw)); !s) {
        return s;
    }
    out.baseline[draw] = future.baseline();
    for (std::size_t i = 0; i < simulation.scenarios.size(); ++i) {
        std::array<FutureChange, kStageCount> changes{};
        for (const PreparedLever &lever : simulation.scenarios[i].levers) {
            pull(lever, drawnEffect(lever, simulation.seed, static_cast<int>(draw)), future,
                 changes);
        }
        out.scenarios[i][draw] = future.total(changes) - out.baseline[draw];
    }
    return Done{};
}

} // namespace

PreparedScenario prepareScenario(const Scenario &scenario)
{
    PreparedScenario prepared;
    for (const LeverSpec &spec : scenario.levers) {
        PreparedLever lever{leverByName(spec.lever), spec, {}, keyOf(spec)};
        if (spec.stage) {
            lever.stages.set(static_cast<std::size_t>(*spec.stage));
        } else {
            lever.stages.set();
        }
        prepared.levers.push_back(lever);
    }
    return prepared;
}

FutureChange changeBy(const PreparedLever &lever, double effect, DrawFuture &future)
{
    FutureChange change;
    lever.lever->apply(effect, Target(future, lever.stages), change);
    return change;
}

void pull(const PreparedLever &lever, double effect, DrawFuture &future,
          std::array<FutureChange, kStageCount> &changes)
{
    const FutureChange change = changeBy(lever, effect, future);
    for (std::size_t stage = 0; stage < kStageCount; ++stage) {
        if (lever.stages[stage]) {
            changes[stage].scaleDropout(change.dropout);
            changes[stage].orders *= change.orders;
            changes[stage].orderValue *= change.orderValue;
        }
    }
}

Result<DrawnFigures> runDraws(const Simulation &simulation, unsigned threads, const Task &task)
{
    const std::size_t draws = simulation.draws();
    DrawnFigures out{std::vector<Figures>(draws),
                     std::vector<std::vector<Figures>>(simulation.scenarios.size(),
                                                       std::vector<Figures>(draws))};
    std::atomic<std::size_t> next{0};
    std::atomic<bool> stop{false};
    std::mutex guard;
    std::optional<Error> failure;
    const auto giveUp = [&](Error error) {
        const std::lock_guard lock(guard);
        failure = failure ? failure : std::move(error);
        stop = true;
    };
    const auto work = [&](bool reports) {
        try {
            DrawFuture future(simulation.groups, simulation.setting);
            for (std::size_t draw = next++; draw < draws && !stop; draw = next++) {
                if (task.cancelled()) {
                    giveUp(fail(ErrorCode::Cancelled));
                } else if (auto s = runDraw(simulation, draw, future, out); !s) {
                    giveUp(s.error());
                } else if (reports && draw % 16 == 0) {
                    task.progress(static_cast<double>(draw) / static_cast<double>(draws),
                                  "simulating");
                }
            }
        } catch (const std::bad_alloc &) {
            giveUp(fail(ErrorCode::OutOfMemory));
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned i = 1; i < threads; ++i) {
            others.emplace_back(work, false);
        }
        work(true);
    }
    if (failure) {
        return *failure;
    }
    return out;
}

} // namespace perennial
