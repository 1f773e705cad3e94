#pragma once

#include "core/ingest/byte_source.h"
#include "core/ingest/encoding.h"

#include <optional>
#include <span>
#include <string>

namespace perennial {

/// The text of a file, unpacked and as UTF-8, whatever encoding it is written in.
class TextSource {
public:
    /// @param encoding a name of encodingFromName; empty = told by the bytes.
    /// @error as ByteSource::open; BadMapping, detail "encoding: NAME" for a name that is none;
    /// BadData "binary" for what is no text. Bytes that do not tell their encoding are no error:
    /// see `settled`; they are read by the likeliest.
    static Result<TextSource> open(const std::filesystem::path &path,
                                   const std::optional<std::string> &encoding);

    /// What the bytes say, also where an encoding was asked for.
    const EncodingGuess &guess() const noexcept { return m_guess; }
    /// Told by the bytes or asked for.
    bool settled() const noexcept { return m_settled; }
    const std::string &encoding() const noexcept { return m_encoding; } ///< the one read by

    /// As ByteSource::read. Bytes that are no characters come as 0xFF.
    Result<std::size_t> read(std::span<char> room);
    Status rewind();
    ByteSource &bytes() noexcept { return m_bytes; }
    const ByteSource &bytes() const noexcept { return m_bytes; }

private:
    TextSource(ByteSource bytes, Decoder decoder);

    ByteSource m_bytes;
    Decoder m_decoder;
    EncodingGuess m_guess;
    std::string m_encoding;
    std::string m_raw, m_ready; ///< read and not decoded; decoded and not given out
    std::size_t m_given = 0;    ///< of m_ready
    bool m_settled = false, m_ended = false;
};

} // namespace perennial
