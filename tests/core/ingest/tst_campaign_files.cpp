#include "tests/core/ingest/table_fixture.h"

#include "core/ingest/preview.h"
#include "core/project/event_store.h"
#include "core/project/recovery.h"

#include <algorithm>

using namespace perennial;
using namespace perennial::test;

class TestCampaignFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void campaignsExposuresCouponsRedemptions();
    void exposuresByTheClocksOfAPlace();
    void daysOfCampaigns();
    void completeJourney();
};

void TestCampaignFiles::campaignsExposuresCouponsRedemptions()
{
    ImportFixture fixture;
    VERIFY_OK(fixture.import("campaign,campaign_type,start,end\n7,Type A,2020-01-01,2020-02-01\n",
                             as(Contents::Campaigns)));
    VERIFY_OK(fixture.import("campaign,user\n7,ann\n7,bob\n8,ann\n", as(Contents::Exposures)));
    VERIFY_OK(
        fixture.import("coupon,campaign,item\nc1,7,x\nc1,7,y\nc2,8,\n", as(Contents::Coupons)));
    VERIFY_OK(fixture.import("user,at,kind,campaign,coupon\nann,2020-01-15,coupon,7,c1\n"
                             "bob,2020-01-16,purchase,,\n"));
    const auto campaigns = *readCampaigns(fixture.project());
    QCOMPARE(campaigns.size(), std::size_t{2});
    QCOMPARE(campaigns[0].type, std::string("Type A"));
    QCOMPARE(formatDate(*campaigns[0].lastDay), std::string("2020-02-01"));
    QCOMPARE(campaigns[0].users, 2);
    QCOMPARE(campaigns[0].coupons, 1);
    QCOMPARE(campaigns[0].redemptions, 1);
    QCOMPARE(campaigns[1].redemptions, 0);
    QVERIFY(!campaigns[1].firstDay);
    QCOMPARE(count(fixture, "event_offer"), 1); // ordinary events take no room there
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
    for (const SourceRecord &source : *readSources(fixture.project())) {
        VERIFY_OK(removeSource(fixture.project(), source.id));
    }
    for (const char *table : {"campaign", "coupon", "exposure", "coupon_item", "event_offer",
                              "user", "item", "event", "description"}) {
        QVERIFY2(count(fixture, table) == 0, table);
    }
}

void TestCampaignFiles::exposuresByTheClocksOfAPlace()
{
    const std::string file = "campaign,user,at\n"
                             "7,ann,2023-03-12 02:30:00\n" // skipped when clocks are set forward
                             "7,bob,2023-11-05 01:30:00\n" // shown twice: the first is taken
                             "7,cyd,2023-07-01 12:00:00\n"
                             "7,dan,2023-07-01 12:00:00Z\n"
                             "7,eve,2023-07-01\n" // a date alone stays the day it is
                             "7,fay,\n"
                             "7,gus,soon\n"
                             "7,bob,2023-11-05 01:30:00\n";
    ImportOptions options = as(Contents::Exposures);
    options.recipe.timeZone = "America/New_York";
    for (const bool dryRun : {true, false}) {
        ImportFixture fixture;
        options.dryRun = dryRun;
        const auto report = fixture.import(file, options);
        VERIFY_OK(report);
        QCOMPARE(report->totals.stored.rows, 5);
        QCOMPARE(report->totals.duplicate.rows, 1);
        QVERIFY(report->totals.balanced());
        QCOMPARE(report->ambiguousTimes, 1);
        const std::map<std::string, std::int64_t> reasons{{"bad_date", 1}, {"no_such_time", 1}};
        QVERIFY(report->reasons == reasons);
        QCOMPARE(report->firstRejected[0].line, 2);
        QCOMPARE(report->firstRejected[0].column, std::string("at"));
        if (dryRun) {
            continue;
        }
        std::string stored;
        Statement rows(fixture.project().database(), "SELECT u.key, e.at FROM exposure e JOIN "
                                                     "user u ON u.id = e.user_id ORDER BY u.key");
        while (rows.step()) {
            const std::int64_t at = rows.integer(1);
            stored += rows.text(0) + " " + (at == 0 ? "never" : formatTimestamp(at)) + "\n";
        }
        QCOMPARE(stored, std::string("bob 2023-11-05T05:30:00Z\ncyd 2023-07-01T16:00:00Z\n"
                                     "dan 2023-07-01T12:00:00Z\neve 2023-07-01T00:00:00Z\n"
                                     "fay never\n"));
        QVERIFY(verifyProject(fixture.project(), Task())->sound());
    }
}

