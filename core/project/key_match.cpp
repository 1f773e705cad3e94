#include "core/project/key_match.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace perennial {

using nlohmann::json;

namespace {

/// Shorter words of a text are often something else.
constexpr std::size_t kShortestWord = 4;
/// A rejected row is kept up to 2 000 bytes, less at most three of a last character.
constexpr std::size_t kCutLine = 1997;

bool isWordByte(char c) noexcept
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Where `word` stands in `text` with no letter or digit of ASCII beside it; npos where it doesn't.
std::size_t findWord(std::string_view text, std::string_view word, std::size_t from = 0)
{
    if (word.empty()) {
        return std::string_view::npos;
    }
    const auto free = [&](std::size_t at, char edge) {
        return at >= text.size() || !isWordByte(text[at]) || !isWordByte(edge);
    };
    for (std::size_t at = text.find(word, from); at != std::string_view::npos;
         at = text.find(word, at + 1)) {
        if ((at == 0 || free(at - 1, word.front())) && free(at + word.size(), word.back())) {
            return at;
        }
    }
    return std::string_view::npos;
}

bool hasWord(std::string_view text, std::string_view word)
{
    return findWord(text, word) != std::string_view::npos;
}

/// Blanks and quotes off.
std::string_view bare(std::string_view field)
{
    field = trimmed(field);
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
        field = trimmed(field.substr(1, field.size() - 2));
    }
    return field;
}

/// What a file changed by other hands may hold is walked only so deep.
bool isTooDeep(std::string_view text)
{
    constexpr int kDeepest = 200;
    int depth = 0, deepest = 0;
    for (const char c : text) {
        depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        deepest = std::max(deepest, depth);
    }
    return deepest > kDeepest;
}

json parsedJson(const std::string &text)
{
    return isTooDeep(text) ? json(json::value_t::discarded) : json::parse(text, nullptr, false);
}

} // namespace

KeyMatch::KeyMatch(std::string key, const std::vector<std::string> &others)
    : m_key(std::move(key)), m_lower(toLowerAscii(m_key))
{
    for (const std::string &other : others) {
        if (other.size() >= kShortestWord) {
            m_others.insert(other);
        }
    }
}

/// The line, which is one that is cut, ends within the key.
bool KeyMatch::cutOff(std::string_view line) const
{
    for (std::size_t size = 1; size <= line.size() && size < m_lower.size(); ++size) {
        const std::size_t at = line.size() - size;
        const bool starts = at == 0 || !isWordByte(line[at - 1]) || !isWordByte(m_lower.front());
        if (starts && line.substr(at) == std::string_view(m_lower).substr(0, size)) {
            return true;
        }
    }
    return false;
}

/// Also where its quotes are wrong, or stand for something else than the marks say.
bool KeyMatch::hasOther(std::string_view line, const RowMarks &marks) const
{
    if (m_others.empty()) {
        return false;
    }
    for (std::size_t from = 0; from <= line.size();) {
        const std::size_t end = std::min(line.find_first_of(",;\t|", from), line.size());
        if (m_others.contains(std::string(bare(line.substr(from, end - from))))) {
            return true;
        }
        from = end + 1;
    }
    return std::ranges::any_of(fieldsOf(line, marks), [this](const std::string &field) {
        return m_others.contains(field);
    });
}

bool KeyMatch::inLine(std::string_view line, const RowMarks &marks) const
{
    const std::string lower = toLowerAscii(line);
    const std::string plain = withoutMarks(lower, marks);
    const bool cut = line.size() >= kCutLine;
    return hasWord(lower, m_lower) || hasWord(plain, m_lower) ||
           (cut && (cutOff(lower) || cutOff(plain))) || hasOther(line, marks);
}

bool KeyMatch::isField(std::string_view line, const RowMarks &marks) const
{
    const std::vector<std::string> fields = fieldsOf(line, marks);
    const auto column = static_cast<std::size_t>(marks.userColumn);
    return column > 0 ? column <= fields.size() && fields[column - 1] == m_key
                      : std::ranges::find(fields, m_key) != fields.end();
}

bool KeyMatch::inText(std::string_view text) const
{
    return text == m_key || (m_key.size() >= kShortestWord && hasWord(text, m_key));
}

std::string KeyMatch::without(std::string_view text) const
{
    if (!inText(text)) {
        return std::string(text);
    }
    std::string left;
    std::size_t from = 0;
    for (std::size_t at = findWord(text, m_key); at != std::string_view::npos;
         at = findWord(text, m_key, from)) {
        left += text.substr(from, at - from);
        left += "***";
        from = at + m_key.size();
    }
    return left += text.substr(from);
}

bool KeyMatch::inJson(const std::string &text) const
{
    const json parsed = parsedJson(text);
    return parsed.is_discarded() ? inText(text) : inValue(parsed);
}

bool KeyMatch::inValue(const json &value) const
{
    if (value.is_string()) {
        return inText(value.get_ref<const std::string &>());
    }
    for (auto it = value.begin(); value.is_structured() && it != value.end(); ++it) {
        if ((value.is_object() && inText(it.key())) || inValue(*it)) {
            return true;
        }
    }
    return false;
}

std::string KeyMatch::withoutInJson(const std::string &text) const
{
    const json parsed = parsedJson(text);
    return parsed.is_discarded() ? without(text)
                                 : valueWithout(parsed).dump(-1, ' ', false,
                                                             json::error_handler_t::replace);
}

json KeyMatch::valueWithout(const json &value) const
{
    if (value.is_string()) {
        return without(value.get_ref<const std::string &>());
    }
    json cleared = value;
    if (value.is_array()) {
        for (json &element : cleared) {
            element = valueWithout(element);
        }
    } else if (value.is_object()) {
        cleared = json::object();
        for (auto it = value.begin(); it != value.end(); ++it) {
            cleared[without(it.key())] = valueWithout(*it);
        }
    }
    return cleared;
}

} // namespace perennial
