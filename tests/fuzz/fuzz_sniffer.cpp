// What a file's first bytes are taken for: encoding, layout, preview.

#include "tests/fuzz/fuzz_support.h"

#include "core/base/text.h"
#include "core/ingest/csv_sample.h"
#include "core/ingest/import_plan.h"
#include "core/ingest/preview.h"

#include <algorithm>

using namespace perennial;
using fuzz::require;

namespace {

/// Parts of the layout that somebody gives instead of leaving them to the file.
ImportRecipe chosenRecipe(fuzz::Input &input)
{
    constexpr const char *kEncodings[] = {"UTF-8",    "UTF-16LE",     "GB18030",     "Shift_JIS",
                                          "UTF-32BE", "windows-1252", "ISO-2022-JP", "UTF-7",
                                          "EUC-KR",   "HZ-GB-2312"};
    ImportRecipe recipe;
    const std::uint8_t given = input.byte();
    const std::uint8_t value = input.byte();
    if (given & 1) {
        recipe.encoding = kEncodings[value % std::size(kEncodings)];
    }
    if (given & 2) {
        recipe.headerRows = value % 4;
    }
    if (given & 4) {
        recipe.delimiter = value % 2 == 0 ? Delimiter::Semicolon : Delimiter::Blanks;
    }
    if (given & 8) {
        recipe.skipLines = value % 5;
    }
    if (given & 16) {
        recipe.quote = value % 2 == 0 ? '\'' : char{0};
    }
    if (given & 32) {
        recipe.escape = value % 2 == 0 ? '\\' : char{0};
    }
    return recipe;
}

std::string readText(TextSource &source, std::size_t piece)
{
    std::string text, room(piece, '\0');
    for (;;) {
        const auto got = source.read(room);
        if (!got) {
            require(got.error().code == ErrorCode::BadData, "only damaged gzip can't be read on");
            return text + "|" + got.error().detail;
        }
        text.append(room, 0, *got);
        if (*got < room.size()) {
            return text;
        }
    }
}

void checkEncoding(TextSource &source)
{
    const EncodingGuess &guess = source.guess();
    require(guess.encoding.empty() || guess.candidates == std::vector{guess.encoding},
            "an encoding that is told is the only candidate");
    for (const std::string &name : guess.candidates) {
        require(encodingFromName(name) == name, "a candidate is a name of its own");
    }
    const std::string whole = readText(source, 1 << 16);
    require(source.rewind().ok() && readText(source, 7) == whole, "blocks do not matter");
    require(source.rewind().ok(), "a file can be read again");
}

bool sameTable(const CsvSample &a, const CsvSample &b)
{
    return a.encoding == b.encoding && a.headerRows == b.headerRows && a.columns == b.columns &&
           a.rows == b.rows && a.dialect.delimiter == b.dialect.delimiter &&
           a.dialect.quote == b.dialect.quote && a.dialect.escape == b.dialect.escape &&
           a.dialect.lineEnd == b.dialect.lineEnd &&
           a.dialect.blanksBeforeQuote == b.dialect.blanksBeforeQuote &&
           a.dialect.skippedLines == b.dialect.skippedLines;
}

/// The layout found, written down, reads the file in the same way.
void checkSample(const std::filesystem::path &path, TextSource &source, const ImportRecipe &recipe)
{
    const auto sample = sampleCsv(source, recipe);
    if (!sample) {
        require(sample.error().code == ErrorCode::BadData, "only damaged gzip can't be sampled");
        return;
    }
    require(sample->headerRows > 0 || !sample->anyRow || sample->rows.empty() ||
                !sample->columns.empty(),
            "rows have columns");
    ImportRecipe settled = recipe;
    settleLayout(settled, *sample);
    const auto read = recipeFromJson(recipeToJson(settled), "settled");
    require(read && *read == settled, "a layout can be written down");
    auto again = TextSource::open(path, settled.encoding);
    require(again.ok(), "a file opens again");
    const auto same = sampleCsv(*again, settled);
    require(same && sameTable(*sample, *same),
            "a layout written down reads the file as it was read");
}

void checkPreview(const ImportOptions &options)
{
    const auto preview = previewImport(options, 50);
    if (!preview) {
        return;
    }
    require(preview->rows.size() <= 50, "a preview has the rows asked for");
    for (const PreviewRow &row : preview->rows) {
        for (const std::string &field : row.fields) {
            require(field.size() <= 200 && isValidUtf8(field) && field.find('\0') == field.npos,
                    "a preview's fields can be shown");
        }
        for (const PreviewValue &value : row.values) {
            require(isValidUtf8(value.raw) && isValidUtf8(value.parsed),
                    "a preview's values can be shown");
        }
    }
    for (const PreviewColumn &column : preview->columns) {
        require(isValidUtf8(column.name), "a column's name can be shown");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const fuzz::Folder folder;
    fuzz::Input input(data, size);
    ImportOptions options;
    options.recipe = chosenRecipe(input);
    options.path = folder.write("sniffed.csv", input.rest());
    auto source = TextSource::open(options.path, options.recipe.encoding);
    if (!source) {
        require(source.error().code == ErrorCode::BadData, "only what is no text is refused");
        return 0;
    }
    checkEncoding(*source);
    checkSample(options.path, *source, options.recipe);
    checkPreview(options);
    return 0;
}
