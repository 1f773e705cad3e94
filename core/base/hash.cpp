#include "core/base/hash.h"

#include <sodium.h>

#include <cstdlib>

namespace perennial {

struct Hasher::State {
    crypto_generichash_state inner;
};

Hasher::Hasher() : m_state(std::make_unique<State>())
{
    // sodium_init is idempotent and thread-safe; without it there is no program to go on with.
    if (sodium_init() < 0) {
        std::abort();
    }
    crypto_generichash_init(&m_state->inner, nullptr, 0, crypto_generichash_BYTES);
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher &&) noexcept = default;
Hasher &Hasher::operator=(Hasher &&) noexcept = default;

void Hasher::add(std::span<const std::byte> bytes)
{
    crypto_generichash_update(&m_state->inner,
                              reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size());
}

void Hasher::add(std::string_view text)
{
    add(std::as_bytes(std::span(text.data(), text.size())));
}

std::string Hasher::hex()
{
    std::array<unsigned char, crypto_generichash_BYTES> raw{};
    crypto_generichash_final(&m_state->inner, raw.data(), raw.size());
    std::string text(raw.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), raw.data(), raw.size());
    text.pop_back();
    return text;
}

std::string hashHex(std::string_view text)
{
    Hasher hasher;
    hasher.add(text);
    return hasher.hex();
}

} // namespace perennial
