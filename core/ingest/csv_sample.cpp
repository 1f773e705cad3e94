#include "core/ingest/csv_sample.h"

#include "core/base/text.h"
#include "core/ingest/layout_guess.h"

#include <algorithm>

namespace perennial {

namespace {

using Row = std::vector<std::string>;

/// Words only, as a second line of a header has them; it may leave columns out.
bool isWordsRow(const Row &row)
{
    return std::ranges::all_of(row, [](const std::string &field) {
        return trimmed(field).empty() || isHeaderName(field);
    });
}

/// Names for most of the columns: an index often has none, nor have columns of blanks.
bool isHeaderRow(const Row &row)
{
    return isWordsRow(row) && std::ranges::count_if(row, isHeaderName) * 2 > std::ssize(row);
}

/// Lines above the table, where its first row is a header: what stands there are words about the
/// table and no rows of it. A narrow row above a table without a header is a broken row.
std::int64_t linesAbove(const SplitText &split)
{
    const std::size_t width = commonWidth(split.rows);
    const auto first =
        std::ranges::find_if(split.rows, [width](const Row &row) { return row.size() == width; });
    if (width < 2 || first == split.rows.begin() || first == split.rows.end() ||
        !isHeaderRow(*first)) {
        return 0;
    }
    const bool narrower = std::all_of(split.rows.begin(), first,
                                      [width](const Row &row) { return row.size() < width; });
    const auto at = static_cast<std::size_t>(first - split.rows.begin());
    const bool tableFollows = split.rows.size() > at + 1 && split.rows[at + 1].size() == width;
    const std::int64_t lines = split.lines[at] - 1;
    return narrower && tableFollows && lines <= kMaxSkippedLines ? lines : 0;
}

/// The names of a header's rows one below the other, in one.
Row joinedHeader(const std::vector<Row> &rows, int headerRows)
{
    Row names = rows.front();
    for (int k = 1; k < headerRows; ++k) {
        const Row &row = rows[static_cast<std::size_t>(k)];
        names.resize(std::max(names.size(), row.size()));
        for (std::size_t c = 0; c < row.size(); ++c) {
            const std::string_view more = trimmed(row[c]);
            names[c] = std::string(trimmed(names[c]));
            names[c] += names[c].empty() || more.empty() ? "" : " ";
            names[c] += more;
        }
    }
    for (std::string &name : names) {
        name = std::string(trimmed(name));
    }
    return names;
}

/// A delimiter at the end of every row but the header's makes a column without a name.
bool hasEmptyLastColumn(const CsvSample &sample)
{
    const std::size_t width = sample.columns.size() + 1;
    const auto wide = std::ranges::count_if(sample.rows, [width](const Row &row) {
        return row.size() == width && trimmed(row.back()).empty();
    });
    return wide * 10 > std::ssize(sample.rows) * 9;
}

void nameColumns(CsvSample &sample)
{
    const auto headerRows =
        std::min(static_cast<std::size_t>(sample.headerRows), sample.rows.size());
    if (headerRows > 0) {
        sample.columns = joinedHeader(sample.rows, static_cast<int>(headerRows));
        sample.rows.erase(sample.rows.begin(),
                          sample.rows.begin() + static_cast<std::ptrdiff_t>(headerRows));
        if (!sample.rows.empty() && hasEmptyLastColumn(sample)) {
            sample.columns.emplace_back();
        }
        return;
    }
    for (std::size_t k = 1; k <= commonWidth(sample.rows); ++k) {
        sample.columns.push_back(std::to_string(k));
    }
}

/// Rows below the header that have words only, where the rows below them have more than words.
int moreHeaderRows(const CsvSample &sample)
{
    const auto end = std::ranges::find_if_not(sample.rows, isWordsRow);
    const auto count = end - sample.rows.begin();
    const bool few = count > 0 && count < kMaxHeaderRows && sample.headerRows > 0;
    const bool dataBelow =
        few &&
        std::count_if(end, sample.rows.end(), [](const Row &r) { return !isWordsRow(r); }) * 10 >
            std::distance(end, sample.rows.end()) * 9;
    return dataBelow && end != sample.rows.end() ? static_cast<int>(count) : 0;
}

} // namespace

Result<CsvSample> sampleCsv(TextSource &source, const ImportRecipe &recipe)
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
    sample.encoding = source.encoding();
    if (!source.settled()) {
        sample.encodings = source.guess().candidates;
    }
    sample.whole = text.size() < kSampleBytes;
    sample.dialect = likelyDialect(text, sample.whole, recipe);
    const bool mayHaveHeader = recipe.headerRows.value_or(1) > 0;
    sample.dialect.skippedLines = recipe.skipLines ? *recipe.skipLines
                                  : mayHaveHeader
                                      ? linesAbove(splitText(text, sample.whole, sample.dialect))
                                      : 0;
    SplitText parts = splitText(text, sample.whole, sample.dialect);
    sample.rows = std::move(parts.rows);
    const bool looksNamed = !sample.rows.empty() && isHeaderRow(sample.rows.front());
    sample.headerRows = recipe.headerRows.value_or(looksNamed ? 1 : 0);
    sample.dialect.headerRows = sample.headerRows;
    nameColumns(sample);
    sample.likelyMoreHeaderRows = recipe.headerRows ? 0 : moreHeaderRows(sample);
    sample.anyRow = !sample.whole || !sample.rows.empty() || parts.broken > 0;
    return sample;
}

} // namespace perennial
