#include "app/verbs/open_project.h"
#include "app/verbs/quality_output.h"
#include "app/verbs/verbs.h"
#include "core/tuning/quality_json.h"
#include "ui/wording/format.h"
#include "ui/wording/run_quality_words.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Compare", text);
}

QString verdictText(const FigurePair &pair)
{
    return pair.isBetter  ? tr("better")
           : pair.isWorse ? tr("worse")
           : pair.isNoise ? tr("noise")
                          : tr("can't be told");
}

QStringList headLines(const HeadPair &head)
{
    QStringList lines{QStringLiteral("%1: %2").arg(headText(head.head), usersText(head.users))};
    for (const FigurePair &pair : head.figures) {
        const int decimals = figureDecimals(pair.name);
        const QString interval =
            pair.interval ? boundsText(pair.interval->lower, pair.interval->upper, decimals)
                          : QString();
        lines << QStringLiteral("  %1 %2 %3 %4 %5  %6")
                     .arg(figureNameText(pair.name), -16)
                     .arg(fullText(pair.a, decimals), 12)
                     .arg(fullText(pair.b, decimals), 12)
                     .arg(fullText(pair.difference, decimals), 12)
                     .arg(interval, 22)
                     .arg(verdictText(pair));
    }
    return lines;
}

QStringList textOf(const RunComparison &comparison)
{
    QStringList lines;
    lines << tr("runs %1 and %2 on the %3 after %4, on the users that both judged")
                 .arg(comparison.a)
                 .arg(comparison.b)
                 .arg(daysText(comparison.labelDays), dayText(comparison.cut));
    if (!comparison.sameData) {
        lines << tr("! data changed between them: users whose outcome is another now are left out");
    }
    if (comparison.settings.empty()) {
        lines << tr("no setting differs");
    }
    for (const DifferingSetting &setting : comparison.settings) {
        lines << QStringLiteral("  %1: %2 → %3")
                     .arg(QString::fromStdString(setting.key), QString::fromStdString(setting.a),
                          QString::fromStdString(setting.b));
    }
    lines << tr("figure, run %1, run %2, their difference with its 95 % paired user-bootstrap "
                "interval, and what run %2 is")
                 .arg(comparison.a)
                 .arg(comparison.b);
    for (const HeadPair &head : comparison.heads) {
        lines << headLines(head);
    }
    const auto alone = [&](const std::vector<std::string> &heads, std::int64_t run) {
        for (const std::string &head : heads) {
            lines << tr("! only run %1 answers %2").arg(run).arg(headText(head));
        }
    };
    alone(comparison.onlyA, comparison.a);
    alone(comparison.onlyB, comparison.b);
    return lines;
}

class CompareVerb final : public Verb {
public:
    std::string name() const override { return "compare"; }
    QString summary() const override
    {
        return tr("Compare two trained runs on the users that both judged");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "a, b               the runs\n"
            "cut, label_days    both judged on (cut, cut + label_days]\n"
            "same_data          false where data changed between them\n"
            "settings           [{key, a, b}]: those that differ\n"
            "heads              [{head, kind, users, figures: {name: {a, b, difference, interval,\n"
            "                   b_is}}}]; difference b - a, interval of the paired user bootstrap;\n"
            "                   b_is better | worse | noise, null where it can't be told\n"
            "only_a, only_b     heads of one run alone\n"
            "options            {replicates, level, seed, small_below}");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        command.add_option("RUN_A", m_a, "a run of the behaviour model")->required();
        command.add_option("RUN_B", m_b, "another, judged on the same window")->required();
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
        const auto comparison = compareRuns(*project, m_a, m_b, m_options, task);
        if (!comparison) {
            return explained(comparison.error());
        }
        VerbOutput output;
        output.json = toJson(*comparison);
        output.text = textOf(*comparison).join(u'\n');
        return output;
    }

private:
    Error explained(Error error) const
    {
        QString why;
        if (error.code == ErrorCode::NotTrained && error.detail == "answers") {
            why = tr("run %1 keeps no answers of single users: it did not end, or an older version "
                     "trained it; train it again")
                      .arg(QString::fromStdString(error.where));
        } else if (error.where == "cut") {
            why = tr("the runs were judged on different windows (%1): only what both were asked can "
                     "be compared; train one with the other's --until and --horizon")
                      .arg(QString::fromStdString(error.detail));
        } else if (error.where == "users") {
            why = tr("no user was judged by both with the same outcome");
        }
        if (!why.isEmpty()) {
            error.detail = why.toStdString();
            error.where.clear();
        }
        return error;
    }

    std::string m_path;
    std::int64_t m_a = 0, m_b = 0;
    QualityOptions m_options;
};

} // namespace

std::unique_ptr<Verb> makeCompareVerb()
{
    return std::make_unique<CompareVerb>();
}

} // namespace perennial
