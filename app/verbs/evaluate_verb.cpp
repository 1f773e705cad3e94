#include "app/verbs/arguments.h"
#include "app/verbs/figure_output.h"
#include "app/verbs/open_project.h"
#include "app/verbs/verbs.h"
#include "core/ranking/ranking_test.h"
#include "ui/error_text.h"
#include "ui/wording/format.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

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

QStringList scopeLines(const RankingTestResult &result)
{
    const RankingScope &s = result.scope;
    return {
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
            "cut, until, top, min_buyers, replicates, level, seed\n"
            "users, items, candidates, pairs   known up to the cut\n"
            "returning, new_pairs, unreachable_pairs   of the window\n"
            "test_users, relevant_pairs, value_of_all, value_of_best   what there is to find\n"
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
        command.add_option("--until", m_until,
                           "last day known, YYYY-MM-DD (the last day - window)");
        command.add_option("--window", m_window, "days judged, such as 60d, 2m (60d)");
        command.add_option("--min-buyers", m_options.fewestBuyers,
                           "an item is recommended from so many buyers on (5)");
        command.add_option("--top", m_options.top, "items in a list (10)");
        command.add_option("--bootstrap", m_options.replicates, "replicates of the user bootstrap")
            ->check(CLI::Range(0, 100'000));
        command.add_option("--seed", m_options.seed, "of the bootstrap");
    }

    Result<VerbOutput> run(const Task &task) override
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
        const auto project = openToRead(m_path);
        if (!project) {
            return project.error();
        }
        const auto events = readEvents(*project, {}, task.part(0.0, 0.1));
        if (!events) {
            return events.error();
        }
        const auto items = readItems(*project);
        if (!items) {
            return items.error();
        }
        const auto result = rankingTest(*events, *items, m_options, task.part(0.1, 1.0));
        if (!result) {
            return explained(result.error());
        }
        VerbOutput output;
        output.json = nlohmann::ordered_json::parse(rankingTestToJson(*result));
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
    /// What of the data is too little, and what to do about it.
    Error explained(Error error) const
    {
        if (error.code == ErrorCode::TooLittleData) {
            const QString why =
                error.where == "items"
                    ? tr("no item has %1 buyers up to the cut; choose a later --until, a shorter "
                         "--window or fewer --min-buyers")
                          .arg(m_options.fewestBuyers)
                    : tr("nobody known at the cut buys a candidate in the window that he had not "
                         "bought before; choose another --until or a longer --window");
            error.detail = why.toStdString();
            error.where.clear();
        }
        return error;
    }

    std::string m_path, m_until, m_window;
    RankingTestOptions m_options;
};

} // namespace

std::unique_ptr<Verb> makeEvaluateVerb()
{
    return std::make_unique<EvaluateVerb>();
}

} // namespace perennial
