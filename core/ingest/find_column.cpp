#include "core/ingest/find_column.h"

#include "core/base/text.h"

#include <charconv>

namespace perennial {

FoundColumn findByName(const CsvSample &sample, std::string_view name, bool exact)
{
    FoundColumn found;
    for (std::size_t k = 0; k < sample.columns.size(); ++k) {
        const std::string &header = sample.columns[k];
        if (exact ? header == name : toLowerAscii(header) == toLowerAscii(name)) {
            found.twice = found.index != kNoColumn;
            found.index = k;
        }
    }
    return found;
}

FoundColumn findColumn(const CsvSample &sample, const std::string &text)
{
    const std::string_view name = trimmed(text);
    if (sample.headerRows > 0 && !name.empty()) {
        for (const bool exact : {true, false}) {
            if (const FoundColumn found = findByName(sample, name, exact);
                found.index != kNoColumn) {
                return found;
            }
        }
    }
    std::size_t number = 0;
    const auto end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data(), end, number);
    const bool valid =
        error == std::errc() && stop == end && number >= 1 && number <= sample.columns.size();
    return {valid ? number - 1 : kNoColumn, false};
}

} // namespace perennial
