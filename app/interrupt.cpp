#include "app/interrupt.h"

#include <csignal>
#include <ctime>

namespace perennial {

Interrupt::Interrupt()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_waiter = std::jthread([this, signals](const std::stop_token &ending) {
        constexpr timespec kWait{0, 50'000'000};
        while (!ending.stop_requested()) {
            if (sigtimedwait(&signals, nullptr, &kWait) > 0) {
                m_stop.request_stop();
            }
        }
    });
}

} // namespace perennial
