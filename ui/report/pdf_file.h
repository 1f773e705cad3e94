#pragma once

#include "core/base/result.h"
#include "ui/report/page_document.h"

#include <QByteArray>

#include <filesystem>
#include <memory>

namespace perennial::report {

/// A PDF being painted page by page, in memory, so that a window stays alive in between. UI thread.
class PdfFile {
public:
    /// @error Internal where Qt can't paint.
    static Result<PdfFile> create(PageDocument document);
    ~PdfFile();
    PdfFile(PdfFile &&) noexcept;
    PdfFile &operator=(PdfFile &&) noexcept;

    int pages() const noexcept;
    /// Paints the next page. @return true while there are more.
    bool paintNext();
    /// Ends the file; nothing can be painted any more. @return its bytes, for `writeWhole`, which
    /// may run on a worker.
    QByteArray close();

private:
    struct Impl;
    explicit PdfFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Could a file stand here? Asked before the long work.
/// @error IsDirectory, NotWritable (folder missing or not writable, or no regular file),
/// InvalidArgument for no name.
Status checkTarget(const std::filesystem::path &path);
/// Writes beside `path`, flushes to disk and renames: a reader sees the old file or the whole new
/// one. @error DiskFull, NotWritable, IsDirectory, IoFailed.
Status writeWhole(const std::filesystem::path &path, const QByteArray &bytes);

} // namespace perennial::report
