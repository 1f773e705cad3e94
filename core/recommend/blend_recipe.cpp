#include "core/recommend/blend_recipe.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace perennial {

using nlohmann::ordered_json;

namespace {

ordered_json intervalJson(const std::optional<Interval> &interval)
{
    return interval ? ordered_json{interval->lower, interval->upper} : ordered_json();
}

std::optional<Interval> intervalFrom(const ordered_json &json)
{
    return json.is_array() && json.size() == 2
               ? std::optional(Interval{json[0].get<double>(), json[1].get<double>()})
               : std::nullopt;
}

Day dayFrom(const ordered_json &json)
{
    const auto day = parseIsoDate(json.get<std::string>());
    return day ? *day : 0; // then the window has no days, which makes no sense
}

ordered_json membersJson(const BlendWeights &weights)
{
    ordered_json members = ordered_json::array();
    for (const BlendMember &one : weights.members) {
        members.push_back({{"member", one.name},
                           {"weight", one.weight},
                           {"adds", one.adds},
                           {"interval", intervalJson(one.interval)},
                           {"alone", one.alone}});
    }
    return members;
}

ordered_json calibrationJson(const std::optional<CalibrationError> &error)
{
    if (!error) {
        return {};
    }
    return {{"ece", error->error},
            {"interval", intervalJson(error->interval)},
            {"predicted", error->predicted},
            {"happened", error->happened},
            {"cases", error->cases}};
}

ordered_json chanceJson(const ItemChance &chance)
{
    ordered_json knots = ordered_json::array();
    for (const ItemChance::Knot &knot : chance.knots) {
        knots.push_back({knot.from, knot.to});
    }
    return {{"coefficients", chance.model.coefficients}, {"knots", std::move(knots)}};
}

ItemChance chanceFrom(const ordered_json &json)
{
    ItemChance chance;
    chance.model.coefficients = json.at("coefficients").get<std::vector<double>>();
    for (const ordered_json &knot : json.at("knots")) {
        chance.knots.push_back({knot.at(0).get<double>(), knot.at(1).get<double>()});
    }
    return chance;
}

bool rises(const std::vector<ItemChance::Knot> &knots)
{
    for (std::size_t k = 1; k < knots.size(); ++k) {
        if (!(knots[k].from > knots[k - 1].from) || !(knots[k].to >= knots[k - 1].to)) {
            return false;
        }
    }
    return true;
}

/// Throws nlohmann's exceptions where something is missing or of another type.
BlendRecipe parsed(const ordered_json &json)
{
    BlendRecipe recipe;
    recipe.cut = dayFrom(json.at("cut"));
    recipe.until = dayFrom(json.at("until"));
    recipe.purchases = json.at("target").get<std::string>() == "purchases";
    recipe.hidePurchasedDays = json.value("hide_purchased_days", recipe.hidePurchasedDays);
    recipe.weights.users = json.at("users").get<std::int64_t>();
    recipe.weights.ndcg = json.at("ndcg").get<double>();
    recipe.weights.bestMember = json.at("best_member").get<std::string>();
    for (const ordered_json &one : json.at("members")) {
        recipe.weights.members.push_back({one.at("member").get<std::string>(),
                                          one.at("weight").get<double>(),
                                          one.at("adds").get<double>(),
                                          intervalFrom(one.at("interval")),
                                          one.at("alone").get<double>()});
    }
    const ordered_json &user = json.at("user_chance");
    recipe.userChance.mean = user.at("mean").get<std::array<double, kSummarySize>>();
    recipe.userChance.deviation = user.at("deviation").get<std::array<double, kSummarySize>>();
    recipe.userChance.model.coefficients = user.at("coefficients").get<std::vector<double>>();
    recipe.itemChance = chanceFrom(json.at("item_chance"));
    if (const ordered_json &error = json.at("calibration"); error.is_object()) {
        recipe.calibration = CalibrationError{
            error.at("ece").get<double>(), intervalFrom(error.at("interval")),
            error.at("predicted").get<double>(), error.at("happened").get<double>(),
            error.at("cases").get<std::int64_t>()};
    }
    return recipe;
}

bool makesSense(const BlendRecipe &recipe)
{
    double total = 0;
    for (const BlendMember &member : recipe.weights.members) {
        if (!std::isfinite(member.weight) || member.weight < 0) {
            return false;
        }
        total += member.weight;
    }
    for (const double deviation : recipe.userChance.deviation) {
        if (!(deviation > 0)) {
            return false;
        }
    }
    const std::size_t coefficients = recipe.itemChance.model.coefficients.size();
    const std::size_t ofUsers = recipe.userChance.model.coefficients.size();
    return total > 0 && recipe.windowDays() > 0 && recipe.hidePurchasedDays >= 0 && (coefficients == 0 || coefficients == 5) &&
           (ofUsers == 0 || ofUsers == kSummarySize + 1) && rises(recipe.itemChance.knots);
}

} // namespace

std::string blendRecipeToJson(const BlendRecipe &recipe)
{
    const ordered_json json{
        {"cut", formatDate(recipe.cut)},
        {"until", formatDate(recipe.until)},
        {"target", recipe.purchases ? "purchases" : "interest"},
        {"hide_purchased_days", recipe.hidePurchasedDays},
        {"users", recipe.weights.users},
        {"ndcg", recipe.weights.ndcg},
        {"best_member", recipe.weights.bestMember},
        {"members", membersJson(recipe.weights)},
        {"calibration", calibrationJson(recipe.calibration)},
        {"item_chance", chanceJson(recipe.itemChance)},
        {"user_chance",
         {{"mean", recipe.userChance.mean},
          {"deviation", recipe.userChance.deviation},
          {"coefficients", recipe.userChance.model.coefficients}}}};
    return json.dump();
}

std::optional<BlendRecipe> blendRecipeFromJson(const std::string &json)
{
    try {
        BlendRecipe recipe = parsed(ordered_json::parse(json));
        return makesSense(recipe) ? std::optional(std::move(recipe)) : std::nullopt;
    } catch (const nlohmann::json::exception &) {
        return std::nullopt;
    }
}

} // namespace perennial
