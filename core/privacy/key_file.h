#pragma once

#include "core/privacy/passphrase.h"
#include "core/privacy/secret_key.h"

#include <filesystem>
#include <string>

namespace perennial {

/// A key outside the project, for its owner alone (0600). Plain: its 32 bytes. Sealed with a
/// passphrase: "PERNKEY" and a version byte (1), 16 bytes of salt, 24 of nonce, and the key in
/// XSalsa20-Poly1305 (48 bytes) under Argon2id of passphrase and salt (3 passes, 256 MiB: version 1
/// says so, the file does not, lest a strange one ask for all memory).
/// Source: libsodium, crypto_pwhash and crypto_secretbox.

/// Where a project's key is kept if nothing is said: keys/ID.key in the user's folder
/// (user_folder.h). @error NotWritable where there is no home either.
Result<std::filesystem::path> defaultKeyPath(const std::string &projectId);

/// A new random key, on disk when this returns; missing folders are made for the owner alone.
/// @param passphrase seals it; null leaves it plain.
/// @error AlreadyExists, NotWritable, IsDirectory, DiskFull, IoFailed, OutOfMemory.
Result<SecretKey> createKeyFile(const std::filesystem::path &path, const Passphrase *passphrase);

struct KeyFile {
    SecretKey key;
    bool sealed = false;
};
/// @param passphrase may be null; a plain key needs none and takes no notice of it.
/// @error FileMissing, IsDirectory, NotReadable, UnsafeKeyFile (detail: the file's mode),
/// BadKeyFile (detail: bytes or version), PassphraseNeeded, WrongPassphrase, OutOfMemory.
Result<KeyFile> readKeyFile(const std::filesystem::path &path, const Passphrase *passphrase);

} // namespace perennial
