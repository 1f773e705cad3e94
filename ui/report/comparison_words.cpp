#include "ui/report/comparison_words.h"

#include "ui/report/section_words.h"

#include <algorithm>

namespace perennial::report {
namespace {

/// "the behaviour model for the next item and churn; BG/NBD for value"
QString headlineOf(const Comparison &c)
{
    const std::vector<std::pair<std::string, QString>> questions{
        {c.bestNextItem, ReportText::tr("the next item")},
        {c.bestNextItemNew, ReportText::tr("the next new item")},
        {c.bestChurn, ReportText::tr("who orders again")},
        {c.bestValue, ReportText::tr("the order of value")}};
    std::vector<std::pair<std::string, QStringList>> winners;
    for (const auto &[best, question] : questions) {
        if (best.empty()) {
            continue;
        }
        auto known = std::find_if(winners.begin(), winners.end(),
                                  [&](const auto &winner) { return winner.first == best; });
        if (known == winners.end()) {
            known = winners.insert(winners.end(), {best, {}});
        }
        known->second.append(question);
    }
    if (winners.empty()) {
        return ReportText::tr("Nothing could be compared on this split");
    }
    if (winners.size() == 1 && winners.front().second.size() > 1) {
        return ReportText::tr("%1 is best for %2")
            .arg(modelWords(winners.front().first),
                 winners.front().second.join(ReportText::tr(", ")));
    }
    QStringList parts;
    for (const auto &[best, asked] : winners) {
        parts.append(ReportText::tr("%1 for %2").arg(modelWords(best),
                                                     asked.join(ReportText::tr(", "))));
    }
    return ReportText::tr("Best: %1").arg(parts.join(QStringLiteral("; ")));
}

} // namespace

ComparisonWords comparisonWords(const Comparison &c)
{
    ComparisonWords words;
    words.headline = headlineOf(c);
    words.protocol =
        ReportText::tr("Every model was given the events up to %1 and asked about the %2 after it. "
                       "Ranks: the first item after the cut among all of %3, %4, repeats "
                       "allowed, ties counted half; “new”: the first item not met before, %5. "
                       "Orders and value: %6.")
            .arg(dayText(c.split.cut), daysText(c.split.labelDays), itemsText(c.items),
                 usersText(c.rankedUsers), usersText(c.newRankedUsers),
                 customersText(c.valueUsers));
    words.header = {ReportText::tr("Model"),          ReportText::tr("HR@10"),
                    ReportText::tr("NDCG@10"),        ReportText::tr("HR@10 new"),
                    ReportText::tr("NDCG@10 new"),    ReportText::tr("Churn AUC"),
                    ReportText::tr("Churn log loss"), ReportText::tr("Value MAE"),
                    ReportText::tr("Value Spearman"), ReportText::tr("Value bias")};
    words.shortHeader = {ReportText::tr("Model"),    ReportText::tr("HR@10"),
                         ReportText::tr("NDCG@10"),  ReportText::tr("HR new"),
                         ReportText::tr("NDCG new"), ReportText::tr("AUC"),
                         ReportText::tr("Log loss"), ReportText::tr("MAE"),
                         ReportText::tr("Spearman"), ReportText::tr("Bias")};
    words.decimals = {3, 3, 3, 3, 3, 3, 2, 3, 3};
    for (const ComparedModel &m : c.models) {
        QString name = modelWords(m.name);
        if (!m.status.empty() && m.status != "converged") {
            name = m.status == "boundary" ? ReportText::tr("%1 (at a boundary)").arg(name)
                                          : ReportText::tr("%1 (failed)").arg(name);
        }
        words.rows.push_back({name,
                              {m.hr10, m.ndcg10, m.hr10New, m.ndcg10New, m.churnAuc, m.churnLogLoss,
                               m.valueMae, m.valueSpearman, m.valueBias}});
    }
    return words;
}

} // namespace perennial::report
