#pragma once

#include "core/export/csv_writer.h"
#include "core/recommend/recommend.h"

#include <QString>
#include <nlohmann/json.hpp>

#include <array>
#include <string_view>
#include <vector>

namespace perennial {

nlohmann::ordered_json jsonOf(const RecommendationList &list);
nlohmann::ordered_json popularJson(const std::vector<Recommendation> &items);
/// Adds what all lists are made of, and its notes.
void addFacts(nlohmann::ordered_json &json, const RecommenderFacts &facts);

QString textOf(const RecommendationList &list, const RecommenderFacts &facts);
/// Below the lists: what their columns and the blend are.
QString factsText(const RecommenderFacts &facts);

inline constexpr std::array<std::string_view, 14> kRecommendationColumns{
    "user",   "rank",        "item",  "name",     "category",     "score",   "cosine",
    "source", "probability", "value", "currency", "horizon_days", "members", "because"};
void writeRows(CsvWriter &writer, const RecommendationList &list, const RecommenderFacts &facts);

} // namespace perennial
