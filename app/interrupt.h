#pragma once

#include <stop_token>
#include <thread>

namespace perennial {

/// Turns Ctrl-C and a polite kill into a stop request, so that a verb cancels at a safe point. Made
/// before any other thread: those inherit the blocked signals.
class Interrupt {
public:
    Interrupt();
    std::stop_token token() const noexcept { return m_stop.get_token(); }

private:
    std::stop_source m_stop;
    std::jthread m_waiter;
};

} // namespace perennial
