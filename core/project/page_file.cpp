#include "core/project/page_file.h"

#include <algorithm>
#include <array>
#include <bit>

namespace perennial {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kHeader = 100;
constexpr std::size_t kLogHeader = 32, kFrameHeader = 24;

bool isPageSize(std::size_t size) noexcept
{
    return size >= 512 && size <= 65'536 && std::has_single_bit(size);
}

// The log's own checksum, over pairs of words in the byte order that its magic number names.
struct LogSum {
    bool bigEndian = false;
    std::uint32_t first = 0, second = 0;

    std::uint32_t word(const std::string &bytes, std::size_t at) const noexcept
    {
        const std::uint32_t value = bigEndian32(bytes, at);
        return bigEndian ? value : __builtin_bswap32(value);
    }

    void add(const std::string &bytes, std::size_t from, std::size_t size) noexcept
    {
        for (std::size_t at = from; at + 8 <= from + size; at += 8) {
            first += word(bytes, at) + second;
            second += word(bytes, at + 4) + first;
        }
    }

    bool is(const std::string &bytes, std::size_t at) const noexcept
    {
        return first == bigEndian32(bytes, at) && second == bigEndian32(bytes, at + 4);
    }
};

std::int64_t sizeOf(const fs::path &path)
{
    std::error_code error;
    const auto size = fs::file_size(path, error);
    return error ? 0 : static_cast<std::int64_t>(size);
}

} // namespace

std::uint32_t bigEndian16(const std::string &bytes, std::size_t at) noexcept
{
    const auto high = static_cast<unsigned char>(bytes[at]);
    const auto low = static_cast<unsigned char>(bytes[at + 1]);
    return std::uint32_t{high} << 8 | low;
}

std::uint32_t bigEndian32(const std::string &bytes, std::size_t at) noexcept
{
    return bigEndian16(bytes, at) << 16 | bigEndian16(bytes, at + 2);
}

Result<PageFile> PageFile::open(const fs::path &path)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
        return fail(ErrorCode::FileMissing, {}, path.string());
    }
    if (fs::is_directory(status)) {
        return fail(ErrorCode::IsDirectory, {}, path.string());
    }
    PageFile file(path);
    file.m_file.open(path, std::ios::binary);
    if (!fs::is_regular_file(status) || !file.m_file) {
        return fail(ErrorCode::NotReadable, {}, path.string());
    }
    file.m_bytes = sizeOf(path);
    if (file.m_bytes == 0) {
        return fail(ErrorCode::EmptyFile, {}, path.string());
    }
    file.readHeader();
    const auto size = static_cast<std::int64_t>(file.m_pageSize);
    file.m_pageCount = static_cast<std::uint32_t>(
        std::min<std::int64_t>((file.m_bytes + size - 1) / size, UINT32_MAX - 1));
    file.readLog();
    return file;
}

std::string PageFile::readAt(std::ifstream &file, std::int64_t offset, std::size_t size) const
{
    std::string bytes(size, '\0');
    file.clear();
    file.seekg(offset);
    file.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    return bytes;
}

std::string PageFile::page(std::uint32_t number) const
{
    if (number == 0 || number > m_pageCount) {
        return {};
    }
    const auto logged = m_inLog.find(number);
    std::string bytes =
        logged != m_inLog.end()
            ? readAt(m_log, logged->second, m_pageSize)
            : readAt(m_file,
                     static_cast<std::int64_t>(number - 1) * static_cast<std::int64_t>(m_pageSize),
                     m_pageSize);
    return bytes.size() == m_pageSize ? bytes : std::string();
}

void PageFile::readHeader()
{
    const std::string header = readAt(m_file, 0, kHeader);
    if (header.size() == kHeader && header.starts_with(std::string("SQLite format 3\0", 16))) {
        const std::size_t named = bigEndian16(header, 16) == 1 ? 65'536 : bigEndian16(header, 16);
        const auto reserved = static_cast<std::size_t>(static_cast<unsigned char>(header[20]));
        if (isPageSize(named) && named - reserved >= 480) {
            m_pageSize = named;
            m_reserved = reserved;
            m_headerReadable = true;
            m_userVersion = bigEndian32(header, 60);
            return;
        }
    }
    m_pageSize = guessPageSize();
}

