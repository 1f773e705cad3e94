#include "core/ingest/preview.h"

#include "core/base/text.h"
#include "core/ingest/attribute_types.h"
#include "core/ingest/clean_text.h"
#include "core/ingest/import_plan.h"
#include "core/ingest/notation.h"
#include "core/ingest/row_parser.h"
#include "core/ingest/table_row_parser.h"

#include <algorithm>
#include <set>

namespace perennial {

namespace {

constexpr std::size_t kMaxFieldBytes = 200;

std::string formatDecimal(double value)
{
    // As an amount: quantities are small numbers, and this never falls into exponents.
    return formatMoney(moneyFromUnits(value));
}

/// What a role's text is read as; empty where it can't be read.
std::string parsedText(const ImportPlan &plan, const ParsedRow &row, Role role,
                       std::string_view raw)
{
    const auto number = [&] {
        const auto value = parseDecimal(raw, plan.numbers);
        return value ? formatDecimal(toDouble(*value)) : std::string();
    };
    switch (role) {
    case Role::At: {
        const bool bad = row.reason == RowReason::NoSuchTime || !plan.dates.parse(raw);
        return bad ? std::string() : formatTimestamp(row.at);
    }
    case Role::Kind: {
        const bool bad = row.reason == RowReason::BadKind || row.reason == RowReason::MissingKind;
        return bad ? std::string() : std::string(eventKindName(row.kind));
    }
    case Role::Quantity:
        return number();
    case Role::Price:
        return number();
    case Role::Amount: {
        const bool computed = raw.empty() && row.amount != 0;
        return computed || parseDecimal(raw, plan.numbers) ? formatMoney(row.amount)
                                                           : std::string();
    }
    case Role::Item:
        return cleanText(row.item, kMaxFieldBytes);
    default:
        return cleanText(raw, kMaxFieldBytes);
    }
}

PreviewRow previewRow(const Record &record)
{
    PreviewRow row;
    row.line = record.line;
    for (const std::string_view field : record.fields) {
        row.fields.push_back(cleanText(field, kMaxFieldBytes));
    }
    if (record.fields.empty()) {
        row.fields.push_back(cleanText(record.raw, kMaxFieldBytes));
    }
    row.reason = reasonCode(record.defect);
    return row;
}

void readValues(const ImportPlan &plan, RowParser &parser, const Record &record, Arena &arena,
                PreviewRow &row)
{
    const ParsedRow parsed = parser.parse(record, false, arena);
    row.reason = reasonCode(parsed.reason);
    row.column = faultyColumn(plan, parsed);
    if (record.defect != RowReason::None || record.fields.size() != plan.columnCount) {
        return;
    }
    for (const Role role : allRoles()) {
        if (plan.role(role).mapped()) {
            const std::string_view raw = parser.text(record, role);
            row.values.push_back(
                {role, cleanText(raw, kMaxFieldBytes), parsedText(plan, parsed, role, raw)});
        }
    }
}

/// A mapped value of a row that is not one of events.
std::string tableText(const ImportPlan &plan, Role role, std::string_view raw)
{
    if (role == Role::At) {
        const PlannedTime time = plannedTime(plan, raw);
        return time.reason == RowReason::None ? formatTimestamp(time.at) : std::string();
    }
    if (role == Role::Signup || role == Role::Start || role == Role::End) {
        const auto at = plan.dates.parse(raw);
        return at ? formatDate(dayOf(*at)) : std::string();
    }
    if (role == Role::Price) {
        const auto value = parseDecimal(raw, plan.numbers);
        return value ? formatDecimal(toDouble(*value)) : std::string();
    }
    return cleanText(raw, kMaxFieldBytes);
}

void readTableValues(const ImportPlan &plan, const TableRowParser::Outcome &outcome,
                     const RowParser &texts, const Record &record, PreviewRow &row)
{
    row.reason = reasonCode(outcome.reason);
    row.column = columnPlace(plan, outcome.column);
    if (record.defect != RowReason::None || record.fields.size() != plan.columnCount) {
        return;
    }
    for (const Role role : rolesOf(plan.contents)) {
        if (plan.role(role).mapped()) {
            const std::string_view raw = texts.text(record, role);
            row.values.push_back(
                {role, cleanText(raw, kMaxFieldBytes), tableText(plan, role, raw)});
        }
    }
}

/// What the first value in each column that becomes an attribute is stored as.
void showValues(const ImportPlan &plan, const std::vector<AttributeDefinition> &attributes,
                const TableRow &parsed, const PreviewRow &row, std::vector<PreviewColumn> &columns)
{
    for (const AttributeSource &source : plan.attributes) {
        const auto place = static_cast<std::size_t>(source.column);
        if (place >= row.fields.size() || isMissing(plan, trimmed(row.fields[place])) ||
            columns[place].value) {
            continue;
        }
        columns[place].value = std::string();
        for (const auto &[attribute, value] : parsed.values) {
            if (attributes[attribute].name == source.name) {
                columns[place].value = attributeText(value);
            }
        }
    }
}

/// Rows of a text behind its header.
template <class Visit>
void visitRows(std::string_view text, const CsvSample &sample, std::size_t most, Visit visit)
{
    Arena arena;
    Tokenizer tokenizer(sample.dialect);
    tokenizer.feed(text, sample.whole, arena);
    for (std::size_t rows = 0; rows < most;) {
        const auto record = tokenizer.next();
        if (!record) {
            return;
        }
        visit(*record, arena);
        ++rows;
    }
}

/// What columns without a role hold by themselves.
void findTypes(const ImportPlan &plan, const std::vector<PreviewRow> &rows,
               std::vector<PreviewColumn> &columns)
{
    for (std::size_t k = 0; hasAttributes(plan.contents) && k < columns.size(); ++k) {
        if (columns[k].role) {
            continue;
        }
        AttributeTypeFinder finder(plan);
        for (const PreviewRow &row : rows) {
            const std::string_view text =
                k < row.fields.size() ? trimmed(row.fields[k]) : std::string_view();
            if (row.fields.size() == columns.size() && !isMissing(plan, text)) {
                finder.add(text);
            }
        }
        columns[k].found = finder.type();
    }
}

std::vector<PreviewRow> previewTable(std::string_view text, const CsvSample &sample,
                                     const ImportPlan &plan, std::size_t most,
                                     std::vector<PreviewColumn> &columns)
{
    TableRowParser parser(plan);
    visitRows(text, sample, most, [&](const Record &record, Arena &) { parser.look(record); });
    const std::vector<AttributeDefinition> &attributes = parser.settleTypes();
    for (const AttributeDefinition &attribute : attributes) {
        for (const AttributeSource &source : plan.attributes) {
            if (source.name == attribute.name) {
                columns[static_cast<std::size_t>(source.column)].attribute = attribute.type;
            }
        }
    }
    const RowParser texts(plan, newRowHashKey());
    std::vector<PreviewRow> rows;
    visitRows(text, sample, most, [&](const Record &record, Arena &) {
        rows.push_back(previewRow(record));
        const TableRowParser::Outcome outcome = parser.parse(record);
        readTableValues(plan, outcome, texts, record, rows.back());
        showValues(plan, attributes, outcome.row, rows.back(), columns);
    });
    findTypes(plan, rows, columns);
    return rows;
}

/// The first rows as an import by this plan reads them; without a plan only their fields.
std::vector<PreviewRow> previewRows(std::string_view text, const CsvSample &sample,
                                    const std::optional<ImportPlan> &plan, std::size_t most)
{
    std::optional<RowParser> parser;
    if (plan) {
        parser.emplace(*plan, newRowHashKey());
    }
    std::vector<PreviewRow> rows;
    visitRows(text, sample, most, [&](const Record &record, Arena &arena) {
        rows.push_back(previewRow(record));
        if (parser) {
            readValues(*plan, *parser, record, arena, rows.back());
        }
    });
    return rows;
}

ImportRecipe suggestedRecipe(const CsvSample &sample, Contents contents)
{
    ImportRecipe recipe;
    for (std::size_t k = 0; sample.headerRows > 0 && k < sample.columns.size(); ++k) {
        const auto role = roleFromHeader(sample.columns[k], contents);
        if (!role || recipe.columns.contains(*role)) {
            continue;
        }
        recipe.columns[*role] = sample.columns[k];
    }
    if (contents == Contents::Events && !recipe.columns.contains(Role::Kind)) {
        recipe.constants[Role::Kind] = "purchase";
    }
    return recipe;
}

void describeColumns(ImportPreview &preview, const CsvSample &sample)
{
    const std::map<Role, std::size_t> mapped = columnsFound(preview.recipe, sample);
    for (std::size_t k = 0; k < sample.columns.size(); ++k) {
        PreviewColumn column;
        column.name = cleanText(sample.columns[k], kMaxFieldBytes);
        for (const auto &[role, name] : preview.suggested.columns) {
            if (name == sample.columns[k]) {
                column.suggested = role;
            }
        }
        for (const auto &[role, place] : mapped) {
            if (place == k) {
                column.role = role;
            }
        }
        preview.columns.push_back(std::move(column));
    }
}

/// What a preview is asked to read. Where nothing has been said, the file shows whether it has a
/// header: the generic log's is not forced on it.
Result<RequestedRecipe> requestedPreview(const ImportOptions &options)
{
    auto requested = requestedRecipe(options);
    const bool nothingSaid = options.profile.empty() && options.recipe.columns.empty();
    if (requested && nothingSaid && !options.recipe.headerRows) {
        requested->recipe.headerRows.reset();
    }
    return requested;
}

} // namespace

Result<ImportPreview> previewImport(const ImportOptions &options, int rows)
{
    ImportPreview preview;
    auto requested = requestedPreview(options);
    if (!requested) {
        preview.problem = requested.error();
    }
    const ImportRecipe &recipe = requested ? requested->recipe : options.recipe;
    auto file = TextSource::open(options.path, recipe.encoding);
    if (!file) {
        return file.error();
    }
    preview.bytes = file->bytes().size();
    preview.gzip = file->bytes().isGzip();
    preview.encodings = file->guess().candidates;
    const std::string where = options.path.string();
    const auto sample = sampleCsv(*file, recipe);
    if (!sample) {
        return sample.error();
    }
    if (!sample->anyRow) {
        return fail(ErrorCode::EmptyFile, {}, where);
    }
    std::optional<ImportPlan> plan;
    if (requested) {
        dropMissingColumns(*requested, *sample);
        auto made = makePlan(*requested, *sample, where);
        if (made) {
            plan = std::move(*made);
        } else {
            preview.problem = made.error();
        }
    }
    preview.recipe = plan ? plan->recipe : recipe;
    settleLayout(preview.recipe, *sample);
    preview.likelyMoreHeaderRows = sample->likelyMoreHeaderRows;
    preview.suggested = suggestedRecipe(*sample, recipe.contents.value_or(Contents::Events));
    if (const auto profile = profileForHeader(sample->columns)) {
        preview.suggestedProfile = profile->name;
    }
    describeColumns(preview, *sample);
    if (plan) {
        preview.kindWords = kindWords(*sample, *plan);
    }
    if (plan && plan->role(Role::At).column >= 0) {
        preview.dateFormats = fittingDateFormats(
            columnTexts(*sample, static_cast<std::size_t>(plan->role(Role::At).column)));
    }
    std::string text(kSampleBytes, '\0');
    const auto got = file->read(text);
    if (!got) {
        return got.error();
    }
    text.resize(*got);
    const auto most = static_cast<std::size_t>(std::max(rows, 0));
    preview.rows = plan && plan->contents != Contents::Events
                       ? previewTable(text, *sample, *plan, most, preview.columns)
                       : previewRows(text, *sample, plan, most);
    return preview;
}

} // namespace perennial
