#include "core/ingest/recipe.h"

#include "core/ingest/encoding.h"
#include "core/ingest/object_reader.h"

#include <algorithm>

namespace perennial {

namespace {

using Json = ObjectReader::Json;

template <class T>
void layOn(std::optional<T> &base, const std::optional<T> &over)
{
    if (over) {
        base = over;
    }
}

Json rulesToJson(const CleaningRules &rules)
{
    Json json = Json::object();
    if (rules.upperCaseItems) {
        json["upper_case_items"] = true;
    }
    if (!rules.excludedItems.empty()) {
        json["excluded_items"] = rules.excludedItems;
    }
    if (!rules.excludedItemPrefixes.empty()) {
        json["excluded_item_prefixes"] = rules.excludedItemPrefixes;
    }
    if (!rules.cancelledOrderPrefix.empty()) {
        json["cancelled_order_prefix"] = rules.cancelledOrderPrefix;
    }
    return json;
}

Json layoutToJson(const ImportRecipe &recipe)
{
    Json json = Json::object();
    if (recipe.encoding) {
        json["encoding"] = *recipe.encoding;
    }
    if (recipe.delimiter) {
        json["delimiter"] = delimiterName(*recipe.delimiter);
    }
    if (recipe.quote) {
        json["quote"] = markName(*recipe.quote);
    }
    if (recipe.escape) {
        json["escape"] = markName(*recipe.escape);
    }
    if (recipe.blanksBeforeQuote) {
        json["blanks_before_quote"] = *recipe.blanksBeforeQuote;
    }
    if (recipe.skipLines) {
        json["skip_lines"] = *recipe.skipLines;
    }
    if (recipe.headerRows && *recipe.headerRows > 1) {
        json["header"] = *recipe.headerRows;
    } else if (recipe.headerRows) {
        json["header"] = *recipe.headerRows == 1;
    }
    return json;
}

Json bandToJson(const Banding &band)
{
    return band.width   ? Json(*band.width)
           : band.dates ? Json(dateBandName(*band.dates))
                        : Json(true);
}

Json attributesToJson(const std::map<std::string, AttributeRule> &attributes)
{
    Json json = Json::object();
    for (const auto &[column, rule] : attributes) {
        Json one = Json::object();
        if (rule.type) {
            one["type"] = attributeTypeName(*rule.type);
        }
        if (rule.personal) {
            one["personal"] = true;
        }
        if (rule.drop) {
            one["drop"] = true;
        }
        if (rule.band) {
            one["band"] = bandToJson(*rule.band);
        }
        json[column] = std::move(one);
    }
    return json;
}

Json byRole(const std::map<Role, std::string> &values)
{
    Json json = Json::object();
    for (const auto &[role, value] : values) {
        json[std::string(roleName(role))] = value;
    }
    return json;
}

std::map<Role, std::string> readRoles(ObjectReader &reader, std::string_view key)
{
    std::map<Role, std::string> out;
    for (const auto &[name, value] : reader.pairs(key)) {
        if (const auto role = roleFromName(name)) {
            out[*role] = value;
        } else {
            reader.refuse(std::string(key) + "." + name);
        }
    }
    return out;
}

/// `header` is true, false, or how many rows it has.
void readHeader(ObjectReader &reader, ImportRecipe &recipe)
{
    const Json *value = reader.take(
        "header", [](const Json &json) { return json.is_boolean() || json.is_number_unsigned(); });
    if (value && value->is_boolean()) {
        recipe.headerRows = value->get<bool>() ? 1 : 0;
    } else if (value) {
        recipe.headerRows = reader.count("header", kMaxHeaderRows);
    }
}

void readLayout(ObjectReader &reader, ImportRecipe &recipe)
{
    if (const auto name = reader.text("encoding")) {
        recipe.encoding = encodingFromName(*name);
        if (!recipe.encoding) {
            reader.refuse("encoding");
        }
    }
    if (const auto name = reader.text("delimiter")) {
        recipe.delimiter = delimiterFromName(*name);
        if (!recipe.delimiter) {
            reader.refuse("delimiter");
        }
    }
    if (const auto name = reader.text("quote")) {
        recipe.quote = quoteFromName(*name);
        if (!recipe.quote) {
            reader.refuse("quote");
        }
    }
    if (const auto name = reader.text("escape")) {
        recipe.escape = escapeFromName(*name);
        if (!recipe.escape) {
            reader.refuse("escape");
        }
    }
    recipe.blanksBeforeQuote = reader.flag("blanks_before_quote");
    recipe.skipLines = reader.count("skip_lines", kMaxSkippedLines);
    readHeader(reader, recipe);
}

void readNotation(ObjectReader &reader, ImportRecipe &recipe)
{
    recipe.dateFormat = reader.text("date_format");
    recipe.timeZone = reader.text("time_zone");
    if (const auto mark = reader.text("decimal")) {
        if (mark->size() == 1) {
            recipe.decimalMark = mark->front();
        } else {
            reader.refuse("decimal");
        }
    }
    recipe.thousandsMark = reader.text("thousands");
}

void readMeaning(ObjectReader &reader, ImportRecipe &recipe)
{
    if (const auto name = reader.text("as")) {
        recipe.contents = contentsFromName(*name);
        if (!recipe.contents) {
            reader.refuse("as");
        }
    }
    recipe.columns = readRoles(reader, "map");
    recipe.constants = readRoles(reader, "set");
    for (const auto &[role, value] : recipe.constants) {
        if (recipe.columns.contains(role)) {
            reader.refuse("set." + std::string(roleName(role))); // a column and a constant at once
        }
    }
    recipe.missing = reader.texts("missing");
    for (const auto &[text, name] : reader.pairs("kinds")) {
        if (const auto kind = eventKindFromName(name)) {
            recipe.kinds[text] = *kind;
        } else {
            reader.refuse("kinds." + text);
        }
    }
    if (const auto name = reader.text("dedupe")) {
        recipe.dedupe = dedupeFromName(*name);
        if (!recipe.dedupe) {
            reader.refuse("dedupe");
        }
    }
}

/// `band` is true, how wide, or of dates.
std::optional<Banding> readBand(ObjectReader &reader)
{
    const Json *value = reader.take("band", [](const Json &json) {
        return json.is_boolean() || json.is_number_unsigned() || json.is_string();
    });
    if (!value || *value == Json(false)) {
        return std::nullopt;
    }
    if (value->is_boolean()) {
        return Banding();
    }
    const auto band =
        bandingFromText(value->is_string() ? value->get<std::string>() : value->dump());
    if (!band) {
        reader.refuse("band");
        return std::nullopt;
    }
    return *band;
}

void readAttributes(ObjectReader &reader, ImportRecipe &recipe)
{
    const Json *object = reader.take("attributes", &Json::is_object);
    for (auto entry = object ? object->begin() : Json::const_iterator();
         object && entry != object->end(); ++entry) {
        const std::string where = "attributes." + entry.key();
        if (!entry->is_object()) {
            reader.refuse(where);
            return;
        }
        ObjectReader inner(*entry, reader.where());
        AttributeRule rule;
        if (const auto name = inner.text("type")) {
            rule.type = attributeTypeFromName(*name);
            if (!rule.type) {
                inner.refuse("type");
            }
        }
        rule.personal = inner.flag("personal").value_or(false);
        rule.drop = inner.flag("drop").value_or(false);
        rule.band = readBand(inner);
        inner.refuseUnknownKeys();
        if (inner.problem) {
            reader.refuse(where + "." + inner.problem->detail);
        }
        recipe.attributes[entry.key()] = rule;
    }
}

void readRules(ObjectReader &reader, ImportRecipe &recipe)
{
    const Json *object = reader.take("rules", &Json::is_object);
    if (!object) {
        return;
    }
    ObjectReader inner(*object, reader.where());
    CleaningRules rules;
    rules.upperCaseItems = inner.flag("upper_case_items").value_or(false);
    rules.excludedItems = inner.texts("excluded_items");
    rules.excludedItemPrefixes = inner.texts("excluded_item_prefixes");
    rules.cancelledOrderPrefix = inner.text("cancelled_order_prefix").value_or("");
    inner.refuseUnknownKeys();
    if (inner.problem) {
        reader.refuse("rules." + inner.problem->detail);
    }
    recipe.rules = rules;
}

} // namespace

ImportRecipe mergeRecipes(const ImportRecipe &base, const ImportRecipe &over)
{
    ImportRecipe merged = base;
    layOn(merged.contents, over.contents);
    layOn(merged.encoding, over.encoding);
    layOn(merged.delimiter, over.delimiter);
    layOn(merged.quote, over.quote);
    layOn(merged.escape, over.escape);
    layOn(merged.blanksBeforeQuote, over.blanksBeforeQuote);
    layOn(merged.skipLines, over.skipLines);
    layOn(merged.headerRows, over.headerRows);
    layOn(merged.dateFormat, over.dateFormat);
    layOn(merged.timeZone, over.timeZone);
    layOn(merged.decimalMark, over.decimalMark);
    layOn(merged.thousandsMark, over.thousandsMark);
    layOn(merged.dedupe, over.dedupe);
    layOn(merged.rules, over.rules);
    for (const auto &[role, column] : over.columns) {
        merged.columns[role] = column;
        merged.constants.erase(role);
    }
    for (const auto &[role, value] : over.constants) {
        merged.constants[role] = value;
        merged.columns.erase(role);
    }
    for (const auto &[text, kind] : over.kinds) {
        merged.kinds[text] = kind;
    }
    for (const auto &[column, rule] : over.attributes) {
        merged.attributes[column] = rule;
    }
    for (const std::string &text : over.missing) {
        if (std::ranges::find(merged.missing, text) == merged.missing.end()) {
            merged.missing.push_back(text);
        }
    }
    return merged;
}

namespace {

// A header that is not UTF-8 must not throw here.
std::string dumped(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json allToJson(const ImportRecipe &recipe)
{
    Json json = layoutToJson(recipe);
    if (recipe.contents) {
        json["as"] = contentsName(*recipe.contents);
    }
    if (!recipe.columns.empty()) {
        json["map"] = byRole(recipe.columns);
    }
    if (!recipe.constants.empty()) {
        json["set"] = byRole(recipe.constants);
    }
    if (recipe.dateFormat) {
        json["date_format"] = *recipe.dateFormat;
    }
    if (recipe.timeZone) {
        json["time_zone"] = *recipe.timeZone;
    }
    if (recipe.decimalMark) {
        json["decimal"] = std::string(1, *recipe.decimalMark);
    }
    if (recipe.thousandsMark) {
        json["thousands"] = *recipe.thousandsMark;
    }
    for (const auto &[text, kind] : recipe.kinds) {
        json["kinds"][text] = eventKindName(kind);
    }
    if (!recipe.missing.empty()) {
        json["missing"] = recipe.missing;
    }
    if (!recipe.attributes.empty()) {
        json["attributes"] = attributesToJson(recipe.attributes);
    }
    if (recipe.dedupe) {
        json["dedupe"] = dedupeName(*recipe.dedupe);
    }
    if (recipe.rules) { // empty ones too: they stand over a profile's
        json["rules"] = rulesToJson(*recipe.rules);
    }
    return json;
}

} // namespace

std::string recipeToJson(const ImportRecipe &recipe)
{
    return dumped(allToJson(recipe));
}

std::string storedRecipe(const ImportRecipe &recipe, std::optional<int> userColumn)
{
    Json json = allToJson(recipe);
    if (userColumn) {
        json["user_column"] = *userColumn;
    }
    return dumped(json);
}

Result<ImportRecipe> recipeFromJson(std::string_view json, const std::string &where)
{
    const Json object = Json::parse(json, nullptr, false);
    if (!object.is_object()) {
        return fail(ErrorCode::BadConfiguration, "json", where);
    }
    ObjectReader reader(object, where);
    ImportRecipe recipe;
    readLayout(reader, recipe);
    readNotation(reader, recipe);
    readMeaning(reader, recipe);
    readAttributes(reader, recipe);
    readRules(reader, recipe);
    reader.take("user_column", &Json::is_number_integer); // of a stored recipe
    reader.refuseUnknownKeys();
    if (reader.problem) {
        return *reader.problem;
    }
    return recipe;
}

} // namespace perennial
