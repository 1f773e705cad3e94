#include "core/export/user_data.h"

#include "core/project/attribute_store.h"
#include "core/project/audit.h"
#include "core/project/import_store.h"
#include "core/project/settings.h"
#include "core/project/user_data_store.h"
#include "core/project/user_state_store.h"

#include <nlohmann/json.hpp>

#include <set>

namespace perennial {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kPage = 10'000;

Json dayOrNull(const std::optional<Day> &day)
{
    return day ? Json(formatDate(*day)) : Json();
}

Json numberOrNull(const std::optional<double> &number)
{
    return number ? Json(*number) : Json();
}

Json profileJson(const StoredUser &user)
{
    return {{"key", user.key},
            {"signup", dayOrNull(user.signup)},
            {"channel", user.channel},
            {"region", user.region},
            {"device", user.device}};
}

Json attributeJson(const StoredAttribute &attribute)
{
    const Json value = std::visit(
        [](const auto &held) {
            if constexpr (std::is_same_v<std::decay_t<decltype(held)>, Day>) {
                return Json(formatDate(held));
            } else if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::monostate>) {
                return Json();
            } else {
                return Json(held);
            }
        },
        attribute.value);
    return {{"name", attribute.name},
            {"value", value},
            {"type", attributeTypeName(attribute.type)},
            {"personal", attribute.personal},
            {"source", attribute.source}};
}

Json exposureJson(const StoredExposure &exposure)
{
    return {{"campaign", exposure.campaign},
            {"type", exposure.type},
            {"at", exposure.at ? Json(formatTimestamp(*exposure.at)) : Json()},
            {"source", exposure.source}};
}

Json ruleNumbers(std::int64_t rules)
{
    Json numbers = Json::array();
    for (int rule = 1; rule <= 62; ++rule) {
        if ((rules >> rule & 1) != 0) {
            numbers.push_back(rule);
        }
    }
    return numbers;
}

Json eventJson(const StoredEvent &stored, EventShelf shelf)
{
    const NamedEvent &event = stored.event;
    Json json{{"at", formatTimestamp(event.at)},
              {"kind", eventKindName(event.kind)},
              {"item", event.item},
              {"order", event.order},
              {"quantity", event.quantity},
              {"amount", toUnits(event.amount)},
              {"device", event.device},
              {"place", event.place},
              {"channel", event.channel},
              {"campaign", stored.campaign},
              {"coupon", stored.coupon},
              {"source", event.source}};
    if (shelf == EventShelf::SetAside) {
        json["rules"] = ruleNumbers(stored.rules);
    }
    return json;
}

Json rejectedJson(const StoredRejected &rejected)
{
    return {{"source", rejected.source},
            {"line", rejected.row.line},
            {"reason", rejected.row.reason},
            {"column", rejected.row.column},
            {"raw", rejected.row.raw}};
}

Result<Json> scoresJson(const Project &project, std::int64_t user)
{
    const auto label = readUserStateLabel(project);
    const auto state = label ? readUserState(project, user) : Result<UserState>(label.error());
    if (!state) {
        const ErrorCode code = state.error().code;
        const bool none = code == ErrorCode::NotScored || code == ErrorCode::UnknownUser;
        return none ? Result<Json>(Json()) : state.error();
    }
    return Json{{"snapshot", formatDate(label->snapshot)},
                {"horizon_days", label->horizonDays},
                {"currency", label->currency},
                {"stage", stageName(state->stage)},
                {"orders", state->orders},
                {"first_day", dayOrNull(state->firstDay)},
                {"last_day", dayOrNull(state->lastDay)},
                {"last_order_day", dayOrNull(state->lastOrderDay)},
                {"realised", state->realised},
                {"p_alive", numberOrNull(state->pAlive)},
                {"churn_risk", numberOrNull(state->churnRisk)},
                {"expected_orders", numberOrNull(state->expectedOrders)},
                {"predicted_value", numberOrNull(state->predictedValue)},
                {"predicted_lower_90", numberOrNull(state->predictedLower)},
                {"predicted_upper_90", numberOrNull(state->predictedUpper)},
                {"behavior_value", numberOrNull(state->behaviorValue)}};
}

Json answerJson(const StoredAnswer &answer)
{
    return {{"run", answer.run}, {"answer", answer.name}, {"value", numberOrNull(answer.value)}};
}

/// The members of one JSON object, one after the other, and of its lists one element a line.
class ObjectWriter {
public:
    explicit ObjectWriter(AtomicFile &file) : m_file(file) { m_file.write("{"); }

    void member(std::string_view name, const Json &value)
    {
        begin(name);
        m_file.write(text(value));
    }
    void beginList(std::string_view name)
    {
        begin(name);
        m_file.write("[");
        m_elements = 0;
    }
    void element(const Json &value)
    {
        m_file.write(std::string(m_elements++ == 0 ? "\n    " : ",\n    ") + text(value));
    }
    void endList() { m_file.write(m_elements == 0 ? "]" : "\n  ]"); }
    void end() { m_file.write("\n}\n"); }

private:
    static std::string text(const Json &value)
    {
        return value.dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    void begin(std::string_view name)
    {
        m_file.write(std::string(m_members++ == 0 ? "\n  " : ",\n  ") + text(Json(name)) + ": ");
    }

    AtomicFile &m_file;
    std::int64_t m_members = 0, m_elements = 0;
};

/// One user's data on its way into a file.
class UserData {
public:
    UserData(const Project &project, StoredUser user, AtomicFile &file, const Task &task)
        : m_project(project), m_user(std::move(user)), m_out(file), m_task(task)
    {
    }

