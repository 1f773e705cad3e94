#pragma once

#include "core/project/row_fields.h"

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

    /// A line of a file, perhaps cut at its end, for what is to be erased. The key counts wherever
    /// it stands between marks that are no letters or digits, in upper or lower case, also with its
    /// quotes doubled or escaped or cut off by the line's end; the other keys as whole fields. In
    /// doubt it is named.
    bool inLine(std::string_view line, const RowMarks &marks = {}) const;
    /// The same for what is handed out, where a row of somebody else's would be: only where the key
    /// is a whole field, letter by letter: the users' where it is known which that is.
    bool isField(std::string_view line, const RowMarks &marks = {}) const;
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
    bool hasOther(std::string_view line, const RowMarks &marks) const;

    std::string m_key, m_lower; ///< as it is; in lower case
    std::unordered_set<std::string> m_others;
};

} // namespace perennial
