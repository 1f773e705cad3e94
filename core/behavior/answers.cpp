#include "core/behavior/answers.h"

#include "core/base/hash.h"
#include "core/base/money.h"
#include "core/project/weight_blob.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

namespace perennial {

namespace {

constexpr float kNotJudged = -1.0F;
constexpr std::array kKinds{AnswerKind::Rank, AnswerKind::Chance, AnswerKind::Amount};
constexpr const char *kUsers = "user";
constexpr const char *kWindow = "window";

struct Answer {
    double predicted = kNotJudged;
    double actual = 0;
};

/// A head as it stands in the rows. A new one is one more entry.
struct HeadColumn {
    const char *head;
    AnswerKind kind;
    std::function<Answer(const ValidationRow &, int labelDays)> of;
};

/// Asked of a window that is as long.
auto returnWithin(std::size_t index, int days)
{
    return [index, days](const ValidationRow &row, int labelDays) {
        const bool came = row.returnDays > 0 && row.returnDays <= days;
        return days <= labelDays ? Answer{row.pReturn[index], came ? 1.0 : 0.0} : Answer{};
    };
}

const std::vector<HeadColumn> &headColumns()
{
    static const std::vector<HeadColumn> kColumns{
        {"next_item", AnswerKind::Rank,
         [](const ValidationRow &row, int) {
             return row.rank > 0 ? Answer{row.rank, 0} : Answer{};
         }},
        {"next_item_new", AnswerKind::Rank,
         [](const ValidationRow &row, int) {
             return row.newRank > 0 ? Answer{row.newRank, 0} : Answer{};
         }},
        {"churn", AnswerKind::Chance,
         [](const ValidationRow &row, int) {
             return row.customer ? Answer{row.pChurn, row.churned ? 1.0 : 0.0} : Answer{};
         }},
        {"value", AnswerKind::Amount,
         [](const ValidationRow &row, int) {
             return row.customer ? Answer{row.expectedValue, row.value} : Answer{};
         }},
        {"purchase", AnswerKind::Chance,
         [](const ValidationRow &row, int) { return Answer{row.pPurchase, row.churned ? 0.0 : 1.0}; }},
        {"click", AnswerKind::Chance,
         [](const ValidationRow &row, int) { return Answer{row.pClick, row.clicked ? 1.0 : 0.0}; }},
        {"return_7", AnswerKind::Chance, returnWithin(0, 7)},
        {"return_30", AnswerKind::Chance, returnWithin(1, 30)},
        {"return_90", AnswerKind::Chance, returnWithin(2, 90)},
        {"return_days", AnswerKind::Amount,
         [](const ValidationRow &row, int labelDays) {
             const int days = row.returnDays > 0 ? row.returnDays : labelDays;
             return Answer{row.expectedReturnDays, static_cast<double>(days)};
         }},
    };
    return kColumns;
}

/// The largest hash of a user who is kept: about `most` of `count` are.
std::uint64_t largestKept(std::size_t count, std::size_t most)
{
    if (count <= most) {
        return std::numeric_limits<std::uint64_t>::max();
    }
    const double share = static_cast<double>(most) / static_cast<double>(count);
    return static_cast<std::uint64_t>(share * 0x1p64);
}

std::string blobName(const HeadAnswers &head, const char *column)
{
    return std::string(answerKindName(head.kind)) + "/" + head.head + "/" + column;
}

Error damaged(std::int64_t run) { return fail(ErrorCode::Damaged, std::to_string(run), "answers"); }

/// "rank/next_item/predicted" → an empty head; none for other blobs.
std::optional<HeadAnswers> headNamed(const std::string &blob)
{
    const auto first = blob.find('/');
    const auto last = blob.rfind('/');
    if (first == std::string::npos || last <= first || blob.substr(last) != "/predicted") {
        return std::nullopt;
    }
    const auto kind = std::ranges::find(kKinds, blob.substr(0, first), answerKindName);
    return kind == kKinds.end()
               ? std::nullopt
               : std::optional(HeadAnswers{blob.substr(first + 1, last - first - 1), *kind, {}, {}});
}

bool sound(const HeadAnswers &head, std::size_t users)
{
    const bool ranks = head.kind == AnswerKind::Rank;
    if (head.predicted.size() != users || head.actual.size() != (ranks ? 0 : users)) {
        return false;
    }
    if (ranks) {
        return std::ranges::all_of(head.predicted, [](float p) { return p < 0 || p >= 1; });
    }
    const bool chance = head.kind == AnswerKind::Chance;
    return !chance ||
           (std::ranges::all_of(head.predicted, [](float p) { return p <= 1; }) &&
            std::ranges::all_of(head.actual, [](double y) { return y == 0 || y == 1; }));
}

bool readHead(const std::vector<WeightBlob> &blobs, HeadAnswers &head)
{
    if (!readList(blobs, blobName(head, "predicted"), head.predicted)) {
        return false;
    }
    if (head.kind == AnswerKind::Rank) {
        return true;
    }
    std::vector<std::int64_t> actual;
    if (!readList(blobs, blobName(head, "actual"), actual)) {
        return false;
    }
    const bool chance = head.kind == AnswerKind::Chance;
    for (const std::int64_t value : actual) {
        head.actual.push_back(chance ? static_cast<double>(value) : toUnits(value));
    }
    return true;
}

} // namespace

std::string_view answerKindName(AnswerKind kind) noexcept
{
    switch (kind) {
    case AnswerKind::Rank: return "rank";
    case AnswerKind::Chance: return "chance";
    case AnswerKind::Amount: return "amount";
    }
    return {};
}

JudgedAnswers answersOf(const ValidationSet &set, std::size_t most)
{
    JudgedAnswers answers;
    answers.cut = set.split.cut;
    answers.labelDays = set.split.labelDays;
    const std::uint64_t largest = largestKept(set.rows.size(), most);
    std::vector<const ValidationRow *> rows;
    for (const ValidationRow &row : set.rows) {
        if (mix64(static_cast<std::uint64_t>(row.user)) <= largest) {
            answers.user.push_back(row.user);
            rows.push_back(&row);
        }
    }
    for (const HeadColumn &column : headColumns()) {
        HeadAnswers head{column.head, column.kind, {}, {}};
        bool any = false;
        for (const ValidationRow *row : rows) {
            const Answer answer = column.of(*row, answers.labelDays);
            // NaN: the head is off; what is not finite in a float is no answer either
            const auto predicted = static_cast<float>(answer.predicted);
            const bool judged = std::isfinite(predicted) && predicted >= 0;
            head.predicted.push_back(judged ? predicted : kNotJudged);
            if (head.kind != AnswerKind::Rank) {
                head.actual.push_back(judged ? answer.actual : 0.0);
            }
            any = any || judged;
        }
        if (any) {
            answers.heads.push_back(std::move(head));
        }
    }
    return answers;
}

std::vector<WeightBlob> toBlobs(const JudgedAnswers &answers)
{
    std::vector<WeightBlob> blobs;
    blobs.push_back(listBlob(kUsers, answers.user));
    blobs.push_back(listBlob<std::int64_t>(kWindow, {answers.cut, answers.labelDays}));
    for (const HeadAnswers &head : answers.heads) {
        blobs.push_back(listBlob(blobName(head, "predicted"), head.predicted));
        if (head.kind != AnswerKind::Rank) {
            const bool chance = head.kind == AnswerKind::Chance;
            std::vector<std::int64_t> actual;
            for (const double value : head.actual) {
                actual.push_back(chance ? static_cast<std::int64_t>(value) : moneyFromUnits(value));
            }
            blobs.push_back(listBlob(blobName(head, "actual"), actual));
        }
    }
    return blobs;
}

Result<JudgedAnswers> readAnswers(const Project &project, std::int64_t run)
{
    const auto blobs = readRunAnswers(project, run);
    if (!blobs) {
        return blobs.error();
    }
    if (blobs->empty()) {
        return fail(ErrorCode::NotTrained, "answers", std::to_string(run));
    }
    JudgedAnswers answers;
    std::vector<std::int64_t> window;
    const bool whole = readList(*blobs, kUsers, answers.user) &&
                       readList(*blobs, kWindow, window) && window.size() == 2 &&
                       std::in_range<Day>(window[0]) && window[1] > 0 &&
                       std::in_range<int>(window[1]) &&
                       std::ranges::is_sorted(answers.user, std::less_equal<>());
    if (!whole) {
        return damaged(run);
    }
    answers.cut = static_cast<Day>(window[0]);
    answers.labelDays = static_cast<int>(window[1]);
    for (const WeightBlob &blob : *blobs) {
        if (auto head = headNamed(blob.name)) {
            if (!readHead(*blobs, *head) || !sound(*head, answers.user.size())) {
                return damaged(run);
            }
            answers.heads.push_back(std::move(*head));
        }
    }
    return answers;
}

} // namespace perennial
