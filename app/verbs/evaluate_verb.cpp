#include "app/verbs/arguments.h"
#include "app/verbs/figure_output.h"
#include "app/verbs/open_project.h"
#include "app/verbs/verbs.h"
#include "core/ranking/ranking_test.h"
#include "core/tuning/run_scorer.h"
#include "ui/error_text.h"
#include "ui/wording/format.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>
#include <memory>
#include <optional>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Evaluate", text);
}

constexpr int kNameWidth = 16;
constexpr int kColumnWidth = 28;
constexpr int kShortWidth = 12;

QString metricText(RankingMetric metric, int top)
{
    switch (metric) {
    case RankingMetric::HitRate: return tr("HR@%1").arg(top);
    case RankingMetric::Recall: return tr("Recall@%1").arg(top);
    case RankingMetric::Precision: return tr("Precision@%1").arg(top);
    case RankingMetric::Mrr: return tr("MRR@%1").arg(top);
    case RankingMetric::Ndcg: return tr("NDCG@%1").arg(top);
    case RankingMetric::Value: return tr("Value@%1").arg(top);
    }
    return {};
}

/// What leave-one-out is, and why its figures are no promise.
QStringList leaveOneOutLines(const RankingTestResult &result)
{
    const RankingScope &s = result.scope;
    return {
        tr("leave-one-out: the last event of each of %1 with three or more is told from all before "
           "it, up to %2")
            .arg(usersText(s.testUsers), dayText(s.until)),
        tr("%1 items, all of them ranked but those the user had met; ties count half; %2 known pairs, "
           "%3 last items had been met before")
            .arg(countText(s.items), countText(s.pairs), countText(s.repeated)),
        tr("! what others did later is known here: the future leaks across users, and figures are too "
           "good for what will be met (Meng et al. 2020; Ji et al. 2023). It serves to compare with "
           "published figures; judge by --protocol global"),
        tr("means over test users (95 % user-bootstrap intervals; * best, ~ its difference from the "
           "best is noise, ? can't be told)"),
    };
}

QStringList scopeLines(const RankingTestResult &result)
{
    if (result.options.protocol == RankingProtocol::LeaveOneOut) {
        return leaveOneOutLines(result);
    }
    const RankingScope &s = result.scope;
    return {
        tr("global split in time, all unseen candidates ranked"),
        tr("learned up to %1, judged by new purchases in (%1, %2]")
            .arg(dayText(s.cut), dayText(s.until)),
        tr("%1 users, %2 items, %3 of them candidates (%4 buyers or more), %5 known pairs")
            .arg(countText(s.users), countText(s.items), countText(s.candidates),
                 countText(result.options.fewestBuyers), countText(s.pairs)),
        tr("%1 of the users buy in the window, %2 new pairs, %3 of them of no candidate; %4 test "
           "users with %5 pairs to be found, worth %6 a user (the best %7: %8)")
            .arg(countText(s.returning), countText(s.newPairs), countText(s.unreachable),
                 countText(s.testUsers), countText(s.relevant), fullText(s.valueOfAll, 2))
            .arg(result.options.top)
            .arg(fullText(s.valueOfBest, 2)),
        tr("all candidates are ranked, what a user had bought is left out; means over test users "
           "(95 % user-bootstrap intervals; * best, ~ its difference from the best is noise, ? can't be told)"),
    };
}

/// Three metrics side by side.
void addTable(QStringList &lines, const RankingTestResult &result, std::size_t from)
{
    QString head = QString().leftJustified(kNameWidth);
    for (std::size_t m = from; m < from + 3; ++m) {
        head += QStringLiteral("%1").arg(metricText(kRankingMetrics[m], result.options.top),
                                         kColumnWidth);
    }
    lines << head;
    for (const RankingRow &row : result.rows) {
        if (row.error) {
            continue;
        }
        QString line = QString::fromStdString(row.model).leftJustified(kNameWidth);
        for (std::size_t m = from; m < from + 3; ++m) {
            const int decimals = kRankingMetrics[m] == RankingMetric::Value ? 2 : 4;
            line += QStringLiteral("%1").arg(figureText(row.figures[m], decimals), kColumnWidth);
        }
        lines << line;
    }
}

