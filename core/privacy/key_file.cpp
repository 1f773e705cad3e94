#include "core/privacy/key_file.h"

#include "core/base/user_folder.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>

namespace perennial {

namespace fs = std::filesystem;

namespace {

constexpr std::array<unsigned char, 8> kMagic{'P', 'E', 'R', 'N', 'K', 'E', 'Y', 1};
constexpr std::size_t kSaltAt = kMagic.size();
constexpr std::size_t kNonceAt = kSaltAt + crypto_pwhash_SALTBYTES;
constexpr std::size_t kBoxAt = kNonceAt + crypto_secretbox_NONCEBYTES;
constexpr std::size_t kSealedBytes = kBoxAt + crypto_secretbox_MACBYTES + SecretKey::kBytes;

using Sealed = std::array<unsigned char, kSealedBytes>;
static_assert(SecretKey::kBytes == crypto_secretbox_KEYBYTES);

/// Bytes on the stack that are wiped when they go.
template <std::size_t Size>
struct WipedBytes : std::array<unsigned char, Size> {
    ~WipedBytes() { sodium_memzero(this->data(), Size); }
};
using WipedKey = WipedBytes<SecretKey::kBytes>;

class Descriptor {
public:
    explicit Descriptor(int value) : m_value(value) {}
    ~Descriptor()
    {
        if (m_value >= 0) {
            ::close(m_value);
        }
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int value() const noexcept { return m_value; }

private:
    int m_value;
};

Error failure(int error, const fs::path &path)
{
    switch (error) {
    case ENOENT: return fail(ErrorCode::FileMissing, {}, path.string());
    case EISDIR: return fail(ErrorCode::IsDirectory, {}, path.string());
    case EEXIST: return fail(ErrorCode::AlreadyExists, {}, path.string());
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return fail(ErrorCode::DiskFull, {}, path.string());
    case EIO: return fail(ErrorCode::IoFailed, {}, path.string());
    default: return fail(ErrorCode::NotReadable, std::strerror(error), path.string());
    }
}

Status passphraseKey(const Passphrase &passphrase, const unsigned char *salt, WipedKey &into)
{
    const std::string_view text = passphrase.text();
    if (crypto_pwhash(into.data(), into.size(), text.data(), text.size(), salt,
                      crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE,
                      crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return fail(ErrorCode::OutOfMemory);
    }
    return Done{};
}

Result<Sealed> seal(const SecretKey &key, const Passphrase &passphrase)
{
    Sealed file{};
    std::copy(kMagic.begin(), kMagic.end(), file.begin());
    randombytes_buf(file.data() + kSaltAt, kBoxAt - kSaltAt);
    WipedKey sealing;
    if (auto made = passphraseKey(passphrase, file.data() + kSaltAt, sealing); !made) {
        return made.error();
    }
    crypto_secretbox_easy(file.data() + kBoxAt, key.bytes().data(), key.bytes().size(),
                          file.data() + kNonceAt, sealing.data());
    return file;
}

Result<SecretKey> unseal(const unsigned char *file, const Passphrase *passphrase,
                         const fs::path &path)
{
    if (std::memcmp(file, kMagic.data(), kMagic.size() - 1) != 0) {
        return fail(ErrorCode::BadKeyFile, std::to_string(kSealedBytes), path.string());
    }
    if (file[kMagic.size() - 1] != kMagic.back()) {
        return fail(ErrorCode::BadKeyFile,
                    "version " + std::to_string(int{file[kMagic.size() - 1]}), path.string());
    }
    if (passphrase == nullptr) {
        return fail(ErrorCode::PassphraseNeeded, {}, path.string());
    }
    WipedKey sealing;
    if (auto made = passphraseKey(*passphrase, file + kSaltAt, sealing); !made) {
        return made.error();
    }
    WipedKey plain;
    if (crypto_secretbox_open_easy(plain.data(), file + kBoxAt, kSealedBytes - kBoxAt,
                                   file + kNonceAt, sealing.data()) != 0) {
        return fail(ErrorCode::WrongPassphrase, {}, path.string());
    }
    return SecretKey::copyOf(plain);
}

bool writeAll(int descriptor, std::span<const unsigned char> bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    return fsync(descriptor) == 0;
}

/// A key that a power cut takes away again would leave a project nobody can add to.
void syncFolder(const fs::path &file)
{
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.value() >= 0) {
        static_cast<void>(fsync(descriptor.value()));
    }
}

Status writeNewFile(const fs::path &path, std::span<const unsigned char> bytes)
{
    if (auto made = makePrivateFolders(path.parent_path()); !made) {
        return made;
    }
    const Descriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (file.value() < 0) {
        const int error = errno;
        std::error_code ignored;
        if (error == EEXIST && fs::is_directory(path, ignored)) {
            return failure(EISDIR, path);
        }
        return error == EEXIST || error == ENOSPC
                   ? failure(error, path)
                   : fail(ErrorCode::NotWritable, std::strerror(error), path.string());
    }
    if (fchmod(file.value(), 0600) != 0 || !writeAll(file.value(), bytes)) {
        const int error = errno;
        unlink(path.c_str());
        return failure(error, path);
    }
    syncFolder(path);
    return Done{};
}

} // namespace

Result<fs::path> defaultKeyPath(const std::string &projectId)
{
    const auto folder = userFolder();
    if (!folder) {
        return fail(ErrorCode::NotWritable, "XDG_DATA_HOME");
    }
    return *folder / "keys" / (projectId + ".key");
}

Result<SecretKey> createKeyFile(const fs::path &path, const Passphrase *passphrase)
{
    auto key = SecretKey::random();
    if (!key) {
        return key.error();
    }
    if (passphrase == nullptr) {
        if (auto written = writeNewFile(path, key->bytes()); !written) {
            return written.error();
        }
        return key;
    }
    const auto sealed = seal(*key, *passphrase);
    if (!sealed) {
        return sealed.error();
    }
    if (auto written = writeNewFile(path, *sealed); !written) {
        return written.error();
    }
    return key;
}

Result<KeyFile> readKeyFile(const fs::path &path, const Passphrase *passphrase)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (file.value() < 0 || fstat(file.value(), &status) != 0) {
        return failure(errno, path);
    }
    if (!S_ISREG(status.st_mode)) {
        return S_ISDIR(status.st_mode) ? fail(ErrorCode::IsDirectory, {}, path.string())
                                       : fail(ErrorCode::BadKeyFile, "no file", path.string());
    }
    if ((status.st_mode & 077) != 0) {
        std::array<char, 8> mode{};
        std::snprintf(mode.data(), mode.size(), "%04o",
                      static_cast<unsigned>(status.st_mode & 07777));
        return fail(ErrorCode::UnsafeKeyFile, mode.data(), path.string());
    }
    // One byte more than the longest: what does not fit is no key.
    WipedBytes<kSealedBytes + 1> bytes{};
    const ssize_t size = ::read(file.value(), bytes.data(), bytes.size());
    if (size < 0) {
        return failure(errno, path);
    }
    const bool plain = static_cast<std::size_t>(size) == SecretKey::kBytes;
    if (!plain && static_cast<std::size_t>(size) != kSealedBytes) {
        return fail(ErrorCode::BadKeyFile, std::to_string(status.st_size) + " bytes",
                    path.string());
    }
    auto key = plain ? SecretKey::copyOf(std::span(bytes).first(SecretKey::kBytes))
                     : unseal(bytes.data(), passphrase, path);
    if (!key) {
        return key.error();
    }
    return KeyFile{std::move(*key), !plain};
}

} // namespace perennial
