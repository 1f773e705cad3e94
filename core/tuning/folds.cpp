#include "core/tuning/folds.h"

#include "core/behavior/fold.h"
#include "core/project/event_store.h"
#include "core/project/settings.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace perennial {

namespace {

constexpr int kFewestFolds = 2, kMostFolds = 50;
constexpr int kWindowsBefore = 3; ///< of the first one over time

/// When each fold is trained, and what it is judged by.
struct FoldPlan {
    int horizonDays = 0;
    std::vector<BehaviorConfig> configs;
    std::vector<HoldOut> holdOuts;
};

Status checkOptions(const BehaviorConfig &config, const FoldOptions &options)
{
    if (options.folds < kFewestFolds || options.folds > kMostFolds) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.folds), "folds");
    }
    return config.warmRun == 0
               ? Status(Done{})
               : fail(ErrorCode::InvalidArgument, std::to_string(config.warmRun), "warm_run");
}

FoldPlan plannedOverUsers(BehaviorConfig config, const FoldOptions &options)
{
    FoldPlan plan;
    plan.horizonDays = config.horizonDays;
    config.refitEpochs = 0; // who is held out is asked at the cut, which a refit goes past
    for (int fold = 0; fold < options.folds; ++fold) {
        plan.configs.push_back(config);
        plan.holdOuts.push_back({options.folds, fold, options.seed, {}});
    }
    return plan;
}

Result<FoldPlan> plannedOverTime(const Project &project, BehaviorConfig config,
                                 const FoldOptions &options)
{
    const auto counts = readCounts(project);
    if (!counts) {
        return counts.error();
    }
    if (!counts->firstDay) {
        return fail(ErrorCode::NoEvents, {}, project.path().string());
    }
    const Day last = *config.until;
    const std::int64_t days = std::int64_t{last} - *counts->firstDay + 1;
    const std::int64_t window =
        std::min<std::int64_t>(config.horizonDays, days / (options.folds + kWindowsBefore));
    if (window < 1) {
        return fail(ErrorCode::TooLittleData, std::to_string(std::max<std::int64_t>(days, 0)),
                    "days of history");
    }
    FoldPlan plan;
    plan.horizonDays = static_cast<int>(window);
    config.horizonDays = plan.horizonDays;
    for (int fold = 0; fold < options.folds; ++fold) {
        const Day judged = last - plan.horizonDays * (options.folds - 1 - fold);
        config.until = judged - plan.horizonDays;
        plan.configs.push_back(config);
        plan.holdOuts.push_back({0, 0, options.seed, judged});
    }
    return plan;
}

Result<FoldPlan> planned(const Project &project, BehaviorConfig config, const FoldOptions &options)
{
    const auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    config.horizonDays = config.horizonDays > 0 ? config.horizonDays : settings->horizonDays;
    if (options.over == FoldsOver::Users) {
        return plannedOverUsers(config, options);
    }
    if (!config.until) {
        const auto snapshot = snapshotDay(project, *settings);
        if (!snapshot) {
            return snapshot.error();
        }
        config.until = *snapshot;
    }
    return plannedOverTime(project, config, options);
}

/// Only this fold has too little, or all of them have the same fault.
bool isOfOneFold(const Error &error)
{
    return error.code == ErrorCode::TooLittleData || error.code == ErrorCode::NoPurchases ||
           error.code == ErrorCode::NoEvents || error.code == ErrorCode::NotFinite;
}

Status judge(FoldRow &row, const FoldOutcome &outcome, const Task &task)
{
    const auto quality = runQuality(answersOf(outcome.judged), {.replicates = 0}, task);
    if (!quality) {
        return quality.error();
    }
    row.cut = outcome.judged.split.cut;
    row.labelDays = outcome.judged.split.labelDays;
    row.users = std::ssize(outcome.judged.rows);
    row.bestEpoch = outcome.report.bestEpoch;
    row.seconds = outcome.report.seconds;
    row.heads = quality->heads;
    return Done{};
}

