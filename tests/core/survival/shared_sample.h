#pragma once

#include <cstdint>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace perennial::test {

/// A plain CSV of the shared survival data, by column; empty where the file is missing.
class SharedTable {
public:
    explicit SharedTable(const std::string &name)
    {
        std::ifstream file(std::string(PERENNIAL_SHARED_DIR) + "/data/survival/" + name);
        std::string line;
        std::vector<std::string> header;
        while (std::getline(file, line)) {
            line.erase(line.find_last_not_of("\r\n") + 1);
            std::vector<std::string> fields;
            std::istringstream in(line);
            for (std::string field; std::getline(in, field, ',');) {
                fields.push_back(field);
            }
            if (header.empty()) {
                header = fields;
                continue;
            }
            for (std::size_t k = 0; k < header.size(); ++k) {
                m_columns[header[k]].push_back(k < fields.size() ? fields[k] : std::string());
            }
        }
    }

    bool missing() const noexcept { return m_columns.empty(); }
    const std::vector<std::string> &texts(const std::string &column) const
    {
        return m_columns.at(column);
    }
    std::vector<double> numbers(const std::string &column) const
    {
        std::vector<double> values;
        for (const std::string &text : texts(column)) {
            values.push_back(std::stod(text));
        }
        return values;
    }
    /// 1 where the column says `yes`.
    std::vector<std::int8_t> flags(const std::string &column, const std::string &yes) const
    {
        std::vector<std::int8_t> values;
        for (const std::string &text : texts(column)) {
            values.push_back(text == yes ? 1 : 0);
        }
        return values;
    }
    /// Numbers of the distinct texts in the order of their first row.
    std::vector<std::uint32_t> groups(const std::string &column) const
    {
        std::map<std::string, std::uint32_t> numbers;
        std::vector<std::uint32_t> values;
        for (const std::string &text : texts(column)) {
            const auto fresh = static_cast<std::uint32_t>(numbers.size());
            values.push_back(numbers.try_emplace(text, fresh).first->second);
        }
        return values;
    }

private:
    std::map<std::string, std::vector<std::string>> m_columns;
};

} // namespace perennial::test
