#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perennial {

/// Reads keys of one JSON object; the first thing that is wrong stays.
class ObjectReader {
public:
    using Json = nlohmann::ordered_json;

    ObjectReader(const Json &object, std::string where)
        : m_object(object), m_where(std::move(where))
    {
    }

    std::optional<Error> problem;

    /// The value of a key where it is there and `fits`; remembers that the key is known.
    const Json *take(std::string_view key, bool (Json::*fits)() const noexcept)
    {
        return take(key, [fits](const Json &json) { return (json.*fits)(); });
    }

    template <class Fits>
    const Json *take(std::string_view key, Fits fits)
    {
        m_known.emplace_back(key);
        const auto found = m_object.find(key);
        if (found == m_object.end()) {
            return nullptr;
        }
        if (!fits(*found)) {
            refuse(std::string(key));
            return nullptr;
        }
        return &*found;
    }

    std::optional<std::string> text(std::string_view key)
    {
        const Json *value = take(key, &Json::is_string);
        return value ? std::optional(value->get<std::string>()) : std::nullopt;
    }

    std::optional<bool> flag(std::string_view key)
    {
        const Json *value = take(key, &Json::is_boolean);
        return value ? std::optional(value->get<bool>()) : std::nullopt;
    }

    /// A whole number from 0 to `most`.
    std::optional<int> count(std::string_view key, int most)
    {
        const Json *value = take(key, &Json::is_number_unsigned);
        if (value && value->get<std::uint64_t>() > static_cast<std::uint64_t>(most)) {
            refuse(std::string(key));
            return std::nullopt;
        }
        return value ? std::optional(value->get<int>()) : std::nullopt;
    }

    std::vector<std::string> texts(std::string_view key)
    {
        std::vector<std::string> out;
        if (const Json *value = take(key, &Json::is_array)) {
            for (const Json &entry : *value) {
                if (entry.is_string()) {
                    out.push_back(entry.get<std::string>());
                } else {
                    refuse(std::string(key));
                }
            }
        }
        return out;
    }

    /// An object of texts; numbers are taken as their text, so that a column may be 3 or "3".
    std::map<std::string, std::string> pairs(std::string_view key)
    {
        std::map<std::string, std::string> out;
        if (const Json *value = take(key, &Json::is_object)) {
            for (const auto &[name, entry] : value->items()) {
                if (entry.is_string()) {
                    out[name] = entry.get<std::string>();
                } else if (entry.is_number_integer()) {
                    out[name] = entry.dump();
                } else {
                    refuse(std::string(key) + "." + name);
                }
            }
        }
        return out;
    }

    void refuseUnknownKeys()
    {
        for (const auto &entry : m_object.items()) {
            if (std::find(m_known.begin(), m_known.end(), entry.key()) == m_known.end()) {
                refuse(entry.key());
            }
        }
    }

    void refuse(const std::string &what)
    {
        if (!problem) {
            problem = fail(ErrorCode::BadConfiguration, what, m_where);
        }
    }

    const std::string &where() const { return m_where; }

private:
    const Json &m_object;
    std::string m_where;
    std::vector<std::string> m_known;
};

} // namespace perennial
