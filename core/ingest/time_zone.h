#pragma once

#include "core/base/dates.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// The clocks of a place, for times that a file gives without an offset.
class TimeZone {
public:
    /// @param name of the IANA data base ("Europe/Berlin"), or "UTC".
    /// @error BadMapping, detail "time_zone: NAME", for a name that is none.
    static Result<TimeZone> named(const std::string &name);

    /// A moment that clocks showed.
    struct Moment {
        UtcSecond at = 0;
        bool twice = false; ///< they showed it twice, set back in between; `at` is the first time
    };
    /// @param local seconds since 1970 as the clock shows them.
    /// @return empty where no clock ever showed it: the hour that is skipped in spring, and what is
    /// more than 2^62 seconds away.
    std::optional<Moment> moment(std::int64_t local) const noexcept;

private:
    /// From a moment on, clocks are so many seconds ahead of UTC.
    struct Period {
        UtcSecond from;
        int offset;
    };
    std::vector<Period> m_periods; ///< rising; the first from before all dates
};

/// Names of the IANA data base in the order of dialogs: "UTC", then by the alphabet.
std::vector<std::string> timeZoneNames();

} // namespace perennial
