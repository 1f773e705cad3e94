#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace perennial {

struct Dialect;

/// A record followed character by character, only to know where it ends.
class RecordScan {
public:
    void take(const Dialect &dialect, char c) noexcept;

    bool ended() const noexcept { return m_state == State::Ended; } ///< behind its line end
    bool badQuote() const noexcept { return m_state == State::BadQuote; }
    bool insideQuotes() const noexcept
    {
        return m_state == State::Quoted || m_state == State::QuotedEscape;
    }

private:
    enum class State : std::uint8_t {
        FieldStart,
        Plain,
        PlainEscape, ///< behind an escape in a plain field
        Quoted,
        QuotedEscape,
        Closing,       ///< behind a quote inside quotes: the closing one, or the first of two
        ClosingReturn, ///< behind a '\r' after the closing quote
        Ended,
        BadQuote,
    };

    static State afterStart(const Dialect &dialect, char c) noexcept;
    static State afterPlain(const Dialect &dialect, char c) noexcept;
    static State afterQuoted(const Dialect &dialect, char c) noexcept;
    static State afterClosing(const Dialect &dialect, char c) noexcept;

    State m_state = State::FieldStart;
};

/// What becomes of records that are still open where a line begins.
///
/// After a record whose quotes are wrong reading goes on at its second line, maybe into the same
/// open quote, and so on line by line. What is open at a line's beginning goes on in one way only
/// (inside quotes, or in a plain field behind an escaped line end), so that it is followed once and
/// remembered: a file full of wrong quotes takes no longer than its length.
class OpenRecords {
public:
    enum class Outcome {
        Ends,
        BadQuote,
        Open, ///< where the text ends
    };

    /// Whether something is remembered of lines behind a position. Forgets what lies before it.
    bool reachPast(std::uint64_t position);

    /// Follows the record that begins at a position.
    /// @param text from there on, as much as there is of it or a record may have.
    /// @param whole the file ends with the text.
    Outcome follow(const Dialect &dialect, std::string_view text, bool whole,
                   std::uint64_t position);

private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    /// Open records that have become one.
    struct Trail {
        RecordScan scan;
        std::uint64_t end = 0;    ///< position up to which it is followed
        std::size_t next = kNone; ///< the trail that it has met
    };

    void advance(std::size_t index, const Dialect &dialect, std::string_view text,
                 std::uint64_t position);

    std::map<std::uint64_t, std::size_t> m_lines; ///< beginnings of lines, by state, to trails
    std::vector<Trail> m_trails;
};

} // namespace perennial
