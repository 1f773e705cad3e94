#include "core/ingest/record_scan.h"

#include "core/ingest/tokenizer.h"

namespace perennial {

void RecordScan::take(const Dialect &dialect, char c) noexcept
{
    switch (m_state) {
    case State::FieldStart:
        m_state = afterStart(dialect, c);
        break;
    case State::Plain:
        m_state = afterPlain(dialect, c);
        break;
    case State::PlainEscape:
        m_state = State::Plain; // with or without a meaning, it ends nothing
        break;
    case State::Quoted:
        m_state = afterQuoted(dialect, c);
        break;
    case State::QuotedEscape:
        m_state = State::Quoted;
        break;
    case State::Closing:
        m_state = afterClosing(dialect, c);
        break;
    case State::ClosingReturn:
        m_state = c == '\n' ? State::Ended : State::BadQuote;
        break;
    case State::Ended:
    case State::BadQuote:
        break;
    }
}

RecordScan::State RecordScan::afterStart(const Dialect &dialect, char c) noexcept
{
    const bool blank =
        (c == ' ' || c == '\t') && dialect.blanksBeforeQuote && !isDelimiter(dialect, c);
    if (blank) {
        return State::FieldStart;
    }
    return dialect.quote != 0 && c == dialect.quote ? State::Quoted : afterPlain(dialect, c);
}

RecordScan::State RecordScan::afterPlain(const Dialect &dialect, char c) noexcept
{
    if (c == dialect.lineEnd) {
        return State::Ended;
    }
    if (isDelimiter(dialect, c)) {
        return State::FieldStart;
    }
    return dialect.escape != 0 && c == dialect.escape ? State::PlainEscape : State::Plain;
}

RecordScan::State RecordScan::afterQuoted(const Dialect &dialect, char c) noexcept
{
    if (c == dialect.quote) {
        return State::Closing;
    }
    return dialect.escape != 0 && c == dialect.escape ? State::QuotedEscape : State::Quoted;
}

RecordScan::State RecordScan::afterClosing(const Dialect &dialect, char c) noexcept
{
    if (c == dialect.quote) {
        return State::Quoted;
    }
    if (c == dialect.lineEnd) {
        return State::Ended;
    }
    if (c == '\r' && dialect.lineEnd == '\n') {
        return State::ClosingReturn;
    }
    return isDelimiter(dialect, c) ? State::FieldStart : State::BadQuote;
}

bool OpenRecords::reachPast(std::uint64_t position)
{
    m_lines.erase(m_lines.begin(), m_lines.upper_bound(2 * position + 1));
    if (m_lines.empty()) {
        m_trails.clear();
    }
    return !m_lines.empty();
}

OpenRecords::Outcome OpenRecords::follow(const Dialect &dialect, std::string_view text, bool whole,
                                         std::uint64_t position)
{
    const std::size_t own = m_trails.size();
    const std::size_t linesBefore = m_lines.size();
    m_trails.push_back({RecordScan(), position});
    std::size_t index = own;
    for (;;) {
        if (m_trails[index].next == kNone) {
            advance(index, dialect, text, position);
        }
        if (m_trails[index].next == kNone) {
            break;
        }
        index = m_trails[index].next;
    }
    const RecordScan scan = m_trails[index].scan;
    if (m_lines.size() == linesBefore && own + 1 == m_trails.size()) {
        m_trails.pop_back(); // nothing leads to it
    }
    if (scan.badQuote()) {
        return Outcome::BadQuote;
    }
    return scan.ended() || (whole && !scan.insideQuotes()) ? Outcome::Ends : Outcome::Open;
}

/// Follows a trail to its end, to another trail, or to the end of the text.
void OpenRecords::advance(std::size_t index, const Dialect &dialect, std::string_view text,
                          std::uint64_t position)
{
    Trail &trail = m_trails[index];
    while (trail.end - position < text.size() && !trail.scan.ended() && !trail.scan.badQuote()) {
        const char c = text[trail.end - position];
        trail.scan.take(dialect, c);
        ++trail.end;
        if (c == dialect.lineEnd && !trail.scan.ended() && !trail.scan.badQuote()) {
            const std::uint64_t line = 2 * trail.end + (trail.scan.insideQuotes() ? 0 : 1);
            const auto [place, fresh] = m_lines.try_emplace(line, index);
            if (!fresh) {
                trail.next = place->second;
                return;
            }
        }
    }
}

} // namespace perennial
