#pragma once

#include "core/ingest/batch_reader.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

namespace perennial {

/// Runs a BatchReader on a thread of its own, a few batches ahead of whoever takes them.
class BatchPipe {
public:
    /// @param reader its source and plan outlive the pipe.
    explicit BatchPipe(BatchReader reader);
    ~BatchPipe();
    BatchPipe(const BatchPipe &) = delete;
    BatchPipe &operator=(const BatchPipe &) = delete;

    /// The next batch; waits for it. Not after the last. @error as BatchReader::next, OutOfMemory.
    Result<std::unique_ptr<Batch>> take();
    /// Its memory is used again.
    void giveBack(std::unique_ptr<Batch> batch);

private:
    using Item = Result<std::unique_ptr<Batch>>;

    void run();
    Item read(std::unique_ptr<Batch> used);
    bool push(Item item);

    BatchReader m_reader;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::queue<Item> m_ready;
    std::vector<std::unique_ptr<Batch>> m_used;
    bool m_closed = false;
    std::jthread m_thread; // last: everything above is there while it runs
};

} // namespace perennial
