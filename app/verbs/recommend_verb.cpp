#include "app/verbs/arguments.h"
#include "app/verbs/open_project.h"
#include "app/verbs/recommend_output.h"
#include "app/verbs/user_arguments.h"
#include "app/verbs/verbs.h"
#include "core/export/csv_writer.h"
#include "core/project/audit.h"
#include "core/recommend/recommend.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <functional>
#include <optional>

namespace perennial {

namespace {

using nlohmann::ordered_json;

QString tr(const char *text)
{
    return QCoreApplication::translate("Recommend", text);
}

class RecommendVerb final : public Verb {
public:
    std::string name() const override { return "recommend"; }
    QString summary() const override { return tr("Recommend items to one user, or to everybody"); }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "users     [{user, source: blend | model | simple | popular, method, probability,\n"
            "          items [{item, name, category, score, members {name: share}, again,\n"
            "          probability, value, revenue, revenue_from: paid | price | category | all,\n"
            "          margin, cosine, because [{at, event, item, share, members}]}]}]. Left out\n"
            "          where --out takes the lists. score: weighted mean of the members' scores,\n"
            "          each over its largest for the user; of the behaviour model alone,\n"
            "          probability of being the next item. members: their parts of the score.\n"
            "          again: had before. probability: of being bought within the horizon,\n"
            "          calibrated on the past; of the user: of buying anything. value =\n"
            "          probability x revenue of one purchase x margin, currency units, not\n"
            "          discounted. because.share: part of the score lost without it; members: it\n"
            "          speaks through them\n"
            "popular   [{item, name, category, score}] by number of buyers, score = share of the\n"
            "          count\n"
            "at        last day known; horizon_days, currency, margin of the project\n"
            "run       behaviour run that has a part, null where none has\n"
            "blend     {cut, until, target: purchases | interest, users, ndcg, best_member,\n"
            "          members [{member, weight, adds, interval, alone}], calibration {ece,\n"
            "          interval, predicted, happened, cases}}: fitted on (cut, until]; adds =\n"
            "          NDCG@30 of new items lost without the member (gained by .1 of one that is\n"
            "          left out), with a paired 95 % user-bootstrap interval; calibration of the\n"
            "          ten best items of users on whom the chances were not fitted\n"
            "notes     {code: figure}: not_trained, behavior_not_weighed, weights_unknown,\n"
            "          carried, items_capped, items_whole, bytes_whole, failed_MEMBER\n"
            "written   {path, users, rows, logged}, with --out; logged: whether the project's log\n"
            "          has a line of it");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        auto *one = m_user.setUp(command, "key of one user");
        auto *all = command.add_flag("--all", m_all, "every user");
        one->excludes(all);
        command.add_option("--top", m_options.top, "items per user")->capture_default_str();
        std::string methods;
        for (const std::string &method : recommendationMethods()) {
            methods += (methods.empty() ? "" : ", ") + method;
        }
        command.add_option("--method", m_options.method, "who recommends: " + methods)
            ->capture_default_str();
        command
            .add_option("--order", m_order,
                        "score, or value: money first, among the best by score")
            ->check(CLI::IsMember({"score", "value"}))
            ->capture_default_str();
        command.add_option("--horizon", m_horizon,
                           "days that probability and value look ahead, such as 90d, 6m; the "
                           "project's if not given");
        command.add_option("--because", m_because,
                           "reasons per item; 3 for one user, none for --all, where they cost much");
        command.add_option("--run", m_options.run, "run that recommends; the champion if not given");
        command.add_option("--at", m_at, "last day known, YYYY-MM-DD");
        command.add_option("--hide-bought", m_options.hidePurchasedDays,
                           "leave out what the user bought in so many days")
            ->capture_default_str();
        command.add_flag("--lists-only", m_listsOnly,
                         "with --all --method behavior: no chances, values and reasons");
        command.add_option("--out", m_out, "CSV file for the lists");
    }

