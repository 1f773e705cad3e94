#include "core/project/segment_store.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

using namespace perennial;
using namespace perennial::test;

class TestSegmentStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsRenamesAndRemoves()
    {
        ProjectFixture fixture;
        Project &project = fixture.project();
        const auto gold = saveSegment(project, {0, "gold", R"({"all":[]})", 0});
        const auto away = saveSegment(project, {0, "away", R"({"any":[]})", 0});
        QVERIFY(gold.ok() && away.ok());
        QVERIFY(saveSegment(project, {*gold, "silver \"x\"", R"({"any":[]})", 0}).ok());
        const auto all = readSegments(project);
        QCOMPARE(all->size(), std::size_t{2});
        QCOMPARE((*all)[0].name, std::string("away"));
        QCOMPARE((*all)[1].name, std::string("silver \"x\""));
        QCOMPARE((*all)[1].id, *gold);
        QCOMPARE((*all)[1].definition, std::string(R"({"any":[]})"));
        QVERIFY((*all)[1].savedAt > 0);
        QVERIFY(removeSegment(project, *away).ok());
        QVERIFY(removeSegment(project, *away).ok());
        QCOMPARE(readSegments(project)->size(), std::size_t{1});
    }

    void refusesWhatCantBe()
    {
        ProjectFixture fixture;
        Project &project = fixture.project();
        const auto gold = saveSegment(project, {0, "gold", "{}", 0});
        QCOMPARE(saveSegment(project, {0, "", "{}", 0}).error().where, std::string("name"));
        QCOMPARE(saveSegment(project, {0, "gold", "{}", 0}).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(saveSegment(project, {*gold + 1, "new", "{}", 0}).error().where, std::string("id"));
        QVERIFY(saveSegment(project, {*gold, "gold", "{ }", 0}).ok()); // its own name
        QCOMPARE(readSegments(project)->size(), std::size_t{1});
        const auto path = project.path();
        fixture.close();
        auto reader = Project::open(path, Project::Access::ReadOnly);
        QCOMPARE(saveSegment(*reader, {0, "more", "{}", 0}).error().code, ErrorCode::ReadOnly);
        QCOMPARE(removeSegment(*reader, *gold).error().code, ErrorCode::ReadOnly);
        QCOMPARE(readSegments(*reader)->size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestSegmentStore)
#include "tst_segment_store.moc"
