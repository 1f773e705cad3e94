#include "core/ingest/tokenizer.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

} // namespace

void Tokenizer::feed(std::string_view text, bool last, Arena &arena) noexcept
{
    m_text = text;
    m_last = last;
    m_arena = &arena;
    m_before += m_at;
    m_at = 0;
}

std::optional<Record> Tokenizer::next()
{
    auto record = nextRecord();
    while (record && m_headerRowsLeft > 0 && record->defect == RowReason::None) {
        --m_headerRowsLeft;
        record = nextRecord();
    }
    return record;
}

std::optional<Record> Tokenizer::nextRecord()
{
    if (!skipToRecord()) {
        return std::nullopt;
    }
    m_fields.clear();
    const std::string_view text = window();
    const std::size_t end = text.find(m_dialect.lineEnd);
    if (end == std::string_view::npos && !isWhole(text)) {
        return text.size() == kMaxRecordBytes ? std::optional(refuse(RowReason::RowTooLong, text))
                                              : std::nullopt;
    }
    const std::string_view line = text.substr(0, end);
    if (isPlain(line)) {
        splitPlain(withoutReturn(line));
        return finish(line, 1);
    }
    std::size_t at = 0;
    switch (splitMarked(text, at)) {
    case Step::BadQuote:
        return refuse(RowReason::BadQuote, text);
    case Step::Incomplete:
        if (text.size() == kMaxRecordBytes) {
            return refuse(RowReason::RowTooLong, text);
        }
        return m_last ? std::optional(refuse(RowReason::UnclosedQuote, text)) : std::nullopt;
    case Step::Complete:
        break;
    }
    const std::string_view raw = text.substr(0, at);
    return finish(raw, 1 + std::count(raw.begin(), raw.end(), m_dialect.lineEnd));
}

/// Neither quotes nor escapes: most lines of most files.
bool Tokenizer::isPlain(std::string_view line) const noexcept
{
    const auto has = [line](char c) { return c != 0 && line.find(c) != std::string_view::npos; };
    return !has(m_dialect.quote) && !has(m_dialect.escape);
}

/// Behind the next line end. @return false where the text ends before it.
bool Tokenizer::skipLine()
{
    const std::size_t end = m_text.find(m_dialect.lineEnd, m_at);
    if (end == std::string_view::npos) {
        m_at = m_text.size();
        return false;
    }
    m_at = end + 1;
    ++m_line;
    return true;
}

/// Past the byte order mark, the lines to skip, the rest of a refused line, and blank lines.
/// @return false where no record begins in what there is.
bool Tokenizer::skipToRecord()
{
    if (!m_started) {
        if (m_text.size() < kByteOrderMark.size() && !m_last) {
            return false;
        }
        m_at = m_text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
        m_started = true;
    }
    if (m_skipping) {
        if (!skipLine()) {
            return false;
        }
        m_skipping = false;
    }
    for (; m_toSkip > 0; --m_toSkip) {
        if (!skipLine()) {
            return false;
        }
    }
    for (;;) {
        const std::string_view text = window();
        const auto isFiller = [this](char c) {
            return c == ' ' || (c == '\t' && m_dialect.delimiter != Delimiter::Tab) ||
                   (c == '\r' && m_dialect.lineEnd == '\n');
        };
        const auto first = std::find_if_not(text.begin(), text.end(), isFiller);
        if (first == text.end()) {
            if (text.size() == kMaxRecordBytes) {
                return true; // a line too long, blank or not
            }
            m_at += m_last ? text.size() : 0;
            return false;
        }
        if (*first != m_dialect.lineEnd) {
            return true;
        }
        m_at += static_cast<std::size_t>(first - text.begin()) + 1;
        ++m_line;
    }
}

/// As much of the text as a record may have.
std::string_view Tokenizer::window() const noexcept
{
    return m_text.substr(m_at, kMaxRecordBytes);
}

/// Whether the end of this window is the end of the file.
bool Tokenizer::isWhole(std::string_view text) const noexcept
{
    return m_last && text.size() < kMaxRecordBytes;
}

