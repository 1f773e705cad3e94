#include "core/ingest/import.h"
#include "core/project/database.h"
#include "core/project/event_store.h"
#include "core/project/recovery.h"
#include "core/project/user_naming.h"
#include "tests/core/ingest/import_fixture.h"

#include <QFile>
#include <QTest>

#include <stop_token>

using namespace perennial;

namespace {

const char *const kFile = "user,at,kind,item,amount,order\n"
                          "anna-7f3a9c,2024-01-01,purchase,i1,10,o1\n"
                          "bert-1d2e8b,2024-01-02,view,i1,,\n"
                          "anna-7f3a9c,2024-01-03,purchase,i2,5,o2\n"
                          "anna-7f3a9c,someday,purchase,i2,5,o3\n"
                          "carl-99ab01,2024-01-04,teleport,i2,5,o3\n";

std::shared_ptr<const Pseudonymizer> newKey()
{
    return std::make_shared<const Pseudonymizer>(SecretKey::random().value());
}

} // namespace

class TestPseudonymised : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture.emplace();
        m_options = {};
        m_options.pseudonyms = newKey();
    }
    void idsAreReplaced();
    void noIdReachesTheProject();
    void sameUserInTwoFiles();
    void kindsAreNotMixed();
    void anImportTakenBackLeavesTheChoiceFree();
    void aUserForAllRows();
    void dryRunTellsAndWritesNothing();

private:
    bool holds(const std::string &text) const
    {
        for (const char *suffix : {"", "-wal"}) {
            QFile file(QString::fromStdString(m_fixture->project().path().string()) + suffix);
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text.c_str())) {
                return true;
            }
        }
        return false;
    }
    mutable std::optional<test::ImportFixture> m_fixture;
    ImportOptions m_options;
};

void TestPseudonymised::idsAreReplaced()
{
    const auto report = m_fixture->import(kFile, m_options);
    VERIFY_OK(report);
    QCOMPARE(report->totals.stored.rows, 3);
    QCOMPARE(report->users, 2);
    QCOMPARE(report->orders, 2);
    const auto anna =
        findUser(m_fixture->project(), m_options.pseudonyms->pseudonym("anna-7f3a9c"));
    VERIFY_OK(anna);
    QCOMPARE(readUserEvents(m_fixture->project(), anna->id, 10)->size(), std::size_t{2});
    COMPARE_ERROR(findUser(m_fixture->project(), "anna-7f3a9c"), ErrorCode::UnknownUser);
    QVERIFY(*pseudonymFingerprint(m_fixture->project()) == m_options.pseudonyms->fingerprint());
}

void TestPseudonymised::noIdReachesTheProject()
{
    const auto report = m_fixture->import(kFile, m_options);
    VERIFY_OK(report);
    QCOMPARE(report->totals.rejected.rows, 2);
    QCOMPARE(report->firstRejected.size(), std::size_t{2});
    const auto kept = readRejected(m_fixture->project(), report->source, 0, 10);
    for (const auto &rows : {report->firstRejected, *kept}) {
        QCOMPARE(rows.front().line, 5);
        QCOMPARE(rows.front().reason, "bad_date");
        QCOMPARE(rows.front().raw, "");
    }
    for (const char *id : {"anna-7f3a9c", "bert-1d2e8b", "carl-99ab01"}) {
        QVERIFY2(!holds(id), id);
    }
    QVERIFY(holds(m_options.pseudonyms->pseudonym("anna-7f3a9c")));
    QVERIFY(verifyProject(m_fixture->project(), Task())->sound());
}

void TestPseudonymised::sameUserInTwoFiles()
{
    VERIFY_OK(m_fixture->import(kFile, m_options));
    const auto again = m_fixture->import(
        "user,at,kind,item\nbert-1d2e8b,2024-02-01,view,i1\ndora,2024-02-01,view,i1\n", m_options);
    VERIFY_OK(again);
    QCOMPARE(readCounts(m_fixture->project())->users, 3);
}

void TestPseudonymised::kindsAreNotMixed()
{
    VERIFY_OK(m_fixture->import(kFile, m_options));
    const char *more = "user,at,kind,item\ndora,2024-02-01,view,i1\n";
    COMPARE_ERROR(m_fixture->import(more), ErrorCode::PseudonymsNeeded);
    ImportOptions other;
    other.pseudonyms = newKey();
    COMPARE_ERROR(m_fixture->import(more, other), ErrorCode::WrongKey);
    QCOMPARE(m_fixture->sourceCount(), std::size_t{1});
    QCOMPARE(readCounts(m_fixture->project())->users, 2);

    m_fixture.emplace();
    VERIFY_OK(m_fixture->import(kFile));
    COMPARE_ERROR(m_fixture->import(more, m_options), ErrorCode::NotPseudonymised);
    VERIFY_OK(m_fixture->import(more));
    QVERIFY(!pseudonymFingerprint(m_fixture->project())->has_value());
}

void TestPseudonymised::anImportTakenBackLeavesTheChoiceFree()
{
    ImportOptions options = m_options;
    options.path = m_fixture->write("events.csv", kFile);
    std::stop_source stop;
    stop.request_stop();
    COMPARE_ERROR(importFile(m_fixture->project(), options, Task(stop.get_token(), {})),
                  ErrorCode::Cancelled);
    VERIFY_OK(m_fixture->import(kFile));
    VERIFY_OK(findUser(m_fixture->project(), "anna-7f3a9c"));
}

// The recipe is kept with the source: the id would stand there.
void TestPseudonymised::aUserForAllRows()
{
    m_options.recipe.constants[Role::User] = "anna-7f3a9c";
    VERIFY_OK(m_fixture->import("at,kind,item\n2024-01-01,view,i1\n", m_options));
    QVERIFY(!holds("anna-7f3a9c"));
    VERIFY_OK(findUser(m_fixture->project(), m_options.pseudonyms->pseudonym("anna-7f3a9c")));
}

void TestPseudonymised::dryRunTellsAndWritesNothing()
{
    m_options.dryRun = true;
    const auto report = m_fixture->import(kFile, m_options);
    VERIFY_OK(report);
    QCOMPARE(report->users, 2);
    QCOMPARE(m_fixture->sourceCount(), std::size_t{0});
    VERIFY_OK(m_fixture->import(kFile));
    COMPARE_ERROR(m_fixture->import("user,at,kind,item\ndora,2024-02-01,view,i1\n", m_options),
                  ErrorCode::NotPseudonymised);
}

QTEST_APPLESS_MAIN(TestPseudonymised)
#include "tst_pseudonymised.moc"
