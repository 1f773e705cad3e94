#include "core/ingest/byte_source.h"

#include "core/base/hash.h"

#include <zlib.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <vector>

namespace perennial {

namespace {

constexpr std::size_t kDiskBlock = 1 << 18;
constexpr int kGzipWindow = 15 + 16; // zlib: the largest window, gzip framing

/// What a file that is no text gives itself away by.
std::string_view foreignFormat(std::string_view start)
{
    using namespace std::string_view_literals;
    if (start.starts_with("PK\x03\x04"sv)) {
        return "zip";
    }
    constexpr std::array kBinary{"\x7F""ELF"sv, "%PDF"sv, "PAR1"sv, "\x89PNG"sv, "\xD0\xCF\x11\xE0"sv,
                                 "SQLi"sv};
    const bool binary = std::ranges::any_of(
        kBinary, [start](std::string_view magic) { return start.starts_with(magic); });
    return binary ? "binary" : std::string_view();
}

} // namespace

struct ByteSource::Impl {
    ~Impl()
    {
        if (gzip) {
            inflateEnd(&stream);
        }
        if (file >= 0) {
            ::close(file);
        }
    }

    Result<std::size_t> readDisk(std::span<char> room);
    Result<std::size_t> readUnpacked(std::span<char> room);
    Status refill();
    Status rewind();
    Error damaged(const std::string &what) const
    {
        return fail(ErrorCode::BadData, "gzip: " + what + ", byte " + std::to_string(position),
                    where);
    }

    int file = -1;
    std::string where;
    struct stat opened {};
    std::int64_t position = 0;
    bool gzip = false;
    bool atEnd = false; // of the disk file
    bool betweenMembers = true;
    z_stream stream{};
    std::vector<char> packed;
};

Result<std::size_t> ByteSource::Impl::readDisk(std::span<char> room)
{
    std::size_t filled = 0;
    while (filled < room.size()) {
        const ssize_t got = ::read(file, room.data() + filled, room.size() - filled);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail(ErrorCode::IoFailed, "errno " + std::to_string(errno), where);
        }
        if (got == 0) {
            atEnd = true;
            break;
        }
        filled += static_cast<std::size_t>(got);
    }
    position += static_cast<std::int64_t>(filled);
    return filled;
}

/// More packed bytes behind those that are left.
Status ByteSource::Impl::refill()
{
    if (stream.avail_in > 0 || atEnd) {
        return Done{};
    }
    packed.resize(kDiskBlock);
    const auto got = readDisk(packed);
    if (!got) {
        return got.error();
    }
    stream.next_in = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_in = static_cast<uInt>(*got);
    return Done{};
}

Result<std::size_t> ByteSource::Impl::readUnpacked(std::span<char> room)
{
    stream.next_out = reinterpret_cast<Bytef *>(room.data());
    stream.avail_out = static_cast<uInt>(room.size());
    while (stream.avail_out > 0) {
        if (const auto status = refill(); !status) {
            return status.error();
        }
        if (stream.avail_in == 0) {
            if (!betweenMembers) {
                return damaged("truncated");
            }
            break;
        }
        if (betweenMembers && position > static_cast<std::int64_t>(stream.avail_in) &&
            *stream.next_in == 0) {
            ++stream.next_in; // padding behind a member
            --stream.avail_in;
            continue;
        }
        betweenMembers = false;
        const int rc = inflate(&stream, Z_NO_FLUSH);
        if (rc == Z_STREAM_END) {
            betweenMembers = true;
            inflateReset(&stream);
        } else if (rc != Z_OK && rc != Z_BUF_ERROR) {
            return damaged(stream.msg != nullptr ? stream.msg : "damaged");
        }
    }
    return room.size() - stream.avail_out;
}

Status ByteSource::Impl::rewind()
{
    if (lseek(file, 0, SEEK_SET) != 0) {
        return fail(ErrorCode::IoFailed, "errno " + std::to_string(errno), where);
    }
    position = 0;
    atEnd = false;
    if (gzip) {
        betweenMembers = true;
        stream.avail_in = 0;
        inflateReset(&stream);
    }
    return Done{};
}

