#include "core/features/splits.h"
#include "core/project/run_store.h"
#include "core/recommend/past_blend.h"
#include "core/recommend/popularity.h"
#include "core/recommend/recommender_impl.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kMostItems = 1000;
constexpr std::string_view kBlend = "blend", kFallback = "popular";

Status checkOptions(const RecommendOptions &options)
{
    const auto refuse = [](int value, const char *where) {
        return fail(ErrorCode::InvalidArgument, std::to_string(value), where);
    };
    if (options.top < 1 || options.top > kMostItems) {
        return refuse(options.top, "top");
    }
    if (options.hidePurchasedDays < 0) {
        return refuse(options.hidePurchasedDays, "hide_purchased_days");
    }
    if (options.reasons < 0) {
        return refuse(options.reasons, "reasons");
    }
    if (options.horizonDays && *options.horizonDays < 1) {
        return fail(ErrorCode::HorizonNotPositive, std::to_string(*options.horizonDays), "horizon");
    }
    const auto known = recommendationMethods();
    return std::find(known.begin(), known.end(), options.method) != known.end()
               ? Status(Done{})
               : Status(fail(ErrorCode::UnknownModel, options.method));
}

/// The recipe that was kept with a run, where there is one.
std::optional<BlendRecipe> recipeOfRun(const RunRecord &run)
{
    const auto metrics = nlohmann::ordered_json::parse(run.metrics, nullptr, false);
    if (!metrics.is_object() || !metrics.contains("comparison") ||
        !metrics["comparison"].is_object() || !metrics["comparison"].contains("blend")) {
        return std::nullopt;
    }
    return blendRecipeFromJson(metrics["comparison"]["blend"].dump());
}

/// What everybody buys, where the past is too short to fit weights on.
BlendRecipe unfitted(Day cut, Day until)
{
    BlendRecipe recipe;
    recipe.cut = cut;
    recipe.until = until;
    for (const std::string &name : memberNames(false)) {
        recipe.weights.members.push_back({name, name == kFallback ? 1.0 : 0.0, 0, {}, 0});
    }
    recipe.weights.bestMember = kFallback;
    return recipe;
}

/// Of simple recommenders, on the last days of the history.
Result<BlendRecipe> simpleRecipe(const EventTable &events, const std::vector<ItemRecord> &items,
                                 Day at, int horizon, int hide, const Task &task)
{
    const Day first = dayOf(*std::min_element(events.at.begin(), events.at.end()));
    const auto split = splitHistory(first, at, horizon);
    if (!split) {
        return unfitted(at, at);
    }
    PastWindow window;
    window.events = &events;
    window.items = &items;
    window.cut = split->cut;
    window.until = split->until;
    window.hidePurchasedDays = hide;
    const auto past = PastBlend::make(window, task.part(0.0, 0.7));
    if (!past) {
        return past.error().code == ErrorCode::Cancelled ? Result<BlendRecipe>(past.error())
                                                         : unfitted(split->cut, split->until);
    }
    auto recipe = past->recipe(task.part(0.7, 1.0));
    return recipe && recipe->weights.users == 0
               ? Result<BlendRecipe>(unfitted(split->cut, split->until))
               : std::move(recipe);
}

struct Champion {
    std::optional<RunRecord> run;
    std::optional<TrainReport> report;
};

/// The run asked for, or the champion; none where nothing was trained.
Result<Champion> championOf(const Project &project, const RecommendOptions &options)
{
    auto run = options.run > 0 ? readRun(project, options.run)
                               : readChampion(project, std::string(kBehaviorModel));
    const bool usable = run && run->model == kBehaviorModel && run->state == RunState::Done;
    const bool asked = options.run > 0 || options.method == kBehaviorMember;
    if (!usable) {
        if (!run && run.error().code != ErrorCode::NotTrained) {
            return run.error();
        }
        return asked ? Result<Champion>(fail(ErrorCode::NotTrained, std::to_string(options.run),
                                             project.path().string()))
                     : Champion{};
    }
    auto report = trainReportFromRun(project, run->id);
    if (!report) {
        return report.error();
    }
    if (!report->nextItemTrained && asked) {
        return fail(ErrorCode::NotTrained, "next_item", project.path().string());
    }
    return Champion{std::move(*run), std::move(*report)};
}

} // namespace

std::vector<std::string> recommendationMethods()
{
    auto names = memberNames(true);
    names.insert(names.begin(), std::string(kBlend));
    return names;
}

