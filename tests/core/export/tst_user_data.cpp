#include "core/export/user_data.h"
#include "core/project/database.h"
#include "core/project/user_state_store.h"
#include "tests/support/project_fixture.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <stop_token>

using namespace perennial;

class TestUserData : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everythingOfHimAndOfNobodyElse();
    void emptyListsAreThere();
    void longHistoriesStream();
    void rowsOfOthersStayHere();
    void rowsAreHisByTheUsersColumn();
    void valuesThatNoVersionWritesAreDamage();
    void hostileTextStaysText();
    void refusals();

private:
    Database &database() { return m_fixture->project().database(); }
    std::filesystem::path out() const { return m_fixture->folder() / "out.json"; }
    QJsonObject exported(const std::string &key)
    {
        const auto report =
            exportUserData(m_fixture->project(), key, out(), Overwrite::Replace, Task());
        if (!report) {
            qWarning("%s", report.error().detail.c_str());
            return {};
        }
        m_report = *report;
        QFile file(QString::fromStdString(out().string()));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                              : QJsonObject();
    }
    std::optional<test::ProjectFixture> m_fixture;
    UserDataReport m_report;
};

void TestUserData::init()
{
    m_fixture.emplace();
    m_fixture->add({
        {"anna", "i1", EventKind::Purchase, 100'000, 12.3456, "o1"},
        {"bert", "i1", EventKind::Purchase, 200'000, 20, "o2"},
        {"anna", "i2", EventKind::View, 300'000, 0, ""},
    });
}

void TestUserData::everythingOfHimAndOfNobodyElse()
{
    database().execute(
        "INSERT INTO set_aside_event SELECT *, 10 FROM event WHERE at = 300000;"
        "DELETE FROM event WHERE at = 300000;"
        "INSERT INTO device VALUES (1, 'phone'); UPDATE event SET device_id = 1;"
        "UPDATE user SET region = 'north', signup_day = 1 WHERE key = 'anna';"
        "INSERT INTO campaign(id, key, type) VALUES (1, 'spring', 'mail');"
        "INSERT INTO coupon VALUES (1, 'SAVE5');"
        "INSERT INTO event_offer VALUES (1, 1, 1);"
        "INSERT INTO exposure VALUES (1, 1, 86400, 1), (1, 2, 0, 1);"
        "INSERT INTO attribute VALUES (1, 1, 'age', 1, 1), (2, 1, 'tier', 2, 0);"
        "INSERT INTO user_attribute VALUES (1, 1, 1, 34), (1, 2, 1, 'gold'), (2, 1, 1, 50);"
        "INSERT INTO rejected_row VALUES (1, 1, 7, 'bad_date', 'at', 'anna,x'), "
        "(1, 2, 8, 'bad_date', 'at', 'bert,x');"
        "INSERT INTO user_state VALUES (1, 4, 1, 1, 3, 1, 12.5, 0.5, NULL, NULL, NULL, NULL, NULL, "
        "NULL);"
        "INSERT INTO user_state_label VALUES (1, 9, 180, 1, 0, 'USD', 'x', 'bg-nbd', 0, 0, 90, "
        "'{}', 0)");
    const QJsonObject data = exported("anna");
    const QJsonObject user = data["user"].toObject();
    QCOMPARE(user["key"].toString(), QString("anna"));
    QCOMPARE(user["region"].toString(), QString("north"));
    QCOMPARE(user["signup"].toString(), QString("1970-01-02"));
    const QJsonArray attributes = data["attributes"].toArray();
    QCOMPARE(attributes.size(), 2);
    QCOMPARE(attributes[0].toObject()["value"].toInt(), 34);
    QVERIFY(attributes[0].toObject()["personal"].toBool());
    QCOMPARE(attributes[1].toObject()["value"].toString(), QString("gold"));
    QCOMPARE(data["campaigns"].toArray().size(), 1);
    QCOMPARE(data["campaigns"].toArray()[0].toObject()["at"].toString(),
             QString("1970-01-02T00:00:00Z"));
    QCOMPARE(data["scores"].toObject()["stage"].toString(), QString("loyal"));
    QCOMPARE(data["scores"].toObject()["p_alive"].toDouble(), 0.5);
    QVERIFY(data["scores"].toObject()["churn_risk"].isNull());
    QCOMPARE(data["events"].toArray().size(), 1);
    const QJsonObject event = data["events"].toArray()[0].toObject();
    QCOMPARE(event["amount"].toDouble(), 12.3456);
    QCOMPARE(event["order"].toString(), QString("o1"));
    QCOMPARE(event["device"].toString(), QString("phone"));
    QCOMPARE(event["campaign"].toString(), QString("spring"));
    QCOMPARE(event["coupon"].toString(), QString("SAVE5"));
    QVERIFY(!event.contains("rules"));
    QCOMPARE(data["events_set_aside"].toArray().size(), 1);
    const QJsonObject aside = data["events_set_aside"].toArray()[0].toObject();
    QCOMPARE(aside["item"].toString(), QString("i2"));
    QCOMPARE(aside["rules"].toArray(), (QJsonArray{1, 3}));
    QCOMPARE(data["rejected_rows"].toArray().size(), 1);
    QCOMPARE(data["rejected_rows"].toArray()[0].toObject()["line"].toInt(), 7);
    QCOMPARE(data["sources"].toArray().size(), 1);
    QFile file(QString::fromStdString(out().string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("bert"));
    QCOMPARE(m_report.bytes, file.size());
    QVERIFY(m_report.logged);
    QCOMPARE(readAudit(m_fixture->project(), 1)->front().detail,
             R"({"rows":2,"table":"user_data"})");
}

void TestUserData::emptyListsAreThere()
{
    const QJsonObject data = exported("bert");
    for (const char *list : {"attributes", "campaigns", "events_set_aside", "rejected_rows"}) {
        QVERIFY2(data[QLatin1String(list)].isArray(), list);
        QVERIFY2(data[QLatin1String(list)].toArray().isEmpty(), list);
    }
    QVERIFY(data.contains("scores") && data["scores"].isNull());
}

void TestUserData::longHistoriesStream()
{
    std::vector<test::PlainEvent> events;
    for (int k = 0; k < 25'000; ++k) {
        events.push_back({"carl", "i1", EventKind::View, k, 0, ""});
    }
    m_fixture->add(events);
    const QJsonArray list = exported("carl")["events"].toArray();
    QCOMPARE(list.size(), 25'000);
    QCOMPARE(list.last().toObject()["at"].toString(), QString("1970-01-01T06:56:39Z"));
}

// A likeness of his key in somebody else's row is not his; forgetting errs the other way.
void TestUserData::rowsOfOthersStayHere()
{
    Statement written(database(), "UPDATE source SET mapping = ?");
    written.bindAll(R"({"delimiter":"semicolon","quote":"'","escape":"\\"})");
    written.run();
    Statement rejected(database(),
                       "INSERT INTO rejected_row VALUES (1, ?1, ?1, 'bad_date', 'at', ?2)");
    std::int64_t line = 1;
    for (const char *raw : {"bert;send it to anna, please", "bert;'anna;s mother'", "bert;ANNA",
                            "bert;hanna", "bert,anna", "anna;x", "'anna';x", "x;'an\\na'",
                            "x; anna "}) {
        rejected.bindAll(line, raw);
        rejected.run();
        ++line;
    }
    const QJsonArray rows = exported("anna")["rejected_rows"].toArray();
    QStringList texts;
    for (const QJsonValue &row : rows) {
        texts << row.toObject()["raw"].toString();
    }
    QCOMPARE(texts, (QStringList{"anna;x", "'anna';x", "x; anna "}));
}

// A user "12" is not he who bought 12 pieces.
void TestUserData::rowsAreHisByTheUsersColumn()
{
    m_fixture->add({{"12", "i1", EventKind::View, 1, 0, ""}});
    Statement written(database(), "UPDATE source SET mapping = ?");
    written.bindAll(R"({"delimiter":"comma","user_column":2})");
    written.run();
    database().execute("INSERT INTO rejected_row VALUES (1, 1, 1, 'bad_date', 'at', 'x,12,3'), "
                       "(1, 2, 2, 'bad_date', 'at', 'x,13,12'), "
                       "(1, 3, 3, 'wrong_column_count', '', '12')");
    const QJsonArray rows = exported("12")["rejected_rows"].toArray();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].toObject()["line"].toInt(), 1);
}

void TestUserData::valuesThatNoVersionWritesAreDamage()
{
    const auto code = [&] {
        const auto report =
            exportUserData(m_fixture->project(), "anna", out(), Overwrite::Replace, Task());
        return report ? ErrorCode::Internal : report.error().code;
    };
    database().execute("INSERT INTO attribute VALUES (1, 1, 'born', 3, 1);"
                       "INSERT INTO user_attribute VALUES (1, 1, 1, 365)");
    QCOMPARE(exported("anna")["attributes"].toArray()[0].toObject()["value"].toString(),
             QString("1971-01-01"));
    for (const char *damage : {"UPDATE user_attribute SET value = 9223372036854775807",
                               "UPDATE attribute SET type = 4",
                               "UPDATE user SET signup_day = 99999999999 WHERE key = 'anna'",
                               "INSERT INTO campaign(id, key) VALUES (1, 'c');"
                               "INSERT INTO exposure VALUES (1, 1, 999999999999999, 1)"}) {
        Transaction takenBack(database());
        database().execute(damage);
        QVERIFY2(code() == ErrorCode::Damaged, damage);
    }
    QVERIFY(!exported("anna").isEmpty());
}

void TestUserData::hostileTextStaysText()
{
    const std::string odd = "\"},{\"x\": \xff\n=1+1";
    Statement change(database(), "UPDATE user SET region = ? WHERE key = 'anna'");
    change.bindAll(odd);
    change.run();
    const QJsonObject data = exported("anna");
    QCOMPARE(data["user"].toObject()["region"].toString(),
             QString("\"},{\"x\": \uFFFD\n=1+1"));
    QCOMPARE(data["user"].toObject().size(), 5);
}

void TestUserData::refusals()
{
    Project &project = m_fixture->project();
    const auto code = [&](const std::string &key, const std::filesystem::path &path,
                          Overwrite overwrite, const Task &task = {}) {
        const auto report = exportUserData(project, key, path, overwrite, task);
        return report ? ErrorCode::Internal : report.error().code;
    };
    QCOMPARE(code("nobody", out(), Overwrite::Replace), ErrorCode::UnknownUser);
    QCOMPARE(code("anna", m_fixture->folder(), Overwrite::Replace), ErrorCode::IsDirectory);
    QCOMPARE(code("anna", m_fixture->folder() / "no" / "x.json", Overwrite::Replace),
             ErrorCode::NotWritable);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(code("anna", out(), Overwrite::Replace, Task(stop.get_token(), {})),
             ErrorCode::Cancelled);
    QVERIFY(!std::filesystem::exists(out()));
    QCOMPARE(readAudit(project, 10)->size(), std::size_t{1}); // the import's
    QVERIFY(exportUserData(project, "anna", out(), Overwrite::Refuse, Task()).ok());
    QCOMPARE(code("anna", out(), Overwrite::Refuse), ErrorCode::AlreadyExists);
}

QTEST_APPLESS_MAIN(TestUserData)
#include "tst_user_data.moc"
