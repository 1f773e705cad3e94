#include "core/behavior/fold.h"

#include "core/base/hash.h"
#include "core/behavior/training_torch.h"
#include "core/neural/runtime_torch.h"

#include <string>

// A training that is judged by what it was not given.

namespace perennial {

namespace {

/// The rows of some users; the others stand there without any.
template <class Keep>
EventTable eventsOfUsers(const EventTable &all, Keep keep)
{
    EventTable events;
    events.offsets.push_back(0);
    const auto copy = [](const auto &from, auto &to, std::size_t begin, std::size_t end) {
        to.insert(to.end(), from.begin() + static_cast<std::ptrdiff_t>(begin),
                  from.begin() + static_cast<std::ptrdiff_t>(end));
    };
    for (std::size_t user = 0; user + 1 < all.offsets.size(); ++user) {
        if (user > 0 && keep(static_cast<std::int64_t>(user))) {
            const auto begin = static_cast<std::size_t>(all.offsets[user]);
            const auto end = static_cast<std::size_t>(all.offsets[user + 1]);
            for (const auto column : {&EventTable::user, &EventTable::item, &EventTable::order,
                                      &EventTable::device, &EventTable::place,
                                      &EventTable::channel}) {
                copy(all.*column, events.*column, begin, end);
            }
            copy(all.kind, events.kind, begin, end);
            copy(all.at, events.at, begin, end);
            copy(all.quantity, events.quantity, begin, end);
            copy(all.amount, events.amount, begin, end);
        }
        events.offsets.push_back(static_cast<std::int64_t>(events.size()));
    }
    return events;
}

} // namespace

bool isHeldOut(const HoldOut &holdOut, std::int64_t user) noexcept
{
    return holdOut.folds > 0 &&
           mix64(static_cast<std::uint64_t>(user) ^ mix64(holdOut.seed)) %
                   static_cast<std::uint64_t>(holdOut.folds) ==
               static_cast<std::uint64_t>(holdOut.fold);
}

namespace net {

Result<FoldOutcome> Training::judgeFold(const HoldOut &holdOut)
{
    m_hold = holdOut;
    auto report = run();
    if (!report) {
        return report.error();
    }
    return FoldOutcome{std::move(*report), std::move(m_judged)};
}

/// Takes what is held out away from what is learned from.
Status Training::holdOut()
{
    if (m_hold->judgedUntil) {
        auto later = readEvents(m_project, *m_hold->judgedUntil, m_task.part(0, kReadDone));
        if (!later) {
            return later.error();
        }
        m_held.events = std::move(*later);
        return Done{};
    }
    const EventTable all = std::move(m_source.events);
    const auto held = [&](std::int64_t user) { return isHeldOut(*m_hold, user); };
    m_held.events = eventsOfUsers(all, held);
    m_source.events = eventsOfUsers(all, [&](std::int64_t user) { return !held(user); });
    return m_source.events.size() > 0 && m_held.events.size() > 0
               ? Status(Done{})
               : fail(ErrorCode::TooLittleData, std::to_string(m_held.events.size()), "held_out");
}

/// Answers for who and what was held out, by what was learned from the rest.
Status Training::judgeHeld()
{
    m_held.vocabulary = m_source.vocabulary;
    m_held.catalog = m_source.catalog;
    m_held.encoded = encodeEvents(m_held.events, m_held.vocabulary, m_held.catalog);
    m_held.layout = m_source.layout;
    m_held.standardization = m_source.standardization;
    m_held.sequenceLength = m_source.sequenceLength;
    HistorySplit split = m_split;
    split.cut = m_hold->judgedUntil ? m_split.until : m_split.cut;
    split.until = split.cut + split.labelDays;
    auto cases = validationCases(m_held, split);
    if (cases.empty()) {
        return fail(ErrorCode::TooLittleData, "0", "held_out");
    }
    const ValidationSetup setup{&m_held, split.cut, m_heads, m_bounds, split.labelDays};
    const auto networks = networksOf(&TrainedMember::kept);
    if (!networks) {
        return networks.error();
    }
    const auto judged = judge(cases, *networks, setup, m_task.part(kMembersDone, 1.0));
    if (!judged) {
        return judged;
    }
    m_judged.split = m_report.split;
    m_judged.split.cut = split.cut;
    m_judged.split.until = split.until;
    for (const ValidationCase &one : cases) {
        m_judged.rows.push_back(one.row);
    }
    return Done{};
}

} // namespace net

Result<FoldOutcome> trainFold(Project &project, const BehaviorConfig &config, const HoldOut &holdOut,
                              const TrainHooks &hooks, const Task &task)
{
    if (const auto checked = checkConfig(config); !checked) {
        return checked.error();
    }
    const bool byUsers = holdOut.folds >= 2 && holdOut.fold >= 0 && holdOut.fold < holdOut.folds &&
                         !holdOut.judgedUntil;
    const bool byTime = holdOut.folds == 0 && holdOut.judgedUntil && config.until &&
                        *holdOut.judgedUntil > *config.until;
    if (!byUsers && !byTime) {
        return fail(ErrorCode::InvalidArgument, std::to_string(holdOut.folds), "folds");
    }
    // a run that has seen what is held out would tell of it
    if (config.warmRun > 0) {
        return fail(ErrorCode::InvalidArgument, std::to_string(config.warmRun), "warm_run");
    }
    return withTorchErrors([&]() -> Result<FoldOutcome> {
        prepareTorchRuntime();
        return net::Training(project, config, hooks, task).judgeFold(holdOut);
    });
}

} // namespace perennial
