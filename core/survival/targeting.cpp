#include "core/survival/targeting.h"

#include "core/numeric/radix_order.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

Status checkInput(std::span<const double> scores, std::span<const std::int8_t> happened)
{
    if (happened.size() != scores.size()) {
        return fail(ErrorCode::InvalidArgument, std::to_string(happened.size()), "lengths");
    }
    if (std::ranges::any_of(scores, [](double s) { return std::isnan(s); })) {
        return fail(ErrorCode::InvalidArgument, {}, "scores");
    }
    const bool toAny = std::ranges::any_of(happened, [](std::int8_t h) { return h != 0; });
    return toAny ? Status(Done{}) : Status(fail(ErrorCode::TooLittleData, "happened"));
}

/// Calls visit(row) from the highest score down, and close(score) behind the last of equal ones.
template <class Visit, class Close>
void eachFromTop(std::span<const double> scores, Visit visit, Close close)
{
    const std::vector<std::uint32_t> rising = radixOrder(scores);
    for (std::size_t k = rising.size(); k > 0; --k) {
        visit(rising[k - 1]);
        const double score = scores[rising[k - 1]];
        if (k == 1 || scores[rising[k - 2]] != score) {
            close(score);
        }
    }
}

double ratio(std::int64_t part, std::int64_t whole)
{
    return static_cast<double>(part) / static_cast<double>(whole);
}

} // namespace

Result<PrecisionRecall> precisionRecall(std::span<const double> scores,
                                        std::span<const std::int8_t> happened)
{
    if (const Status sound = checkInput(scores, happened); !sound) {
        return sound.error();
    }
    PrecisionRecall curve;
    curve.users = static_cast<std::int64_t>(scores.size());
    curve.happened = std::ranges::count_if(happened, [](std::int8_t h) { return h != 0; });
    TargetingPoint point;
    double recallBefore = 0.0;
    eachFromTop(
        scores,
        [&](std::uint32_t row) {
            ++point.targeted;
            point.hit += happened[row] != 0 ? 1 : 0;
        },
        [&](double score) {
            point.score = score;
            point.precision = ratio(point.hit, point.targeted);
            point.recall = ratio(point.hit, curve.happened);
            curve.averagePrecision += (point.recall - recallBefore) * point.precision;
            recallBefore = point.recall;
            curve.points.push_back(point);
        });
    return curve;
}

Result<std::vector<GainRow>> gainTable(std::span<const double> scores,
                                       std::span<const std::int8_t> happened,
                                       std::span<const double> value, int parts)
{
    if (const Status sound = checkInput(scores, happened); !sound) {
        return sound.error();
    }
    const bool badValue = !value.empty() && value.size() != scores.size();
    if (badValue || !std::ranges::all_of(value, [](double v) { return v >= 0 && v < 1e300; })) {
        return fail(ErrorCode::InvalidArgument, {}, "value");
    }
    if (parts < 1) {
        return fail(ErrorCode::InvalidArgument, std::to_string(parts), "parts");
    }
    const auto users = static_cast<std::int64_t>(scores.size());
    const std::int64_t all =
        std::ranges::count_if(happened, [](std::int8_t h) { return h != 0; });
    double allValue = 0.0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        allValue += happened[i] != 0 ? value[i] : 0.0;
    }
    std::vector<GainRow> rows;
    GainRow row;
    double saved = 0.0;
    double wanted = static_cast<double>(users) / parts; // users of the next row at least
    eachFromTop(
        scores,
        [&](std::uint32_t i) {
            ++row.targeted;
            row.hit += happened[i] != 0 ? 1 : 0;
            saved += happened[i] != 0 && !value.empty() ? value[i] : 0.0;
        },
        [&](double score) {
            const auto targeted = static_cast<double>(row.targeted);
            if (targeted < wanted * (1.0 - 1e-12) && row.targeted < users) {
                return;
            }
            row.score = score;
            row.share = ratio(row.targeted, users);
            row.gain = ratio(row.hit, all);
            row.lift = row.gain / row.share;
            if (!value.empty()) {
                row.value = saved;
                row.valueShare = allValue > 0.0 ? std::optional(saved / allValue) : std::nullopt;
            }
            rows.push_back(row);
            const double part = static_cast<double>(users) / parts;
            wanted = (std::floor(targeted / part * (1.0 + 1e-12)) + 1.0) * part;
        });
    return rows;
}

} // namespace perennial
