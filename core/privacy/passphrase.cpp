#include "core/privacy/passphrase.h"

#include <sodium.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <string>

namespace perennial {

namespace fs = std::filesystem;

Passphrase::~Passphrase()
{
    sodium_memzero(m_text.data(), m_text.size());
}

Result<Passphrase> Passphrase::from(std::string_view text, std::string_view origin)
{
    if (text.empty() || text.size() > kMostBytes) {
        return fail(ErrorCode::InvalidArgument, std::to_string(text.size()), std::string(origin));
    }
    return Passphrase(std::vector<char>(text.begin(), text.end()));
}

Result<Passphrase> Passphrase::fromFile(const fs::path &path)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
        return fail(ErrorCode::FileMissing, {}, path.string());
    }
    if (fs::is_directory(status)) {
        return fail(ErrorCode::IsDirectory, {}, path.string());
    }
    // Unbuffered, so that no second copy stays in the stream's own memory.
    std::ifstream file;
    file.rdbuf()->pubsetbuf(nullptr, 0);
    file.open(path, std::ios::binary);
    std::array<char, kMostBytes + 2> bytes{};
    file.read(bytes.data(), bytes.size());
    if (file.bad() || (!file && !file.eof())) {
        return fail(ErrorCode::NotReadable, {}, path.string());
    }
    std::string_view line(bytes.data(), static_cast<std::size_t>(file.gcount()));
    line = line.substr(0, line.find('\n'));
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    auto passphrase = from(line, path.string());
    sodium_memzero(bytes.data(), bytes.size());
    return passphrase;
}

Result<std::optional<Passphrase>> Passphrase::fromEnvironment()
{
    constexpr const char *kName = "PERENNIAL_PASSPHRASE";
    const char *text = std::getenv(kName);
    if (text == nullptr || *text == '\0') {
        return std::optional<Passphrase>();
    }
    auto passphrase = from(text, kName);
    if (!passphrase) {
        return passphrase.error();
    }
    return std::optional<Passphrase>(std::move(*passphrase));
}

} // namespace perennial
