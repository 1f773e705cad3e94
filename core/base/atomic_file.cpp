#include "core/base/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <utility>

namespace perennial {

namespace fs = std::filesystem;

namespace {

ErrorCode codeOf(int error) noexcept
{
    switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return ErrorCode::DiskFull;
    case EISDIR: return ErrorCode::IsDirectory;
    case EEXIST: return ErrorCode::AlreadyExists;
    case EACCES:
    case EPERM:
    case EROFS:
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG: return ErrorCode::NotWritable;
    default: return ErrorCode::IoFailed;
    }
}

/// A name beside `path` that no other export of this or another process uses.
fs::path temporaryBeside(const fs::path &path)
{
    static std::atomic<unsigned> counter{0};
    return path.parent_path() / ("." + path.filename().string() + "." + std::to_string(getpid()) +
                                 "-" + std::to_string(++counter) + ".part");
}

void syncFolder(const fs::path &file)
{
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        static_cast<void>(fsync(descriptor));
        ::close(descriptor);
    }
}

} // namespace

AtomicFile::AtomicFile(fs::path path, Overwrite overwrite)
    : m_path(std::move(path)), m_target(m_path), m_overwrite(overwrite)
{
}

AtomicFile::AtomicFile(AtomicFile &&other) noexcept
    : m_path(std::move(other.m_path)), m_target(std::move(other.m_target)),
      m_temporary(std::exchange(other.m_temporary, {})), m_overwrite(other.m_overwrite),
      m_descriptor(std::exchange(other.m_descriptor, -1)), m_failed(other.m_failed),
      m_bytes(other.m_bytes)
{
}

AtomicFile::~AtomicFile()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
    if (!m_temporary.empty()) {
        unlink(m_temporary.c_str());
    }
}

Error AtomicFile::failure(int error) const
{
    return fail(codeOf(error), {}, m_path.string());
}

Result<AtomicFile> AtomicFile::create(const fs::path &path, Overwrite overwrite)
{
    AtomicFile file(path, overwrite);
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (path.filename().empty() || fs::is_directory(status)) {
        return fail(ErrorCode::IsDirectory, {}, path.string());
    }
    if (fs::exists(status)) {
        if (overwrite == Overwrite::Refuse) {
            return fail(ErrorCode::AlreadyExists, {}, path.string());
        }
        if (const fs::path real = fs::canonical(path, error); !error) {
            file.m_target = real;
        }
        if (access(path.c_str(), W_OK) != 0) {
            return file.failure(errno);
        }
    }
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        file.m_descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    } else {
        file.m_temporary = temporaryBeside(file.m_target);
        file.m_descriptor =
            ::open(file.m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    if (file.m_descriptor < 0) {
        const int reason = errno;
        file.m_temporary.clear();
        return file.failure(reason);
    }
    struct stat existing {};
    if (fs::is_regular_file(status) && stat(path.c_str(), &existing) == 0) {
        // The new file is as readable as the one it replaces; where that can't be, it is ours.
        static_cast<void>(fchmod(file.m_descriptor, existing.st_mode & 07777));
    }
    return file;
}

void AtomicFile::write(std::string_view text)
{
    m_bytes += static_cast<std::int64_t>(text.size());
    while (!text.empty() && m_failed == 0) {
        const ssize_t written = ::write(m_descriptor, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            m_failed = errno;
        }
    }
}

Status AtomicFile::finish()
{
    if (m_failed == 0 && !m_temporary.empty() && fsync(m_descriptor) != 0) {
        m_failed = errno;
    }
    const int closed = ::close(m_descriptor);
    m_descriptor = -1;
    if (m_failed == 0 && closed != 0) {
        m_failed = errno;
    }
    if (m_failed != 0) {
        return failure(m_failed);
    }
    if (m_temporary.empty()) {
        return Done{};
    }
    if (m_overwrite == Overwrite::Refuse) {
        // Only a link is refused when somebody else made the file meanwhile.
        if (link(m_temporary.c_str(), m_target.c_str()) != 0) {
            return failure(errno);
        }
    } else if (rename(m_temporary.c_str(), m_target.c_str()) != 0) {
        return failure(errno);
    } else {
        m_temporary.clear();
    }
    syncFolder(m_target);
    return Done{};
}

} // namespace perennial
