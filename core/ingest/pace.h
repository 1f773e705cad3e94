#pragma once

#include <chrono>

namespace perennial {

/// Progress at most ten times a second.
class Pace {
public:
    bool due()
    {
        const auto now = std::chrono::steady_clock::now();
        if (now - m_last < std::chrono::milliseconds(100)) {
            return false;
        }
        m_last = now;
        return true;
    }

private:
    std::chrono::steady_clock::time_point m_last{};
};

} // namespace perennial
