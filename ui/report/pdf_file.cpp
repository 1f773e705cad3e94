#include "ui/report/pdf_file.h"

#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

namespace perennial::report {
namespace {

namespace fs = std::filesystem;

Error systemError(const fs::path &path)
{
    const int code = errno;
    const ErrorCode what = code == ENOSPC || code == EDQUOT             ? ErrorCode::DiskFull
                           : code == EACCES || code == EPERM || code == EROFS || code == ENOENT
                               ? ErrorCode::NotWritable
                               : ErrorCode::IoFailed;
    return fail(what, std::strerror(code), path.string());
}

/// A file that is removed again unless it was renamed to its real name.
class TemporaryFile {
public:
    explicit TemporaryFile(const fs::path &target) : m_name(target.string() + ".XXXXXX")
    {
        m_descriptor = ::mkstemp(m_name.data());
        if (m_descriptor >= 0) {
            const mode_t mask = ::umask(0);
            ::umask(mask);
            ::fchmod(m_descriptor, 0666 & ~mask);
        }
    }
    ~TemporaryFile()
    {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
            ::unlink(m_name.c_str());
        }
    }
    TemporaryFile(const TemporaryFile &) = delete;
    TemporaryFile &operator=(const TemporaryFile &) = delete;

    bool isOpen() const noexcept { return m_descriptor >= 0; }

    bool write(const QByteArray &bytes)
    {
        qsizetype written = 0;
        while (written < bytes.size()) {
            const ssize_t n = ::write(m_descriptor, bytes.constData() + written,
                                      static_cast<std::size_t>(bytes.size() - written));
            if (n < 0 && errno != EINTR) {
                return false;
            }
            written += n > 0 ? n : 0;
        }
        return ::fsync(m_descriptor) == 0;
    }

    bool renameTo(const fs::path &target)
    {
        if (::rename(m_name.c_str(), target.c_str()) != 0) {
            return false;
        }
        ::close(m_descriptor);
        m_descriptor = -1;
        return true;
    }

private:
    std::string m_name;
    int m_descriptor = -1;
};

} // namespace

struct PdfFile::Impl {
    explicit Impl(PageDocument pages) : document(std::move(pages))
    {
        buffer.open(QIODevice::WriteOnly);
    }
    ~Impl()
    {
        if (painter.isActive()) {
            painter.end();
        }
    }

    bool start()
    {
        writer.setPageSize(document.size);
        writer.setPageMargins(QMarginsF());
        writer.setResolution(static_cast<int>(72 * kUnitsPerPoint));
        writer.setTitle(document.title);
        writer.setCreator(QStringLiteral("Perennial"));
        return painter.begin(&writer);
    }

    PageDocument document;
    QBuffer buffer;
    QPdfWriter writer{&buffer};
    QPainter painter;
    int next = 0;
};

PdfFile::PdfFile(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
PdfFile::~PdfFile() = default;
PdfFile::PdfFile(PdfFile &&) noexcept = default;
PdfFile &PdfFile::operator=(PdfFile &&) noexcept = default;

Result<PdfFile> PdfFile::create(PageDocument document)
{
    auto impl = std::make_unique<Impl>(std::move(document));
    if (!impl->start()) {
        return fail(ErrorCode::Internal, "painter");
    }
    return PdfFile(std::move(impl));
}

int PdfFile::pages() const noexcept { return static_cast<int>(m_impl->document.pages.size()); }

bool PdfFile::paintNext()
{
    if (m_impl->next >= pages()) {
        return false;
    }
    if (m_impl->next > 0) {
        m_impl->writer.newPage();
    }
    paintPage(m_impl->painter, m_impl->document, m_impl->next);
    return ++m_impl->next < pages();
}

QByteArray PdfFile::close()
{
    m_impl->painter.end();
    return m_impl->buffer.data();
}

Status checkTarget(const fs::path &path)
{
    std::error_code ignored;
    const fs::file_status status = fs::status(path, ignored);
    if (path.empty() || !path.has_filename()) {
        return fail(fs::is_directory(status) ? ErrorCode::IsDirectory : ErrorCode::InvalidArgument,
                    path.string(), "out");
    }
    if (fs::is_directory(status)) {
        return fail(ErrorCode::IsDirectory, {}, path.string());
    }
    const bool special = fs::exists(status) && !fs::is_regular_file(status);
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    const bool lockedFile = fs::exists(status) && ::access(path.c_str(), W_OK) != 0;
    if (special || lockedFile || ::access(folder.c_str(), W_OK | X_OK) != 0) {
        return fail(ErrorCode::NotWritable, {}, path.string());
    }
    return Done{};
}

Status writeWhole(const std::filesystem::path &path, const QByteArray &bytes)
{
    const Status target = checkTarget(path);
    if (!target) {
        return target.error();
    }
    TemporaryFile file(path);
    if (!file.isOpen() || !file.write(bytes) || !file.renameTo(path)) {
        return systemError(path);
    }
    return Done{};
}

} // namespace perennial::report
