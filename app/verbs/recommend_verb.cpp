#include "app/verbs/arguments.h"
#include "app/verbs/open_project.h"
#include "app/verbs/user_arguments.h"
#include "app/verbs/verbs.h"
#include "core/export/csv_writer.h"
#include "core/project/audit.h"
#include "core/recommend/recommend.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <array>
#include <cmath>
#include <functional>
#include <optional>

namespace perennial {

namespace {

using nlohmann::ordered_json;

QString tr(const char *text)
{
    return QCoreApplication::translate("Recommend", text);
}

ordered_json jsonOf(const RecommendationReason &reason)
{
    return {{"at", formatTimestamp(reason.at)},
            {"event", eventKindName(reason.event)},
            {"item", reason.item},
            {"weight", reason.weight}};
}

ordered_json jsonOf(const Recommendation &one)
{
    ordered_json json{{"item", one.key},
                      {"name", one.name},
                      {"category", one.category},
                      {"score", one.score},
                      {"cosine", one.cosine ? ordered_json(*one.cosine) : ordered_json()}};
    json["because"] = ordered_json::array();
    for (const RecommendationReason &reason : one.because) {
        json["because"].push_back(jsonOf(reason));
    }
    return json;
}

ordered_json jsonOf(const std::vector<Recommendation> &items)
{
    ordered_json json = ordered_json::array();
    for (const Recommendation &one : items) {
        json.push_back(jsonOf(one));
    }
    return json;
}

ordered_json jsonOf(const RecommendationList &list)
{
    return {{"user", list.userKey},
            {"source", recommendationSourceName(list.source)},
            {"items", jsonOf(list.items)}};
}

QString labelOf(const std::string &key, const std::string &name)
{
    return QString::fromStdString(name.empty() ? key : name);
}

QString textOf(const RecommendationList &list)
{
    QStringList lines;
    lines << tr("%1, as known at %2 (%3)")
                 .arg(QString::fromStdString(list.userKey), dayText(list.at),
                      list.source == RecommendationSource::Model
                          ? tr("behaviour model, run %1").arg(list.run)
                          : tr("no events: what is popular"));
    int rank = 0;
    for (const Recommendation &one : list.items) {
        lines << QStringLiteral("%1  %2 %3  cos %4")
                     .arg(++rank, 3)
                     .arg(labelOf(one.key, one.name), -32)
                     .arg(percentText(one.score), 8)
                     .arg(fullText(one.cosine, 3));
        for (const RecommendationReason &reason : one.because) {
            lines << QStringLiteral("       %1 %2 %3 ×%4")
                         .arg(timeText(reason.at), eventKindText(reason.event),
                              labelOf(reason.item, reason.itemName))
                         .arg(fullText(std::exp(reason.weight), 2));
        }
    }
    return lines.join(u'\n');
}

void writeRows(CsvWriter &writer, const RecommendationList &list)
{
    std::int64_t rank = 0;
    for (const Recommendation &one : list.items) {
        writer.text(list.userKey);
        writer.integer(++rank);
        writer.text(one.key);
        writer.text(one.name);
        writer.text(one.category);
        writer.number(one.score);
        writer.optionalNumber(one.cosine);
        writer.text(recommendationSourceName(list.source));
        writer.endRow();
    }
}

class RecommendVerb final : public Verb {
public:
    std::string name() const override { return "recommend"; }
    QString summary() const override { return tr("Recommend items to one user, or to everybody"); }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "users     [{user, source: model | popular, items [{item, name, category, score,\n"
            "          cosine, because [{at, event, item, weight}]}]}]; score = probability of being\n"
            "          the next item, weight = log of how many times as likely with this event as\n"
            "          without it. Left out where --out takes the lists\n"
            "popular   [items] by number of buyers, score = share of the count\n"
            "at        last day known\n"
            "run       that recommended, null where everybody got what is popular\n"
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
        command.add_option("--because", m_because,
                           "reasons per item; 3 for one user, none for --all, where they cost much");
        command.add_option("--run", m_options.run, "run that recommends; the champion if not given");
        command.add_option("--at", m_at, "last day known, YYYY-MM-DD");
        command.add_option("--hide-bought", m_options.hidePurchasedDays,
                           "leave out what the user bought in so many days")
            ->capture_default_str();
        command.add_option("--out", m_out, "CSV file for the lists");
    }

    Result<VerbOutput> run(const Task &task) override
    {
        if (m_user.given() == m_all) {
            return fail(ErrorCode::InvalidArgument, {}, "--user | --all");
        }
        m_options.reasons = m_because.value_or(m_all ? 0 : m_options.reasons);
        const auto at = dayArgument(m_at, "--at");
        if (!at) {
            return at.error();
        }
        m_options.at = *at;
        // The lists of all users that go into a file leave a line in the log.
        auto project = m_out.empty() ? openToRead(m_path)
                                     : openWritableIfPossible(m_path);
        if (!project) {
            return project.error();
        }
        VerbOutput output;
        output.json["users"] = ordered_json::array();
        const auto listed = m_out.empty() ? collect(*project, output, task)
                                          : write(*project, output, task);
        if (!listed) {
            return listed.error();
        }
        const auto popular = popularItems(*project, {m_options.top, m_options.at, 0});
        if (!popular) {
            return popular.error();
        }
        output.json["popular"] = jsonOf(*popular);
        return output;
    }

private:
    using Each = std::function<Status(const RecommendationList &)>;

    Status eachList(const Project &project, const Task &task, const Each &each) const
    {
        if (m_all) {
            const auto all = recommendAll(project, m_options, each, task);
            return all ? Status(Done{}) : all.error();
        }
        const auto key = m_user.key(project);
        if (!key) {
            return key.error();
        }
        const auto list = recommendForUser(project, *key, m_options);
        return list ? each(*list) : list.error();
    }

    static void noteRun(VerbOutput &output, const RecommendationList &list)
    {
        output.json["at"] = formatDate(list.at);
        if (list.source == RecommendationSource::Model || !output.json.contains("run")) {
            output.json["run"] = list.source == RecommendationSource::Model ? ordered_json(list.run)
                                                                            : ordered_json();
        }
    }

    Status collect(const Project &project, VerbOutput &output, const Task &task) const
    {
        QStringList texts;
        const Status done =
            eachList(project, task, [&](const RecommendationList &list) -> Status {
                output.json["users"].push_back(jsonOf(list));
                noteRun(output, list);
                texts << textOf(list);
                return Done{};
            });
        output.text = texts.join(QStringLiteral("\n\n"));
        return done;
    }

    Status write(Project &project, VerbOutput &output, const Task &task) const
    {
        auto writer = CsvWriter::create(m_out);
        if (!writer) {
            return writer.error();
        }
        static constexpr std::array<std::string_view, 8> kColumns{
            "user", "rank", "item", "name", "category", "score", "cosine", "source"};
        writer->header(kColumns);
        std::int64_t users = 0;
        const Status done =
            eachList(project, task, [&](const RecommendationList &list) -> Status {
                writeRows(*writer, list);
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

    std::string m_path, m_at, m_out;
    UserArguments m_user;
    bool m_all = false;
    std::optional<int> m_because;
    RecommendOptions m_options;
};

} // namespace

std::unique_ptr<Verb> makeRecommendVerb()
{
    return std::make_unique<RecommendVerb>();
}

} // namespace perennial
