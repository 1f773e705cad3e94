#include "ui/widgets/calendar.h"

namespace perennial {

namespace {

const QDate kFirst(1970, 1, 1); // day 0

} // namespace

QDate toDate(Day day)
{
    return kFirst.addDays(day);
}

Day toDay(const QDate &date)
{
    return static_cast<Day>(kFirst.daysTo(date));
}

} // namespace perennial
