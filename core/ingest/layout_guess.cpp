#include "core/ingest/layout_guess.h"

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
constexpr std::size_t kScoredRows = 60;
constexpr std::array kDelimiters{Delimiter::Comma,
                                 Delimiter::Semicolon,
                                 Delimiter::Tab,
                                 Delimiter::Bar,
                                 static_cast<Delimiter>('^'),
                                 static_cast<Delimiter>('~'),
                                 static_cast<Delimiter>(':'),
                                 static_cast<Delimiter>('\x01'),
                                 Delimiter::Blanks};

bool isNumber(std::string_view text)
{
    // With either mark, so that "1,5" is a number whatever the file's notation turns out to be.
    for (const char decimal : {'.', ','}) {
        for (const char *thousands : {"", ".", ",", " ", "'"}) {
            if (*thousands != decimal && parseDecimal(text, {decimal, thousands})) {
                return true;
            }
        }
    }
    return false;
}

/// Left over where a text was cut at the wrong places.
bool hasRemains(std::string_view field)
{
    constexpr std::string_view kMarks = ",;\t|\"";
    return field.find_first_of(kMarks) != std::string_view::npos;
}

/// How much a field looks like one value, 0 to 1.
double fieldScore(const std::string &field)
{
    const std::string_view text = trimmed(field);
    if (text.empty()) {
        return 0.5; // as good as any mark where there are two in a row
    }
    if (isNumber(text) || !fittingDateFormats({std::string(text)}).empty()) {
        return 1.0;
    }
    const bool wrapped = text.size() > 1 && text.front() == '\'' && text.back() == '\'';
    return hasRemains(text) || wrapped ? 0.2 : 0.9;
}

double typeShare(const Rows &rows)
{
    double sum = 0.0;
    std::size_t fields = 0;
    // Spread over the rows: the first may be words about the table.
    const std::size_t step = std::max<std::size_t>(1, rows.size() / kScoredRows);
    for (std::size_t k = 0; k < rows.size(); k += step) {
        for (std::size_t c = 0; c < std::min<std::size_t>(rows[k].size(), 40); ++c) {
            sum += fieldScore(rows[k][c]);
            ++fields;
        }
    }
    return fields == 0 ? 0.0 : sum / static_cast<double>(fields);
}

/// How regular a table a dialect makes of a text, 0 to 1.
double tableScore(const SplitText &split)
{
    const std::size_t width = commonWidth(split.rows);
    if (width < 2) {
        return 0.0;
    }
    const auto alike =
        std::ranges::count_if(split.rows, [width](const auto &row) { return row.size() == width; });
    const double all = static_cast<double>(split.rows.size()) + split.broken;
    return static_cast<double>(alike) / all * typeShare(split.rows);
}

char likelyLineEnd(std::string_view text)
{
    const bool onlyReturns =
        text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos;
    return onlyReturns ? '\r' : '\n';
}

/// Whether single quotes stand around fields: some column has nothing else.
bool wrapsInSingleQuotes(const Rows &rows)
{
    const std::size_t width = commonWidth(rows);
    std::vector<int> wrapped(width), other(width);
    for (const auto &row : rows) {
        for (std::size_t c = 0; c < width && row.size() == width; ++c) {
            const std::string_view field = trimmed(row[c]);
            const bool quoted = field.size() > 1 && field.front() == '\'' && field.back() == '\'';
            ++(quoted ? wrapped[c] : other[c]);
        }
    }
    for (std::size_t c = 0; c < width; ++c) {
        if (wrapped[c] > 0 && other[c] <= 1) { // the header may be bare
            return true;
        }
    }
    return false;
}

bool hasQuoteBehindBlank(std::string_view text, const Dialect &dialect)
{
    if (dialect.quote == 0 || dialect.delimiter == Delimiter::Blanks) {
        return false;
    }
    const std::string opening{static_cast<char>(dialect.delimiter), ' ', dialect.quote};
    return text.find(opening) != std::string_view::npos;
}

/// Of two dialects the second only where it makes a clearly better table.
Dialect better(std::string_view text, bool whole, const Dialect &first, const Dialect &second)
{
    const SplitText one = splitText(text, whole, first);
    const SplitText two = splitText(text, whole, second);
    return tableScore(two) > tableScore(one) + 1e-9 && two.broken <= one.broken ? second : first;
}

void settleQuotes(std::string_view text, bool whole, const ImportRecipe &recipe, Dialect &dialect)
{
    dialect.quote = recipe.quote.value_or('"');
    dialect.escape = recipe.escape.value_or(char{0});
    if (!recipe.quote && text.find('\'') != std::string_view::npos) {
        Dialect bare = dialect;
        bare.quote = 0;
        Dialect single = dialect;
        single.quote = '\'';
        if (wrapsInSingleQuotes(splitText(text, whole, bare).rows) ||
            tableScore(splitText(text, whole, single)) >
                tableScore(splitText(text, whole, dialect)) + 0.05) {
            dialect.quote = '\'';
        }
    }
    if (!recipe.blanksBeforeQuote && hasQuoteBehindBlank(text, dialect)) {
        Dialect blanks = dialect;
        blanks.blanksBeforeQuote = true;
        dialect = better(text, whole, dialect, blanks);
    }
    if (!recipe.escape && dialect.quote != 0 &&
        text.find(std::string{'\\', dialect.quote}) != std::string_view::npos) {
        Dialect escaping = dialect;
        escaping.escape = '\\';
        const SplitText plain = splitText(text, whole, dialect);
        const SplitText escaped = splitText(text, whole, escaping);
        if (escaped.broken < plain.broken || tableScore(escaped) > tableScore(plain) + 1e-9) {
            dialect = escaping;
        }
    }
}

} // namespace

SplitText splitText(std::string_view text, bool whole, const Dialect &dialect)
{
    Arena arena;
    Tokenizer tokenizer(dialect);
    tokenizer.feed(text, whole, arena);
    SplitText out;
    while (out.rows.size() < kSampleRows) {
        const auto record = tokenizer.next();
        if (!record) {
            break;
        }
        if (record->defect == RowReason::None) {
            out.rows.emplace_back(record->fields.begin(), record->fields.end());
            out.lines.push_back(record->line);
        } else {
            ++out.broken;
        }
    }
    return out;
}

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

Dialect likelyDialect(std::string_view text, bool whole, const ImportRecipe &recipe)
{
    Dialect dialect;
    dialect.lineEnd = likelyLineEnd(text);
    dialect.blanksBeforeQuote = recipe.blanksBeforeQuote.value_or(false);
    if (recipe.delimiter) {
        dialect.delimiter = *recipe.delimiter;
        settleQuotes(text, whole, recipe, dialect);
        return dialect;
    }
    Dialect best;
    double bestScore = -1.0;
    for (const Delimiter candidate : kDelimiters) {
        Dialect tried = dialect;
        tried.delimiter = candidate;
        settleQuotes(text, whole, recipe, tried);
        const double score = tableScore(splitText(text, whole, tried));
        // Blanks stand inside the fields of most files.
        const bool worth = candidate != Delimiter::Blanks || bestScore < 0.5;
        if (worth && score > bestScore + 1e-9) {
            best = tried;
            bestScore = score;
        }
    }
    return best;
}

bool isHeaderName(const std::string &field)
{
    const std::string_view text = trimmed(field);
    return !text.empty() && !isNumber(text) && fittingDateFormats({field}).empty();
}

} // namespace perennial
