#include "core/ingest/batch_pipe.h"

#include <new>

namespace perennial {

namespace {

constexpr std::size_t kAhead = 3;

} // namespace

BatchPipe::BatchPipe(BatchReader reader) : m_reader(std::move(reader)), m_thread([this] { run(); })
{
}

BatchPipe::~BatchPipe()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_changed.notify_all();
}

void BatchPipe::run()
{
    for (;;) {
        std::unique_ptr<Batch> used;
        {
            const std::lock_guard lock(m_mutex);
            if (!m_used.empty()) {
                used = std::move(m_used.back());
                m_used.pop_back();
            }
        }
        Item item = read(std::move(used));
        const bool last = !item || (*item)->last;
        if (!push(std::move(item)) || last) {
            return;
        }
    }
}

BatchPipe::Item BatchPipe::read(std::unique_ptr<Batch> used)
{
    try {
        return m_reader.next(std::move(used));
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory);
    }
}

/// @return false where nobody waits any more.
bool BatchPipe::push(Item item)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_closed || m_ready.size() < kAhead; });
    if (m_closed) {
        return false;
    }
    m_ready.push(std::move(item));
    m_changed.notify_all();
    return true;
}

Result<std::unique_ptr<Batch>> BatchPipe::take()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_ready.empty(); });
    Item item = std::move(m_ready.front());
    m_ready.pop();
    m_changed.notify_all();
    return item;
}

void BatchPipe::giveBack(std::unique_ptr<Batch> batch)
{
    const std::lock_guard lock(m_mutex);
    m_used.push_back(std::move(batch));
}

} // namespace perennial