// A campaign begins and ends on a day of its place: no zone turns it into another.
void TestCampaignFiles::daysOfCampaigns()
{
    for (const char *zone : {"UTC", "Asia/Tokyo", "America/Los_Angeles"}) {
        ImportFixture fixture;
        ImportOptions options = as(Contents::Campaigns);
        options.recipe.timeZone = zone;
        const auto report = fixture.import("campaign,start,end\n"
                                           "1,2023-03-12,2023-11-05\n"
                                           "2,2023-03-12 02:30:00,2023-11-05 23:59:59\n"
                                           "3,,2024-02-29\n"
                                           "4,2023-02-29,2023-03-01\n"
                                           "5,2023-01-01,later\n"
                                           "1,2023-03-13,2023-11-05\n",
                                           options);
        VERIFY_OK(report);
        QCOMPARE(report->totals.stored.rows, 3);
        const std::map<std::string, std::int64_t> reasons{{"bad_date", 2}, {"repeated_key", 1}};
        QVERIFY(report->reasons == reasons);
        QCOMPARE(report->firstRejected[0].column, std::string("start"));
        QCOMPARE(report->firstRejected[1].column, std::string("end"));
        const auto campaigns = *readCampaigns(fixture.project());
        QCOMPARE(campaigns.size(), std::size_t{3});
        for (const std::size_t k : {0, 1}) {
            QCOMPARE(formatDate(*campaigns[k].firstDay), std::string("2023-03-12"));
            QCOMPARE(formatDate(*campaigns[k].lastDay), std::string("2023-11-05"));
        }
        QVERIFY(!campaigns[2].firstDay);
        QCOMPARE(formatDate(*campaigns[2].lastDay), std::string("2024-02-29"));
    }
}

// The whole of the Complete Journey sample in one project, each file by its shipped profile.
void TestCampaignFiles::completeJourney()
{
    const std::filesystem::path folder =
        std::filesystem::path(PERENNIAL_SHARED_DIR) / "data" / "complete_journey";
    if (!std::filesystem::exists(folder)) {
        QSKIP("no shared data here");
    }
    ImportFixture fixture;
    const struct {
        const char *file, *profile;
        std::int64_t rows;
    } files[] = {
        {"products.csv.gz", "complete-journey-products", 92331},
        {"transactions_sample.csv.gz", "complete-journey", 75000},
        {"demographics.csv.gz", "complete-journey-demographics", 801},
        {"campaign_descriptions.csv.gz", "complete-journey-campaign-descriptions", 27},
        {"campaigns.csv.gz", "complete-journey-campaigns", 6589},
        {"coupons.csv.gz", "complete-journey-coupons", 116204},
        {"coupon_redemptions.csv.gz", "complete-journey-redemptions", 2102},
    };
    for (const auto &[file, profile, rows] : files) {
        ImportOptions options;
        options.path = folder / file;
        QCOMPARE(previewImport(options)->suggestedProfile, std::string(profile));
        options.profile = profile;
        const auto report = importFile(fixture.project(), options, Task());
        VERIFY_OK(report);
        QCOMPARE(report->totals.read.rows, rows);
        QVERIFY(report->totals.balanced());
        QCOMPARE(report->totals.rejected.rows, 0);
    }
    const ProjectCounts counts = *readCounts(fixture.project());
    QCOMPARE(counts.purchases, 75000);
    QCOMPARE(counts.events, 77102);
    QCOMPARE(readCampaigns(fixture.project())->size(), std::size_t{27});
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

QTEST_APPLESS_MAIN(TestCampaignFiles)
#include "tst_campaign_files.moc"
