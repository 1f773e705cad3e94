#include "tests/fuzz/fuzz_support.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

namespace perennial::fuzz {

namespace fs = std::filesystem;

void require(bool holds, std::string_view what)
{
    if (!holds) {
        std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
        std::abort();
    }
}

Input::Input(const std::uint8_t *data, std::size_t size)
    : m_rest(reinterpret_cast<const char *>(data), size)
{
}

std::uint8_t Input::byte() noexcept
{
    if (m_rest.empty()) {
        return 0;
    }
    const auto value = static_cast<std::uint8_t>(m_rest.front());
    m_rest.remove_prefix(1);
    return value;
}

std::size_t Input::below(std::size_t n) noexcept
{
    return byte() % n;
}

std::uint64_t Input::integer() noexcept
{
    std::uint64_t value = 0;
    const std::size_t size = std::min(sizeof value, m_rest.size());
    std::memcpy(&value, m_rest.data(), size);
    m_rest.remove_prefix(size);
    return value;
}

std::string Input::line()
{
    const std::size_t end = std::min(m_rest.find('\n'), m_rest.size());
    const std::string out(m_rest.substr(0, end));
    m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
    return out;
}

std::string Input::text(std::size_t most)
{
    const std::string out(m_rest.substr(0, most));
    m_rest.remove_prefix(out.size());
    return out;
}

std::string Input::rest()
{
    return text(m_rest.size());
}

Folder::Folder()
{
    const fs::path base = fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    std::string name = (base / "perennial_fuzz_XXXXXX").string();
    require(mkdtemp(name.data()) != nullptr, "a folder for files");
    m_path = name;
}

Folder::~Folder()
{
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

fs::path Folder::write(const std::string &name, std::string_view content) const
{
    const fs::path path = file(name);
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    require(!out.fail(), "a file is written");
    return path;
}

void Folder::clear() const
{
    for (const auto &entry : fs::directory_iterator(m_path)) {
        fs::remove_all(entry.path());
    }
}

std::string readFile(const fs::path &path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

} // namespace perennial::fuzz
