#include "ui/wording/lifecycle_words.h"

#include "ui/wording/format.h"

#include <QCoreApplication>

#include <array>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(LifecycleWords)
};

} // namespace

QString userLabelText(const std::string &name)
{
    const std::array<std::pair<const char *, QString>, 7> known{{
        {"channel", Words::tr("Channel")},
        {"region", Words::tr("Region")},
        {"device", Words::tr("Device")},
        {"first_category", Words::tr("First category bought")},
        {"first_channel", Words::tr("Channel of the first purchase")},
        {"first_device", Words::tr("Device of the first purchase")},
        {"first_campaign", Words::tr("First campaign")},
    }};
    for (const auto &[key, text] : known) {
        if (name == key) {
            return text;
        }
    }
    return QString::fromStdString(name);
}

QString cohortPeriodText(CohortPeriod period)
{
    switch (period) {
    case CohortPeriod::Daily:
        return Words::tr("day");
    case CohortPeriod::Weekly:
        return Words::tr("week");
    case CohortPeriod::Monthly:
        return Words::tr("month");
    case CohortPeriod::Quarterly:
        break;
    }
    return Words::tr("quarter");
}

QString cohortStartText(Day start, CohortPeriod period)
{
    switch (period) {
    case CohortPeriod::Daily:
    case CohortPeriod::Weekly:
        return dayText(start);
    case CohortPeriod::Monthly:
        return monthText(start);
    case CohortPeriod::Quarterly:
        break;
    }
    const CivilDate date = civilFromDay(start);
    return QStringLiteral("%1 Q%2").arg(date.year).arg((date.month - 1) / 3 + 1);
}

} // namespace perennial
