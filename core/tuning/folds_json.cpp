#include "core/behavior/report_json.h"
#include "core/tuning/folds.h"

#include <nlohmann/json.hpp>

namespace perennial {

namespace {

using nlohmann::ordered_json;

ordered_json rowJson(const FoldRow &row)
{
    ordered_json json{{"fold", row.fold}};
    if (row.error) {
        json["error"] = {{"detail", row.error->detail}, {"where", row.error->where}};
        return json;
    }
    json["cut"] = formatDate(row.cut);
    json["label_days"] = row.labelDays;
    json["users"] = row.users;
    json["best_epoch"] = row.bestEpoch;
    json["seconds"] = row.seconds;
    json["heads"] = ordered_json::array();
    for (const HeadQuality &head : row.heads) {
        ordered_json figures;
        for (const MeasuredFigure &figure : head.figures) {
            figures[figure.name] = numberOrNull(figure.value);
        }
        json["heads"].push_back({{"head", head.head},
                                 {"kind", answerKindName(head.kind)},
                                 {"users", head.users},
                                 {"figures", std::move(figures)}});
    }
    return json;
}

} // namespace

std::string foldsToJson(const FoldsResult &result)
{
    ordered_json json{{"over", foldsOverName(result.options.over)},
                      {"folds", result.options.folds},
                      {"seed", result.options.seed},
                      {"horizon_days", result.horizonDays},
                      {"heads", ordered_json::array()},
                      {"rows", ordered_json::array()}};
    for (const FoldHead &head : result.heads) {
        ordered_json figures;
        for (const FoldFigure &figure : head.figures) {
            const bool any = figure.folds > 0;
            figures[figure.name] = {
                {"folds", figure.folds},
                {"mean", any ? numberOrNull(figure.mean) : ordered_json()},
                {"spread", numberOrNull(figure.spread)},
                {"lowest", any ? numberOrNull(figure.lowest) : ordered_json()},
                {"highest", any ? numberOrNull(figure.highest) : ordered_json()}};
        }
        json["heads"].push_back({{"head", head.head},
                                 {"kind", answerKindName(head.kind)},
                                 {"figures", std::move(figures)}});
    }
    for (const FoldRow &row : result.rows) {
        json["rows"].push_back(rowJson(row));
    }
    return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

} // namespace perennial
