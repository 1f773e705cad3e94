#include "core/ranking/rankers.h"

namespace perennial {

namespace {

const std::vector<std::unique_ptr<const Ranker>> &rankers()
{
    static const auto kAll = [] {
        std::vector<std::unique_ptr<const Ranker>> all;
        all.push_back(popularityRanker("popular", {}));
        all.push_back(popularityRanker("popular-30d", {.lastDays = 30, .halfLifeDays = {}}));
        all.push_back(popularityRanker("popular-decayed", {.lastDays = {}, .halfLifeDays = 7}));
        all.push_back(itemKnnRanker("item-knn", {}));
        all.push_back(markovRanker("markov", {}));
        all.push_back(easeRanker("ease", {}));
        all.push_back(easeRanker("ease-300", {.lambda = 300})); // looser: rarer items dare more
        std::vector<const Ranker *> components;
        for (const auto &ranker : all) {
            components.push_back(ranker.get());
        }
        all.push_back(blendRanker("blend", std::move(components), {}));
        return all;
    }();
    return kAll;
}

} // namespace

std::vector<std::string_view> rankerNames()
{
    std::vector<std::string_view> names;
    for (const auto &ranker : rankers()) {
        names.push_back(ranker->name());
    }
    return names;
}

Result<const Ranker *> findRanker(std::string_view name)
{
    for (const auto &ranker : rankers()) {
        if (ranker->name() == name) {
            return ranker.get();
        }
    }
    return fail(ErrorCode::UnknownModel, std::string(name));
}

} // namespace perennial
