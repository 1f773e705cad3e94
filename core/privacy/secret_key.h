#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

namespace perennial {

/// 32 secret bytes in memory of their own: not swapped out, between guard pages, read-only, and
/// wiped when they go.
class SecretKey {
public:
    static constexpr std::size_t kBytes = 32;

    /// From the system's random numbers. @error OutOfMemory.
    static Result<SecretKey> random();
    /// A copy of `bytes`, which must be kBytes long and are the caller's to wipe.
    /// @error OutOfMemory; BadKeyFile for another length.
    static Result<SecretKey> copyOf(std::span<const unsigned char> bytes);

    std::span<const unsigned char, kBytes> bytes() const noexcept
    {
        return std::span<const unsigned char, kBytes>(m_bytes.get(), kBytes);
    }

private:
    struct Release {
        void operator()(unsigned char *bytes) const noexcept;
    };
    using Bytes = std::unique_ptr<unsigned char[], Release>;
    explicit SecretKey(Bytes bytes) : m_bytes(std::move(bytes)) {}
    static Result<Bytes> allocate();
    static SecretKey sealed(Bytes bytes);

    Bytes m_bytes;
};

} // namespace perennial
