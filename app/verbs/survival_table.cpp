#include "app/verbs/survival_input.h"

#include "core/base/text.h"
#include "core/ingest/text_columns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace perennial {

namespace {

std::optional<double> numberIn(const std::string &text, const NumberFormat &format)
{
    const auto number = parseDecimal(text, format);
    return number ? std::optional(toDouble(*number)) : std::nullopt;
}

/// "0", "no", "false", "1", "yes", "true", in any case; also "1.0".
std::optional<bool> eventIn(const std::string &text)
{
    static constexpr std::array<std::string_view, 2> kNo{"no", "false"}, kYes{"yes", "true"};
    const std::string word = toLowerAscii(text);
    if (std::ranges::find(kYes, word) != kYes.end()) {
        return true;
    }
    if (std::ranges::find(kNo, word) != kNo.end()) {
        return false;
    }
    const auto number = numberIn(text, {});
    return number && (*number == 0.0 || *number == 1.0) ? std::optional(*number == 1.0)
                                                        : std::nullopt;
}

class Rejects {
public:
    void add(const std::string &reason, const std::string &column, const std::string &text,
             std::int64_t line)
    {
        const auto found = std::ranges::find_if(m_lines, [&](const RejectedLines &lines) {
            return lines.reason == reason && lines.column == column;
        });
        if (found != m_lines.end()) {
            ++found->rows;
            return;
        }
        m_lines.push_back({reason, column, text, 1, line});
    }
    std::vector<RejectedLines> take() { return std::move(m_lines); }

private:
    std::vector<RejectedLines> m_lines;
};

/// The wanted columns in their order: duration, event, then by, cox and strata.
std::vector<std::string> wantedColumns(const SurvivalRequest &request)
{
    std::vector<std::string> wanted{request.duration, request.event};
    if (!request.by.empty()) {
        wanted.push_back(request.by);
    }
    wanted.insert(wanted.end(), request.cox.begin(), request.cox.end());
    wanted.insert(wanted.end(), request.strata.begin(), request.strata.end());
    return wanted;
}

struct UsableRows {
    std::vector<std::size_t> rows;
    SurvivalInput input;
};

/// Durations and events; what has none is named.
UsableRows readTimes(const TextColumns &columns)
{
    UsableRows usable;
    Rejects rejects;
    for (const TextColumns::BadLine &bad : columns.badLines) {
        rejects.add(std::string(reasonCode(bad.reason)), {}, {}, bad.line);
    }
    const std::string &durationName = columns.names[0], &eventName = columns.names[1];
    for (std::size_t i = 0; i < columns.lines.size(); ++i) {
        const std::string &durationText = columns.values[0][i], &eventText = columns.values[1][i];
        const auto duration = numberIn(durationText, columns.numbers[0].format);
        const auto event = eventIn(eventText);
        if (!duration || *duration < 0.0) {
            const char *const reason = isMissingText(durationText) ? "missing_duration"
                                       : duration                  ? "negative_duration"
                                                                   : "bad_duration";
            rejects.add(reason, durationName, durationText, columns.lines[i]);
        } else if (!event) {
            rejects.add(isMissingText(eventText) ? "missing_event" : "bad_event", eventName,
                        eventText, columns.lines[i]);
        } else {
            usable.rows.push_back(i);
            usable.input.sample.durations.push_back(*duration);
            usable.input.sample.observed.push_back(*event ? 1 : 0);
        }
    }
    usable.input.read =
        static_cast<std::int64_t>(columns.lines.size() + columns.badLines.size());
    usable.input.rejected = rejects.take();
    return usable;
}

std::vector<std::string> chosen(const std::vector<std::string> &column,
                                const std::vector<std::size_t> &rows)
{
    std::vector<std::string> values;
    values.reserve(rows.size());
    for (const std::size_t row : rows) {
        values.push_back(isMissingText(column[row]) ? std::string() : column[row]);
    }
    return values;
}

/// What most lines that are not usable have.
Error nothingUsable(const std::vector<RejectedLines> &rejected, const std::string &path)
{
    const auto commonest = std::ranges::max_element(rejected, {}, &RejectedLines::rows);
    if (commonest == rejected.end()) {
        return fail(ErrorCode::EmptyFile, {}, path);
    }
    const std::string which = commonest->column.empty() ? "" : " (" + commonest->column + ')';
    return fail(ErrorCode::NothingUsable, commonest->reason + which,
                path + ':' + std::to_string(commonest->firstLine));
}

} // namespace

Covariate covariateOf(std::string name, const std::vector<std::string> &texts,
                      const NumberFormat &format)
{
    Covariate covariate{std::move(name), {}, {}};
    bool any = false;
    for (const std::string &text : texts) {
        const auto number = numberIn(text, format);
        if (!number && !text.empty()) {
            covariate.numbers.clear();
            covariate.words = texts;
            return covariate;
        }
        any = any || number;
        covariate.numbers.push_back(number.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    if (!any) { // all missing: one word, a constant
        covariate.numbers.clear();
        covariate.words = texts;
    }
    return covariate;
}

std::vector<std::string> joinedLabels(const std::vector<std::vector<std::string>> &columns)
{
    std::vector<std::string> joined;
    for (const std::vector<std::string> &column : columns) {
        joined.resize(column.size());
        for (std::size_t i = 0; i < column.size(); ++i) {
            joined[i] += column[i] + '\x1f'; // no text of a file keeps two apart better
        }
    }
    return joined;
}

Result<SurvivalInput> readSurvivalTable(const SurvivalRequest &request, const Task &task)
{
    TextColumnsOptions options;
    options.path = request.table;
    options.columns = wantedColumns(request);
    options.decimalMark = request.decimalMark;
    if (!request.encoding.empty()) {
        options.encoding = request.encoding;
    }
    const auto columns = readTextColumns(options, task);
    if (!columns) {
        return columns.error();
    }
    if (!columns->numbers[0].ambiguous.empty()) {
        return fail(ErrorCode::AmbiguousNumbers, columns->numbers[0].ambiguous, request.table);
    }
    auto [rows, input] = readTimes(*columns);
    if (rows.empty()) {
        return nothingUsable(input.rejected, request.table);
    }
    std::size_t next = 2;
    if (!request.by.empty()) {
        input.sample.group = chosen(columns->values[next++], rows);
    }
    for (std::size_t k = 0; k < request.cox.size(); ++k, ++next) {
        Covariate covariate = covariateOf(columns->names[next], chosen(columns->values[next], rows),
                                          columns->numbers[next].format);
        if (!covariate.isWords() && !columns->numbers[next].ambiguous.empty()) {
            return fail(ErrorCode::AmbiguousNumbers, columns->numbers[next].ambiguous,
                        request.table);
        }
        input.sample.covariates.push_back(std::move(covariate));
    }
    std::vector<std::vector<std::string>> strata;
    for (std::size_t k = 0; k < request.strata.size(); ++k, ++next) {
        strata.push_back(chosen(columns->values[next], rows));
    }
    input.sample.stratum = joinedLabels(strata);
    return std::move(input);
}

} // namespace perennial
