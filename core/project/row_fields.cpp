#include "core/project/row_fields.h"

#include "core/base/json_depth.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <utility>

namespace perennial {

using nlohmann::json;

namespace {

constexpr std::uint64_t kMostColumns = 1'000'000;

/// A mark by its character or the name that recipes have for it; `otherwise` where there is none.
char markOf(const json &recipe, const char *key, char otherwise)
{
    const auto found = recipe.find(key);
    if (found == recipe.end() || !found->is_string()) {
        return otherwise;
    }
    const auto &name = found->get_ref<const std::string &>();
    for (const auto &[known, mark] :
         {std::pair("comma", ','), std::pair("semicolon", ';'), std::pair("tab", '\t'),
          std::pair("bar", '|'), std::pair("blanks", ' '), std::pair("none", '\0')}) {
        if (name == known) {
            return mark;
        }
    }
    return name.size() == 1 ? name.front() : otherwise;
}

bool isDelimiter(char c, const RowMarks &marks)
{
    if (marks.delimiter == 0) {
        return std::string_view(",;\t|").find(c) != std::string_view::npos;
    }
    return c == marks.delimiter || (marks.delimiter == ' ' && c == '\t');
}

bool isBlank(char c, const RowMarks &marks)
{
    return (c == ' ' || c == '\t' || c == '\r') && !isDelimiter(c, marks);
}

/// Whether the character here takes the meaning off the next.
bool isEscape(std::string_view row, std::size_t at, const RowMarks &marks)
{
    if (marks.escape == 0 || row[at] != marks.escape || at + 1 >= row.size()) {
        return false;
    }
    const char next = row[at + 1];
    return next == marks.escape || next == '\n' || isDelimiter(next, marks) ||
           (marks.quote != 0 && next == marks.quote);
}

bool isDoubled(std::string_view row, std::size_t at, const RowMarks &marks)
{
    return marks.quote != 0 && row[at] == marks.quote && at + 1 < row.size() &&
           row[at + 1] == marks.quote;
}

/// One row, field by field.
class FieldReader {
public:
    FieldReader(std::string_view row, const RowMarks &marks) : m_row(row), m_marks(marks) {}

    std::vector<std::string> read()
    {
        do {
            skipBlanks();
            const bool quoted =
                m_marks.quote != 0 && !ended() && m_row[m_at] == m_marks.quote;
            if (quoted ? !readQuoted() : !readPlain()) {
                break;
            }
        } while (m_at++ < m_row.size()); // past the delimiter
        return std::move(m_fields);
    }

private:
    bool ended() const { return m_at >= m_row.size(); }
    void skipBlanks()
    {
        while (!ended() && isBlank(m_row[m_at], m_marks)) {
            ++m_at;
        }
    }
    void keep(const std::string &field) { m_fields.emplace_back(trimmed(field)); }

    bool readPlain()
    {
        std::string field;
        for (; !ended() && !isDelimiter(m_row[m_at], m_marks); ++m_at) {
            m_at += isEscape(m_row, m_at, m_marks) ? 1 : 0;
            field += m_row[m_at];
        }
        keep(field);
        return true;
    }

    bool readQuoted()
    {
        std::string field;
        for (++m_at; !ended(); ++m_at) {
            if (isEscape(m_row, m_at, m_marks) || isDoubled(m_row, m_at, m_marks)) {
                ++m_at;
            } else if (m_row[m_at] == m_marks.quote) {
                break;
            }
            field += m_row[m_at];
        }
        const bool closed = m_at++ < m_row.size();
        skipBlanks();
        if (!closed || (!ended() && !isDelimiter(m_row[m_at], m_marks))) {
            return false;
        }
        keep(field);
        return true;
    }

    std::string_view m_row;
    const RowMarks &m_marks;
    std::size_t m_at = 0;
    std::vector<std::string> m_fields;
};

} // namespace

RowMarks rowMarks(const std::string &mapping)
{
    const json recipe = json::parse(mapping, shallowerThan(4), false);
    const RowMarks usual;
    if (!recipe.is_object()) {
        return usual;
    }
    const auto column = recipe.find("user_column");
    const bool known = column != recipe.end() && column->is_number_unsigned() &&
                       column->get<std::uint64_t>() <= kMostColumns;
    return {markOf(recipe, "delimiter", usual.delimiter), markOf(recipe, "quote", usual.quote),
            markOf(recipe, "escape", usual.escape), known ? column->get<int>() : 0};
}

std::vector<std::string> fieldsOf(std::string_view row, const RowMarks &marks)
{
    return FieldReader(row, marks).read();
}

std::string withoutMarks(std::string_view row, const RowMarks &marks)
{
    std::string plain;
    for (std::size_t at = 0; at < row.size(); ++at) {
        at += isEscape(row, at, marks) || isDoubled(row, at, marks) ? 1 : 0;
        plain += row[at];
    }
    const bool halved = !plain.empty() && ((marks.escape != 0 && plain.back() == marks.escape) ||
                                           (marks.quote != 0 && plain.back() == marks.quote));
    if (halved) {
        plain.pop_back();
    }
    return plain;
}

} // namespace perennial
