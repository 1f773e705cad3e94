#include "core/tuning/quality_json.h"

#include "core/base/dates.h"
#include "core/behavior/report_json.h"

#include <algorithm>
#include <array>

namespace perennial {

namespace {

using nlohmann::ordered_json;

ordered_json intervalJson(const std::optional<Interval> &interval)
{
    return interval ? ordered_json{numberOrNull(interval->lower), numberOrNull(interval->upper)}
                    : ordered_json();
}

std::optional<Interval> intervalFrom(const ordered_json &json, const char *key)
{
    const auto found = json.find(key);
    if (found == json.end() || !found->is_array() || found->size() != 2 ||
        !(*found)[0].is_number() || !(*found)[1].is_number()) {
        return std::nullopt;
    }
    return Interval{(*found)[0].get<double>(), (*found)[1].get<double>()};
}

std::int64_t countFrom(const ordered_json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::string textFrom(const ordered_json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The elements of an array that are objects.
std::vector<ordered_json> objectsOf(const ordered_json &json, const char *key)
{
    std::vector<ordered_json> objects;
    const auto found = json.find(key);
    if (found != json.end() && found->is_array()) {
        std::ranges::copy_if(*found, std::back_inserter(objects),
                             [](const ordered_json &one) { return one.is_object(); });
    }
    return objects;
}

ordered_json optionsJson(const QualityOptions &options)
{
    return {{"replicates", options.replicates},
            {"level", options.level},
            {"seed", options.seed},
            {"small_below", options.smallBelow}};
}

ordered_json figuresJson(const std::vector<MeasuredFigure> &figures)
{
    ordered_json json = ordered_json::object();
    for (const MeasuredFigure &figure : figures) {
        json[figure.name] = {{"value", numberOrNull(figure.value)},
                             {"interval", intervalJson(figure.interval)}};
    }
    return json;
}

ordered_json headJson(const HeadQuality &head)
{
    ordered_json json{{"head", head.head},
                      {"kind", answerKindName(head.kind)},
                      {"users", head.users}};
    if (head.kind == AnswerKind::Chance) {
        json["positives"] = head.positives;
    }
    json["figures"] = figuresJson(head.figures);
    if (!head.reliability.empty()) {
        json["reliability"] = ordered_json::array();
        for (const ReliabilityBin &bin : head.reliability) {
            json["reliability"].push_back({{"users", bin.users},
                                           {"predicted", bin.predicted},
                                           {"observed", bin.observed},
                                           {"interval", intervalJson(bin.interval)}});
        }
    }
    if (head.errorByChance) {
        json["ece_by_chance"] = {{"mean", head.errorByChance->mean},
                                 {"upper", head.errorByChance->upper}};
    }
    if (!head.deciles.empty()) {
        json["deciles"] = ordered_json::array();
        for (const DecileRow &row : head.deciles) {
            json["deciles"].push_back({{"users", row.customers},
                                       {"predicted", row.predicted},
                                       {"actual", row.actual}});
        }
    }
    return json;
}

std::optional<HeadQuality> headFrom(const ordered_json &json)
{
    constexpr std::array kKinds{AnswerKind::Rank, AnswerKind::Chance, AnswerKind::Amount};
    const auto kind = std::ranges::find(kKinds, textFrom(json, "kind"), answerKindName);
    if (kind == kKinds.end()) {
        return std::nullopt;
    }
    HeadQuality head;
    head.head = textFrom(json, "head");
    head.kind = *kind;
    head.users = countFrom(json, "users");
    head.positives = countFrom(json, "positives");
    const auto figures = json.find("figures");
    for (const std::string_view name : figureNames(head.kind)) {
        MeasuredFigure figure{std::string(name), {}, {}};
        if (figures != json.end() && figures->is_object() && figures->contains(figure.name) &&
            (*figures)[figure.name].is_object()) {
            const ordered_json &stored = (*figures)[figure.name];
            figure.value = numberFrom(stored, "value");
            figure.interval = intervalFrom(stored, "interval");
        }
        head.figures.push_back(std::move(figure));
    }
    for (const ordered_json &bin : objectsOf(json, "reliability")) {
        head.reliability.push_back({countFrom(bin, "users"), numberFrom(bin, "predicted").value_or(0),
                                    numberFrom(bin, "observed").value_or(0),
                                    intervalFrom(bin, "interval").value_or(Interval{})});
    }
    if (const auto luck = json.find("ece_by_chance"); luck != json.end() && luck->is_object()) {
        head.errorByChance = HeadJudge::Chance{numberFrom(*luck, "mean").value_or(0),
                                               numberFrom(*luck, "upper").value_or(0)};
    }
    for (const ordered_json &row : objectsOf(json, "deciles")) {
        head.deciles.push_back({numberFrom(row, "users").value_or(0),
                                numberFrom(row, "predicted").value_or(0),
                                numberFrom(row, "actual").value_or(0)});
    }
    return head;
}

ordered_json pairJson(const HeadPair &pair)
{
    ordered_json json{{"head", pair.head}, {"kind", answerKindName(pair.kind)}, {"users", pair.users}};
    json["figures"] = ordered_json::object();
    for (const FigurePair &figure : pair.figures) {
        json["figures"][figure.name] = {{"a", numberOrNull(figure.a)},
                                        {"b", numberOrNull(figure.b)},
                                        {"difference", numberOrNull(figure.difference)},
                                        {"interval", intervalJson(figure.interval)},
                                        {"b_is", figure.isBetter  ? ordered_json("better")
                                                 : figure.isWorse ? ordered_json("worse")
                                                 : figure.isNoise ? ordered_json("noise")
                                                                  : ordered_json()}};
    }
    return json;
}

} // namespace

ordered_json toJson(const RunQuality &quality)
{
    ordered_json json{{"cut", formatDate(quality.cut)},
                      {"label_days", quality.labelDays},
                      {"users", quality.users},
                      {"options", optionsJson(quality.options)},
                      {"heads", ordered_json::array()}};
    for (const HeadQuality &head : quality.heads) {
        json["heads"].push_back(headJson(head));
    }
    return json;
}

std::optional<RunQuality> qualityFromJson(const ordered_json &json)
{
    if (!json.is_object()) {
        return std::nullopt;
    }
    const auto cut = parseIsoDate(textFrom(json, "cut"));
    if (!cut) {
        return std::nullopt;
    }
    RunQuality quality;
    quality.cut = *cut;
    quality.labelDays = static_cast<int>(countFrom(json, "label_days"));
    quality.users = countFrom(json, "users");
    if (const auto options = json.find("options"); options != json.end() && options->is_object()) {
        quality.options.replicates = static_cast<int>(countFrom(*options, "replicates"));
        quality.options.level = numberFrom(*options, "level").value_or(quality.options.level);
        quality.options.seed = static_cast<std::uint64_t>(countFrom(*options, "seed"));
        quality.options.smallBelow = countFrom(*options, "small_below");
    }
    for (const ordered_json &stored : objectsOf(json, "heads")) {
        if (auto head = headFrom(stored)) {
            quality.heads.push_back(std::move(*head));
        }
    }
    return quality;
}

std::optional<RunQuality> qualityOfRun(const RunRecord &run)
{
    const ordered_json metrics = ordered_json::parse(run.metrics, nullptr, false);
    if (!metrics.is_object()) {
        return std::nullopt;
    }
    const auto comparison = metrics.find("comparison");
    if (comparison == metrics.end() || !comparison->is_object()) {
        return std::nullopt;
    }
    const auto quality = comparison->find("quality");
    return quality == comparison->end() ? std::nullopt : qualityFromJson(*quality);
}

ordered_json toJson(const std::vector<GroupQuality> &groups)
{
    ordered_json json = ordered_json::array();
    for (const GroupQuality &group : groups) {
        ordered_json one{{"group", group.group.empty() ? ordered_json() : ordered_json(group.group)},
                         {"users", group.users},
                         {"is_small", group.isSmall},
                         {"heads", ordered_json::array()}};
        for (const HeadQuality &head : group.heads) {
            one["heads"].push_back(headJson(head));
        }
        json.push_back(std::move(one));
    }
    return json;
}

ordered_json toJson(const RunComparison &comparison)
{
    ordered_json json{{"a", comparison.a},
                      {"b", comparison.b},
                      {"cut", formatDate(comparison.cut)},
                      {"label_days", comparison.labelDays},
                      {"same_data", comparison.sameData},
                      {"options", optionsJson(comparison.options)},
                      {"settings", ordered_json::array()},
                      {"heads", ordered_json::array()},
                      {"only_a", comparison.onlyA},
                      {"only_b", comparison.onlyB}};
    for (const DifferingSetting &setting : comparison.settings) {
        json["settings"].push_back({{"key", setting.key},
                                    {"a", ordered_json::parse(setting.a, nullptr, false)},
                                    {"b", ordered_json::parse(setting.b, nullptr, false)}});
    }
    for (const HeadPair &pair : comparison.heads) {
        json["heads"].push_back(pairJson(pair));
    }
    return json;
}

} // namespace perennial
