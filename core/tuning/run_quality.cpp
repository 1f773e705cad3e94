#include "core/tuning/run_quality.h"

#include "core/base/words.h"

#include <algorithm>
#include <numeric>

namespace perennial {

namespace {

Status checkOptions(const QualityOptions &options)
{
    if (options.replicates < 0) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.replicates), "replicates");
    }
    if (!(options.level > 0 && options.level < 1)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.level), "level");
    }
    return Done{};
}

/// A resample's bins hold less of what differs, so that its ECE is too large by about as much as the
/// ECE is already: that much is taken off again (Efron & Tibshirani 1993, §10, the bootstrap's bias).
std::optional<Interval> shiftedInterval(const std::vector<std::optional<double>> &replicates,
                                        std::optional<double> value, double level)
{
    auto interval = percentileInterval(replicates, level);
    if (!interval || !value) {
        return interval;
    }
    double sum = 0, count = 0;
    for (const auto &drawn : replicates) {
        sum += drawn.value_or(0);
        count += drawn ? 1.0 : 0.0;
    }
    const double bias = sum / count - *value;
    return Interval{std::max(std::min(interval->lower - bias, *value), 0.0),
                    std::max(interval->upper - bias, *value)};
}

Result<HeadQuality> judged(const HeadAnswers &head, const HeadJudge &judge,
                           const QualityOptions &options, const Task &task)
{
    HeadQuality quality;
    quality.head = head.head;
    quality.kind = head.kind;
    quality.users = std::ssize(judge.users());
    quality.positives = judge.positives();
    const auto names = figureNames(head.kind);
    const auto values = judge.figures();
    std::vector<std::vector<std::optional<double>>> replicates(names.size());
    for (int b = 1; b <= options.replicates; ++b) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const auto drawn = judge.figures(userWeights(judge.users(), options.seed, b));
        for (std::size_t f = 0; f < names.size(); ++f) {
            replicates[f].push_back(drawn[f]);
        }
        task.progress(static_cast<double>(b) / options.replicates, "judging");
    }
    for (std::size_t f = 0; f < names.size(); ++f) {
        quality.figures.push_back({std::string(names[f]), values[f],
                                   names[f] == "ece"
                                       ? shiftedInterval(replicates[f], values[f], options.level)
                                       : percentileInterval(replicates[f], options.level)});
    }
    return quality;
}

} // namespace

const MeasuredFigure *HeadQuality::figure(std::string_view name) const noexcept
{
    const auto found = std::ranges::find(figures, name, &MeasuredFigure::name);
    return found == figures.end() ? nullptr : &*found;
}

Result<RunQuality> runQuality(const JudgedAnswers &answers, const QualityOptions &options,
                              const Task &task)
{
    if (const Status sound = checkOptions(options); !sound) {
        return sound.error();
    }
    std::vector<std::uint32_t> everybody(answers.user.size());
    std::iota(everybody.begin(), everybody.end(), 0U);
    RunQuality quality{answers.cut, answers.labelDays, std::ssize(answers.user), options, {}};
    const double count = static_cast<double>(answers.heads.size());
    for (std::size_t h = 0; h < answers.heads.size(); ++h) {
        const HeadAnswers &head = answers.heads[h];
        const HeadJudge judge(answers, head, everybody);
        auto made = judged(head, judge, options,
                           task.part(static_cast<double>(h) / count,
                                     static_cast<double>(h + 1) / count));
        if (!made) {
            return made.error();
        }
        made->reliability = judge.reliability(options.level);
        made->errorByChance = judge.errorByChance(options.replicates, options.level, options.seed);
        made->deciles = judge.deciles();
        quality.heads.push_back(std::move(*made));
    }
    return quality;
}

Result<std::vector<GroupQuality>> groupQuality(const JudgedAnswers &answers, const UserGroups &groups,
                                               const QualityOptions &options, const Task &task)
{
    if (const Status sound = checkOptions(options); !sound) {
        return sound.error();
    }
    std::vector<std::vector<std::uint32_t>> members(groups.names.size());
    for (std::uint32_t k = 0; k < groups.of.size(); ++k) {
        members[groups.of[k]].push_back(k);
    }
    std::vector<GroupQuality> result;
    const double count = static_cast<double>(groups.names.size());
    for (std::size_t g = 0; g < members.size(); ++g) {
        if (members[g].empty()) {
            continue;
        }
        const Task part = task.part(static_cast<double>(g) / count,
                                    static_cast<double>(g + 1) / count);
        GroupQuality group{groups.names[g], std::ssize(members[g]), false, {}};
        group.isSmall = group.users < options.smallBelow;
        for (const HeadAnswers &head : answers.heads) {
            const HeadJudge judge(answers, head, members[g]);
            if (judge.users().empty()) {
                continue;
            }
            auto made = judged(head, judge, options, part);
            if (!made) {
                return made.error();
            }
            group.heads.push_back(std::move(*made));
        }
        result.push_back(std::move(group));
    }
    return result;
}

} // namespace perennial