std::string_view Tokenizer::withoutReturn(std::string_view line) const noexcept
{
    if (m_dialect.lineEnd == '\n' && line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

void Tokenizer::splitPlain(std::string_view line)
{
    const bool runs = m_dialect.delimiter == Delimiter::Blanks;
    const char *const end = line.data() + line.size();
    const char *start = line.data();
    for (const char *p = start; p != end; ++p) {
        if (isDelimiter(*p)) {
            if (!runs || p != start) {
                m_fields.emplace_back(start, static_cast<std::size_t>(p - start));
            }
            start = p + 1;
        }
    }
    if (!runs || start != end) {
        m_fields.emplace_back(start, static_cast<std::size_t>(end - start));
    }
}

/// Splits a record that has quotes or escapes, unless an earlier record's end tells that it has none.
Tokenizer::Step Tokenizer::splitMarked(std::string_view text, std::size_t &at)
{
    const std::uint64_t place = m_before + m_at;
    if (m_open.reachPast(place)) {
        switch (m_open.follow(m_dialect, text, isWhole(text), place)) {
        case OpenRecords::Outcome::BadQuote:
            return Step::BadQuote;
        case OpenRecords::Outcome::Open:
            return Step::Incomplete;
        case OpenRecords::Outcome::Ends:
            break;
        }
    }
    const Step step = splitQuoted(text, at);
    if (step != Step::Complete) {
        m_open.follow(m_dialect, text, isWhole(text), place);
    }
    return step;
}

/// Splits a record that has quotes, maybe over several lines.
/// @param at where it ends: at its line end or at the end of the text.
Tokenizer::Step Tokenizer::splitQuoted(std::string_view text, std::size_t &at)
{
    const bool runs = m_dialect.delimiter == Delimiter::Blanks;
    for (;;) {
        while (runs && at < text.size() && isDelimiter(text[at])) {
            ++at;
        }
        const bool ended = at < text.size() ? text[at] == m_dialect.lineEnd : isWhole(text);
        if (runs && ended) {
            return Step::Complete;
        }
        if (const Step step = readField(text, at); step != Step::Complete) {
            return step;
        }
        if (at == text.size() || text[at] == m_dialect.lineEnd) {
            return Step::Complete;
        }
        ++at; // the delimiter
    }
}

Tokenizer::Step Tokenizer::readField(std::string_view text, std::size_t &at)
{
    std::size_t open = at;
    while (m_dialect.blanksBeforeQuote && open < text.size() &&
           (text[open] == ' ' || (text[open] == '\t' && !isDelimiter('\t')))) {
        ++open;
    }
    if (open == text.size() && !isWhole(text)) {
        return Step::Incomplete;
    }
    if (m_dialect.quote != 0 && open < text.size() && text[open] == m_dialect.quote) {
        at = open;
        return readQuotedField(text, at);
    }
    return readPlainField(text, at);
}

Tokenizer::Step Tokenizer::readPlainField(std::string_view text, std::size_t &at)
{
    std::size_t end = at;
    bool escaped = false;
    while (end < text.size() && text[end] != m_dialect.lineEnd && !isDelimiter(text[end])) {
        const bool escape = isEscape(text, end);
        escaped = escaped || escape;
        end += escape ? 2 : 1;
    }
    if (end >= text.size() && !isWhole(text)) {
        return Step::Incomplete;
    }
    end = std::min(end, text.size());
    std::string_view field = text.substr(at, end - at);
    const bool lastOfRecord = end == text.size() || text[end] == m_dialect.lineEnd;
    field = lastOfRecord ? withoutReturn(field) : field;
    m_fields.push_back(escaped ? unescaped(field, false) : field);
    at = end;
    return Step::Complete;
}

/// Whether the character here is an escape that takes the meaning off the next.
bool Tokenizer::isEscape(std::string_view text, std::size_t at) const noexcept
{
    if (m_dialect.escape == 0 || text[at] != m_dialect.escape || at + 1 >= text.size()) {
        return false;
    }
    const char next = text[at + 1];
    return next == m_dialect.escape || next == m_dialect.lineEnd || isDelimiter(next) ||
           (m_dialect.quote != 0 && next == m_dialect.quote);
}

Tokenizer::Step Tokenizer::readQuotedField(std::string_view text, std::size_t &at)
{
    const std::size_t open = at + 1;
    bool changed = false;
    for (std::size_t from = open;;) {
        if (m_dialect.escape == 0) {
            from = text.find(m_dialect.quote, from);
        }
        if (from >= text.size()) {
            return Step::Incomplete;
        }
        if (text[from] != m_dialect.quote) {
            const bool escape = isEscape(text, from);
            changed = changed || escape;
            from += escape ? 2 : 1;
            continue;
        }
        if (from + 1 < text.size() && text[from + 1] == m_dialect.quote) {
            changed = true;
            from += 2;
            continue;
        }
        at = from + 1;
        const Step step = checkClosing(text, at);
        if (step == Step::Complete) {
            const std::string_view inside = text.substr(open, from - open);
            m_fields.push_back(changed ? unescaped(inside, true) : inside);
        }
        return step;
    }
}

/// After a closing quote comes a delimiter, a line end or the end of the file.
/// @param at behind the quote; moved past a '\r' that belongs to the line end.
Tokenizer::Step Tokenizer::checkClosing(std::string_view text, std::size_t &at) const noexcept
{
    const bool mayReturn = m_dialect.lineEnd == '\n';
    if (at < text.size() && text[at] == '\r' && mayReturn) {
        const bool more = at + 1 < text.size();
        if (more && text[at + 1] != '\n') {
            return Step::BadQuote;
        }
        if (more || isWhole(text)) {
            ++at;
            return Step::Complete;
        }
        return Step::Incomplete;
    }
    if (at == text.size()) {
        return isWhole(text) ? Step::Complete : Step::Incomplete;
    }
    return isDelimiter(text[at]) || text[at] == m_dialect.lineEnd ? Step::Complete : Step::BadQuote;
}

std::string_view Tokenizer::unescaped(std::string_view inside, bool quoted)
{
    char *const place = m_arena->take(inside.size());
    std::size_t size = 0;
    for (std::size_t k = 0; k < inside.size(); ++k) {
        const bool escape = isEscape(inside, k);
        k += escape ? 1 : 0;
        place[size++] = inside[k];
        const bool doubled = quoted && !escape && inside[k] == m_dialect.quote &&
                             k + 1 < inside.size() && inside[k + 1] == m_dialect.quote;
        k += doubled ? 1 : 0;
    }
    return {place, size};
}

/// @param raw the record up to its line end.
Record Tokenizer::finish(std::string_view raw, std::int64_t lines)
{
    const Record record{withoutReturn(raw), m_fields, RowReason::None, m_line};
    m_at = std::min(m_at + raw.size() + 1, m_text.size());
    m_line += lines;
    return record;
}

/// Gives up the record's first line and goes on behind it.
Record Tokenizer::refuse(RowReason reason, std::string_view text)
{
    const std::size_t end = text.find(m_dialect.lineEnd);
    Record record{withoutReturn(text.substr(0, end)), {}, reason, m_line};
    if (end == std::string_view::npos) {
        m_at += text.size();
        m_skipping = true;
    } else {
        m_at += end + 1;
        ++m_line;
    }
    return record;
}

} // namespace perennial
