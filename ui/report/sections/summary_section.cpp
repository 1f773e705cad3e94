#include "ui/report/report_section.h"
#include "ui/report/section_words.h"
#include "ui/wording/forecast_words.h"

namespace perennial::report {
namespace {

QString headline(const ReportData &data)
{
    const SegmentFigures &f = data.figures;
    if (f.users == 0) {
        return ReportText::tr("No user is in this segment");
    }
    if (f.customers == 0) {
        return counted(f.users, ReportText::tr("The only user has not ordered yet"),
                       ReportText::tr("None of the %1 users has ordered yet"));
    }
    if (f.predictedValues.none == f.users) {
        return counted(f.customers,
                       ReportText::tr("1 customer has brought %2 so far; the future could not be "
                                      "predicted"),
                       ReportText::tr("%1 customers have brought %2 so far; their future could not "
                                      "be predicted"))
            .arg(money(data, f.realised));
    }
    return counted(f.customers, ReportText::tr("1 customer is expected to bring %2 in %3"),
                   ReportText::tr("%1 customers are expected to bring %2 in %3"))
        .arg(money(data, f.predicted), horizonWords(data));
}

/// 90 % where the figures are of all users; the headline names the window.
QString predictedNote(const ReportData &data)
{
    const bool known = data.score && data.score->predictedLower && data.score->predictedUpper;
    return !data.options.segment->isEverybody() || !known
               ? horizonWords(data)
               : ReportText::tr("90 %: %1 to %2")
                     .arg(money(data, *data.score->predictedLower),
                          money(data, *data.score->predictedUpper));
}

QString intervalWords(const ReportData &data)
{
    if (!data.score || !data.score->predictedLower) {
        return ReportText::tr("none: the value model draws no futures");
    }
    return data.score->totalError
               ? ReportText::tr("drawn futures and past errors. ") +
                     totalErrorText(*data.score->totalError)
               : ReportText::tr("drawn futures only; errors of past totals are not known");
}

KeyFigures keyFigures(const ReportData &data)
{
    const SegmentFigures &f = data.figures;
    const bool predicted = f.predictedValues.none < f.users;
    const auto orMissing = [&](const QString &words) { return predicted ? words : kMissing; };
    const QString window = horizonWords(data);
    return {{
        {ReportText::tr("Users"), shortText(static_cast<double>(f.users)),
         ReportText::tr("%1 with an order").arg(countText(f.customers))},
        {ReportText::tr("Realised value"), money(data, f.realised),
         ReportText::tr("net revenue up to %1").arg(dayText(data.label->snapshot))},
        {ReportText::tr("Predicted value"), orMissing(money(data, f.predicted)), predictedNote(data)},
        {ReportText::tr("Expected orders"), orMissing(shortText(f.expectedOrders)), window},
        {ReportText::tr("Mean churn risk"), percentText(f.churnRisk.mean),
         ReportText::tr("no order in %1").arg(window)},
        {ReportText::tr("Unlikely to order"), countText(f.atRisk.users),
         ReportText::tr("churn risk of 50 % or more")},
    }};
}

Table basis(const ReportData &data)
{
    const UserStateLabel &label = *data.label;
    Table table;
    table.title = ReportText::tr("What these figures stand on");
    table.columns = {labelColumn(ReportText::tr("Setting")), wrappedColumn(ReportText::tr("Value"))};
    const auto run = [](std::int64_t id) {
        return id > 0 ? ReportText::tr("run %1").arg(id) : ReportText::tr("none");
    };
    table.rows = {
        {ReportText::tr("Snapshot date t₀"), dayText(label.snapshot)},
        {ReportText::tr("Horizon H"), daysText(label.horizonDays)},
        {ReportText::tr("Currency"), text(label.currency)},
        {ReportText::tr("Margin"), percentText(label.margin)},
        {ReportText::tr("Discount rate per year"), percentText(label.discountPerYear)},
        {ReportText::tr("Churned after silence of"), daysText(label.churnedAfterDays)},
        {ReportText::tr("Value model"), run(label.valueRun)},
        {ReportText::tr("Behaviour model"), run(label.behaviorRun)},
        {ReportText::tr("Churn risk from"), modelWords(label.churnSource)},
        {ReportText::tr("Interval of the total"), intervalWords(data)},
        {ReportText::tr("Data hash"), text(label.dataHash)},
        {ReportText::tr("Scored"), timeText(label.computedAt) + QStringLiteral(" UTC")},
    };
    return table;
}

std::vector<Part> write(const ReportData &data)
{
    Part part;
    part.headline = headline(data);
    part.lead =
        ReportText::tr("Everything known up to %1 is input. Predicted value is what the horizon is "
                       "expected to bring: weighted with the margin and discounted. Realised value "
                       "is net revenue so far. The two are never added without saying so.")
            .arg(dayText(data.label->snapshot));
    if (data.stale) {
        part.blocks.push_back(
            Paragraph{ReportText::tr("Note: the data or the settings have changed since these users "
                                     "were scored. Score again before relying on the figures."),
                      Paragraph::Tone::Warning});
    }
    part.blocks.push_back(keyFigures(data));
    part.blocks.push_back(basis(data));
    return {part};
}

} // namespace

ReportSection summarySection()
{
    return {"summary", [] { return ReportText::tr("Summary"); },
            [] { return ReportText::tr("Key figures, snapshot, horizon, margin and discount"); }, true,
            write};
}

} // namespace perennial::report