    Result<UserDataReport> write();

private:
    Status writeProfile();
    Status writeEvents(std::string_view name, EventShelf shelf, std::int64_t &count);
    Status writeRejected();
    Status writeSources();

    /// A list whose elements name their source.
    template <class Element>
    void writeList(std::string_view name, const std::vector<Element> &elements,
                   Json (*toJson)(const Element &))
    {
        m_out.beginList(name);
        for (const Element &element : elements) {
            m_sources.insert(element.source);
            m_out.element(toJson(element));
        }
        m_out.endList();
    }

    const Project &m_project;
    const StoredUser m_user;
    ObjectWriter m_out;
    const Task &m_task;
    UserDataReport m_report;
    std::set<std::int64_t> m_sources;
};

Status UserData::writeProfile()
{
    const auto attributes = readStoredAttributes(m_project, m_user.id);
    const auto exposures = readStoredExposures(m_project, m_user.id);
    const auto scores = scoresJson(m_project, m_user.id);
    if (!attributes || !exposures || !scores) {
        return !attributes ? attributes.error() : !exposures ? exposures.error() : scores.error();
    }
    const auto answers = readStoredAnswers(m_project, m_user.id);
    if (!answers) {
        return answers.error();
    }
    m_out.member("project", m_project.name());
    m_out.member("user", profileJson(m_user));
    writeList("attributes", *attributes, attributeJson);
    writeList("campaigns", *exposures, exposureJson);
    m_out.member("scores", *scores);
    m_out.beginList("answers");
    for (const StoredAnswer &answer : *answers) {
        m_out.element(answerJson(answer));
    }
    m_out.endList();
    m_report.attributes = std::ssize(*attributes);
    m_report.exposures = std::ssize(*exposures);
    return Done{};
}

Status UserData::writeEvents(std::string_view name, EventShelf shelf, std::int64_t &count)
{
    m_out.beginList(name);
    for (std::int64_t last = 0;;) {
        if (m_task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const auto events = readStoredEvents(m_project, m_user.id, shelf, last, kPage);
        if (!events) {
            return events.error();
        }
        if (events->empty()) {
            break;
        }
        for (const StoredEvent &stored : *events) {
            m_sources.insert(stored.event.source);
            m_out.element(eventJson(stored, shelf));
        }
        count += std::ssize(*events);
        last = events->back().event.id;
    }
    m_out.endList();
    return Done{};
}

Status UserData::writeRejected()
{
    const auto rows = readRejectedNaming(m_project, m_user.key);
    if (!rows) {
        return rows.error();
    }
    writeList("rejected_rows", *rows, rejectedJson);
    m_report.rejectedRows = std::ssize(*rows);
    return Done{};
}

Status UserData::writeSources()
{
    const auto sources = readSources(m_project);
    if (!sources) {
        return sources.error();
    }
    m_out.beginList("sources");
    for (const SourceRecord &source : *sources) {
        if (m_sources.contains(source.id)) {
            const bool done = source.state == SourceState::Done;
            m_out.element({{"id", source.id},
                           {"name", source.name},
                           {"state", done ? "done" : "running"},
                           {"imported_at", done ? Json(formatTimestamp(source.finishedAt))
                                                : Json()}});
        }
    }
    m_out.endList();
    return Done{};
}

Result<UserDataReport> UserData::write()
{
    if (auto written = writeProfile(); !written) {
        return written.error();
    }
    if (auto written = writeEvents("events", EventShelf::InUse, m_report.events); !written) {
        return written.error();
    }
    if (auto written =
            writeEvents("events_set_aside", EventShelf::SetAside, m_report.setAsideEvents);
        !written) {
        return written.error();
    }
    for (const auto part : {&UserData::writeRejected, &UserData::writeSources}) {
        if (auto written = (this->*part)(); !written) {
            return written.error();
        }
    }
    m_out.end();
    return m_report;
}

} // namespace

Result<UserDataReport> exportUserData(Project &project, const std::string &key,
                                      const std::filesystem::path &out, Overwrite overwrite,
                                      const Task &task)
{
    auto user = findStoredUser(project, key);
    if (!user) {
        return user.error();
    }
    auto file = AtomicFile::create(out, overwrite);
    if (!file) {
        return file.error();
    }
    task.progress(0, "exporting");
    auto report = UserData(project, *std::move(user), *file, task).write();
    if (!report) {
        return report.error();
    }
    if (auto finished = file->finish(); !finished) {
        return finished.error();
    }
    report->path = out;
    report->bytes = file->bytes();
    const auto logged =
        logDataOut(project, "user_data", report->events + report->setAsideEvents);
    if (!logged) {
        return logged.error();
    }
    report->logged = *logged;
    task.progress(1, "exporting");
    return report;
}

} // namespace perennial
