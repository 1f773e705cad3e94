#include "core/ranking/rankers.h"

#include <algorithm>

namespace perennial {

namespace {

/// What of a user's later items is new to him and a candidate of the past.
std::vector<RelevantItem> newItems(const ItemHistory &past, const ItemHistory &whole,
                                   std::size_t position, std::span<const std::int32_t> masked)
{
    std::vector<RelevantItem> relevant;
    for (const ProfileItem &p : profileOf(rowsOf(whole, position))) {
        const auto id = static_cast<std::size_t>(whole.itemId[static_cast<std::size_t>(p.item)]);
        const std::int32_t number = id < past.numberOf.size() ? past.numberOf[id] : -1;
        if (number >= 0 && static_cast<std::size_t>(number) < past.candidates &&
            !std::binary_search(masked.begin(), masked.end(), number)) {
            relevant.push_back({number, 0.0});
        }
    }
    std::sort(relevant.begin(), relevant.end(),
              [](const RelevantItem &a, const RelevantItem &b) { return a.item < b.item; });
    return relevant;
}

} // namespace

Result<BlendCases> pastCases(const ItemHistory &history, Day cut,
                             std::span<const Ranker *const> components, std::size_t mostUsers,
                             const Task &task)
{
    const ItemHistory past = historyUpTo(history, cut);
    std::vector<std::string> names;
    for (const Ranker *component : components) {
        names.emplace_back(component->name());
    }
    BlendCases cases(std::move(names), past.candidates);
    std::vector<Fitted> fitted;
    for (std::size_t k = 0, w = 0; k < past.users() && cases.users() < mostUsers; ++k) {
        while (history.user[w] != past.user[k]) {
            ++w;
        }
        std::vector<std::int32_t> masked;
        for (const ProfileItem &p : profileOf(rowsOf(past, k))) {
            masked.push_back(p.item);
        }
        auto relevant = newItems(past, history, w, masked);
        if (relevant.empty()) {
            continue;
        }
        for (std::size_t c = fitted.size(); c < components.size(); ++c) { // once somebody is there
            auto one = components[c]->fit(past, cut, task);
            if (!one) {
                return one.error();
            }
            fitted.push_back(std::move(*one));
        }
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        cases.addUser(past.user[k], std::move(masked), std::move(relevant));
        std::vector<std::vector<float>> scores;
        for (const Fitted &one : fitted) {
            scores.emplace_back(past.items());
            one->score(rowsOf(past, k), cut, scores.back());
        }
        cases.setScores(std::move(scores));
    }
    return cases;
}

} // namespace perennial
