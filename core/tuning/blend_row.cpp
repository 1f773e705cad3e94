#include "core/features/event_sequences.h"
#include "core/features/metrics.h"
#include "core/recommend/past_blend.h"
#include "core/tuning/baselines.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace perennial {

namespace {

constexpr std::size_t kUsersPerRound = 256;

PastWindow windowOf(const EventTable &events, const std::vector<ItemRecord> &items,
                    const ValidationSet &set, ItemSignal signal)
{
    PastWindow window;
    window.events = &events;
    window.items = &items;
    window.cut = set.split.cut;
    window.until = set.split.cut + set.split.labelDays;
    window.signal = signal;
    window.itemScores = set.itemScores;
    std::unordered_map<std::int64_t, double> chances;
    for (const ValidationRow &row : set.rows) {
        if (std::isfinite(row.pChurn)) {
            chances.emplace(row.user, 1 - row.pChurn);
        }
    }
    window.userChance = [chances = std::move(chances)](std::int64_t user) {
        const auto found = chances.find(user);
        return found == chances.end() ? std::nullopt : std::optional(found->second);
    };
    return window;
}

bool interestIsMoreThanPurchases(const EventTable &events)
{
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (events.item[i] > 0 && events.kind[i] != EventKind::Purchase &&
            showsInterest(events.kind[i])) {
            return true;
        }
    }
    return false;
}

/// Ranks of the users' next items by the blend.
class BlendRanks {
public:
    BlendRanks(const PastBlend &blend, const EventTable &events, Day cut)
        : m_blend(blend), m_events(events), m_cut(cut)
    {
    }

    void add(const ValidationRow &row, std::span<const float> logs)
    {
        const PastBlend::Judged judged = m_blend.judged(row.user, logs);
        if (m_indexOf.empty()) {
            for (std::size_t k = 0; k < judged.id.size(); ++k) {
                m_indexOf.emplace(judged.id[k], k);
            }
        }
        if (const auto found = m_indexOf.find(row.nextItem); found != m_indexOf.end()) {
            all.push_back(rankOf(judged.score, found->second));
        }
        if (const auto found = m_indexOf.find(row.newItem); found != m_indexOf.end()) {
            const std::vector<bool> met = metUpToCut(row.user);
            fresh.push_back(rankOf(judged.score, found->second, &met));
        }
    }

    std::vector<double> all, fresh;

private:
    std::vector<bool> metUpToCut(std::int64_t user) const
    {
        std::vector<bool> met(m_indexOf.size(), false);
        const EventSpan span = eventsUpTo(m_events, user, m_cut);
        for (std::int64_t row = span.begin; row < span.end; ++row) {
            const auto found = m_indexOf.find(m_events.item[static_cast<std::size_t>(row)]);
            if (found != m_indexOf.end()) {
                met[found->second] = true;
            }
        }
        return met;
    }

    const PastBlend &m_blend;
    const EventTable &m_events;
    Day m_cut;
    std::unordered_map<std::int64_t, std::size_t> m_indexOf; ///< of a project id in the scores
};

Status rankUsers(BlendRanks &ranks, const ValidationSet &set, const Task &task)
{
    std::vector<const ValidationRow *> rows;
    for (const ValidationRow &row : set.rows) {
        if (row.nextItem > 0 || row.newItem > 0) {
            rows.push_back(&row);
        }
    }
    for (std::size_t from = 0; from < rows.size(); from += kUsersPerRound) {
        const std::size_t size = std::min(kUsersPerRound, rows.size() - from);
        std::vector<std::int64_t> users;
        for (std::size_t k = 0; k < size; ++k) {
            users.push_back(rows[from + k]->user);
        }
        std::vector<std::vector<float>> logs(size);
        if (set.itemScores) {
            auto asked = set.itemScores(users);
            if (!asked) {
                return asked.error();
            }
            logs = std::move(*asked);
        }
        for (std::size_t k = 0; k < size; ++k) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            ranks.add(*rows[from + k], logs[k]);
        }
    }
    return Done{};
}

} // namespace

Result<BlendRow> blendRow(const EventTable &events, const std::vector<ItemRecord> &items,
                          const ValidationSet &set, const Task &task)
{
    BlendRow row;
    row.model.name = "blend";
    const auto failed = [&](const Error &error) {
        row.model.status = "failed";
        return error.code == ErrorCode::Cancelled ? Result<BlendRow>(error) : Result<BlendRow>(row);
    };
    const bool isMore = interestIsMoreThanPurchases(events);
    auto judged = PastBlend::make(
        windowOf(events, items, set, isMore ? ItemSignal::Interest : ItemSignal::Purchases), task);
    if (!judged) {
        return failed(judged.error());
    }
    if (const auto fitted = judged->crossFit(task); !fitted) {
        return failed(fitted.error());
    }
    BlendRanks ranks(*judged, events, set.split.cut);
    if (const auto done = rankUsers(ranks, set, task); !done) {
        return failed(done.error());
    }
    setRanking(row.model, ranks.all, ranks.fresh);
    if (!set.itemScores) {
        return row;
    }
    if (isMore) {
        judged = PastBlend::make(windowOf(events, items, set, ItemSignal::Purchases), task);
        if (!judged) {
            return failed(judged.error());
        }
    }
    auto recipe = judged->recipe(task);
    if (!recipe) {
        return failed(recipe.error());
    }
    row.recipe = std::move(*recipe);
    return row;
}

} // namespace perennial