/// The smallest size at which nearly as many pages begin as pages do as at any other: a multiple of
/// the right one looks as good, a fraction of it does not.
std::size_t PageFile::guessPageSize() const
{
    constexpr std::array<std::size_t, 8> kSizes{512,  1024,   2048,   4096,
                                                8192, 16'384, 32'768, 65'536};
    std::array<double, kSizes.size()> shares{};
    std::ranges::transform(kSizes, shares.begin(), [this](std::size_t s) { return pageShare(s); });
    const double best = *std::ranges::max_element(shares);
    for (std::size_t k = 0; best > 0 && k < kSizes.size(); ++k) {
        if (shares[k] >= 0.75 * best) {
            return kSizes[k];
        }
    }
    return 4096;
}

/// Of up to 2 000 places where pages of that size would begin, the share that looks like one.
double PageFile::pageShare(std::size_t size) const
{
    constexpr std::int64_t kLooks = 2000;
    const std::int64_t count = m_bytes / static_cast<std::int64_t>(size);
    const std::int64_t stride = std::max<std::int64_t>(count / kLooks, 1);
    std::int64_t fits = 0, looked = 0;
    for (std::int64_t k = 1; k < count; k += stride, ++looked) {
        const std::string start = readAt(m_file, k * static_cast<std::int64_t>(size), 8);
        const bool known = start.size() == 8 &&
                           (start[0] == 2 || start[0] == 5 || start[0] == 10 || start[0] == 13);
        fits += known && bigEndian16(start, 3) > 0 && bigEndian16(start, 3) < size / 4 ? 1 : 0;
    }
    return looked == 0 ? 0 : static_cast<double>(fits) / static_cast<double>(looked);
}

/// What the log says of the file's size, as far as the two together can hold so many pages: a page
/// that was given up before it was ever written is in neither.
void PageFile::takePageCount(std::uint32_t named)
{
    constexpr std::int64_t kUnwritten = 1024;
    const auto size = static_cast<std::int64_t>(m_pageSize);
    const std::int64_t onDisk = (sizeOf(m_path) + size - 1) / size;
    const std::int64_t most = 2 * (onDisk + std::ssize(m_inLog)) + kUnwritten;
    m_pageCount = static_cast<std::uint32_t>(std::min<std::int64_t>(named, most));
    m_bytes = std::max(m_bytes, std::int64_t{m_pageCount} * size);
}

/// Takes the frames of committed transactions; the first that does not check ends the log.
void PageFile::readLog()
{
    const fs::path path = m_path.string() + "-wal";
    m_log.open(path, std::ios::binary);
    const std::string header = m_log ? readAt(m_log, 0, kLogHeader) : std::string();
    if (header.size() < kLogHeader || (bigEndian32(header, 0) & ~1U) != 0x377F0682U ||
        bigEndian32(header, 8) != m_pageSize) {
        return;
    }
    LogSum sum{(bigEndian32(header, 0) & 1U) != 0};
    sum.add(header, 0, 24);
    if (!sum.is(header, 24)) {
        return;
    }
    const std::size_t frameSize = kFrameHeader + m_pageSize;
    std::map<std::uint32_t, std::int64_t> open; // of the transaction that has not committed yet
    std::int64_t frames = 0;
    for (std::int64_t at = kLogHeader;; at += static_cast<std::int64_t>(frameSize)) {
        const std::string frame = readAt(m_log, at, frameSize);
        if (frame.size() < frameSize || frame.compare(8, 8, header, 16, 8) != 0) {
            return;
        }
        sum.add(frame, 0, 8);
        sum.add(frame, kFrameHeader, m_pageSize);
        if (!sum.is(frame, 16)) {
            return;
        }
        open[bigEndian32(frame, 0)] = at + static_cast<std::int64_t>(kFrameHeader);
        ++frames;
        if (const std::uint32_t pagesAfter = bigEndian32(frame, 4); pagesAfter != 0) {
            for (const auto &[number, place] : open) {
                m_inLog[number] = place;
            }
            open.clear();
            takePageCount(pagesAfter);
            m_logFrames = frames;
        }
    }
}

} // namespace perennial
