#pragma once

#include "core/base/task.h"
#include "core/project/attribute_store.h"
#include "core/scoring/value_drivers.h"
#include "core/segment/segment_choice.h"
#include "ui/charts/chart_spec.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace perennial {

/// By what users can be told apart.
struct Grouping {
    enum class Of {
        Stage,
        Channel,
        Region,
        Device,
        SignupYear, ///< what is known of the user
        FirstCategory,
        FirstChannel,
        FirstDevice, ///< of the first purchase
        Attribute,   ///< a column of a file of users
    };
    Of of = Of::Stage;
    Attribute attribute; ///< of Attribute
    bool operator==(const Grouping &other) const
    {
        return of == other.of && attribute.id == other.attribute.id;
    }
};
QString groupingText(const Grouping &grouping);
/// All that something is known of for some user, the stage last; attributes that are personal data
/// are not among them. @param until first purchases up to here.
Result<std::vector<Grouping>> readGroupings(const Project &project, std::optional<Day> until);

struct GroupFigures {
    UserStateLabel label;
    Grouping grouping;
    ValueByGroup groups;
    QStringList names;  ///< one per group
    bool known = false; ///< somebody has a value
    /// What the bars show: the predicted value, or the realised where no value model could be
    /// fitted.
    bool predicted() const noexcept { return label.valueRun != 0; }
};
/// The largest groups by name, the rest together; numbers of many values in five bands, dates by
/// year. @param segment only that stage. @error NotScored, Cancelled.
Result<GroupFigures> readGroupFigures(const Project &project, const Grouping &grouping,
                                      const Segment &segment, const Task &task);

/// Mean value per user of each group; mark index = group.
ChartSpec groupChart(const GroupFigures &figures);
/// From the overall mean to a group's, factor by factor.
ChartSpec driverChart(const GroupFigures &figures, std::size_t group);

} // namespace perennial
