#include "app/verbs/survival_input.h"

#include "core/lifecycle/lifecycle.h"
#include "core/lifecycle/user_labels.h"
#include "core/survival/churn_times.h"

namespace perennial {

namespace {

/// What users of a project can be told apart by.
class UserWords {
public:
    UserWords(const Project &project, const LifecycleRows &rows, const LifecycleOptions &options,
              const ChurnTimes &times)
        : m_project(project), m_rows(rows), m_options(options), m_times(times)
    {
    }

    /// @param option named in what is wrong. @error InvalidArgument, and those of the project.
    Result<std::vector<std::string>> of(const std::string &name, const char *option) const
    {
        if (name == "stage") {
            return stages();
        }
        if (name == "cohort") {
            std::vector<std::string> months;
            for (const Day day : m_times.firstDay) {
                months.push_back(formatDate(day).substr(0, 7));
            }
            return months;
        }
        const auto labels = readUserLabels(m_project, name, m_rows.at);
        if (!labels) {
            Error error = labels.error();
            error.where = error.code == ErrorCode::InvalidArgument ? option : error.where;
            return error;
        }
        return labelsOf(*labels, m_times.user);
    }

private:
    Result<std::vector<std::string>> stages() const
    {
        const auto ladder =
            computeLifecycle(m_rows.days, m_rows.users, m_rows.at, m_options, Task());
        if (!ladder) {
            return ladder.error();
        }
        UserLabels labels;
        for (const LifecycleUser &user : (*ladder)->users) {
            labels.user.push_back(user.user);
            labels.value.emplace_back(stageName(user.stage));
        }
        return labelsOf(labels, m_times.user);
    }

    const Project &m_project;
    const LifecycleRows &m_rows;
    const LifecycleOptions &m_options;
    const ChurnTimes &m_times;
};

Status addWords(SurvivalSample &sample, const UserWords &words, const SurvivalRequest &request)
{
    if (!request.by.empty()) {
        auto group = words.of(request.by, "--by");
        if (!group) {
            return group.error();
        }
        sample.group = *std::move(group);
    }
    for (const std::string &name : request.cox) {
        const auto texts = words.of(name, "--cox");
        if (!texts) {
            return texts.error();
        }
        sample.covariates.push_back(covariateOf(name, *texts, {}));
    }
    std::vector<std::vector<std::string>> strata;
    for (const std::string &name : request.strata) {
        auto texts = words.of(name, "--strata");
        if (!texts) {
            return texts.error();
        }
        strata.push_back(*std::move(texts));
    }
    sample.stratum = joinedLabels(strata);
    return Done{};
}

} // namespace

Result<SurvivalInput> readSurvivalProject(const Project &project, const SurvivalRequest &request,
                                          const Task &task)
{
    const auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    LifecycleOptions options = lifecycleOptionsFrom(*settings);
    options.at = request.at ? request.at : options.at;
    const auto rows = readLifecycleRows(project, options.at, task);
    if (!rows) {
        return rows.error();
    }
    const ChurnDays churnedAfter = churnDaysOf(rows->days, rows->at, options);
    ChurnTimes times = churnTimes(rows->days, rows->at, churnedAfter.days);
    if (times.user.empty()) {
        return fail(ErrorCode::NoEvents, formatDate(rows->at));
    }
    SurvivalInput input;
    input.read = static_cast<std::int64_t>(times.user.size());
    input.churn = ChurnSource{rows->at, churnedAfter, options.horizonDays, times.returned};
    const UserWords words(project, *rows, options, times);
    if (const Status added = addWords(input.sample, words, request); !added) {
        return added.error();
    }
    input.sample.durations = std::move(times.durations);
    input.sample.observed = std::move(times.observed);
    return input;
}

} // namespace perennial
