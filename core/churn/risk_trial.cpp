#include "core/churn/risk_trial.h"

#include "core/behavior/answers.h"
#include "core/churn/risk_judge.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr const char *kBehaviorMethod = "behavior";

/// Places of the users who are judged.
std::vector<std::size_t> placesWithin(const std::vector<std::int64_t> &users, const UserIds &within)
{
    std::vector<std::size_t> places;
    for (std::size_t k = 0; k < users.size(); ++k) {
        if (!within || std::ranges::binary_search(*within, users[k])) {
            places.push_back(k);
        }
    }
    return places;
}

/// Days from the cut to each customer's next order, 0 where none came in the window.
std::vector<int> daysToOrder(const OrderHistory &history, const std::vector<std::int64_t> &users,
                             Day cut, int windowDays)
{
    std::vector<int> days;
    days.reserve(users.size());
    std::size_t u = 0;
    for (const std::int64_t user : users) {
        while (history.user[u] < user) {
            ++u; // every customer is in the history
        }
        int next = 0;
        for (std::size_t i = history.offsets[u]; i < history.offsets[u + 1] && next == 0; ++i) {
            const std::int64_t since = std::int64_t{history.day[i]} - cut;
            next = history.ordered[i] != 0 && since > 0 && since <= windowDays
                       ? static_cast<int>(since)
                       : 0;
        }
        days.push_back(next);
    }
    return days;
}

template <class T>
std::vector<double> pick(const std::vector<T> &values, const std::vector<std::size_t> &places)
{
    std::vector<double> picked;
    picked.reserve(places.size());
    for (const std::size_t k : places) {
        picked.push_back(static_cast<double>(values[k]));
    }
    return picked;
}

Result<JudgedUsers> judgedUsers(const OrderHistory &history, const ChurnRisk &risk,
                                const std::vector<std::size_t> &places)
{
    if (places.empty()) {
        return fail(ErrorCode::TooLittleData, "0", "segment");
    }
    JudgedUsers judged;
    const std::vector<int> days = daysToOrder(history, risk.user, risk.at, risk.horizonDays);
    for (const std::size_t k : places) {
        judged.user.push_back(risk.user[k]);
        judged.churned.push_back(days[k] == 0 ? 1.0 : 0.0);
        judged.days.push_back(days[k] == 0 ? risk.horizonDays + 1.0 : days[k]);
    }
    judged.windowDays = risk.horizonDays;
    return judged;
}

Result<Day> cutOf(const TrialOptions &trial, Day lastDay, int horizonDays)
{
    if (horizonDays <= 0) {
        return fail(ErrorCode::HorizonNotPositive, std::to_string(horizonDays), "horizon");
    }
    const Day cut = trial.cut.value_or(daysAfter(lastDay, -std::int64_t{horizonDays}));
    const std::int64_t end = std::int64_t{cut} + horizonDays;
    if (end > lastDay) {
        return fail(ErrorCode::WindowPastData, formatDate(daysAfter(cut, horizonDays)), "cut");
    }
    return cut;
}

std::shared_ptr<const RiskTrial> trialOf(Day cut, int windowDays, const JudgedUsers &users,
                                         std::vector<TrialMethod> methods)
{
    auto trial = std::make_shared<RiskTrial>();
    trial->cut = cut;
    trial->windowDays = windowDays;
    trial->users = std::ssize(users.user);
    trial->churned = users.leavers();
    trial->methods = std::move(methods);
    return trial;
}

} // namespace

Result<std::shared_ptr<const ChurnRisk>> riskAtCut(const OrderHistory &history, Day lastDay,
                                                   const ValueOptions &options,
                                                   const TrialOptions &trial, const Task &task)
{
    if (const Status sound = checkTrial(trial); !sound) {
        return sound.error();
    }
    const auto cut = cutOf(trial, lastDay, options.horizonDays);
    if (!cut) {
        return cut.error();
    }
    ValueOptions atCut = options;
    atCut.until = *cut;
    return churnRiskAt(history, atCut, trial.seed, task);
}

Result<std::shared_ptr<const RiskTrial>> judgeTrial(const OrderHistory &history,
                                                    const ChurnRisk &atCut,
                                                    const TrialOptions &trial, const Task &task)
{
    if (const Status sound = checkTrial(trial); !sound) {
        return sound.error();
    }
    const std::vector<std::size_t> places = placesWithin(atCut.user, trial.within);
    const auto users = judgedUsers(history, atCut, places);
    if (!users) {
        return users.error();
    }
    std::vector<JudgedMethod> methods;
    for (const RiskMethod &method : atCut.methods) {
        methods.push_back({method.name, method.isProbability,
                           method.problem ? std::vector<double>() : pick(method.risk, places),
                           method.problem});
    }
    auto judged = judgeRisks(*users, methods, trial, task);
    if (!judged) {
        return judged.error();
    }
    return trialOf(atCut.at, atCut.horizonDays, *users, *std::move(judged));
}

Result<std::shared_ptr<const RiskTrial>> riskTrial(const OrderHistory &history, Day lastDay,
                                                   const ValueOptions &options,
                                                   const TrialOptions &trial, const Task &task)
{
    const auto risk = riskAtCut(history, lastDay, options, trial, task.part(0.0, 0.6));
    if (!risk) {
        return risk.error();
    }
    return judgeTrial(history, **risk, trial, task.part(0.6, 1.0));
}

Result<std::shared_ptr<const RiskTrial>> behaviorTrial(const Project &project,
                                                       const TrialOptions &trial, const Task &task)
{
    if (const Status sound = checkTrial(trial); !sound) {
        return sound.error();
    }
    const std::shared_ptr<const RiskTrial> none;
    const auto run = readChampion(project, std::string(kBehaviorModel));
    if (!run) {
        return run.error().code == ErrorCode::NotTrained ? Result(none) : run.error();
    }
    const auto answers = readAnswers(project, run->id);
    if (!answers) {
        return answers.error().code == ErrorCode::NotTrained ? Result(none) : answers.error();
    }
    const auto head = std::ranges::find(answers->heads, "churn", &HeadAnswers::head);
    if (head == answers->heads.end() || head->kind != AnswerKind::Chance) {
        return none;
    }
    std::vector<std::size_t> places = placesWithin(answers->user, trial.within);
    std::erase_if(places, [&](std::size_t k) { return head->predicted[k] < 0; });
    if (places.empty()) {
        return none;
    }
    JudgedUsers users;
    for (const std::size_t k : places) {
        users.user.push_back(answers->user[k]);
        users.churned.push_back(head->actual[k]);
    }
    auto judged = judgeRisks(
        users, {{kBehaviorMethod, true, pick(head->predicted, places), std::nullopt}}, trial, task);
    if (!judged) {
        return judged.error();
    }
    return trialOf(answers->cut, answers->labelDays, users, *std::move(judged));
}

} // namespace perennial
