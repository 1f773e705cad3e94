#include "core/ingest/encoding.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <uchardet.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace perennial {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kMaxCandidates = 8;

/// Encodings that text files are found in, beside Unicode's own.
constexpr std::array kUsual{
    "GB18030",      "Big5",         "Shift_JIS",    "EUC-JP",       "EUC-KR",       "windows-1252",
    "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
    "windows-1257", "KOI8-R",       "IBM850",       "IBM437",       "windows-874",  "macintosh"};

/// The encoding that a byte order mark at the beginning names.
std::string byMark(std::string_view start)
{
    constexpr std::array<std::pair<std::string_view, const char *>, 5> kMarks{{
        {"\xFF\xFE\0\0"sv, "UTF-32LE"}, // before UTF-16LE, whose mark it begins with
        {"\0\0\xFE\xFF"sv, "UTF-32BE"},
        {"\xFF\xFE"sv, "UTF-16LE"},
        {"\xFE\xFF"sv, "UTF-16BE"},
        {"\xEF\xBB\xBF"sv, "UTF-8"},
    }};
    for (const auto &[mark, encoding] : kMarks) {
        if (start.starts_with(mark)) {
            return encoding;
        }
    }
    return {};
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion" // inside ICU's macro
/// The character at a position, which moves behind it. @return < 0 for bytes that are none.
UChar32 nextLetter(std::string_view text, int32_t &at) noexcept
{
    const auto *bytes = reinterpret_cast<const uint8_t *>(text.data());
    const auto size = static_cast<int32_t>(text.size());
    UChar32 letter = 0;
    U8_NEXT(bytes, at, size, letter);
    return letter;
}
#pragma GCC diagnostic pop

/// How much of a text an encoding reads, and as what.
struct Reading {
    int broken = 0;  ///< places that are no characters
    int letters = 0; ///< past ASCII: letters and their marks
    int other = 0;   ///< past ASCII: symbols, private use, control codes
    int controls = 0;
};

Reading readingOf(const std::string &encoding, std::string_view bytes, bool last)
{
    Reading reading;
    auto decoder = Decoder::open(encoding);
    if (!decoder) {
        reading.broken = 1;
        return reading;
    }
    std::string text;
    decoder->decode(bytes, last, text);
    const auto size = static_cast<int32_t>(text.size());
    for (int32_t at = 0; at < size;) {
        const UChar32 letter = nextLetter(text, at);
        if (letter < 0) {
            ++reading.broken;
        } else if (letter < 0x20 || (letter >= 0x7F && letter < 0xA0)) {
            reading.controls += letter == '\t' || letter == '\n' || letter == '\r' ? 0 : 1;
        } else if (letter >= 0x80 && letter != 0xFEFF) {
            ++(u_isalpha(letter) ? reading.letters : reading.other);
        }
    }
    return reading;
}

/// UTF-16 and UTF-32 without a mark: zero bytes on one side of every other character.
std::string byZeroBytes(std::string_view start)
{
    const std::size_t size = std::min<std::size_t>(start.size() & ~std::size_t{3}, 1 << 16);
    std::array<std::size_t, 4> zeros{};
    for (std::size_t k = 0; k < size; ++k) {
        zeros[k % 4] += start[k] == '\0' ? 1 : 0;
    }
    const std::size_t all = std::accumulate(zeros.begin(), zeros.end(), std::size_t{0});
    if (size < 4 || all * 10 < size) {
        return {};
    }
    const bool lowFirst = zeros[1] + zeros[3] > zeros[0] + zeros[2];
    for (const char *encoding :
         lowFirst ? std::array{"UTF-32LE", "UTF-16LE"} : std::array{"UTF-32BE", "UTF-16BE"}) {
        const Reading reading = readingOf(encoding, start.substr(0, size), false);
        if (reading.broken == 0 && reading.controls == 0) {
            return encoding;
        }
    }
    return {};
}

/// Characters past ASCII of valid UTF-8, and bytes that belong to none.
struct Utf8Count {
    std::size_t valid = 0, broken = 0;
    bool cutShort = false; ///< the last broken one is a character that the end cuts
};

Utf8Count countUtf8(std::string_view text, bool beginsInside)
{
    while (beginsInside && !text.empty() && U8_IS_TRAIL(static_cast<uint8_t>(text.front()))) {
        text.remove_prefix(1);
    }
    Utf8Count count;
    const auto size = static_cast<int32_t>(text.size());
    for (int32_t at = 0; at < size;) {
        const int32_t start = at;
        const UChar32 letter = nextLetter(text, at);
        if (letter >= 0x80) {
            ++count.valid;
        } else if (letter < 0) {
            ++count.broken;
            const auto lead = static_cast<uint8_t>(text[static_cast<std::size_t>(start)]);
            count.cutShort =
                at == size && U8_IS_LEAD(lead) && size - start <= U8_COUNT_TRAIL_BYTES(lead);
        }
    }
    return count;
}

/// Whether the pieces are UTF-8, but for some rows at most.
bool isMostlyUtf8(const std::vector<std::string> &pieces)
{
    std::size_t valid = 0, broken = 0;
    for (std::size_t k = 0; k < pieces.size(); ++k) {
        const Utf8Count count = countUtf8(pieces[k], k > 0);
        valid += count.valid;
        broken += count.broken - (count.cutShort ? 1 : 0);
    }
    return broken == 0 || valid > broken;
}

std::string detected(const std::string &text)
{
    struct Delete {
        void operator()(uchardet_t detector) const noexcept { uchardet_delete(detector); }
    };
    const std::unique_ptr<std::remove_pointer_t<uchardet_t>, Delete> detector(uchardet_new());
    uchardet_handle_data(detector.get(), text.data(), text.size());
    uchardet_data_end(detector.get());
    return encodingFromName(uchardet_get_charset(detector.get())).value_or("");
}

/// A piece's whole lines around what is past ASCII: no character of a usual encoding has a line end
/// in it, so that none is cut. @param begins, ends the piece is the text's beginning, its end.
std::string_view tellingLines(std::string_view piece, bool begins, bool ends)
{
    constexpr std::size_t kNone = std::string_view::npos;
    constexpr std::size_t kEnough = 1 << 16;
    constexpr std::string_view kLineEnds = "\r\n";
    if (!begins) {
        piece.remove_prefix(std::min(piece.find_first_of(kLineEnds), piece.size() - 1) + 1);
    }
    const auto high = std::ranges::find_if(piece, [](char c) { return (c & 0x80) != 0; });
    if (high == piece.end()) {
        return {};
    }
    const auto at = static_cast<std::size_t>(high - piece.begin());
    const std::size_t before = piece.find_last_of(kLineEnds, at);
    const std::size_t start = before == kNone ? 0 : before + 1;
    std::size_t end = piece.find_first_of(kLineEnds, std::min(start + kEnough, piece.size()));
    if (end == kNone) {
        end = ends ? piece.size() : piece.find_last_of(kLineEnds);
    }
    return end == kNone || end < start ? std::string_view() : piece.substr(start, end - start);
}

/// Where an encoding shows.
std::string tellingPart(const std::vector<std::string> &pieces)
{
    std::string part;
    for (std::size_t k = 0; k < pieces.size(); ++k) {
        const std::string_view lines =
            pieces[k].empty() ? std::string_view()
                              : tellingLines(pieces[k], k == 0, pieces.size() == 1);
        part.append(lines);
        part += lines.empty() ? "" : "\n";
    }
    return part;
}

std::vector<std::string> candidatesFor(const std::vector<std::string> &pieces)
{
    std::vector<std::string> names;
    const std::string part = tellingPart(pieces);
    if (const std::string likeliest = detected(part); !likeliest.empty()) {
        names.push_back(likeliest);
    }
    for (const char *usual : kUsual) {
        const auto name = encodingFromName(usual); // as a recipe would have it
        if (name && std::ranges::find(names, *name) == names.end()) {
            names.push_back(*name);
        }
    }
    struct Candidate {
        std::string name;
        double letterShare;
    };
    std::vector<Candidate> reading;
    for (const std::string &name : names) {
        const Reading found = readingOf(name, part, true);
        if (found.broken == 0 && found.controls == 0) {
            const int all = std::max(found.letters + found.other, 1);
            const bool likeliest = &name == &names.front();
            reading.push_back({name, likeliest ? 2.0 : double(found.letters) / all});
        }
    }
    std::ranges::stable_sort(reading, std::ranges::greater(), &Candidate::letterShare);
    std::vector<std::string> candidates;
    for (const Candidate &candidate : reading) {
        candidates.push_back(candidate.name);
    }
    candidates.resize(std::min(candidates.size(), kMaxCandidates));
    return candidates;
}

} // namespace

EncodingGuess guessEncoding(const std::vector<std::string> &pieces)
{
    EncodingGuess guess;
    const std::string_view start = pieces.empty() ? std::string_view() : pieces.front();
    guess.encoding = byMark(start);
    if (guess.encoding.empty()) {
        guess.encoding = byZeroBytes(start);
    }
    if (guess.encoding.empty() && isMostlyUtf8(pieces)) {
        guess.encoding = "UTF-8";
    }
    guess.candidates = guess.encoding.empty() ? candidatesFor(pieces) : std::vector{guess.encoding};
    return guess;
}

} // namespace perennial
