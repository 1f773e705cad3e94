#include "core/ranking/ranker.h"
#include "core/tuning/baselines.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr std::array<std::string_view, 3> kCompared{"item-knn", "markov", "ease"};

/// One user's scores among all items of the project: those without a number in the history score 0.
class ScoredItems {
public:
    ScoredItems(const ItemHistory &history, std::span<const float> scores, std::size_t items)
        : m_history(history), m_scores(scores), m_outside(static_cast<double>(items - scores.size()))
    {
    }

    /// 1 + those above + half of those equal. @param met left out of the competition; never holds
    /// `item`.
    double rankOf(std::int64_t item, const std::vector<std::int32_t> &met) const
    {
        const float mine = scoreOf(item);
        double above = mine < 0.0F ? m_outside : 0.0;
        double equal = mine == 0.0F ? m_outside : 0.0;
        for (const float score : m_scores) {
            above += score > mine ? 1.0 : 0.0;
            equal += score == mine ? 1.0 : 0.0;
        }
        for (const std::int32_t other : met) {
            const float score = scoreOf(other);
            above -= score > mine ? 1.0 : 0.0;
            equal -= score == mine ? 1.0 : 0.0;
        }
        return 1.0 + above + (equal - 1.0) / 2.0; // it equals itself
    }

private:
    float scoreOf(std::int64_t item) const
    {
        const auto id = static_cast<std::size_t>(item);
        const std::int32_t number = id < m_history.numberOf.size() ? m_history.numberOf[id] : -1;
        return number < 0 ? 0.0F : m_scores[static_cast<std::size_t>(number)];
    }

    const ItemHistory &m_history;
    std::span<const float> m_scores;
    double m_outside;
};

ItemRows rowsOfUser(const ItemHistory &history, std::int64_t user)
{
    const auto found = std::lower_bound(history.user.begin(), history.user.end(), user);
    return found != history.user.end() && *found == user
               ? rowsOf(history, static_cast<std::size_t>(found - history.user.begin()))
               : ItemRows{};
}

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
            fresh.push_back(scored.rankOf(row.newItem, itemsMet(events, row.user)));
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
