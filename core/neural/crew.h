#pragma once

// For core/neural and core/behavior alone.

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace perennial {

/// A few threads that share the parts of one piece of work; the caller is one of them. Which thread
/// does a part never matters to the result: parts write to places of their own.
class WorkerCrew {
public:
    /// @param workers in all, the caller included, >= 1. @param prepare runs once on each thread
    /// before its first part.
    WorkerCrew(int workers, std::function<void()> prepare);
    ~WorkerCrew();
    WorkerCrew(const WorkerCrew &) = delete;
    WorkerCrew &operator=(const WorkerCrew &) = delete;

    int workers() const noexcept { return static_cast<int>(m_threads.size()) + 1; }
    /// Calls part(0) … part(parts − 1), returns when all are done, and rethrows what the first part
    /// that threw has thrown.
    void run(std::size_t parts, const std::function<void(std::size_t)> &part);

private:
    void work();
    void takeParts();

    std::function<void()> m_prepare;
    std::mutex m_mutex;
    std::condition_variable m_start, m_finish;
    const std::function<void(std::size_t)> *m_part = nullptr;
    std::size_t m_parts = 0, m_next = 0;
    std::atomic<std::size_t> m_busy = 0, m_round = 0; ///< written under the mutex
    std::vector<std::exception_ptr> m_thrown;
    std::atomic<bool> m_closing = false;
    std::vector<std::thread> m_threads;
};

} // namespace perennial
