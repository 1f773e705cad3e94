#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <vector>

namespace perennial {

/// Beats every millisecond; the longest pause between two beats is what a click may have to wait.
class Heartbeat {
public:
    /// @param onBeat called with every beat.
    explicit Heartbeat(std::function<void()> onBeat = {}) : m_onBeat(std::move(onBeat))
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        QObject::connect(&m_timer, &QTimer::timeout, [this] {
            m_pauses.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
            m_clock.restart();
            if (m_onBeat) {
                m_onBeat();
            }
        });
        m_clock.start();
        m_timer.start();
    }
    /// Ascending, in ms.
    std::vector<double> stop()
    {
        m_timer.stop();
        std::ranges::sort(m_pauses);
        return std::move(m_pauses);
    }

private:
    std::function<void()> m_onBeat;
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_pauses;
};

} // namespace perennial
