#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <memory>

namespace perennial {

/// The right to write a project: an exclusive lock on NAME.perennial.lock, which names the process
/// that holds it. The system lets go of it when the process ends, however it ends.
class ProjectLock {
public:
    /// @error Locked (detail: the holder as "pid 123 on host"), NotWritable, DiskFull.
    static Result<std::shared_ptr<ProjectLock>> acquire(const std::filesystem::path &project);
    ~ProjectLock();
    ProjectLock(const ProjectLock &) = delete;
    ProjectLock &operator=(const ProjectLock &) = delete;

private:
    explicit ProjectLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

} // namespace perennial
