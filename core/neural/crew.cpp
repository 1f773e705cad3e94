#include "core/neural/crew.h"

#include <chrono>
#include <utility>

namespace perennial {

namespace {

/// A step has a dozen rounds, and most waits between them are shorter than a thread takes to be put
/// to sleep and woken: so long it stays awake.
constexpr auto kAwake = std::chrono::microseconds(200);

template <class F>
void stayAwakeUntil(F done)
{
    const auto end = std::chrono::steady_clock::now() + kAwake;
    while (!done() && std::chrono::steady_clock::now() < end) {
    }
}

} // namespace

WorkerCrew::WorkerCrew(int workers, std::function<void()> prepare) : m_prepare(std::move(prepare))
{
    m_prepare();
    for (int k = 1; k < workers; ++k) {
        m_threads.emplace_back([this] { work(); });
    }
}

WorkerCrew::~WorkerCrew()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_start.notify_all();
    for (std::thread &thread : m_threads) {
        thread.join();
    }
}

void WorkerCrew::work()
{
    m_prepare();
    std::size_t seen = 0;
    while (true) {
        stayAwakeUntil([&] { return m_closing || m_round != seen; });
        {
            std::unique_lock lock(m_mutex);
            m_start.wait(lock, [&] { return m_closing || m_round != seen; });
            if (m_closing) {
                return;
            }
            seen = m_round;
        }
        takeParts();
    }
}

void WorkerCrew::takeParts()
{
    std::unique_lock lock(m_mutex);
    while (m_next < m_parts) {
        const std::size_t mine = m_next++;
        ++m_busy;
        lock.unlock();
        std::exception_ptr thrown;
        try {
            (*m_part)(mine);
        } catch (...) {
            thrown = std::current_exception();
        }
        lock.lock();
        m_thrown[mine] = thrown;
        --m_busy;
    }
    if (m_busy == 0) {
        m_finish.notify_all();
    }
}

void WorkerCrew::run(std::size_t parts, const std::function<void(std::size_t)> &part)
{
    {
        const std::lock_guard lock(m_mutex);
        m_part = &part;
        m_parts = parts;
        m_next = 0;
        m_thrown.assign(parts, nullptr);
        ++m_round;
    }
    m_start.notify_all();
    takeParts();
    stayAwakeUntil([&] { return m_busy == 0; });
    std::unique_lock lock(m_mutex);
    m_finish.wait(lock, [&] { return m_next >= m_parts && m_busy == 0; });
    for (const std::exception_ptr &thrown : m_thrown) {
        if (thrown) {
            std::rethrow_exception(thrown);
        }
    }
}

} // namespace perennial
