#include "core/ranking/ranker.h"
#include "core/ranking/scored_items.h"
#include "core/tuning/baselines.h"

#include <array>
#include <string_view>

namespace perennial {

namespace {

constexpr std::array<std::string_view, 3> kCompared{"item-knn", "markov", "ease"};

Result<ComparedModel> rankerRow(std::string_view name, const ItemHistory &history,
                                const EventTable &events, std::size_t items,
                                const ValidationSet &set, const Task &task)
{
    ComparedModel model;
    model.name = name;
    const auto fitted = (*findRanker(name))->fit(history, set.split.cut, task);
    if (!fitted) {
        model.status = "failed";
        return fitted.error().code == ErrorCode::Cancelled ? Result<ComparedModel>(fitted.error())
                                                           : Result<ComparedModel>(model);
    }
    std::vector<double> all, fresh;
    std::vector<float> scores(history.items());
    for (const ValidationRow &row : set.rows) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        if (row.nextItem == 0 && row.newItem == 0) {
            continue;
        }
        (*fitted)->score(rowsOfUser(history, row.user), set.split.cut, scores);
        const ScoredItems scored(history, scores, items);
        if (row.nextItem > 0) {
            all.push_back(scored.rankOf(row.nextItem, {}));
        }
        if (row.newItem > 0) {
            fresh.push_back(scored.rankOf(row.newItem, itemsMet(events, row.user, set.split.cut)));
        }
    }
    setRanking(model, all, fresh);
    return model;
}

} // namespace

Result<std::vector<ComparedModel>> rankerRows(const EventTable &events,
                                              const std::vector<ItemRecord> &items,
                                              const ValidationSet &set, const Task &task)
{
    const ItemHistory history = itemHistory(events, items, set.split.cut, 1, ItemSignal::Interest);
    std::vector<ComparedModel> rows;
    for (const std::string_view name : kCompared) {
        auto row = rankerRow(name, history, events, items.size(), set, task);
        if (!row) {
            return row.error();
        }
        rows.push_back(std::move(*row));
    }
    return rows;
}

} // namespace perennial
