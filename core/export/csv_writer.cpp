#include "core/export/csv_writer.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace perennial {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBufferSize = 1 << 18;

/// Bytes of a valid UTF-8 character at the start of `text`, 0 where there is none.
std::size_t characterLength(std::string_view text)
{
    for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
        if (isValidUtf8(text.substr(0, length))) {
            return length;
        }
    }
    return 0;
}

std::string asUtf8(std::string_view text)
{
    std::string clean;
    while (!text.empty()) {
        const std::size_t length = characterLength(text);
        clean += length > 0 ? text.substr(0, length) : std::string_view("\xEF\xBF\xBD");
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return clean;
}

void appendTextCell(std::string &out, std::string_view cell)
{
    std::string repaired;
    if (!isValidUtf8(cell)) {
        repaired = asUtf8(cell);
        cell = repaired;
    }
    const bool formula = !cell.empty() && std::string_view("=+-@\t\r\n").find(cell.front()) !=
                                              std::string_view::npos;
    const bool quoted = cell.find_first_of(",\"\r\n") != std::string_view::npos;
    if (quoted) {
        out += '"';
    }
    if (formula) {
        out += '\'';
    }
    for (const char c : cell) {
        out += c;
        if (c == '"') {
            out += c;
        }
    }
    if (quoted) {
        out += '"';
    }
}

void appendNumberCell(std::string &out, double cell)
{
    if (!std::isfinite(cell)) {
        return;
    }
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), cell).ptr;
    out.append(text.data(), end);
}

} // namespace

struct CsvWriter::Impl {
    explicit Impl(AtomicFile target) : file(std::move(target))
    {
        buffer.reserve(kBufferSize + 4096);
    }

    void separate()
    {
        if (cells++ > 0) {
            buffer += ',';
        }
    }

    void flush()
    {
        file.write(buffer);
        buffer.clear();
    }

    AtomicFile file;
    std::string buffer;
    std::int64_t rows = 0;
    int cells = 0;
    std::size_t rowStart = 0;
};

CsvWriter::CsvWriter(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
CsvWriter::~CsvWriter() = default;
CsvWriter::CsvWriter(CsvWriter &&) noexcept = default;
CsvWriter &CsvWriter::operator=(CsvWriter &&) noexcept = default;

Result<CsvWriter> CsvWriter::create(const fs::path &path, Overwrite overwrite)
{
    auto file = AtomicFile::create(path, overwrite);
    if (!file) {
        return file.error();
    }
    return CsvWriter(std::make_unique<Impl>(std::move(*file)));
}

void CsvWriter::text(std::string_view cell)
{
    m_impl->separate();
    appendTextCell(m_impl->buffer, cell);
}

void CsvWriter::integer(std::int64_t cell)
{
    m_impl->separate();
    m_impl->buffer += std::to_string(cell);
}

void CsvWriter::number(double cell)
{
    m_impl->separate();
    appendNumberCell(m_impl->buffer, cell);
}

void CsvWriter::money(Money cell)
{
    m_impl->separate();
    m_impl->buffer += formatMoney(cell);
}

void CsvWriter::day(Day cell)
{
    m_impl->separate();
    m_impl->buffer += formatDate(cell);
}

void CsvWriter::timestamp(UtcSecond cell)
{
    m_impl->separate();
    m_impl->buffer += formatTimestamp(cell);
}

void CsvWriter::empty()
{
    m_impl->separate();
}

void CsvWriter::header(std::span<const std::string_view> names)
{
    for (const std::string_view name : names) {
        text(name);
    }
    endRow();
    m_impl->rows = 0;
}

void CsvWriter::endRow()
{
    if (m_impl->cells <= 1 && m_impl->buffer.size() == m_impl->rowStart) {
        m_impl->buffer += "\"\""; // a lone empty cell would read as no row at all
    }
    m_impl->buffer += "\r\n";
    m_impl->cells = 0;
    ++m_impl->rows;
    if (m_impl->buffer.size() >= kBufferSize) {
        m_impl->flush();
    }
    m_impl->rowStart = m_impl->buffer.size();
}

std::int64_t CsvWriter::rows() const noexcept
{
    return m_impl->rows;
}

std::int64_t CsvWriter::bytes() const noexcept
{
    return m_impl->file.bytes() + static_cast<std::int64_t>(m_impl->buffer.size());
}

Status CsvWriter::finish()
{
    m_impl->flush();
    return m_impl->file.finish();
}

namespace {

void appendCell(std::string &out, const CsvCell &cell)
{
    if (const auto *text = std::get_if<std::string>(&cell)) {
        appendTextCell(out, *text);
    } else if (const auto *integer = std::get_if<std::int64_t>(&cell)) {
        out += std::to_string(*integer);
    } else if (const auto *number = std::get_if<double>(&cell)) {
        appendNumberCell(out, *number);
    }
}

} // namespace

Status writeCsv(const fs::path &path, const CsvTable &table, Overwrite overwrite)
{
    auto writer = CsvWriter::create(path, overwrite);
    if (!writer) {
        return writer.error();
    }
    const std::vector<std::string_view> names(table.columns.begin(), table.columns.end());
    writer->header(names);
    for (const std::vector<CsvCell> &row : table.rows) {
        for (const CsvCell &cell : row) {
            if (const auto *text = std::get_if<std::string>(&cell)) {
                writer->text(*text);
            } else if (const auto *integer = std::get_if<std::int64_t>(&cell)) {
                writer->integer(*integer);
            } else if (const auto *number = std::get_if<double>(&cell)) {
                writer->number(*number);
            } else {
                writer->empty();
            }
        }
        writer->endRow();
    }
    return writer->finish();
}

std::string csvText(const CsvTable &table)
{
    std::string text;
    const auto appendRow = [&text](const auto &cells) {
        const std::size_t start = text.size();
        bool first = true;
        for (const auto &cell : cells) {
            if (!first) {
                text += ',';
            }
            first = false;
            appendCell(text, cell);
        }
        text += text.size() == start ? "\"\"\r\n" : "\r\n";
    };
    appendRow(std::vector<CsvCell>(table.columns.begin(), table.columns.end()));
    for (const std::vector<CsvCell> &row : table.rows) {
        appendRow(row);
    }
    return text;
}

} // namespace perennial
