// What a run's answers for one user hang on: read by a worker.
#include "core/project/event_store.h"
#include "core/project/settings.h"
#include "ui/pages/models/explain_card.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

std::string nameOf(const std::vector<ItemRecord> &items, std::int64_t id)
{
    const auto found =
        std::ranges::lower_bound(items, id, {}, [](const ItemRecord &item) { return item.id; });
    if (found == items.end() || found->id != id) {
        return {};
    }
    return found->name.empty() ? found->key : found->name;
}

/// The item the run puts first, and what each event does for it.
Status addTopItem(const BehaviorModel &model, std::int64_t user, UserReasons &reasons)
{
    const std::int64_t asked[] = {user};
    const auto scores = model.itemScores(asked);
    if (!scores) {
        return scores.error();
    }
    const auto &logs = scores->front().logProbability;
    const auto best = std::ranges::max_element(logs);
    if (best == logs.end() || !std::isfinite(*best)) {
        return Done{};
    }
    const std::int64_t positions[] = {best - logs.begin()};
    const auto lost = model.leaveOneOut(user, positions);
    if (!lost) {
        return lost.error();
    }
    const auto row = static_cast<std::size_t>(positions[0]) + 1;
    reasons.topItem = nameOf(model.items(), model.catalog().id[row]);
    reasons.topChance = std::exp(static_cast<double>(*best));
    for (std::size_t k = 0; k < lost->size() && k < reasons.events.size(); ++k) {
        reasons.events[k].topItemLost = static_cast<double>((*lost)[k].lost.front());
    }
    return Done{};
}

} // namespace

Result<UserReasons> readUserReasons(const Project &project, std::int64_t run,
                                    const std::string &key, std::optional<Day> at)
{
    const auto user = findUser(project, key);
    if (!user) {
        return user.error();
    }
    const auto record = readRun(project, run);
    if (!record) {
        return record.error();
    }
    const Day day = at.value_or(record->until.value_or(0));
    const auto model = BehaviorModel::loadFor(project, run, day, user->id);
    if (!model) {
        return model.error();
    }
    auto told = model->explain(user->id);
    if (!told) {
        return told.error();
    }
    UserReasons reasons;
    reasons.user = key;
    reasons.at = day;
    reasons.horizonDays = record->horizonDays;
    reasons.told = std::move(*told);
    const EventTable &events = model->events();
    for (const auto &part : reasons.told.events) {
        const auto row = static_cast<std::size_t>(part.row);
        reasons.events.push_back({events.at[row], events.kind[row],
                                  nameOf(model->items(), events.item[row]), std::nullopt});
    }
    if (model->knowsItems()) {
        if (const auto added = addTopItem(*model, user->id, reasons); !added) {
            return added.error();
        }
    }
    return reasons;
}

} // namespace perennial