void addLists(QStringList &lines, const RankingTestResult &result)
{
    QString head = QString().leftJustified(kNameWidth);
    for (const QString &name : {tr("coverage"), tr("Gini"), tr("novelty"), tr("diversity"),
                                tr("serendipity")}) {
        head += QStringLiteral("%1").arg(name, kShortWidth);
    }
    lines << head;
    for (const RankingRow &row : result.rows) {
        if (row.error) {
            lines << QStringLiteral("! %1: %2").arg(QString::fromStdString(row.model),
                                                    errorText(*row.error));
            continue;
        }
        QString line = QString::fromStdString(row.model).leftJustified(kNameWidth);
        const ListQuality &q = row.lists;
        for (const double value :
             {q.coverage, q.gini, q.novelty, q.diversity, q.serendipity}) {
            line += QStringLiteral("%1").arg(value, kShortWidth, 'f', 3);
        }
        lines << line;
    }
}

/// What a recommender has to say of itself: what the blend is made of, which items were left out.
void addNotes(QStringList &lines, const RankingRow &row)
{
    const auto nameAfter = [](const RankerNote &note, std::string_view prefix) {
        return QString::fromStdString(note.code.substr(prefix.size()));
    };
    const QString model = QString::fromStdString(row.model);
    for (const RankerNote &note : row.notes) {
        if (note.code == "items_capped") {
            lines << tr("  %1: only the %2 most bought items have weights")
                         .arg(model, fullText(note.figure, 0));
        } else if (note.code == "items_whole") {
            lines.back() += tr(" of %1").arg(fullText(note.figure, 0));
        } else if (note.code == "bytes_whole") {
            lines.back() +=
                tr(": all would take %1").arg(bytesText(static_cast<qint64>(note.figure)));
        } else if (note.code == "weights_unknown") {
            lines << tr("  %1: too short a past to fit weights on, the last component alone").arg(model);
        } else if (note.code.starts_with("weight_")) {
            lines << tr("  %1: %2 with weight %3").arg(model, nameAfter(note, "weight_"))
                         .arg(note.figure);
        } else if (note.code.starts_with("adds_")) {
            lines.back() += tr(", adds %1 to the NDCG of the past window").arg(note.figure, 0, 'f', 4);
        }
    }
}

