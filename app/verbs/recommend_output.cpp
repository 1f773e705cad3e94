#include "app/verbs/recommend_output.h"

#include "ui/wording/counts.h"
#include "ui/wording/format.h"
#include "ui/wording/recommendation_words.h"
#include "ui/wording/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <optional>

namespace perennial {

using nlohmann::ordered_json;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Recommend", text);
}

template <class T> ordered_json orNull(const std::optional<T> &value)
{
    return value ? ordered_json(*value) : ordered_json();
}

ordered_json jsonOf(const RecommendationReason &reason)
{
    return {{"at", formatTimestamp(reason.at)},
            {"event", eventKindName(reason.event)},
            {"item", reason.item},
            {"share", reason.share},
            {"members", reason.members}};
}

ordered_json jsonOf(const Recommendation &one)
{
    ordered_json json{{"item", one.key},
                      {"name", one.name},
                      {"category", one.category},
                      {"score", one.score},
                      {"members", ordered_json::object()},
                      {"again", one.again},
                      {"probability", orNull(one.probability)},
                      {"value", orNull(one.value)},
                      {"revenue", orNull(one.revenue)},
                      {"revenue_from", one.revenue ? ordered_json(worthSourceName(one.revenueFrom))
                                                   : ordered_json()},
                      {"margin", one.margin},
                      {"cosine", orNull(one.cosine)}};
    for (const MemberShare &member : one.members) {
        json["members"][member.member] = member.share;
    }
    json["because"] = ordered_json::array();
    for (const RecommendationReason &reason : one.because) {
        json["because"].push_back(jsonOf(reason));
    }
    return json;
}

ordered_json jsonOf(const std::vector<Recommendation> &items)
{
    ordered_json json = ordered_json::array();
    for (const Recommendation &one : items) {
        json.push_back(jsonOf(one));
    }
    return json;
}

ordered_json notesJson(const std::vector<RankerNote> &notes)
{
    ordered_json json = ordered_json::object();
    for (const RankerNote &note : notes) {
        json[note.code] = note.figure;
    }
    return json;
}

ordered_json jsonOf(const RecommenderFacts &facts)
{
    ordered_json blend = ordered_json::parse(blendRecipeToJson(facts.recipe));
    blend.erase("item_chance"); // coefficients are nobody's figures
    blend.erase("user_chance");
    return blend;
}

} // namespace

ordered_json jsonOf(const RecommendationList &list)
{
    return {{"user", list.userKey},
            {"source", recommendationSourceName(list.source)},
            {"method", list.method},
            {"probability", orNull(list.chance)},
            {"items", jsonOf(list.items)}};
}

ordered_json popularJson(const std::vector<Recommendation> &items)
{
    ordered_json json = ordered_json::array();
    for (const Recommendation &one : items) {
        json.push_back({{"item", one.key},
                        {"name", one.name},
                        {"category", one.category},
                        {"score", one.score}});
    }
    return json;
}

QString textOf(const RecommendationList &list, const RecommenderFacts &facts)
{
    QStringList lines;
    QString head = tr("%1, as known at %2 (%3)")
                       .arg(QString::fromStdString(list.userKey), dayText(list.at),
                            recommendationSourceText(list));
    if (list.chance) {
        head += tr(", buys anything within %1 days: %2")
                    .arg(facts.horizonDays)
                    .arg(percentText(*list.chance));
    }
    lines << head;
    int rank = 0;
    for (const Recommendation &one : list.items) {
        lines << QStringLiteral("%1  %2 %3 %4 %5  %6")
                     .arg(++rank, 3)
                     .arg(itemText(one.key, one.name), -32)
                     .arg(fullText(one.score, 3), 7)
                     .arg(percentText(one.probability), 8)
                     .arg(fullText(one.value, 2), 9)
                     .arg(memberSharesText(one.members));
        if (!one.because.empty()) {
            lines << QStringLiteral("       ") + reasonsText(one.because);
        }
    }
    return lines.join(u'\n');
}

QString factsText(const RecommenderFacts &facts)
{
    QStringList lines;
    lines << tr("columns: score, P(bought within %1 days), value in %2 (that times what a purchase "
                "brings, times the margin), members' shares of the score; below: what of the "
                "user's past carries how much of it")
                 .arg(facts.horizonDays)
                 .arg(QString::fromStdString(facts.currency));
    const BlendRecipe &recipe = facts.recipe;
    if (recipe.weights.users > 0) {
        lines << tr("blend fitted on %1 and what was new to them in (%2, %3]: %4")
                     .arg(usersText(recipe.weights.users), dayText(recipe.cut),
                          dayText(recipe.until), blendWeightsText(recipe));
    }
    if (recipe.calibration) {
        const CalibrationError &error = *recipe.calibration;
        lines << tr("chances of listed items there, cross-fitted over users: %1 on average, %2 "
                    "bought; calibration error %3%4")
                     .arg(percentText(error.predicted), percentText(error.happened),
                          fullText(error.error, 4),
                          error.interval ? QStringLiteral(" [%1, %2]")
                                               .arg(fullText(error.interval->lower, 4),
                                                    fullText(error.interval->upper, 4))
                                         : QString());
    }
    for (const RankerNote &note : facts.notes) {
        lines << recommenderNoteText(note);
    }
    return lines.join(u'\n');
}

void writeRows(CsvWriter &writer, const RecommendationList &list, const RecommenderFacts &facts)
{
    std::int64_t rank = 0;
    for (const Recommendation &one : list.items) {
        writer.text(list.userKey);
        writer.integer(++rank);
        writer.text(one.key);
        writer.text(one.name);
        writer.text(one.category);
        writer.number(one.score);
        writer.optionalNumber(one.cosine);
        writer.text(recommendationSourceName(list.source));
        writer.optionalNumber(one.probability);
        writer.optionalNumber(one.value);
        writer.text(facts.currency);
        writer.integer(facts.horizonDays);
        writer.text(memberSharesText(one.members).toStdString());
        writer.text(reasonsText(one.because).toStdString());
        writer.endRow();
    }
}

void addFacts(ordered_json &json, const RecommenderFacts &facts)
{
    json["at"] = formatDate(facts.at);
    json["horizon_days"] = facts.horizonDays;
    json["currency"] = facts.currency;
    json["margin"] = facts.margin;
    if (!json.contains("run")) {
        json["run"] = ordered_json();
    }
    json["blend"] = jsonOf(facts);
    json["notes"] = notesJson(facts.notes);
}

} // namespace perennial
