#include "core/ingest/text_source.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr std::size_t kPieceBytes = 1 << 16;
constexpr std::size_t kStartBytes = 1 << 18;
constexpr std::size_t kPieces = 8;

/// A few zero bytes are broken rows; many are no text.
bool isBinary(const EncodingGuess &guess, const std::string &start)
{
    const auto zeros = std::ranges::count(start, '\0');
    const bool wide = guess.encoding.starts_with("UTF-16") || guess.encoding.starts_with("UTF-32");
    return !wide && zeros * 20 > std::ssize(start);
}

} // namespace

TextSource::TextSource(ByteSource bytes, Decoder decoder)
    : m_bytes(std::move(bytes)), m_decoder(std::move(decoder))
{
}

Result<TextSource> TextSource::open(const std::filesystem::path &path,
                                    const std::optional<std::string> &encoding)
{
    auto bytes = ByteSource::open(path);
    if (!bytes) {
        return bytes.error();
    }
    std::optional<std::string> asked;
    if (encoding) {
        asked = encodingFromName(*encoding);
        if (!asked) {
            return fail(ErrorCode::BadMapping, "encoding: " + *encoding, path.string());
        }
    }
    const auto pieces = bytes->samples(kStartBytes, kPieceBytes, kPieces);
    if (!pieces) {
        return pieces.error();
    }
    EncodingGuess guess = guessEncoding(*pieces);
    if (!asked && isBinary(guess, pieces->front())) {
        return fail(ErrorCode::BadData, "binary", path.string());
    }
    const std::string name = asked                        ? *asked
                             : guess.candidates.empty() ? "UTF-8"
                                                        : guess.candidates.front();
    auto decoder = Decoder::open(name);
    if (!decoder) {
        return decoder.error();
    }
    TextSource source(std::move(*bytes), std::move(*decoder));
    source.m_guess = std::move(guess);
    source.m_encoding = name;
    source.m_settled = asked || !source.m_guess.encoding.empty();
    return source;
}

Result<std::size_t> TextSource::read(std::span<char> room)
{
    if (m_decoder.passesThrough()) {
        return m_bytes.read(room);
    }
    std::size_t filled = 0;
    for (;;) {
        const std::size_t size = std::min(room.size() - filled, m_ready.size() - m_given);
        std::copy_n(m_ready.data() + m_given, size, room.data() + filled);
        m_given += size;
        filled += size;
        if (filled == room.size() || m_ended) {
            return filled;
        }
        m_raw.resize(kPieceBytes);
        const auto got = m_bytes.read(m_raw);
        if (!got) {
            return got.error();
        }
        m_ended = *got < m_raw.size();
        m_ready.clear();
        m_given = 0;
        m_decoder.decode(std::string_view(m_raw).substr(0, *got), m_ended, m_ready);
    }
}

Status TextSource::rewind()
{
    m_ready.clear();
    m_given = 0;
    m_ended = false;
    m_decoder.reset();
    return m_bytes.rewind();
}

} // namespace perennial
