#include "core/tuning/run_comparison.h"

#include "core/project/run_store.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

using nlohmann::ordered_json;

std::string windowText(const JudgedAnswers &answers)
{
    return formatDate(answers.cut) + "+" + std::to_string(answers.labelDays);
}

std::vector<DifferingSetting> differingSettings(const std::string &a, const std::string &b)
{
    const ordered_json left = ordered_json::parse(a, nullptr, false);
    const ordered_json right = ordered_json::parse(b, nullptr, false);
    std::vector<DifferingSetting> differing;
    if (!left.is_object() || !right.is_object()) {
        return differing;
    }
    const auto valueOf = [](const ordered_json &object, const std::string &key) {
        const auto found = object.find(key);
        return found == object.end() ? ordered_json() : *found;
    };
    const auto add = [&](const std::string &key) {
        const ordered_json x = valueOf(left, key);
        const ordered_json y = valueOf(right, key);
        if (x != y) {
            const auto text = [](const ordered_json &value) {
                return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
            };
            differing.push_back({key, text(x), text(y)});
        }
    };
    for (const auto &[key, value] : left.items()) {
        add(key);
    }
    for (const auto &[key, value] : right.items()) {
        if (!left.contains(key)) {
            add(key);
        }
    }
    return differing;
}

/// Places of the users that both heads judged, with the same outcome, in each run's answers.
struct SharedUsers {
    std::vector<std::uint32_t> inA, inB;
};
SharedUsers sharedUsers(const JudgedAnswers &a, const HeadAnswers &headA, const JudgedAnswers &b,
                        const HeadAnswers &headB)
{
    SharedUsers shared;
    for (std::size_t i = 0, j = 0; i < a.user.size() && j < b.user.size();) {
        if (a.user[i] != b.user[j]) {
            a.user[i] < b.user[j] ? ++i : ++j;
            continue;
        }
        const bool judged = headA.predicted[i] >= 0 && headB.predicted[j] >= 0;
        if (judged && (headA.kind == AnswerKind::Rank || headA.actual[i] == headB.actual[j])) {
            shared.inA.push_back(static_cast<std::uint32_t>(i));
            shared.inB.push_back(static_cast<std::uint32_t>(j));
        }
        ++i;
        ++j;
    }
    return shared;
}

void setVerdict(FigurePair &pair, const std::vector<std::optional<double>> &distances, double level)
{
    const auto interval = percentileInterval(distances, level); // of b's distance − a's
    if (!interval) {
        return;
    }
    pair.isNoise = interval->contains(0.0);
    pair.isBetter = interval->upper < 0;
    pair.isWorse = interval->lower > 0;
}

Result<HeadPair> pairOf(const HeadAnswers &head, const HeadJudge &a, const HeadJudge &b,
                        const QualityOptions &options, const Task &task)
{
    HeadPair pair{head.head, head.kind, std::ssize(a.users()), {}};
    const auto names = figureNames(head.kind);
    std::vector<std::vector<std::optional<double>>> differences(names.size()), distances(names.size());
    for (int k = 0; k <= options.replicates; ++k) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const auto weigh = [&](const HeadJudge &judge) {
            return k == 0 ? judge.figures()
                          : judge.figures(userWeights(judge.users(), options.seed, k));
        };
        const auto x = weigh(a);
        const auto y = weigh(b);
        for (std::size_t f = 0; f < names.size(); ++f) {
            const bool both = x[f] && y[f];
            if (k == 0) {
                pair.figures.push_back({std::string(names[f]), x[f], y[f],
                                        both ? std::optional(*y[f] - *x[f]) : std::nullopt,
                                        {}, false, false, false});
                continue;
            }
            differences[f].push_back(both ? std::optional(*y[f] - *x[f]) : std::nullopt);
            distances[f].push_back(both ? std::optional(distanceFromBest(names[f], *y[f]) -
                                                        distanceFromBest(names[f], *x[f]))
                                        : std::nullopt);
        }
        task.progress(options.replicates > 0 ? static_cast<double>(k) / options.replicates : 1.0,
                      "comparing");
    }
    for (std::size_t f = 0; f < names.size(); ++f) {
        pair.figures[f].interval = percentileInterval(differences[f], options.level);
        setVerdict(pair.figures[f], distances[f], options.level);
    }
    return pair;
}

const HeadAnswers *findHead(const JudgedAnswers &answers, const HeadAnswers &like)
{
    const auto found = std::ranges::find_if(answers.heads, [&](const HeadAnswers &head) {
        return head.head == like.head && head.kind == like.kind;
    });
    return found == answers.heads.end() ? nullptr : &*found;
}

Status pairHeads(RunComparison &comparison, const JudgedAnswers &a, const JudgedAnswers &b,
                 const Task &task)
{
    const double count = static_cast<double>(std::max<std::size_t>(a.heads.size(), 1));
    for (std::size_t h = 0; h < a.heads.size(); ++h) {
        const HeadAnswers *other = findHead(b, a.heads[h]);
        if (other == nullptr) {
            comparison.onlyA.push_back(a.heads[h].head);
            continue;
        }
        const SharedUsers shared = sharedUsers(a, a.heads[h], b, *other);
        if (shared.inA.empty()) {
            continue;
        }
        auto pair = pairOf(a.heads[h], HeadJudge(a, a.heads[h], shared.inA),
                           HeadJudge(b, *other, shared.inB), comparison.options,
                           task.part(static_cast<double>(h) / count,
                                     static_cast<double>(h + 1) / count));
        if (!pair) {
            return pair.error();
        }
        comparison.heads.push_back(std::move(*pair));
    }
    for (const HeadAnswers &head : b.heads) {
        if (findHead(a, head) == nullptr) {
            comparison.onlyB.push_back(head.head);
        }
    }
    return Done{};
}

} // namespace

Result<RunComparison> compareRuns(const Project &project, std::int64_t a, std::int64_t b,
                                  const QualityOptions &options, const Task &task)
{
    const auto runA = readRun(project, a);
    const auto runB = runA ? readRun(project, b) : runA;
    if (!runB) {
        return runB.error();
    }
    const auto answersA = readAnswers(project, a);
    const auto answersB = answersA ? readAnswers(project, b) : answersA;
    if (!answersB) {
        return answersB.error();
    }
    if (answersA->cut != answersB->cut || answersA->labelDays != answersB->labelDays) {
        return fail(ErrorCode::InvalidArgument,
                    windowText(*answersA) + "/" + windowText(*answersB), "cut");
    }
    if (options.replicates < 0 || !(options.level > 0 && options.level < 1)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.replicates), "replicates");
    }
    RunComparison comparison;
    comparison.a = a;
    comparison.b = b;
    comparison.cut = answersA->cut;
    comparison.labelDays = answersA->labelDays;
    comparison.sameData = runA->dataHash == runB->dataHash;
    comparison.options = options;
    comparison.settings = differingSettings(runA->config, runB->config);
    if (const Status paired = pairHeads(comparison, *answersA, *answersB, task); !paired) {
        return paired.error();
    }
    return comparison.heads.empty()
               ? Result<RunComparison>(fail(ErrorCode::InvalidArgument, "0", "users"))
               : Result<RunComparison>(std::move(comparison));
}

} // namespace perennial
