#include "core/project/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>

namespace perennial {

namespace {

std::string readHolder(int descriptor)
{
    std::array<char, 200> text{};
    const auto size = pread(descriptor, text.data(), text.size() - 1, 0);
    std::string holder(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    // The file is anybody's to write; only plain characters go on to a message.
    std::erase_if(holder, [](char c) { return c < ' ' || c > '~'; });
    return holder;
}

void writeHolder(int descriptor)
{
    std::array<char, 64> host{};
    gethostname(host.data(), host.size() - 1);
    const std::string text = "pid " + std::to_string(getpid()) + " on " + host.data();
    // Only a courtesy to the next one who asks: a full disk must not stop the lock itself.
    if (ftruncate(descriptor, 0) == 0) {
        [[maybe_unused]] const auto written = pwrite(descriptor, text.data(), text.size(), 0);
    }
}

} // namespace

Result<std::shared_ptr<ProjectLock>> ProjectLock::acquire(const std::filesystem::path &project)
{
    const std::string path = project.string() + ".lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (descriptor < 0) {
        return fail(errno == ENOSPC ? ErrorCode::DiskFull : ErrorCode::NotWritable, {},
                    project.parent_path().string());
    }
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const std::string holder = readHolder(descriptor);
        ::close(descriptor);
        return fail(ErrorCode::Locked, holder, project.string());
    }
    writeHolder(descriptor);
    return std::shared_ptr<ProjectLock>(new ProjectLock(descriptor));
}

ProjectLock::~ProjectLock()
{
    // The file stays: removing it would let two processes lock two files of the same name.
    ::close(m_descriptor);
}

} // namespace perennial
