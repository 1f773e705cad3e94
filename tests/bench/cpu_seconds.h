#pragma once

#include <ctime>

namespace perennial {

/// CPU time of this process so far, all threads together.
inline double cpuSeconds() noexcept
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

} // namespace perennial
