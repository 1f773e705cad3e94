#include "core/ingest/timestamp.h"

#include "core/base/text.h"

#include <algorithm>
#include <optional>

namespace perennial {

namespace {

/// A count since 1970 has the length of one of the last decades; "12" is none.
std::optional<UtcSecond> plausibleTime(const DateFormat &format, std::string_view text)
{
    const std::size_t least = format.pattern() == "unix"      ? 9
                              : format.pattern() == "unix_ms" ? 12
                                                              : 1;
    return text.size() >= least ? format.parse(text) : std::nullopt;
}

/// What texts say about how their times are written.
class Evidence {
public:
    Evidence(const std::vector<DateFormat> &formats, const std::vector<std::string> &texts)
        : m_formats(formats), m_counts(formats.size())
    {
        for (const std::string &text : texts) {
            std::vector<std::optional<UtcSecond>> &times = m_readings.emplace_back();
            for (std::size_t k = 0; k < formats.size(); ++k) {
                times.push_back(plausibleTime(formats[k], trimmed(text)));
                m_counts[k] += times.back() ? 1 : 0;
            }
        }
    }

    std::vector<std::string> fitting() const
    {
        const std::size_t most = m_counts.empty() ? 0 : *std::ranges::max_element(m_counts);
        std::vector<std::size_t> best;
        for (std::size_t k = 0; most > 0 && k < m_formats.size(); ++k) {
            const bool means = !best.empty() && m_formats[best.front()].pattern().empty();
            if (m_counts[k] == most && !means) { // ISO means one thing
                best.push_back(k);
            }
        }
        for (std::size_t k = 0; !best.empty() && k < m_formats.size(); ++k) {
            if (m_counts[k] < most && isRival(k, best.front())) {
                best.push_back(k);
            }
        }
        std::vector<std::string> patterns;
        for (const std::size_t k : best) {
            patterns.push_back(m_formats[k].pattern());
        }
        return patterns;
    }

private:
    /// Whether a format reads what the best one does not, and elsewhere another time than it: the
    /// texts speak for both.
    bool isRival(std::size_t format, std::size_t best) const
    {
        bool more = false, otherwise = false;
        for (const auto &times : m_readings) {
            more = more || (times[format] && !times[best]);
            otherwise = otherwise || (times[format] && times[best] && times[format] != times[best]);
        }
        return more && otherwise;
    }

    const std::vector<DateFormat> &m_formats;
    std::vector<std::size_t> m_counts; ///< texts that each format reads
    std::vector<std::vector<std::optional<UtcSecond>>> m_readings;
};

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
    return Evidence(formats, texts).fitting();
}

} // namespace perennial
