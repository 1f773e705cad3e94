#pragma once

#include "core/project/user_table.h"

#include <QString>

#include <optional>

namespace perennial {

/// The users behind a mark of a chart, as the table of users is to show them.
struct UserSelection {
    QString text; ///< "Predicted value £100 – £200"
    std::vector<ColumnRange> ranges;
    UserIds only; ///< null = all that lie in the ranges

    bool operator==(const UserSelection &) const = default;
};

} // namespace perennial