Status Recommender::Impl::read(const Project &project, const Task &task)
{
    const auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    const auto at = options.at ? Result<Day>(*options.at) : snapshotDay(project, *settings);
    if (!at) {
        return at.error();
    }
    facts.at = *at;
    facts.horizonDays = options.horizonDays.value_or(settings->horizonDays);
    facts.currency = settings->currency;
    facts.margin = settings->margin;
    auto read = readEvents(project, *at, task);
    if (!read) {
        return read.error();
    }
    if (read->size() == 0) {
        return fail(ErrorCode::NoEvents, formatDate(*at), project.path().string());
    }
    auto catalogue = readItems(project);
    if (!catalogue) {
        return catalogue.error();
    }
    const auto costs = itemCosts(project);
    if (!costs) {
        return costs.error();
    }
    events = std::move(*read);
    items = std::move(*catalogue);
    worths = itemWorths(events, items, *at, facts.margin, *costs);
    return Done{};
}

Status Recommender::Impl::chooseRecipe(const Project &project, const Task &task)
{
    const auto champion = championOf(project, options);
    if (!champion) {
        return champion.error();
    }
    const bool trained = champion->run && champion->report->nextItemTrained;
    if (champion->run) {
        facts.run = champion->run->id;
        behaviorChance = champion->report->churnTrained;
        behaviorHorizon = champion->report->split.horizonDays;
    }
    auto kept = trained ? recipeOfRun(*champion->run) : std::nullopt;
    const bool hasPart = kept || behaviorChance || options.method == kBehaviorMember;
    if (kept) {
        facts.recipe = std::move(*kept);
    } else {
        auto fitted = simpleRecipe(events, items, facts.at, facts.horizonDays,
                                   options.hidePurchasedDays, task);
        if (!fitted) {
            return fitted.error();
        }
        facts.recipe = std::move(*fitted);
        facts.notes.push_back({trained ? "behavior_not_weighed" : "not_trained", 0});
    }
    if (champion->run && hasPart && champion->report->split.until > facts.at) {
        const Day later = champion->report->split.until - facts.at;
        facts.notes.push_back({"knows_later", static_cast<double>(later)});
    }
    if (facts.recipe.weights.users == 0) {
        facts.notes.push_back({"weights_unknown", 0});
    }
    if (facts.recipe.itemChance.fitted() && facts.recipe.windowDays() != facts.horizonDays) {
        facts.notes.push_back({"carried", static_cast<double>(facts.recipe.windowDays())});
    }
    return Done{};
}

/// Fits the members that have a part in the blend, and the one that is to list.
Status Recommender::Impl::learn(const Task &task)
{
    std::vector<std::string> names;
    for (const BlendMember &member : facts.recipe.weights.members) {
        if (member.weight > 0) {
            names.push_back(member.name);
            blend.push_back(member.weight);
        }
    }
    listed = blend;
    if (options.method != kBlend) {
        auto found = std::find(names.begin(), names.end(), options.method);
        if (found == names.end()) {
            names.push_back(options.method);
            blend.push_back(0);
            found = names.end() - 1;
        }
        listed.assign(names.size(), 0.0);
        listed[static_cast<std::size_t>(found - names.begin())] = 1;
    }
    asksBehavior = std::find(names.begin(), names.end(), kBehaviorMember) != names.end();
    const ItemSignal signal =
        facts.recipe.purchases ? ItemSignal::Purchases : ItemSignal::Interest;
    space = itemSpace(events, items, facts.at, signal);
    auto fitted = BlendMembers::fit(space, std::move(names), task);
    if (!fitted) {
        return fitted.error();
    }
    members = std::move(*fitted);
    facts.notes.insert(facts.notes.end(), members.notes().begin(), members.notes().end());
    itemAt.assign(space.size(), 0);
    for (std::size_t k = 0; k < items.size(); ++k) {
        itemAt[static_cast<std::size_t>(space.numberOf[static_cast<std::size_t>(items[k].id)])] = k;
    }
    popular = popularFrom(popularityCounts(events, {}, facts.at), items, options.top);
    return Done{};
}

Result<Recommender> Recommender::load(const Project &project, const RecommendOptions &options,
                                      const Task &task)
{
    if (const auto sound = checkOptions(options); !sound) {
        return sound.error();
    }
    auto impl = std::make_unique<Impl>();
    impl->options = options;
    if (const auto read = impl->read(project, task.part(0.0, 0.2)); !read) {
        return read.error();
    }
    if (const auto chosen = impl->chooseRecipe(project, task.part(0.2, 0.7)); !chosen) {
        return chosen.error();
    }
    if (const auto learned = impl->learn(task.part(0.7, 1.0)); !learned) {
        return learned.error();
    }
    return Recommender(std::move(impl));
}

} // namespace perennial