    Result<VerbOutput> run(const Task &task) override
    {
        if (m_user.given() == m_all) {
            return fail(ErrorCode::InvalidArgument, {}, "--user | --all");
        }
        if (m_listsOnly && (!m_all || m_options.method != "behavior" || m_order == "value")) {
            return fail(ErrorCode::InvalidArgument,
                        tr("needs --all and --method behavior, by score").toStdString(),
                        "--lists-only");
        }
        m_options.values = !m_listsOnly;
        m_options.reasons = m_because.value_or(m_all ? 0 : m_options.reasons);
        const auto at = dayArgument(m_at, "--at");
        if (!at) {
            return at.error();
        }
        m_options.at = *at;
        const auto horizon = horizonArgument(m_horizon, "--horizon");
        if (!horizon) {
            return horizon.error();
        }
        m_options.horizonDays = *horizon;
        m_options.order =
            m_order == "value" ? RecommendationOrder::Value : RecommendationOrder::Score;
        // The lists of all users that go into a file leave a line in the log.
        auto project = m_out.empty() ? openToRead(m_path)
                                     : openWritableIfPossible(m_path);
        if (!project) {
            return project.error();
        }
        if (!m_all) {
            const auto key = m_user.key(*project);
            if (!key) {
                return key.error();
            }
            auto user = findUser(*project, *key);
            if (!user) {
                return user.error();
            }
            m_one = std::move(*user);
        }
        VerbOutput output;
        output.json["users"] = ordered_json::array();
        if (m_listsOnly) {
            const auto listed = put(*project, {}, output, [&](const Each &each) -> Status {
                const auto all = recommendAll(*project, m_options, each, task);
                return all ? Status(Done{}) : all.error();
            });
            return listed ? Result<VerbOutput>(std::move(output)) : listed.error();
        }
        const auto recommender = Recommender::load(*project, m_options, task.part(0.0, 0.5));
        if (!recommender) {
            return recommender.error();
        }
        const auto listed =
            put(*project, recommender->facts(), output, [&](const Each &each) {
                return eachList(*project, *recommender, task.part(0.5, 1.0), each);
            });
        if (!listed) {
            return listed.error();
        }
        addFacts(output.json, recommender->facts());
        output.text += QStringLiteral("\n\n") + factsText(recommender->facts());
        const auto popular = popularItems(*project, {m_options.top, m_options.at, 0});
        if (!popular) {
            return popular.error();
        }
        output.json["popular"] = popularJson(*popular);
        return output;
    }

private:
    using Each = std::function<Status(const RecommendationList &)>;
    using Lister = std::function<Status(const Each &)>;

    /// What the lister hands out goes into the file, or into the output.
    Status put(Project &project, const RecommenderFacts &facts, VerbOutput &output,
               const Lister &lister) const
    {
        return m_out.empty() ? collect(facts, output, lister)
                             : write(project, facts, output, lister);
    }

    Status eachList(const Project &project, const Recommender &recommender, const Task &task,
                    const Each &each) const
    {
        if (m_all) {
            const auto all = recommender.forAll(project, each, task);
            return all ? Status(Done{}) : all.error();
        }
        const auto list = recommender.forUser(project, m_one);
        return list ? each(*list) : list.error();
    }

    static void noteRun(VerbOutput &output, const RecommendationList &list)
    {
        if (list.run > 0) {
            output.json["run"] = list.run;
        }
    }

    static Status collect(const RecommenderFacts &facts, VerbOutput &output, const Lister &lister)
    {
        QStringList texts;
        const Status done = lister([&](const RecommendationList &list) -> Status {
            output.json["users"].push_back(jsonOf(list));
            noteRun(output, list);
            texts << textOf(list, facts);
            return Done{};
        });
        output.text = texts.join(QStringLiteral("\n\n"));
        return done;
    }

    Status write(Project &project, const RecommenderFacts &facts, VerbOutput &output,
                 const Lister &lister) const
    {
        auto writer = CsvWriter::create(m_out);
        if (!writer) {
            return writer.error();
        }
        writer->header(kRecommendationColumns);
        std::int64_t users = 0;
        const Status done = lister([&](const RecommendationList &list) -> Status {
            writeRows(*writer, list, facts);
            noteRun(output, list);
            ++users;
            return Done{};
        });
        if (!done) {
            return done;
        }
        const std::int64_t rows = writer->rows();
        if (const auto finished = writer->finish(); !finished) {
            return finished;
        }
        const auto logged = logDataOut(project, "recommendations", rows);
        if (!logged) {
            return logged.error();
        }
        output.json.erase("users");
        output.json["written"] = {
            {"path", m_out}, {"users", users}, {"rows", rows}, {"logged", *logged}};
        output.text = counted(rows, tr("1 recommendation for %2 written to %3"),
                              tr("%1 recommendations for %2 written to %3"))
                          .arg(usersText(users), QString::fromStdString(m_out)) +
                      unloggedText(*logged);
        return Done{};
    }

    std::string m_path, m_at, m_out, m_horizon, m_order = "score";
    UserArguments m_user;
    UserRecord m_one;
    bool m_all = false, m_listsOnly = false;
    std::optional<int> m_because;
    RecommendOptions m_options;
};

} // namespace

std::unique_ptr<Verb> makeRecommendVerb()
{
    return std::make_unique<RecommendVerb>();
}

} // namespace perennial