class EvaluateVerb final : public Verb {
public:
    std::string name() const override { return "evaluate"; }
    QString summary() const override
    {
        return tr("Judge recommenders on purchases they have not seen, beside simple rules");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "protocol           global | leave-one-out\n"
            "cut, until, top, min_buyers, replicates, level, seed\n"
            "users, items, candidates, pairs   known up to the cut\n"
            "returning, new_pairs, unreachable_pairs   of the window\n"
            "test_users, relevant_pairs, value_of_all, value_of_best   what there is to find\n"
            "repeated           leave-one-out: last items that the user had met before\n"
            "warning            leave-one-out: future_leaks_across_users\n"
            "models             [{model, hit_rate, recall, precision, mrr, ndcg, value, coverage,\n"
            "                   gini, novelty, diversity, serendipity, notes}]: means over test\n"
            "                   users; {model, error} where it could not be fitted\n"
            "  intervals        {figure: [lower, upper]} of the user bootstrap\n"
            "  against_best     {figure: best | noise | worse}; distance_from_best its interval");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("project", m_path, "project file")->required();
        std::string known;
        for (const std::string_view model : rankerNames()) {
            known += (known.empty() ? "" : ", ") + std::string(model);
        }
        command.add_option("--models", m_options.models, "some of: " + known + " (all)")
            ->delimiter(',');
        command.add_option("--run", m_runs,
                           "trained runs of the behaviour model to judge beside them, on what came "
                           "after they were trained")
            ->delimiter(',');
        command.add_option("--protocol", m_protocol,
                           "global: a day parts past and future; leave-one-out: each user's last "
                           "event, as papers do (global)");
        command.add_option("--until", m_until,
                           "last day known, YYYY-MM-DD (the last day - window; the last that a --run "
                           "has seen)");
        command.add_option("--window", m_window, "days judged, such as 60d, 2m (60d)");
        command.add_option("--min-buyers", m_fewestBuyers,
                           "an item is recommended from so many buyers on (5)");
        command.add_option("--top", m_options.top, "items in a list (10)");
        command.add_option("--bootstrap", m_options.replicates, "replicates of the user bootstrap")
            ->check(CLI::Range(0, 100'000));
        command.add_option("--seed", m_options.seed, "of the bootstrap");
    }

    Result<VerbOutput> run(const Task &task) override
    {
        if (const Status read = readArguments(); !read) {
            return read.error();
        }
        const auto project = openToRead(m_path);
        if (!project) {
            return project.error();
        }
        const auto scorers = loadRuns(*project, task.part(0.0, 0.1));
        if (!scorers) {
            return scorers.error();
        }
        const auto events = readEvents(*project, {}, task.part(0.1, 0.2));
        if (!events) {
            return events.error();
        }
        const auto items = readItems(*project);
        if (!items) {
            return items.error();
        }
        std::vector<const UserScorer *> rows;
        for (const auto &scorer : *scorers) {
            rows.push_back(scorer.get());
        }
        const auto result = rankingTest(*events, *items, m_options, task.part(0.2, 1.0), rows);
        if (!result) {
            return explained(result.error());
        }
        VerbOutput output;
        output.json = nlohmann::ordered_json::parse(rankingTestToJson(*result));
        if (m_options.protocol == RankingProtocol::LeaveOneOut) {
            output.json["warning"] = "future_leaks_across_users";
        }
        QStringList lines = scopeLines(*result);
        addTable(lines, *result, 0);
        addTable(lines, *result, 3);
        addLists(lines, *result);
        for (const RankingRow &row : result->rows) {
            addNotes(lines, row);
        }
        output.text = lines.join(u'\n');
        return output;
    }

private:
    using Scorers = std::vector<std::shared_ptr<const UserScorer>>;

    Status readArguments()
    {
        const auto until = dayArgument(m_until, "--until");
        if (!until) {
            return until.error();
        }
        const auto window = horizonArgument(m_window, "--window");
        if (!window) {
            return window.error();
        }
        m_options.cut = *until;
        m_options.windowDays = window->value_or(m_options.windowDays);
        m_options.fewestBuyers = m_fewestBuyers.value_or(m_options.fewestBuyers);
        if (m_protocol != rankingProtocolName(RankingProtocol::LeaveOneOut)) {
            return m_protocol == rankingProtocolName(RankingProtocol::GlobalSplit)
                       ? Status(Done{})
                       : fail(ErrorCode::InvalidArgument, m_protocol, "--protocol");
        }
        m_options.protocol = RankingProtocol::LeaveOneOut;
        const char *unfit = !m_runs.empty()  ? "--run"
                            : *window        ? "--window"
                            : m_fewestBuyers ? "--min-buyers"
                                             : nullptr;
        return unfit == nullptr
                   ? Status(Done{})
                   : fail(ErrorCode::InvalidArgument,
                          tr("%1 has no meaning with leave-one-out%2")
                              .arg(QString::fromLatin1(unfit),
                                   m_runs.empty() ? QString()
                                                  : tr(": a run has seen all but the newest events"))
                              .toStdString());
    }

    /// The runs, asked at the cut, which is the last day they have seen where none is given.
    Result<Scorers> loadRuns(const Project &project, const Task &task)
    {
        const auto seen = lastDaysSeen(project, m_runs);
        if (!seen) {
            return seen.error();
        }
        if (!m_options.cut && !seen->empty()) {
            m_options.cut = *std::max_element(seen->begin(), seen->end());
        }
        Scorers scorers;
        for (std::size_t k = 0; k < m_runs.size(); ++k) {
            auto scorer = runScorer(project, m_runs[k], *m_options.cut, task);
            if (!scorer && scorer.error().where == "run") {
                return fail(ErrorCode::InvalidArgument,
                            tr("run %1 was trained on what came up to %2: only what came later can "
                               "judge it")
                                .arg(m_runs[k])
                                .arg(dayText((*seen)[k]))
                                .toStdString(),
                            "--run");
            }
            if (!scorer) {
                return scorer.error();
            }
            scorers.push_back(std::move(*scorer));
        }
        return scorers;
    }

    /// What of the data is too little, and what to do about it.
    Error explained(Error error) const
    {
        if (error.code == ErrorCode::TooLittleData) {
            error.detail = reasonOf(error).toStdString();
            error.where.clear();
        }
        return error;
    }
    QString reasonOf(const Error &error) const
    {
        if (m_options.protocol == RankingProtocol::LeaveOneOut) {
            return tr("nobody has three events of items that count");
        }
        if (error.where == "items") {
            return tr("no item has %1 buyers up to the cut; choose a later --until, a shorter "
                      "--window or fewer --min-buyers")
                .arg(m_options.fewestBuyers);
        }
        return m_runs.empty()
                   ? tr("nobody known at the cut buys a candidate in the window that he had not "
                        "bought before; choose another --until or a longer --window")
                   : tr("nobody known buys a candidate after %1 that he had not bought before: to "
                        "judge a run, train it with an earlier --until")
                         .arg(dayText(*m_options.cut));
    }

    std::string m_protocol{rankingProtocolName(RankingProtocol::GlobalSplit)};
    std::vector<std::int64_t> m_runs;
    std::optional<int> m_fewestBuyers;
    std::string m_path, m_until, m_window;
    RankingTestOptions m_options;
};

} // namespace

std::unique_ptr<Verb> makeEvaluateVerb()
{
    return std::make_unique<EvaluateVerb>();
}

} // namespace perennial
