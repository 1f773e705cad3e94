#pragma once

#include "core/base/dates.h"
#include "core/base/money.h"
#include "core/base/result.h"
#include "core/base/atomic_file.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace perennial {

/// Writes RFC 4180 CSV in UTF-8: commas, CRLF, quotes where a cell holds a comma, quote, CR or LF,
/// a header row. A text cell that a spreadsheet could take for a formula (first character = + - @
/// tab or CR) gets an apostrophe in front; numbers are never altered, and never need it. NaN and
/// infinities are written as an empty cell. Text that is not UTF-8 has the offending bytes replaced
/// by U+FFFD.
/// A reader sees the old file or the whole new one (atomic_file.h); without `finish` the old one.
class CsvWriter {
public:
    /// @error IsDirectory, NotWritable (folder missing or not writable), AlreadyExists (Refuse).
    static Result<CsvWriter> create(const std::filesystem::path &path,
                                    Overwrite overwrite = Overwrite::Replace);
    ~CsvWriter();
    CsvWriter(CsvWriter &&) noexcept;
    CsvWriter &operator=(CsvWriter &&) noexcept;

    void text(std::string_view cell);
    void integer(std::int64_t cell);
    /// Shortest decimal that reads back to the same double.
    void number(double cell);
    void money(Money cell);    ///< "12.5", exact
    void day(Day cell);        ///< "2010-06-30"
    void timestamp(UtcSecond cell);
    void empty();
    template <class T>
    void optionalNumber(const std::optional<T> &cell)
    {
        cell ? number(*cell) : empty();
    }
    void optionalDay(const std::optional<Day> &cell) { cell ? day(*cell) : empty(); }
    void header(std::span<const std::string_view> names);
    void endRow();

    std::int64_t rows() const noexcept; ///< ended rows, the header not counted
    std::int64_t bytes() const noexcept;

    /// Writes the rest, flushes and renames. The first failure of any write is reported here.
    /// @error DiskFull, IoFailed, NotWritable, AlreadyExists.
    Status finish();

private:
    struct Impl;
    explicit CsvWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// A small table as a whole, such as the data behind a chart. monostate = empty cell.
using CsvCell = std::variant<std::monostate, std::int64_t, double, std::string>;
struct CsvTable {
    std::vector<std::string> columns;
    std::vector<std::vector<CsvCell>> rows; ///< each as long as columns
};
Status writeCsv(const std::filesystem::path &path, const CsvTable &table,
                Overwrite overwrite = Overwrite::Replace);
/// The same text in memory, for the clipboard.
std::string csvText(const CsvTable &table);

} // namespace perennial