ByteSource::ByteSource(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
ByteSource::~ByteSource() = default;
ByteSource::ByteSource(ByteSource &&) noexcept = default;
ByteSource &ByteSource::operator=(ByteSource &&) noexcept = default;

Result<ByteSource> ByteSource::open(const std::filesystem::path &path)
{
    auto impl = std::make_unique<Impl>();
    impl->where = path.string();
    impl->file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (impl->file < 0) {
        const bool missing = errno == ENOENT || errno == ENOTDIR;
        return fail(missing ? ErrorCode::FileMissing : ErrorCode::NotReadable, {}, impl->where);
    }
    if (fstat(impl->file, &impl->opened) != 0) {
        return fail(ErrorCode::NotReadable, {}, impl->where);
    }
    if (S_ISDIR(impl->opened.st_mode)) {
        return fail(ErrorCode::IsDirectory, {}, impl->where);
    }
    if (!S_ISREG(impl->opened.st_mode)) {
        return fail(ErrorCode::NotReadable, {}, impl->where);
    }
    std::string start(4, '\0');
    const auto got = impl->readDisk(start);
    if (!got) {
        return got.error();
    }
    start.resize(*got);
    if (start.starts_with("\x1F\x8B")) {
        if (inflateInit2(&impl->stream, kGzipWindow) != Z_OK) {
            return fail(ErrorCode::OutOfMemory, {}, impl->where);
        }
        impl->gzip = true;
    } else if (const auto format = foreignFormat(start); !format.empty()) {
        return fail(ErrorCode::BadData, std::string(format), impl->where);
    }
    if (const auto status = impl->rewind(); !status) {
        return status.error();
    }
    return ByteSource(std::move(impl));
}

Result<std::size_t> ByteSource::read(std::span<char> room)
{
    return m_impl->gzip ? m_impl->readUnpacked(room) : m_impl->readDisk(room);
}

std::int64_t ByteSource::size() const noexcept
{
    return m_impl->opened.st_size;
}
std::int64_t ByteSource::position() const noexcept
{
    return m_impl->position;
}
bool ByteSource::isGzip() const noexcept
{
    return m_impl->gzip;
}

Result<std::vector<std::string>> ByteSource::samples(std::size_t startBytes, std::size_t bytes,
                                                     std::size_t count)
{
    std::vector<std::string> pieces(1, std::string(startBytes, '\0'));
    const auto got = read(pieces.front());
    if (!got) {
        return got.error();
    }
    pieces.front().resize(*got);
    const auto start = static_cast<std::int64_t>(*got);
    const std::int64_t rest = isGzip() ? 0 : size() - start;
    const std::int64_t room = std::max<std::int64_t>(rest - static_cast<std::int64_t>(bytes), 0);
    for (std::size_t k = 1; k <= (room > 0 ? count : rest > 0 ? 1 : 0); ++k) {
        std::string piece(bytes, '\0');
        const std::int64_t at =
            start + room * static_cast<std::int64_t>(k) / static_cast<std::int64_t>(count);
        const ssize_t size = ::pread(m_impl->file, piece.data(), piece.size(), at);
        piece.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
        pieces.push_back(std::move(piece));
    }
    if (const auto status = rewind(); !status) {
        return status.error();
    }
    return pieces;
}

Status ByteSource::rewind()
{
    return m_impl->rewind();
}

Result<std::string> ByteSource::hash(const Task &task)
{
    if (const auto status = m_impl->rewind(); !status) {
        return status.error();
    }
    Hasher hasher;
    std::vector<char> block(kDiskBlock * 4);
    while (!m_impl->atEnd) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const auto got = m_impl->readDisk(block);
        if (!got) {
            return got.error();
        }
        hasher.add(std::string_view(block.data(), *got));
        task.progress(static_cast<double>(m_impl->position) / static_cast<double>(size() + 1),
                      "hashing");
    }
    if (const auto status = m_impl->rewind(); !status) {
        return status.error();
    }
    return hasher.hex();
}

bool ByteSource::changed() const noexcept
{
    struct stat now {};
    return fstat(m_impl->file, &now) != 0 || now.st_size != m_impl->opened.st_size ||
           now.st_mtim.tv_sec != m_impl->opened.st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != m_impl->opened.st_mtim.tv_nsec;
}

} // namespace perennial
