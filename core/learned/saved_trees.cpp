#include "core/base/json_depth.h"
#include "core/learned/boosted_trees.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

namespace perennial {

namespace {

using Link = BoostedTrees::Link;

constexpr const char *kKind = "boosted-trees";
/// 1 had no cover, and did not say its number.
constexpr int kVersion = 2;
constexpr std::array kLinks{std::pair{Link::Identity, "identity"},
                            std::pair{Link::Exponential, "exponential"},
                            std::pair{Link::Logistic, "logistic"}};
constexpr std::array kObjectives{TreeObjective::Count, TreeObjective::SquaredError,
                                 TreeObjective::Tweedie, TreeObjective::Binary};

Error damaged(std::string detail)
{
    return fail(ErrorCode::Damaged, std::move(detail), "model");
}

std::optional<Link> linkFrom(const std::string &name)
{
    for (const auto &[link, word] : kLinks) {
        if (name == word) {
            return link;
        }
    }
    return std::nullopt;
}

std::optional<TreeObjective> objectiveFrom(const std::string &name)
{
    for (const TreeObjective objective : kObjectives) {
        if (name == treeObjectiveName(objective)) {
            return objective;
        }
    }
    return std::nullopt;
}

/// All but the forest. Throws what nlohmann throws.
std::optional<BoostedTrees> frameFrom(const nlohmann::json &json)
{
    const auto link = linkFrom(json.at("link").get<std::string>());
    const auto objective = objectiveFrom(json.at("objective").get<std::string>());
    if (json.at("kind") != kKind || !link || !objective) {
        return std::nullopt;
    }
    BoostedTrees trees;
    trees.columns = json.at("columns").get<std::vector<std::string>>();
    trees.gain = json.at("gain").get<std::vector<double>>();
    trees.link = *link;
    trees.objective = *objective;
    trees.center = json.at("center").get<double>();
    trees.scale = json.at("scale").get<double>();
    trees.start = json.at("start").get<double>();
    trees.top = json.at("top").get<double>();
    // so far out no prediction is finite any more
    const auto near = [](double value, double most) { return std::abs(value) <= most; };
    const bool sound = !trees.columns.empty() && trees.gain.size() == trees.columns.size() &&
                       near(trees.center, kLargestLabel) && near(trees.scale, kLargestLabel) &&
                       near(trees.start, 1e4) && near(trees.top, 100.0);
    return sound ? std::optional(std::move(trees)) : std::nullopt;
}

} // namespace

SavedModel saveTrees(const BoostedTrees &trees)
{
    nlohmann::ordered_json json;
    json["kind"] = kKind;
    json["version"] = kVersion;
    json["objective"] = treeObjectiveName(trees.objective);
    json["link"] = kLinks[static_cast<std::size_t>(trees.link)].second;
    json["columns"] = trees.columns;
    json["gain"] = trees.gain;
    json["center"] = trees.center;
    json["scale"] = trees.scale;
    json["start"] = trees.start;
    json["top"] = trees.top;
    return sealModel(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                     blobsOf(trees.forest));
}

Result<BoostedTrees> loadTrees(const SavedModel &saved)
{
    if (Status sealed = checkSeal(saved); !sealed) {
        return sealed.error();
    }
    try {
        const auto json = nlohmann::json::parse(saved.json, shallowerThan(3));
        auto trees = frameFrom(json);
        const auto version = json.value("version", std::int64_t{1});
        if (!trees || version < 1 || version > kVersion) {
            return damaged("json");
        }
        auto forest = forestFrom(saved.tensors, trees->columns.size());
        if (!forest || (version > 1 && forest->cover.size() != forest->nodes.size())) {
            return damaged("forest");
        }
        trees->forest = *std::move(forest);
        return *std::move(trees);
    } catch (const nlohmann::json::exception &) {
        return damaged("json");
    }
}

} // namespace perennial
