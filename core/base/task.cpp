#include "core/base/task.h"

#include <algorithm>

namespace perennial {

Task::Task(std::stop_token stop, Report report)
    : m_stop(std::move(stop)), m_report(std::move(report))
{
}

void Task::progress(double fraction, std::string_view stage) const
{
    if (m_report) {
        m_report(m_from + (m_to - m_from) * std::clamp(fraction, 0.0, 1.0), stage);
    }
}

Task Task::part(double from, double to) const
{
    Task inner = *this;
    inner.m_from = m_from + (m_to - m_from) * from;
    inner.m_to = m_from + (m_to - m_from) * to;
    return inner;
}

} // namespace perennial
