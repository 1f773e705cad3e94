#include "core/privacy/pseudonym.h"

#include <sodium.h>

#include <array>

namespace perennial {

namespace {

constexpr std::size_t kPseudonymBytes = 16;
constexpr std::string_view kFingerprintOf = "perennial pseudonym key";

template <std::size_t Bytes>
std::string keyedHash(std::string_view text, const SecretKey &key)
{
    std::array<unsigned char, Bytes> hash;
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char *>(text.data()), text.size(),
                       key.bytes().data(), key.bytes().size());
    std::string hex(Bytes * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.pop_back();
    return hex;
}

} // namespace

// Of another length than a pseudonym, BLAKE2b is another function: no id has the fingerprint.
Pseudonymizer::Pseudonymizer(SecretKey key)
    : m_key(std::move(key)), m_fingerprint(keyedHash<32>(kFingerprintOf, m_key).substr(0, 32))
{
}

std::string Pseudonymizer::pseudonym(std::string_view id) const
{
    return "p-" + keyedHash<kPseudonymBytes>(id, m_key);
}

} // namespace perennial
