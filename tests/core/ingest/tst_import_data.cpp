#include "core/project/event_store.h"
#include "core/project/recovery.h"
#include "tests/core/ingest/import_fixture.h"

using namespace perennial;
using test::ImportFixture;

namespace {

std::filesystem::path shared(const char *name)
{
    return std::filesystem::path(PERENNIAL_SHARED_DIR) / "data" / name;
}

ImportOptions profiled(const char *file, const char *profile)
{
    ImportOptions options;
    options.path = shared(file);
    options.profile = profile;
    return options;
}

constexpr Money thousandths(std::int64_t value)
{
    return value * 10;
}

} // namespace

/// The control numbers of shared/reference.
class TestImportData : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cdnowSample();
    void cdnowMaster();
    void onlineRetail();
};

void TestImportData::cdnowSample()
{
    const auto options = profiled("cdnow/CDNOW_sample.txt", "cdnow-sample");
    if (!std::filesystem::exists(options.path)) {
        QSKIP("shared data is not here");
    }
    ImportFixture fixture;
    const auto report = importFile(fixture.project(), options, Task());
    VERIFY_OK(report);
    QCOMPARE(report->totals.read.rows, 6919);
    QCOMPARE(report->totals.stored.rows, 6919);
    QCOMPARE(report->users, 2357);
    QCOMPARE(formatMoney(report->totals.stored.amount), std::string("244091.94"));
    QCOMPARE(report->totals.read, report->totals.stored);
    const auto user = findUser(fixture.project(), "00004");
    VERIFY_OK(user);
    const auto events = readUserEvents(fixture.project(), user->id, 10);
    QCOMPARE(events->size(), std::size_t{4});
    QCOMPARE(formatTimestamp(events->front().at), std::string("1997-12-12T00:00:00Z"));
    QCOMPARE(events->front().quantity, 2.0);
}

void TestImportData::cdnowMaster()
{
    const auto options = profiled("cdnow/CDNOW_master.txt", "cdnow-master");
    if (!std::filesystem::exists(options.path)) {
        QSKIP("shared data is not here");
    }
    ImportFixture fixture;
    const auto report = importFile(fixture.project(), options, Task());
    VERIFY_OK(report);
    QCOMPARE(report->totals.read.rows, 69659);
    QCOMPARE(report->totals.stored.rows, 69659);
    QCOMPARE(report->users, 23570);
}

void TestImportData::onlineRetail()
{
    const auto options =
        profiled("online_retail/online_retail_II_2009_2010.csv.gz", "online-retail-ii");
    if (!std::filesystem::exists(options.path)) {
        QSKIP("shared data is not here");
    }
    ImportFixture fixture;
    const auto report = importFile(fixture.project(), options, Task());
    VERIFY_OK(report);
    const ImportTotals &totals = report->totals;
    QCOMPARE(totals.read.rows, 525461);
    QCOMPARE(totals.duplicate.rows, 6865);
    QCOMPARE(totals.rejected.rows, 107833);
    QCOMPARE(totals.excluded.rows, 1794);
    QCOMPARE(totals.stored.rows, 408969);
    QVERIFY(totals.balanced());
    QCOMPARE(totals.read.amount, thousandths(9'539'484'634));
    QCOMPARE(totals.excluded.amount, thousandths(-79'918'980));
    QCOMPARE(totals.stored.amount, thousandths(8'394'774'564));
    QCOMPARE(report->purchases, 399596);
    QCOMPARE(report->refunds, 9373);
    QCOMPARE(report->gross, thousandths(8'639'657'214));
    QCOMPARE(report->refunded, thousandths(-244'882'650));
    QCOMPARE(report->users, 4314);
    QCOMPARE(report->items, 4022);
    QCOMPARE(report->orders, 18966);
    QCOMPARE(report->reasons.at("missing_user"), 107833);
    QCOMPARE(report->reasons.at("excluded_item"), 1794);
    // The project says the same.
    const auto counts = readCounts(fixture.project());
    VERIFY_OK(counts);
    QCOMPARE(counts->events, 408969);
    QCOMPARE(counts->users, 4314);
    QCOMPARE(counts->items, 4022);
    QCOMPARE(counts->orders, 18966);
    QCOMPARE(counts->gross, thousandths(8'639'657'214));
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
    const auto items = readItems(fixture.project());
    QCOMPARE(items->front().key, std::string("85048"));
    QCOMPARE(items->front().name, std::string("15CM CHRISTMAS GLASS BALL 20 LIGHTS"));
    QCOMPARE(*items->front().price, thousandths(6950));
}

QTEST_GUILESS_MAIN(TestImportData)
#include "tst_import_data.moc"
