#include "core/ranking/ranking_test.h"

#include <nlohmann/json.hpp>

namespace perennial {

namespace {

using nlohmann::ordered_json;

ordered_json orNull(const std::optional<Interval> &interval)
{
    return interval ? ordered_json{interval->lower, interval->upper} : ordered_json(nullptr);
}

ordered_json rowJson(const RankingRow &row)
{
    ordered_json json;
    json["model"] = row.model;
    if (row.error) {
        json["error"] = {{"detail", row.error->detail}, {"where", row.error->where}};
        return json;
    }
    ordered_json intervals, differences, against;
    for (const RankingMetric metric : kRankingMetrics) {
        const ScoredFigure &figure = row.figures[static_cast<std::size_t>(metric)];
        const std::string name(rankingMetricName(metric));
        json[name] = figure.value ? ordered_json(*figure.value) : ordered_json(nullptr);
        intervals[name] = orNull(figure.interval);
        differences[name] = orNull(figure.fromBest);
        against[name] = figure.isBest      ? ordered_json("best")
                        : figure.isNoise   ? ordered_json("noise")
                        : figure.isWorse() ? ordered_json("worse")
                                           : ordered_json(nullptr);
    }
    json["intervals"] = std::move(intervals);
    json["distance_from_best"] = std::move(differences);
    json["against_best"] = std::move(against);
    json["coverage"] = row.lists.coverage;
    json["gini"] = row.lists.gini;
    json["novelty"] = row.lists.novelty;
    json["diversity"] = row.lists.diversity;
    json["serendipity"] = row.lists.serendipity;
    json["notes"] = ordered_json::object();
    for (const RankerNote &note : row.notes) {
        json["notes"][note.code] = note.figure;
    }
    return json;
}

} // namespace

std::string rankingTestToJson(const RankingTestResult &result)
{
    const RankingScope &scope = result.scope;
    ordered_json json{{"protocol", rankingProtocolName(result.options.protocol)},
                      {"cut", formatDate(scope.cut)},
                      {"until", formatDate(scope.until)},
                      {"top", result.options.top},
                      {"min_buyers", result.options.fewestBuyers},
                      {"replicates", result.options.replicates},
                      {"level", result.options.level},
                      {"seed", result.options.seed},
                      {"users", scope.users},
                      {"items", scope.items},
                      {"candidates", scope.candidates},
                      {"pairs", scope.pairs},
                      {"returning", scope.returning},
                      {"new_pairs", scope.newPairs},
                      {"unreachable_pairs", scope.unreachable},
                      {"test_users", scope.testUsers},
                      {"relevant_pairs", scope.relevant},
                      {"repeated", scope.repeated},
                      {"value_of_all", scope.valueOfAll},
                      {"value_of_best", scope.valueOfBest}};
    json["models"] = ordered_json::array();
    for (const RankingRow &row : result.rows) {
        json["models"].push_back(rowJson(row));
    }
    return json.dump();
}

} // namespace perennial
