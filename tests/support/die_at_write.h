#pragma once

#include <sqlite3.h>
#include <sys/types.h>

#include <csignal>
#include <cstddef>

namespace perennial::test {

/// Kills this process at the n-th write of SQLite from now on, when half of it is done; for programs
/// that a test starts to have them killed. @param writes 0 = never.
inline void dieAtWrite(long writes)
{
    using Write = ssize_t (*)(int, const void *, std::size_t, off_t);
    static long left = 0;
    static Write system = nullptr;
    left = writes;
    if (writes <= 0) {
        return;
    }
    const auto counted = +[](int file, const void *bytes, std::size_t size, off_t offset) -> ssize_t {
        if (left > 0 && --left == 0) {
            [[maybe_unused]] const ssize_t half = system(file, bytes, size / 2, offset);
            std::raise(SIGKILL);
        }
        return system(file, bytes, size, offset);
    };
    // SQLite lets a test stand between it and the system.
    sqlite3_initialize();
    sqlite3_vfs *vfs = sqlite3_vfs_find(nullptr);
    for (const char *call : {"pwrite", "pwrite64"}) {
        if (const auto known = vfs->xGetSystemCall(vfs, call); known != nullptr) {
            system = reinterpret_cast<Write>(known);
            vfs->xSetSystemCall(vfs, call, reinterpret_cast<sqlite3_syscall_ptr>(counted));
        }
    }
}

} // namespace perennial::test
