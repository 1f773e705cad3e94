#include "core/project/row_hasher.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace perennial {

namespace {

constexpr std::size_t kBuffer = 64 * 1024;
constexpr std::size_t kLongestNumber = 9; // a tag and eight bytes

// A tag says the type; those of numbers also how many bytes follow.
constexpr unsigned kInteger = 0, kWholeReal = 16, kReal = 32, kText = 48, kBlob = 64, kNull = 80;

static_assert(std::endian::native == std::endian::little, "stored hashes are little-endian");

} // namespace

RowHasher::RowHasher() : m_buffer(std::make_unique<char[]>(kBuffer + kLongestNumber)) {}

void RowHasher::makeRoom()
{
    if (m_used >= kBuffer) {
        m_hasher.add(std::string_view(m_buffer.get(), m_used));
        m_used = 0;
    }
}

void RowHasher::whole(unsigned tag, std::int64_t value)
{
    const auto bits = static_cast<std::uint64_t>(value);
    const auto length = (static_cast<unsigned>(std::bit_width(bits)) + 7) / 8;
    char *to = m_buffer.get() + m_used;
    *to = static_cast<char>(tag + length);
    std::memcpy(to + 1, &bits, sizeof bits); // the bytes past the length are written over next
    m_used += 1 + length;
    makeRoom();
}

void RowHasher::integer(std::int64_t value)
{
    whole(kInteger, value);
}

void RowHasher::real(double value)
{
    constexpr double kExact = 9007199254740992.0; // 2^53
    if (std::fabs(value) < kExact && value == std::trunc(value) && !std::signbit(value)) {
        whole(kWholeReal, static_cast<std::int64_t>(value));
        return;
    }
    char *to = m_buffer.get() + m_used;
    *to = static_cast<char>(kReal);
    std::memcpy(to + 1, &value, sizeof value);
    m_used += kLongestNumber;
    makeRoom();
}

void RowHasher::bytes(unsigned tag, std::string_view value)
{
    whole(tag, static_cast<std::int64_t>(value.size()));
    if (value.size() > kBuffer - m_used) {
        m_hasher.add(std::string_view(m_buffer.get(), m_used));
        m_used = 0;
        if (value.size() > kBuffer) {
            m_hasher.add(value);
            return;
        }
    }
    std::ranges::copy(value, m_buffer.get() + m_used); // also of no bytes at all
    m_used += value.size();
    makeRoom();
}

void RowHasher::text(std::string_view value)
{
    bytes(kText, value);
}

void RowHasher::null()
{
    m_buffer[m_used++] = static_cast<char>(kNull);
    makeRoom();
}

void RowHasher::value(const Statement &statement, int column)
{
    switch (statement.type(column)) {
    case Statement::Type::Integer:
        integer(statement.integer(column));
        break;
    case Statement::Type::Real:
        real(statement.real(column));
        break;
    case Statement::Type::Text:
        text(statement.textView(column));
        break;
    case Statement::Type::Blob: {
        const auto blob = statement.blob(column);
        bytes(kBlob, {reinterpret_cast<const char *>(blob.data()), blob.size()});
        break;
    }
    case Statement::Type::Null:
        null();
        break;
    }
}

void RowHasher::row(const Statement &statement)
{
    const int columns = statement.columns();
    for (int column = 0; column < columns; ++column) {
        value(statement, column);
    }
}

std::string RowHasher::hex()
{
    m_hasher.add(std::string_view(m_buffer.get(), m_used));
    m_used = 0;
    return m_hasher.hex();
}

std::string hashRows(Statement &statement)
{
    RowHasher hasher;
    std::int64_t rows = 0;
    for (; statement.step(); ++rows) {
        hasher.row(statement);
    }
    hasher.integer(rows);
    return hasher.hex();
}

} // namespace perennial
