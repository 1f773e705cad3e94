#include "app/verbs/open_project.h"
#include "app/verbs/quality_output.h"
#include "app/verbs/verbs.h"
#include "core/behavior/train.h"
#include "core/tuning/quality_json.h"
#include "ui/wording/format.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Judge", text);
}

QStringList groupLines(const std::string &by, const std::vector<GroupQuality> &groups,
                       const QualityOptions &options)
{
    QStringList lines{tr("by %1 (! fewer than %2 users: it says nothing reliable)")
                          .arg(QString::fromStdString(by))
                          .arg(options.smallBelow)};
    for (const GroupQuality &group : groups) {
        const QString name =
            group.group.empty() ? tr("not known") : QString::fromStdString(group.group);
        lines << (group.isSmall ? QStringLiteral("! %1: %2") : QStringLiteral("  %1: %2"))
                     .arg(name, usersText(group.users));
        lines << figureLines(group.heads, QStringLiteral("    "));
    }
    return lines;
}

class JudgeVerb final : public Verb {
public:
    std::string name() const override { return "judge"; }
    QString summary() const override
    {
        return tr("How good a trained run's answers are, head by head and group by group");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "run                the one judged\n"
            "cut, label_days    on what came in (cut, cut + label_days]\n"
            "users              whose answers are kept\n"
            "options            {replicates, level, seed, small_below}\n"
            "heads              [{head, kind, users, figures}]; kind rank: {hr10, ndcg10, mrr},\n"
            "                   chance: {auc, log_loss, brier, ece, bias}, amount: {mae, rmse,\n"
            "                   bias, spearman, norm_gini, decile_mape}, each {value, interval}\n"
            "  positives        chance: for how many it came true\n"
            "  reliability      chance: [{users, predicted, observed, interval}], bins of equal\n"
            "                   mass\n"
            "  ece_by_chance    {mean, upper}: what true chances would show by luck\n"
            "  deciles          amount: [{users, predicted, actual}], the highest first\n"
            "by, groups         [{group, users, is_small, heads}]; null = not known\n"
            "groupings          what --by takes");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        command.add_option("RUN", m_run, "run of the behaviour model (the champion)");
        command.add_option("--by", m_by,
                           "groups: stage, newness, history, or an attribute of the users");
        command.add_option("--bootstrap", m_options.replicates, "replicates of the user bootstrap")
            ->check(CLI::Range(0, 100'000));
        command.add_option("--seed", m_options.seed, "of the bootstrap");
    }

    Result<VerbOutput> run(const Task &task) override
    {
        const auto project = openToRead(m_path);
        if (!project) {
            return project.error();
        }
        const auto record =
            m_run ? readRun(*project, *m_run) : readChampion(*project, std::string(kBehaviorModel));
        if (!record) {
            return record.error();
        }
        const auto answers = readAnswers(*project, record->id);
        if (!answers) {
            return explained(answers.error(), record->id);
        }
        const auto quality = runQuality(*answers, m_options, task.part(0.0, m_by.empty() ? 1.0 : 0.4));
        if (!quality) {
            return quality.error();
        }
        VerbOutput output;
        output.json["run"] = record->id;
        output.json.update(toJson(*quality));
        QStringList lines{tr("run %1").arg(record->id)};
        lines << qualityLines(*quality);
        if (const Status added = addGroups(*project, *answers, output, lines, task); !added) {
            return added.error();
        }
        output.text = lines.join(u'\n');
        return output;
    }

private:
    Status addGroups(const Project &project, const JudgedAnswers &answers, VerbOutput &output,
                     QStringList &lines, const Task &task) const
    {
        const auto known = userGroupings(project);
        if (!known) {
            return known.error();
        }
        output.json["groupings"] = *known;
        if (m_by.empty()) {
            return Done{};
        }
        const auto groups = userGroups(project, answers, m_by, task.part(0.4, 0.5));
        if (!groups) {
            return groups.error().where == "attribute"
                       ? fail(ErrorCode::InvalidArgument, m_by, "--by")
                       : groups.error();
        }
        const auto judged = groupQuality(answers, *groups, m_options, task.part(0.5, 1.0));
        if (!judged) {
            return judged.error();
        }
        output.json["by"] = m_by;
        output.json["groups"] = toJson(*judged);
        lines << groupLines(m_by, *judged, m_options);
        return Done{};
    }

    static Error explained(Error error, std::int64_t run)
    {
        if (error.code == ErrorCode::NotTrained && error.detail == "answers") {
            error.detail = tr("run %1 keeps no answers of single users: it did not end, or an older "
                              "version trained it; train it again")
                               .arg(run)
                               .toStdString();
            error.where.clear();
        }
        return error;
    }

    std::string m_path, m_by;
    std::optional<std::int64_t> m_run;
    QualityOptions m_options;
};

} // namespace

std::unique_ptr<Verb> makeJudgeVerb()
{
    return std::make_unique<JudgeVerb>();
}

} // namespace perennial
