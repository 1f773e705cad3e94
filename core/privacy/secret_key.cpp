#include "core/privacy/secret_key.h"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>

namespace perennial {

void SecretKey::Release::operator()(unsigned char *bytes) const noexcept
{
    sodium_free(bytes); // wipes
}

Result<SecretKey::Bytes> SecretKey::allocate()
{
    // sodium_init is idempotent and thread-safe; without it there is no program to go on with.
    if (sodium_init() < 0) {
        std::abort();
    }
    Bytes bytes(static_cast<unsigned char *>(sodium_malloc(kBytes)));
    if (!bytes) {
        return fail(ErrorCode::OutOfMemory);
    }
    return bytes;
}

SecretKey SecretKey::sealed(Bytes bytes)
{
    sodium_mprotect_readonly(bytes.get());
    return SecretKey(std::move(bytes));
}

Result<SecretKey> SecretKey::random()
{
    auto bytes = allocate();
    if (!bytes) {
        return bytes.error();
    }
    randombytes_buf(bytes->get(), kBytes);
    return sealed(std::move(*bytes));
}

Result<SecretKey> SecretKey::copyOf(std::span<const unsigned char> bytes)
{
    if (bytes.size() != kBytes) {
        return fail(ErrorCode::BadKeyFile, std::to_string(bytes.size()));
    }
    auto own = allocate();
    if (!own) {
        return own.error();
    }
    std::ranges::copy(bytes, own->get());
    return sealed(std::move(*own));
}

} // namespace perennial
