#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// The name under which an encoding is written into recipes: its MIME or IANA name ("UTF-8",
/// "UTF-16LE", "GB18030", "windows-1252"), whatever name it is asked for by ("utf8", "gbk",
/// "latin1").
/// @return empty for a name that means no encoding here.
std::optional<std::string> encodingFromName(const std::string &name);

/// What the bytes of a file say about its encoding.
struct EncodingGuess {
    /// Told by the bytes themselves: a byte order mark, UTF-16 and UTF-32 by their zero bytes,
    /// strict UTF-8 (ASCII among it). Empty where several encodings read the bytes, each as other
    /// letters: then somebody who can read the text has to say which.
    std::string encoding;
    /// Encodings that read all of it, the likeliest first. Where `encoding` is known, just that.
    std::vector<std::string> candidates;
};

/// @param pieces parts of the file, the first its beginning; the others may begin, and all may end,
///        inside a character.
///
/// Broken bytes in a text that is otherwise UTF-8 (more valid characters past ASCII than broken
/// ones, or none but a last one that is cut short) leave it UTF-8: their rows will be rejected.
/// The order of candidates: what uchardet takes it for, then usual encodings by how much of the
/// text past ASCII they read as letters.
EncodingGuess guessEncoding(const std::vector<std::string> &pieces);

/// Turns text of an encoding into UTF-8, piece by piece. What is no character of the encoding
/// becomes the byte 0xFF, which is none of UTF-8 either: its row is rejected as bad_encoding.
/// UTF-8 passes as it is.
class Decoder {
public:
    /// @param encoding a name of encodingFromName. @error BadMapping, detail "encoding: NAME".
    static Result<Decoder> open(const std::string &encoding);
    ~Decoder();
    Decoder(Decoder &&) noexcept;
    Decoder &operator=(Decoder &&) noexcept;

    bool passesThrough() const noexcept; ///< the encoding is UTF-8
    /// Appends to `out`. @param last nothing follows: a character cut short is none.
    void decode(std::string_view bytes, bool last, std::string &out);
    /// Forgets a character begun: the text starts anew.
    void reset() noexcept;

private:
    struct Impl;
    explicit Decoder(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace perennial
