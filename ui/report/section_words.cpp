#include "ui/report/section_words.h"

#include "ui/wording/forecast_words.h"
#include "ui/wording/segment_words.h"

namespace perennial::report {

QString text(const std::string &utf8) { return QString::fromStdString(utf8); }

QString currency(const ReportData &data) { return currencySign(text(data.settings.currency)); }

QString money(const ReportData &data, double value)
{
    return shortMoneyText(value, text(data.settings.currency));
}

QString withCurrency(const ReportData &data, const QString &title)
{
    return ReportText::tr("%1 (%2)").arg(title, currency(data));
}

QString horizonWords(const ReportData &data)
{
    const int days = data.label ? data.label->horizonDays : data.settings.horizonDays;
    return ReportText::tr("the next %1").arg(daysText(days));
}

QString segmentWords(const ReportData &data)
{
    return segmentText(data.options.segment->rule());
}

QString modelWords(const std::string &model)
{
    static const std::vector<std::pair<std::string_view, QString>> names{
        {"behavior", ReportText::tr("Behaviour model")},
        {"popular_all", ReportText::tr("Popularity, all time")},
        {"popular_30d", ReportText::tr("Popularity, last 30 days")},
        {"item-knn", ReportText::tr("ItemKNN")},
        {"markov", ReportText::tr("Markov chain over baskets")},
        {"ease", ReportText::tr("EASE")},
        {"blend", ReportText::tr("Blend of simple recommenders")},
        {"past_spend", ReportText::tr("Past spend carried forward")},
    };
    for (const auto &[key, name] : names) {
        if (key == model) {
            return name;
        }
    }
    return forecasterText(model);
}

QString shareWords(double part, double whole)
{
    return whole > 0 ? percentText(part / whole) : kMissing;
}

QString measureWords(std::optional<double> value) { return fullText(value, 3); }

Column textColumn(const QString &title) { return {title, Column::Kind::Text}; }
Column labelColumn(const QString &title) { return {title, Column::Kind::Label}; }
Column numberColumn(const QString &title) { return {title, Column::Kind::Number}; }
Column wrappedColumn(const QString &title) { return {title, Column::Kind::Wrapped}; }

} // namespace perennial::report
