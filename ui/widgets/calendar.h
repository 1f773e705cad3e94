#pragma once

#include "core/base/dates.h"

#include <QDate>

namespace perennial {

/// A day as Qt's date fields have it, and back.
QDate toDate(Day day);
Day toDay(const QDate &date);

} // namespace perennial
