#include "core/ingest/csv_sample.h"

#include "core/base/text.h"
#include "core/ingest/decimal.h"
#include "core/ingest/timestamp.h"

#include <algorithm>
#include <array>
#include <map>

namespace perennial {

namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t kSampleRows = 500;

struct Split {
    Rows rows;
    bool anyRecord = false, anyBroken = false;
};

Split split(std::string_view text, bool whole, Dialect dialect)
{
    Arena arena;
    Tokenizer tokenizer(dialect);
    tokenizer.feed(text, whole, arena);
    Split out;
    while (out.rows.size() < kSampleRows) {
        const auto record = tokenizer.next();
        if (!record) {
            break;
        }
        out.anyRecord = true;
        if (record->defect == RowReason::None) {
            out.rows.emplace_back(record->fields.begin(), record->fields.end());
        } else {
            out.anyBroken = true;
        }
    }
    return out;
}

/// The commonest number of fields; of equals the smaller.
std::size_t commonWidth(const Rows &rows)
{
    std::map<std::size_t, std::size_t> counts;
    for (const auto &row : rows) {
        ++counts[row.size()];
    }
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](auto &a, auto &b) { return a.second < b.second; });
    return most == counts.end() ? 0 : most->first;
}

Delimiter likelyDelimiter(std::string_view text, bool whole, char lineEnd)
{
    constexpr std::array kCandidates{Delimiter::Comma, Delimiter::Semicolon, Delimiter::Tab,
                                     Delimiter::Bar, Delimiter::Blanks};
    Delimiter best = Delimiter::Comma;
    double bestShare = 0.0;
    for (const Delimiter candidate : kCandidates) {
        const Rows rows = split(text, whole, {candidate, lineEnd}).rows;
        const std::size_t width = rows.empty() ? 0 : rows.front().size();
        if (width < 2 || (candidate == Delimiter::Blanks && bestShare > 0.5)) {
            continue; // blanks stand inside the fields of most files
        }
        const auto alike =
            std::ranges::count_if(rows, [width](const auto &row) { return row.size() == width; });
        const double share = static_cast<double>(alike) / static_cast<double>(rows.size());
        if (share > bestShare) {
            best = candidate;
            bestShare = share;
        }
    }
    return best;
}

bool isHeaderName(const std::string &field)
{
    // With either mark, so that "1,5" is a number whatever the file's notation turns out to be.
    return !trimmed(field).empty() && !parseDecimal(field, {'.', ","}) &&
           !parseDecimal(field, {',', "."}) && fittingDateFormats({field}).empty();
}

char likelyLineEnd(std::string_view text)
{
    const bool onlyReturns =
        text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos;
    return onlyReturns ? '\r' : '\n';
}

void nameColumns(CsvSample &sample)
{
    if (sample.header && !sample.rows.empty()) {
        for (const std::string &name : sample.rows.front()) {
            sample.columns.emplace_back(trimmed(name));
        }
        sample.rows.erase(sample.rows.begin());
        return;
    }
    for (std::size_t k = 1; k <= commonWidth(sample.rows); ++k) {
        sample.columns.push_back(std::to_string(k));
    }
}

} // namespace

Result<CsvSample> sampleCsv(ByteSource &source, std::optional<Delimiter> delimiter,
                            std::optional<bool> header)
{
    std::string text(kSampleBytes, '\0');
    const auto got = source.read(text);
    if (!got) {
        return got.error();
    }
    text.resize(*got);
    if (const auto status = source.rewind(); !status) {
        return status.error();
    }
    CsvSample sample;
    sample.whole = text.size() < kSampleBytes;
    sample.dialect.lineEnd = likelyLineEnd(text);
    sample.dialect.delimiter =
        delimiter ? *delimiter : likelyDelimiter(text, sample.whole, sample.dialect.lineEnd);
    Split parts = split(text, sample.whole, sample.dialect);
    sample.rows = std::move(parts.rows);
    sample.header = header.value_or(!sample.rows.empty() &&
                                    std::ranges::all_of(sample.rows.front(), isHeaderName));
    nameColumns(sample);
    sample.anyRow = !sample.whole || !sample.rows.empty() || parts.anyBroken;
    return sample;
}

} // namespace perennial
