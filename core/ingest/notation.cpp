#include "core/ingest/notation.h"

#include "core/ingest/number_evidence.h"

#include <algorithm>

namespace perennial {

namespace {

bool isDigitOrSign(char c) noexcept
{
    return (c >= '0' && c <= '9') || c == '+' || c == '-';
}

Status checkMarks(const NumberFormat &numbers)
{
    const std::string &thousands = numbers.thousandsMark;
    if (isDigitOrSign(numbers.decimalMark) || thousands.size() > 4 ||
        std::ranges::any_of(thousands, isDigitOrSign) ||
        thousands.find(numbers.decimalMark) != std::string::npos) {
        return fail(ErrorCode::BadMapping,
                    std::string("decimal ") + numbers.decimalMark + ", thousands " + thousands);
    }
    return Done{};
}

/// All texts of some roles' columns.
std::vector<std::string> roleTexts(const ImportPlan &plan, const CsvSample &sample,
                                   std::initializer_list<Role> roles)
{
    std::vector<std::string> texts;
    for (const Role role : roles) {
        if (const int column = plan.role(role).column; column >= 0) {
            const auto more = columnTexts(sample, static_cast<std::size_t>(column));
            texts.insert(texts.end(), more.begin(), more.end());
        }
    }
    return texts;
}

Status settleNumbers(ImportPlan &plan, const CsvSample &sample)
{
    ImportRecipe &recipe = plan.recipe;
    if (recipe.decimalMark || recipe.thousandsMark) {
        // A thousands mark alone leaves one decimal mark to the usual two.
        const char other = recipe.thousandsMark == "." ? ',' : '.';
        plan.numbers = {recipe.decimalMark.value_or(other), recipe.thousandsMark.value_or("")};
        plan.numbersSettled = true;
        recipe.decimalMark = plan.numbers.decimalMark;
        return checkMarks(plan.numbers);
    }
    const NumberEvidence evidence =
        numberEvidence(roleTexts(plan, sample, {Role::Quantity, Role::Price, Role::Amount}));
    if (!evidence.ambiguous.empty()) {
        return fail(ErrorCode::AmbiguousNumbers, evidence.ambiguous);
    }
    plan.numbers = evidence.format;
    plan.numbersSettled = evidence.settled;
    if (evidence.settled) {
        recipe.decimalMark = evidence.format.decimalMark;
        recipe.thousandsMark = evidence.format.thousandsMark;
    }
    return Done{};
}

Status settleDates(ImportPlan &plan, const CsvSample &sample)
{
    ImportRecipe &recipe = plan.recipe;
    if (!recipe.dateFormat) {
        const auto texts = roleTexts(plan, sample, {Role::At, Role::Signup, Role::Start, Role::End});
        const auto fitting = fittingDateFormats(texts);
        if (fitting.size() > 1) {
            return fail(ErrorCode::AmbiguousDates, joined(fitting));
        }
        if (!fitting.empty() && !fitting.front().empty()) { // ISO is what is read unasked
            recipe.dateFormat = fitting.front();
        }
    }
    auto dates = DateFormat::compile(recipe.dateFormat.value_or(""));
    if (!dates) {
        return dates.error();
    }
    plan.dates = std::move(*dates);
    if (recipe.timeZone) {
        auto zone = TimeZone::named(*recipe.timeZone);
        if (!zone) {
            return zone.error();
        }
        plan.zone = std::move(*zone);
    }
    return Done{};
}

} // namespace

Status settleNotation(ImportPlan &plan, const CsvSample &sample)
{
    if (auto status = settleNumbers(plan, sample); !status) {
        return status;
    }
    return settleDates(plan, sample);
}

std::vector<std::string> columnTexts(const CsvSample &sample, std::size_t column)
{
    std::vector<std::string> texts;
    for (const auto &row : sample.rows) {
        if (row.size() == sample.columns.size()) {
            texts.push_back(row[column]);
        }
    }
    return texts;
}

std::string joined(const std::vector<std::string> &names)
{
    std::string text;
    for (const std::string &name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

} // namespace perennial
