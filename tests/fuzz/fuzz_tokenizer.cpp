// The tokenizer on any text in any dialect.

#include "tests/fuzz/fuzz_support.h"

#include "core/base/rng.h"
#include "core/ingest/tokenizer.h"

#include <algorithm>
#include <vector>

using namespace perennial;
using fuzz::require;

namespace {

constexpr std::size_t kLongText = 1 << 18;

struct Row {
    std::vector<std::string> fields;
    std::string raw;
    RowReason defect = RowReason::None;
    std::int64_t line = 0;
    bool operator==(const Row &) const = default;
};

struct Reading {
    std::vector<Row> rows;
    std::size_t consumed = 0;
    std::int64_t lines = 0;
    bool operator==(const Reading &) const = default;
};

/// Feeds a text in pieces of 1 to `most` bytes.
Reading read(std::string_view text, const Dialect &dialect, std::uint32_t most, Rng rng)
{
    Tokenizer tokenizer(dialect);
    Arena arena;
    Reading reading;
    std::string rest;
    for (std::size_t fed = 0;;) {
        const std::size_t piece = std::min<std::size_t>(rng.below(most) + 1, text.size() - fed);
        rest += text.substr(fed, piece);
        fed += piece;
        const bool last = fed == text.size();
        tokenizer.feed(rest, last, arena);
        while (const auto record = tokenizer.next()) {
            reading.rows.push_back({{record->fields.begin(), record->fields.end()},
                                    std::string(record->raw),
                                    record->defect,
                                    record->line});
        }
        reading.consumed += tokenizer.consumed();
        rest.erase(0, tokenizer.consumed());
        if (last) {
            reading.lines = tokenizer.line();
            return reading;
        }
    }
}

Reading readWhole(std::string_view text, const Dialect &dialect)
{
    return read(text, dialect, static_cast<std::uint32_t>(text.size()) + 1, Rng(0));
}

Dialect chosenDialect(fuzz::Input &input)
{
    constexpr Delimiter kDelimiters[] = {Delimiter::Comma, Delimiter::Semicolon,
                                         Delimiter::Tab,   Delimiter::Blanks,
                                         Delimiter::Bar,   static_cast<Delimiter>('\x01')};
    Dialect dialect;
    dialect.delimiter = kDelimiters[input.below(std::size(kDelimiters))];
    const std::uint8_t bits = input.byte();
    dialect.lineEnd = bits & 1 ? '\r' : '\n';
    dialect.quote = bits & 2 ? '\'' : bits & 4 ? char{0} : '"';
    dialect.escape = bits & 8 ? '\\' : char{0};
    dialect.blanksBeforeQuote = (bits & 16) != 0;
    dialect.skippedLines = bits >> 6;
    return dialect;
}

/// Where each line begins, the first behind a byte order mark.
std::vector<std::size_t> lineStarts(std::string_view text, char lineEnd)
{
    std::vector<std::size_t> starts{text.starts_with("\xEF\xBB\xBF") ? std::size_t{3} : 0};
    for (std::size_t at = text.find(lineEnd); at != std::string_view::npos;
         at = text.find(lineEnd, at + 1)) {
        starts.push_back(at + 1);
    }
    return starts;
}

void checkPlaces(const Reading &reading, std::string_view text, const Dialect &dialect)
{
    const auto starts = lineStarts(text, dialect.lineEnd);
    std::int64_t last = dialect.skippedLines;
    for (const Row &row : reading.rows) {
        require(row.line > last, "each record begins on a line of its own");
        require(row.line <= std::ssize(starts), "a record's line is one of the text");
        last = row.line;
        const std::string_view rest = text.substr(starts[static_cast<std::size_t>(row.line) - 1]);
        require(rest.starts_with(row.raw), "raw is what stands on the record's line");
        require(row.defect == RowReason::None || row.fields.empty(), "a refused row has no field");
        require(row.defect == RowReason::None || row.raw.find(dialect.lineEnd) == row.raw.npos,
                "of a refused row only its first line goes");
    }
    require(reading.consumed == text.size(), "every byte is consumed");
    require(reading.lines == std::ssize(starts) || reading.lines == std::ssize(starts) + 1,
            "lines are counted to the end");
}

/// A record without marks is its fields and delimiters.
void checkPlainFields(const Row &row, const Dialect &dialect)
{
    const auto has = [&row](char c) { return c != 0 && row.raw.find(c) != row.raw.npos; };
    if (row.defect != RowReason::None || has(dialect.quote) || has(dialect.escape) ||
        dialect.delimiter == Delimiter::Blanks) {
        return;
    }
    std::string joined;
    for (const std::string &field : row.fields) {
        joined += (&field == row.fields.data() ? "" : std::string(1, char(dialect.delimiter)));
        joined += field;
    }
    require(joined == row.raw, "fields and delimiters are the record");
}

/// Fields written in quotes read as the same fields.
void checkQuotedFields(const Row &row, Dialect dialect)
{
    if (row.defect != RowReason::None || dialect.quote == 0) {
        return;
    }
    dialect.skippedLines = 0;
    std::string text;
    for (const std::string &field : row.fields) {
        text += &field == row.fields.data() ? "" : std::string(1, char(dialect.delimiter));
        text += dialect.quote;
        for (const char c : field) {
            text += c == dialect.quote || (c == dialect.escape && c != 0) ? std::string(2, c)
                                                                          : std::string(1, c);
        }
        text += dialect.quote;
    }
    const Reading again = readWhole(text, dialect);
    require(again.rows.size() == 1 && again.rows[0].fields == row.fields,
            "quoted fields read as they are");
}

/// A text over and over takes no longer than its length: the target's time limit watches.
void readRepeated(const std::string &text, const Dialect &dialect)
{
    std::string lines;
    while (!text.empty() && lines.size() < kLongText) {
        lines += text;
    }
    const Reading reading = readWhole(lines, dialect);
    require(reading.consumed == lines.size(), "every byte of a long text is consumed");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const Dialect dialect = chosenDialect(input);
    const std::uint8_t seed = input.byte();
    const std::string text = input.rest();
    const Reading whole = readWhole(text, dialect);
    require(read(text, dialect, 1 + seed % 32, Rng(seed)) == whole, "pieces do not matter");
    checkPlaces(whole, text, dialect);
    for (const Row &row : whole.rows) {
        checkPlainFields(row, dialect);
        checkQuotedFields(row, dialect);
    }
    if (seed % 8 == 0) {
        readRepeated(text, dialect);
    }
    return 0;
}
