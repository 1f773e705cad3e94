#pragma once

#include "core/ingest/arena.h"
#include "core/ingest/recipe.h"
#include "core/ingest/record_scan.h"
#include "core/ingest/row_reason.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace perennial {

/// How a text is laid out.
struct Dialect {
    Delimiter delimiter = Delimiter::Comma;
    char lineEnd =
        '\n'; ///< '\n' (a '\r' before it belongs to it), or '\r' where a file has no '\n'
    char quote = '"';  ///< around a field; 0 = quotes are text
    char escape = 0;   ///< takes the meaning off a quote, delimiter, line end or itself; 0 = none
    bool blanksBeforeQuote = false; ///< a quote opens a field also behind blanks
    std::int64_t skippedLines = 0;  ///< lines before the first record
    int headerRows = 0; ///< whole records then passed over; broken ones before them are given
};

/// Blanks are a delimiter in runs, and then a '\r' before the line end is one of them.
inline bool isDelimiter(const Dialect &dialect, char c) noexcept
{
    if (dialect.delimiter != Delimiter::Blanks) {
        return c == static_cast<char>(dialect.delimiter);
    }
    return c == ' ' || c == '\t' || (c == '\r' && dialect.lineEnd == '\n');
}

/// A longer record is refused: an unclosed quote must not swallow a file.
inline constexpr std::size_t kMaxRecordBytes = 1 << 20;

/// One row of the text; views are valid until the fed text or the arena goes.
struct Record {
    std::string_view raw; ///< without its line end; of a refused row, its first line
    std::span<const std::string_view> fields; ///< unquoted; none where the row is refused
    RowReason defect = RowReason::None;       ///< BadQuote, UnclosedQuote or RowTooLong
    std::int64_t line = 0;                    ///< 1-based, of its first line
};

/// Cuts text into records and fields: RFC 4180 quotes (with line ends and doubled quotes inside) or
/// those of the dialect, blank lines skipped, a byte order mark dropped. A quote inside an unquoted
/// field is text; so is an escape before anything that needs none. After a row whose quotes are
/// wrong reading goes on at its second line, so that one bad quote costs one row, and time grows with
/// the text's length however many are wrong. The outcome does not depend on how the text is cut into
/// pieces.
class Tokenizer {
public:
    explicit Tokenizer(Dialect dialect)
        : m_dialect(dialect), m_headerRowsLeft(dialect.headerRows), m_toSkip(dialect.skippedLines)
    {
    }

    /// @param text the rest left by the last piece (from `consumed`) and what follows it.
    /// @param last nothing follows. @param arena keeps unescaped fields.
    void feed(std::string_view text, bool last, Arena &arena) noexcept;

    /// The next record; empty when the rest of the text needs more, or is read to its end.
    std::optional<Record> next();

    std::size_t consumed() const noexcept { return m_at; } ///< bytes of the fed text done with
    std::int64_t line() const noexcept { return m_line; }  ///< of the next record

private:
    std::optional<Record> nextRecord();
    /// How far a quoted field or record got.
    enum class Step { Complete, Incomplete, BadQuote };

    bool skipToRecord();
    bool skipLine();
    bool isPlain(std::string_view line) const noexcept;
    std::string_view window() const noexcept;
    bool isWhole(std::string_view text) const noexcept;
    bool isDelimiter(char c) const noexcept { return perennial::isDelimiter(m_dialect, c); }
    std::string_view withoutReturn(std::string_view line) const noexcept;
    void splitPlain(std::string_view line);
    Step splitMarked(std::string_view text, std::size_t &at);
    Step splitQuoted(std::string_view text, std::size_t &at);
    Step readField(std::string_view text, std::size_t &at);
    Step readPlainField(std::string_view text, std::size_t &at);
    Step readQuotedField(std::string_view text, std::size_t &at);
    Step checkClosing(std::string_view text, std::size_t &at) const noexcept;
    bool isEscape(std::string_view text, std::size_t at) const noexcept;
    std::string_view unescaped(std::string_view inside, bool quoted);
    Record finish(std::string_view raw, std::int64_t lines);
    Record refuse(RowReason reason, std::string_view text);

    Dialect m_dialect;
    int m_headerRowsLeft;
    std::string_view m_text;
    Arena *m_arena = nullptr;
    bool m_last = false;
    bool m_started = false;  ///< the byte order mark has been looked for
    std::int64_t m_toSkip;   ///< lines before the first record
    bool m_skipping = false; ///< inside a line that was refused as too long
    OpenRecords m_open;      ///< seen from records that were refused
    std::uint64_t m_before = 0; ///< bytes of the text before the fed piece
    std::size_t m_at = 0;
    std::int64_t m_line = 1;
    std::vector<std::string_view> m_fields;
};

} // namespace perennial
