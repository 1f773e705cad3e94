#include "core/base/money.h"
#include "ui/report/report_section.h"
#include "ui/report/section_words.h"
#include "ui/wording/recommendation_words.h"

namespace perennial::report {
namespace {

QString because(const Recommendation &item)
{
    return item.because.empty() ? QString() : reasonsText({item.because.front()});
}

QString price(const Recommendation &item)
{
    return item.price ? fullText(toUnits(*item.price)) : kMissing;
}

Table listOf(const ReportData &data, const RecommendationList &list)
{
    Table table;
    table.title = list.source != RecommendationSource::Popular
                      ? text(list.userKey)
                      : ReportText::tr("%1 (nothing known of this user: popular items)")
                            .arg(text(list.userKey));
    table.columns = {numberColumn(QStringLiteral("#")),
                     textColumn(ReportText::tr("Item")),
                     textColumn(ReportText::tr("Category")),
                     numberColumn(withCurrency(data, ReportText::tr("Price"))),
                     numberColumn(ReportText::tr("Chance")),
                     numberColumn(withCurrency(data, ReportText::tr("Value"))),
                     textColumn(ReportText::tr("Strongest reason"))};
    table.whenEmpty = ReportText::tr("No item can be recommended.");
    int rank = 0;
    for (const Recommendation &item : list.items) {
        table.rows.push_back({QString::number(++rank), itemText(item.key, item.name),
                              text(item.category), price(item),
                              percentText(item.probability), fullText(item.value, 2),
                              because(item)});
    }
    return table;
}

Table popular(const ReportData &data)
{
    Table table;
    table.title = ReportText::tr("For comparison: the most popular items");
    table.columns = {numberColumn(QStringLiteral("#")), textColumn(ReportText::tr("Item")),
                     textColumn(ReportText::tr("Category")),
                     numberColumn(withCurrency(data, ReportText::tr("Price"))),
                     numberColumn(ReportText::tr("Share of popularity"))};
    table.whenEmpty = ReportText::tr("No event names an item.");
    int rank = 0;
    for (const Recommendation &item : data.popular) {
        table.rows.push_back({QString::number(++rank), itemText(item.key, item.name),
                              text(item.category), price(item), percentText(item.score)});
    }
    return table;
}

std::vector<Part> write(const ReportData &data)
{
    Part part;
    if (data.recommendations.empty()) {
        part.headline = data.behaviorRun
                            ? ReportText::tr("The behaviour model gives no recommendations here")
                            : ReportText::tr("No behaviour model yet: only popular items are known");
        part.lead = ReportText::tr("Recommendations for single users need a trained behaviour model "
                                   "and items in the events.");
    } else {
        const auto users = static_cast<int>(data.recommendations.size());
        part.headline = users == 1
                            ? ReportText::tr("What the most valuable user is likely to want next")
                            : ReportText::tr("What the %1 most valuable users are likely to want next")
                                  .arg(users);
        part.lead = ReportText::tr("A sample. Chance is the probability that the user buys the "
                                   "item within the horizon, value that times the margin of a purchase; "
                                   "items bought in the last 30 days are left out. By the %1, "
                                   "history up to %2.")
                        .arg(recommendationSourceText(data.recommendations.front()),
                             dayText(data.recommendations.front().at));
        for (const RecommendationList &list : data.recommendations) {
            part.blocks.push_back(listOf(data, list));
        }
    }
    part.blocks.push_back(popular(data));
    return {part};
}

} // namespace

ReportSection recommendationsSection()
{
    return {"recommendations", [] { return ReportText::tr("Recommendations, a sample"); },
            [] { return ReportText::tr("What the most valuable users are likely to want next"); },
            true, write};
}

} // namespace perennial::report
