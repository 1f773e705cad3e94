#pragma once

// For core/neural and core/behavior alone: what a thread needs before it runs tensors, and how
// exceptions of LibTorch become errors.

#include "core/base/result.h"

#include <c10/util/Exception.h>

#include <new>
#include <string>
#include <string_view>

namespace perennial {

/// One thread per operation on this thread: LibTorch keeps that setting per thread.
void prepareTorchThread();

/// Threads that share a training step or a scoring: one per core, at most 16.
int workerCount() noexcept;

/// True for memory that could not be had, on any device.
inline bool isOutOfMemory(const std::exception &thrown) noexcept
{
    if (dynamic_cast<const std::bad_alloc *>(&thrown) != nullptr ||
        dynamic_cast<const c10::OutOfMemoryError *>(&thrown) != nullptr) {
        return true;
    }
    const std::string_view what = thrown.what();
    return what.find("out of memory") != std::string_view::npos ||
           what.find("can't allocate memory") != std::string_view::npos;
}

/// Runs a function that returns a Result at the edge of this room: nothing that LibTorch, the
/// allocator or a thread throws gets past it.
template <class F>
auto withTorchErrors(F f) -> decltype(f())
{
    try {
        return f();
    } catch (const c10::Error &error) {
        return isOutOfMemory(error)
                   ? fail(ErrorCode::OutOfMemory)
                   : fail(ErrorCode::Internal, error.what_without_backtrace(), "libtorch");
    } catch (const std::exception &error) {
        return isOutOfMemory(error) ? fail(ErrorCode::OutOfMemory)
                                    : fail(ErrorCode::Internal, error.what(), "behavior");
    }
}

} // namespace perennial
