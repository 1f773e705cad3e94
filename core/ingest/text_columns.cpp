#include "core/ingest/text_columns.h"

#include "core/base/text.h"
#include "core/ingest/clean_text.h"
#include "core/ingest/find_column.h"
#include "core/ingest/notation.h"
#include "core/ingest/record_reader.h"

#include <algorithm>
#include <array>

namespace perennial {

namespace {

constexpr std::size_t kLongestField = 4096;
constexpr std::int64_t kRowsPerAsking = 8192;

/// Where the wanted columns are. @error UnknownColumn, BadMapping.
Result<std::vector<std::size_t>> placesOf(const TextColumnsOptions &options,
                                          const CsvSample &sample)
{
    std::vector<std::size_t> places;
    for (const std::string &wanted : options.columns) {
        const FoundColumn found = findColumn(sample, wanted);
        if (found.twice) {
            return fail(ErrorCode::BadMapping, "column twice: " + wanted, options.path.string());
        }
        if (found.index == kNoColumn) {
            return fail(ErrorCode::UnknownColumn, wanted, options.path.string());
        }
        places.push_back(found.index);
    }
    return places;
}

NumberEvidence numbersOf(const TextColumnsOptions &options, const CsvSample &sample,
                         std::size_t column)
{
    if (options.decimalMark) {
        const char mark = *options.decimalMark;
        return {{mark, mark == ',' ? "." : ","}, true, {}};
    }
    return numberEvidence(columnTexts(sample, column));
}

RowReason defectOf(const Record &record, std::size_t columns)
{
    return record.defect != RowReason::None        ? record.defect
           : record.fields.size() != columns       ? RowReason::WrongColumnCount
           : record.raw.find('\0') != std::string_view::npos ? RowReason::NulByte
                                                             : RowReason::None;
}

Status readRows(TextSource &source, const CsvSample &sample,
                const std::vector<std::size_t> &places, TextColumns &columns, const Task &task)
{
    ImportPlan plan;
    plan.dialect = sample.dialect;
    RecordReader reader(source, plan);
    for (std::int64_t row = 0;; ++row) {
        if (row % kRowsPerAsking == 0 && task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const auto record = reader.next();
        if (!record) {
            return record.error();
        }
        if (!*record) {
            return Done{};
        }
        const RowReason defect = defectOf(**record, sample.columns.size());
        if (defect != RowReason::None) {
            columns.badLines.push_back({(*record)->line, defect});
            continue;
        }
        columns.lines.push_back((*record)->line);
        for (std::size_t k = 0; k < places.size(); ++k) {
            columns.values[k].push_back(
                cleanText(trimmed((*record)->fields[places[k]]), kLongestField));
        }
    }
}

} // namespace

Result<TextColumns> readTextColumns(const TextColumnsOptions &options, const Task &task)
{
    auto source = TextSource::open(options.path, options.encoding);
    if (!source) {
        return source.error();
    }
    const auto sample = sampleCsv(*source, ImportRecipe{});
    if (!sample) {
        return sample.error();
    }
    if (!sample->encodings.empty()) {
        return fail(ErrorCode::AmbiguousEncoding, joined(sample->encodings),
                    options.path.string());
    }
    if (!sample->anyRow) {
        return fail(ErrorCode::EmptyFile, {}, options.path.string());
    }
    const auto places = placesOf(options, *sample);
    if (!places) {
        return places.error();
    }
    TextColumns columns;
    columns.values.resize(places->size());
    for (const std::size_t place : *places) {
        columns.names.push_back(cleanText(sample->columns[place], kMaxKeyBytes));
        columns.numbers.push_back(numbersOf(options, *sample, place));
    }
    if (const Status read = readRows(*source, *sample, *places, columns, task); !read) {
        return read.error();
    }
    return columns;
}

bool isMissingText(std::string_view text)
{
    static constexpr std::array<std::string_view, 5> kNothing{"", "na", "n/a", "nan", "null"};
    return std::ranges::find(kNothing, toLowerAscii(trimmed(text))) != kNothing.end();
}

} // namespace perennial
