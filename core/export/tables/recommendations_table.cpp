#include "core/export/tables/tables_list.h"
#include "core/recommend/recommend.h"

namespace perennial {

namespace {

Status write(const Project &project, const ExportRequest &request, CsvWriter &out, const Task &task)
{
    RecommendOptions options;
    options.top = request.top;
    options.reasons = 0;
    const auto writeList = [&out](const RecommendationList &list) -> Status {
        int rank = 0;
        for (const Recommendation &item : list.items) {
            out.text(list.userKey);
            out.integer(++rank);
            out.text(item.key);
            out.text(item.name);
            out.text(item.category);
            item.price ? out.money(*item.price) : out.empty();
            out.number(item.score);
            out.optionalNumber(item.cosine);
            out.text(recommendationSourceName(list.source));
            out.optionalNumber(item.probability);
            out.optionalNumber(item.value);
            out.endRow();
        }
        return Done{};
    };
    const auto lists = recommendAll(project, options, writeList, task);
    return lists ? Status(Done{}) : Status(lists.error());
}

} // namespace

/// `request.top` items for every user, by the blend that ships; `source` says where a list came
/// from popularity instead. Probability and value are of the project's horizon.
TableSource recommendationsTable()
{
    return {{"recommendations",
             {"user", "rank", "item", "name", "category", "price", "score", "cosine", "source",
              "probability", "value"},
             true},
            &write};
}

} // namespace perennial
