#pragma once

#include "core/base/result.h"
#include "core/base/task.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace perennial {

/// Waits for a mutex that another task may hold for long. False where the task was cancelled before
/// it was free.
inline bool lockFor(std::unique_lock<std::timed_mutex> &lock, const Task &task)
{
    while (!lock.try_lock_for(std::chrono::milliseconds(50))) {
        if (task.cancelled()) {
            return false;
        }
    }
    return true;
}

/// What takes long to make, made once for a key and kept until another key is asked for. Any thread
/// may ask; who asks while it is being made waits, and gets the same.
template <class Key, class T>
class Kept {
public:
    using Value = std::shared_ptr<const T>;

    /// @param make () -> Result<Value>. @error make's, which is not kept; Cancelled.
    template <class Make>
    Result<Value> get(const Key &key, const Task &task, Make make)
    {
        std::unique_lock lock(m_mutex, std::defer_lock);
        if (!lockFor(lock, task)) {
            return fail(ErrorCode::Cancelled);
        }
        if (!m_value || m_key != key) {
            Result<Value> made = make();
            if (!made) {
                return made;
            }
            m_value = *std::move(made);
            m_key = key;
        }
        return m_value;
    }

private:
    std::timed_mutex m_mutex;
    std::optional<Key> m_key;
    Value m_value;
};

} // namespace perennial
