#include "core/ingest/number_evidence.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <optional>

namespace perennial {

namespace {

// The plainest first: where several read the same numbers, the first is taken.
const std::array<NumberFormat, 8> &usualFormats()
{
    static const std::array<NumberFormat, 8> formats{{{'.', ""},
                                                      {',', ""},
                                                      {'.', ","},
                                                      {',', "."},
                                                      {'.', " "},
                                                      {',', " "},
                                                      {'.', "'"},
                                                      {',', "'"}}};
    return formats;
}

/// A text as each of the usual formats reads it.
using Readings = std::array<std::optional<Decimal>, 8>;

Readings readingsOf(const std::string &text)
{
    Readings values;
    for (std::size_t k = 0; k < values.size(); ++k) {
        values[k] = parseDecimal(text, usualFormats()[k]);
    }
    return values;
}

bool sameMark(std::size_t a, std::size_t b)
{
    return usualFormats()[a].decimalMark == usualFormats()[b].decimalMark;
}

/// Whether only formats with another decimal mark than this one's read the text.
bool contradicts(const Readings &values, std::size_t chosen)
{
    bool byOther = false;
    for (std::size_t k = 0; k < values.size(); ++k) {
        if (values[k] && sameMark(k, chosen)) {
            return false;
        }
        byOther = byOther || values[k];
    }
    return byOther;
}

/// Whether one of the best formats reads the text otherwise than the chosen one, or, with another
/// mark, only one of the two reads it.
bool isDisputed(const Readings &values, const std::vector<std::size_t> &best)
{
    const auto &chosen = values[best.front()];
    return std::ranges::any_of(best, [&](std::size_t k) {
        return chosen && values[k] ? !sameValue(*values[k], *chosen)
                                   : !sameMark(k, best.front()) &&
                                         chosen.has_value() != values[k].has_value();
    });
}

} // namespace

NumberEvidence numberEvidence(const std::vector<std::string> &texts)
{
    std::vector<Readings> readings;
    readings.reserve(texts.size());
    std::array<std::size_t, std::tuple_size_v<Readings>> read{};
    for (const std::string &text : texts) {
        readings.push_back(readingsOf(text));
        for (std::size_t k = 0; k < read.size(); ++k) {
            read[k] += readings.back()[k] ? 1 : 0;
        }
    }
    NumberEvidence evidence;
    const std::size_t most = *std::ranges::max_element(read);
    if (most == 0) {
        return evidence;
    }
    std::vector<std::size_t> best;
    for (std::size_t k = 0; k < read.size(); ++k) {
        if (read[k] == most) {
            best.push_back(k);
        }
    }
    const std::size_t chosen = best.front();
    evidence.format = usualFormats()[chosen];
    evidence.settled =
        std::ranges::all_of(best, [chosen](std::size_t k) { return sameMark(k, chosen); }) &&
        std::ranges::none_of(readings, [chosen](const Readings &values) {
            return contradicts(values, chosen);
        });
    for (std::size_t t = 0; t < texts.size() && evidence.ambiguous.empty(); ++t) {
        if (isDisputed(readings[t], best)) {
            evidence.ambiguous = std::string(trimmed(texts[t]));
        }
    }
    return evidence;
}

bool isAmbiguousNumber(std::string_view text, const NumberFormat &format) noexcept
{
    if (text.find_first_of(".,") == std::string_view::npos) {
        return false;
    }
    const auto value = parseDecimal(text, format);
    return value && std::ranges::any_of(usualFormats(), [&](const NumberFormat &other) {
               const auto read = other.decimalMark != format.decimalMark
                                     ? parseDecimal(text, other)
                                     : std::nullopt;
               return read && !sameValue(*read, *value);
           });
}

} // namespace perennial
