#pragma once

#include "core/privacy/secret_key.h"

#include <string>
#include <string_view>

namespace perennial {

/// Replaces ids by pseudonyms: the same key and id give the same pseudonym in every file, and
/// without the key none can be made or turned back. Ids are few and easily guessed, so that a plain
/// hash would hide nothing; the key does.
/// Safe to use from several threads.
/// Source: RFC 7693 (BLAKE2b with a key), as libsodium's crypto_generichash.
class Pseudonymizer {
public:
    explicit Pseudonymizer(SecretKey key);

    /// "p-" and 32 lower-case hex digits: BLAKE2b of the id's bytes with 16 bytes of output. Takes
    /// less than a microsecond.
    std::string pseudonym(std::string_view id) const;
    /// Tells keys apart and gives nothing of them away: 32 hex digits. Kept in the project.
    const std::string &fingerprint() const noexcept { return m_fingerprint; }

private:
    SecretKey m_key;
    std::string m_fingerprint;
};

} // namespace perennial
