#include "core/ingest/timestamp.h"

#include "core/base/text.h"

#include <algorithm>
#include <functional>

namespace perennial {

namespace {

/// A count since 1970 has the length of one of the last decades; "12" is none.
bool readsPlausibly(const DateFormat &format, std::string_view text)
{
    const std::size_t least = format.pattern() == "unix"      ? 9
                              : format.pattern() == "unix_ms" ? 12
                                                              : 1;
    return text.size() >= least && format.parse(text);
}

} // namespace

std::vector<std::string> fittingDateFormats(const std::vector<std::string> &texts)
{
    static const std::vector<DateFormat> formats = [] {
        std::vector<DateFormat> all;
        const auto add = [&all](const std::string &pattern) {
            all.push_back(*DateFormat::compile(pattern));
        };
        add("");
        for (const std::string mark : {"/", ".", "-"}) {
            for (const std::string time : {"", " HH:MM", " HH:MM:SS", " HH:MM a", " HH:MM:SS a"}) {
                add("dd" + mark + "mm" + mark + "yyyy" + time);
                add("mm" + mark + "dd" + mark + "yyyy" + time);
                add("dd" + mark + "mmm" + mark + "yyyy" + time);
                add("yyyy" + mark + "mm" + mark + "dd" + time);
            }
        }
        add("unix");
        add("unix_ms");
        return all;
    }();
    std::vector<bool> fits(formats.size(), true);
    bool any = false;
    for (const std::string &text : texts) {
        std::vector<bool> reads(formats.size());
        for (std::size_t k = 0; k < formats.size(); ++k) {
            reads[k] = readsPlausibly(formats[k], trimmed(text));
        }
        if (std::ranges::find(reads, true) != reads.end()) {
            any = true;
            std::transform(fits.begin(), fits.end(), reads.begin(), fits.begin(),
                           std::logical_and<>());
        }
    }
    std::vector<std::string> fitting;
    for (std::size_t k = 0; any && k < formats.size(); ++k) {
        const bool settled = !fitting.empty() && fitting.front().empty(); // ISO means one thing
        if (fits[k] && !settled) {
            fitting.push_back(formats[k].pattern());
        }
    }
    return fitting;
}

} // namespace perennial
