#include "app/verbs/arguments.h"
#include "app/verbs/open_project.h"
#include "app/verbs/survival_output.h"
#include "app/verbs/verbs.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SurvivalVerb", text);
}

/// "a,b,c": a column whose header has a comma is named by its number.
Result<std::vector<std::string>> listArgument(const std::string &text, const char *option)
{
    std::vector<std::string> names;
    for (std::size_t from = 0; from < text.size() + 1 && !text.empty();) {
        const std::size_t to = std::min(text.find(',', from), text.size());
        names.push_back(text.substr(from, to - from));
        if (names.back().empty()) {
            return fail(ErrorCode::InvalidArgument, text, option);
        }
        from = to + 1;
    }
    return names;
}

/// Core's names of what was wrong, as the options they came from.
Error asOption(Error error)
{
    if (error.code == ErrorCode::InvalidArgument) {
        error.where = error.where == "by"           ? "--by"
                      : error.where == "covariates" ? "--cox"
                                                    : error.where;
    }
    return error;
}

class SurvivalVerb final : public Verb {
public:
    std::string name() const override { return "survival"; }
    QString summary() const override
    {
        return tr("How long users stay: survival curves, differences of groups, hazard ratios");
    }
    QString jsonHelp() const override { return survivalJsonHelp(); }
    void setUp(CLI::App &command) override
    {
        auto *const project = command.add_option(
            "PROJECT", m_path, "project file: days from the first activity to churn");
        auto *const table = command.add_option("--table", m_request.table,
                                               "a delimited file instead, with a row each");
        table->excludes(project);
        command.add_option("--duration", m_request.duration, "its column of durations, >= 0")
            ->needs(table);
        command.add_option("--event", m_request.event,
                           "its column that says whether it ended: 0/1, yes/no, true/false")
            ->needs(table);
        command.add_option("--by", m_request.by,
                           "a curve for each value of a column; of a project: channel or another "
                           "attribute, stage, cohort (month of the first activity)");
        command.add_option("--cox", m_cox, "columns of a Cox model: a,b,c");
        command.add_option("--strata", m_strata,
                           "columns within which Cox model and log-rank test compare");
        command.add_option("--ties", m_ties, "of the Cox model")
            ->check(CLI::IsMember({"efron", "breslow"}));
        command.add_option("--transform", m_transform,
                           "of time, in the check of proportional hazards")
            ->check(CLI::IsMember({"km", "rank", "log", "identity"}));
        command.add_option("--at", m_at, "snapshot day of the project, YYYY-MM-DD")
            ->excludes(table);
        command.add_option("--encoding", m_request.encoding, "of the table; else told by its bytes")
            ->needs(table);
        command.add_option("--decimal", m_decimal,
                           "decimal mark of the table; else what alone reads the numbers")
            ->needs(table);
    }

    Result<VerbOutput> run(const Task &task) override
    {
        SurvivalReport report;
        const auto request = readRequest();
        if (!request) {
            return request.error();
        }
        report.request = *request;
        auto input = readInput(*request, task.part(0.0, 0.5));
        if (!input) {
            return input.error();
        }
        SurvivalStudyOptions options;
        options.ties = coxTiesFromName(m_ties).value_or(options.ties);
        options.transform = timeTransformFromName(m_transform).value_or(options.transform);
        auto study =
            studySurvival(std::move(input->sample), options, task.part(0.5, 1.0));
        if (!study) {
            return asOption(study.error());
        }
        report.input = *std::move(input);
        report.study = *std::move(study);
        VerbOutput output;
        output.json = survivalJson(report);
        output.text = survivalText(report);
        const auto &cox = report.study.cox;
        output.exitCode = cox && cox->fit.status == SurvivalFitStatus::DidNotConverge ? 1 : 0;
        return output;
    }

private:
    Result<SurvivalRequest> readRequest() const
    {
        SurvivalRequest request = m_request;
        if (request.table.empty() && m_path.empty()) {
            return fail(ErrorCode::InvalidArgument, "PROJECT | --table FILE", "PROJECT");
        }
        if (!request.table.empty() && (request.duration.empty() || request.event.empty())) {
            const char *const lacking = request.duration.empty() ? "--duration" : "--event";
            return fail(ErrorCode::InvalidArgument, lacking, lacking);
        }
        if (m_decimal.size() > 1) {
            return fail(ErrorCode::InvalidArgument, m_decimal, "--decimal");
        }
        if (!m_decimal.empty()) {
            request.decimalMark = m_decimal.front();
        }
        auto cox = listArgument(m_cox, "--cox");
        auto strata = listArgument(m_strata, "--strata");
        auto at = dayArgument(m_at, "--at");
        for (const Error *error : {cox ? nullptr : &cox.error(), strata ? nullptr : &strata.error(),
                                   at ? nullptr : &at.error()}) {
            if (error) {
                return *error;
            }
        }
        request.cox = *std::move(cox);
        request.strata = *std::move(strata);
        request.at = *at;
        return request;
    }

    Result<SurvivalInput> readInput(const SurvivalRequest &request, const Task &task) const
    {
        if (!request.table.empty()) {
            return readSurvivalTable(request, task);
        }
        const auto project = openToRead(m_path);
        if (!project) {
            return project.error();
        }
        return readSurvivalProject(*project, request, task);
    }

    std::string m_path, m_at, m_cox, m_strata, m_ties, m_transform, m_decimal;
    SurvivalRequest m_request;
};

} // namespace

std::unique_ptr<Verb> makeSurvivalVerb()
{
    return std::make_unique<SurvivalVerb>();
}

} // namespace perennial