FoldFigure overFolds(std::string name, const std::vector<double> &values)
{
    FoldFigure figure{std::move(name), static_cast<int>(values.size()), 0, {}, 0, 0};
    if (values.empty()) {
        return figure;
    }
    const double n = static_cast<double>(values.size());
    for (const double value : values) {
        figure.mean += value / n;
    }
    double squares = 0;
    for (const double value : values) {
        squares += (value - figure.mean) * (value - figure.mean);
    }
    if (values.size() > 1) {
        figure.spread = std::sqrt(squares / (n - 1));
    }
    figure.lowest = *std::ranges::min_element(values);
    figure.highest = *std::ranges::max_element(values);
    return figure;
}

std::vector<FoldHead> summarized(const std::vector<FoldRow> &rows)
{
    std::vector<FoldHead> heads;
    for (const FoldRow &row : rows) {
        for (const HeadQuality &head : row.heads) {
            if (std::ranges::find(heads, head.head, &FoldHead::head) == heads.end()) {
                heads.push_back({head.head, head.kind, {}});
            }
        }
    }
    for (FoldHead &head : heads) {
        for (const std::string_view name : figureNames(head.kind)) {
            std::vector<double> values;
            for (const FoldRow &row : rows) {
                const auto found = std::ranges::find(row.heads, head.head, &HeadQuality::head);
                if (found != row.heads.end() && found->figure(name)->value) {
                    values.push_back(*found->figure(name)->value);
                }
            }
            head.figures.push_back(overFolds(std::string(name), values));
        }
    }
    return heads;
}

} // namespace

std::string_view foldsOverName(FoldsOver over) noexcept
{
    return over == FoldsOver::Users ? "users" : "time";
}

Result<FoldOptions> foldsFromText(std::string_view text)
{
    FoldOptions options;
    const auto colon = text.find(':');
    const std::string_view over = text.substr(0, colon);
    const std::string_view count =
        colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    const auto read = std::from_chars(count.data(), count.data() + count.size(), options.folds);
    const bool whole = read.ec == std::errc() && read.ptr == count.data() + count.size();
    options.over = over == foldsOverName(FoldsOver::Time) ? FoldsOver::Time : FoldsOver::Users;
    if (!whole || over != foldsOverName(options.over) || options.folds < kFewestFolds ||
        options.folds > kMostFolds) {
        return fail(ErrorCode::InvalidArgument, std::string(text), "folds");
    }
    return options;
}

Result<FoldsResult> crossValidate(Project &project, const BehaviorConfig &config,
                                  const FoldOptions &options,
                                  const std::function<void(const FoldRow &)> &onFold,
                                  const Task &task)
{
    if (const Status sound = checkOptions(config, options); !sound) {
        return sound.error();
    }
    const auto plan = planned(project, config, options);
    if (!plan) {
        return plan.error();
    }
    FoldsResult result;
    result.options = options;
    result.horizonDays = plan->horizonDays;
    bool any = false;
    for (std::size_t k = 0; k < plan->configs.size(); ++k) {
        const double count = static_cast<double>(plan->configs.size());
        const Task part = task.part(static_cast<double>(k) / count,
                                    static_cast<double>(k + 1) / count);
        FoldRow row;
        row.fold = static_cast<int>(k) + 1;
        const auto outcome = trainFold(project, plan->configs[k], plan->holdOuts[k], {}, part);
        if (!outcome && !isOfOneFold(outcome.error())) {
            return outcome.error();
        }
        if (!outcome) {
            row.error = outcome.error();
        } else if (const Status judged = judge(row, *outcome, task.part(1.0, 1.0)); !judged) {
            return judged.error();
        }
        any = any || outcome.ok();
        if (onFold) {
            onFold(row);
        }
        result.rows.push_back(std::move(row));
    }
    if (!any) {
        return *result.rows.front().error;
    }
    result.heads = summarized(result.rows);
    return result;
}

} // namespace perennial
