#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace perennial {

/// Whether texts name somebody who is to be erased.
class KeyMatch {
public:
    /// @param key of the user. @param others keys that only he had: orders, devices, places.
    KeyMatch(std::string key, const std::vector<std::string> &others);

    /// A line of a file, perhaps cut at its end. The key counts wherever it stands between marks
    /// that are no letters or digits, in upper or lower case, also with its quotes doubled or cut
    /// off by the line's end; the other keys as whole fields. In doubt it is named.
    bool inLine(std::string_view line) const;
    /// A saved text, where too much would be lost by a mere likeness: the key as it is and alone,
    /// or as a word of the text if it has at least four characters.
    bool inText(std::string_view text) const;
    /// The text with "***" in place of the key, where inText.
    std::string without(std::string_view text) const;
    /// The same for a JSON text, whose strings and names of members count. Numbers don't: "10" as a
    /// user and 10 as a per cent have nothing to do with each other. What is no JSON is a text.
    bool inJson(const std::string &text) const;
    /// A list that named him alone stays a list of one whom nobody is: an empty one could mean
    /// everybody.
    std::string withoutInJson(const std::string &text) const;

private:
    bool inValue(const nlohmann::json &value) const;
    nlohmann::json valueWithout(const nlohmann::json &value) const;
    bool cutOff(std::string_view line) const;

    std::string m_key, m_lower, m_quoted; ///< as it is; in lower case; that with quotes doubled
    std::unordered_set<std::string> m_others;
};

} // namespace perennial
