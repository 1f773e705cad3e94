#include "core/features/order_history.h"
#include "core/lifecycle/lifecycle.h"
#include "core/project/event_store.h"
#include "core/project/event_writer.h"
#include "core/project/import_store.h"
#include "core/project/run_store.h"
#include "core/project/settings.h"
#include "core/sample/sample_shop.h"
#include "core/scoring/score_users.h"
#include "core/value/value_prediction.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <stop_token>

using namespace perennial;

namespace {

struct Row {
    int user;
    Day day;
    EventKind kind;
    double amount;
};

bool has(const ScoreReport &report, ScoreNote note)
{
    return std::find(report.notes.begin(), report.notes.end(), note) != report.notes.end();
}

} // namespace

class TestScoreUsers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sampleShop();
    void otherDayAndHorizon();
    void theChosenMethodPredicts();
    void withoutPurchases();
    void withoutRepeats();
    void withoutChurn();
    void withoutMoney();
    void saysWhatLiesOutsideTheData();
    void empty();
    void cancelAndRefusals();

private:
    std::string pathOf(const char *name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    std::optional<Project> projectOf(const char *name, const std::vector<Row> &rows) const;

    QTemporaryDir m_folder;
};

std::optional<Project> TestScoreUsers::projectOf(const char *name,
                                                 const std::vector<Row> &rows) const
{
    auto project = Project::create(pathOf(name));
    SourceRecord record;
    record.name = "rows";
    const auto source = beginSource(*project, record);
    {
        auto writer = EventWriter::open(*project, *source);
        static_cast<void>(writer->begin());
        ImportChunk chunk;
        for (const Row &row : rows) {
            EventRow event;
            event.user = *writer->code(Dictionary::User, "u" + std::to_string(row.user));
            event.kind = row.kind;
            event.at = startOf(row.day) + 3600;
            event.amount = moneyFromUnits(row.amount);
            static_cast<void>(writer->add(event));
            chunk.totals.read.rows += 1;
            chunk.totals.read.amount += event.amount;
        }
        chunk.totals.stored = chunk.totals.read;
        static_cast<void>(logChunk(*project, *source, chunk));
        static_cast<void>(writer->commit());
    }
    static_cast<void>(buildEventIndexes(*project));
    static_cast<void>(finishSource(*project, *source));
    return std::move(*project);
}

void TestScoreUsers::sampleShop()
{
    const auto path = pathOf("shop");
    QVERIFY(createSampleShop(path, {.users = 3000, .items = 60}, {}).ok());
    auto project = Project::open(path, Project::Access::ReadWrite);
    QVERIFY(readUserStateLabel(*project).error().code == ErrorCode::NotScored);
    const auto report = scoreUsers(*project, {}, {});
    QVERIFY(report.ok());
    QCOMPARE(report->users, 3000);
    QCOMPARE(report->valueStatus, std::string("converged"));
    QVERIFY(report->notes.empty());
    QCOMPARE(report->label.churnSource, std::string("bg-nbd"));

    // The same figures as the rooms that made them.
    const auto settings = readSettings(*project);
    const auto value = fitValueModel(*project, valueOptionsFrom(*settings), {});
    QVERIFY(std::abs(*report->predictedValue - (*value)->predictedTotal) <
            1e-9 * (*value)->predictedTotal);
    QVERIFY(std::abs(report->realised - (*value)->realisedTotal) < 1e-6);
    const auto lifecycle = computeLifecycle(*project, lifecycleOptionsFrom(*settings), {});
    QVERIFY(report->stages == (*lifecycle)->counts);

    QVERIFY(*report->predictedLower < *report->predictedValue &&
            *report->predictedValue < *report->predictedUpper);
    QCOMPARE(*readScoreReport(*project)->predictedUpper, *report->predictedUpper);
    // The totals of past windows were off too: the interval knows, and holds the truth.
    QVERIFY(report->totalError);
    QCOMPARE(report->totalError->windows, 2);
    QCOMPARE(readScoreReport(*project)->totalError->rms, report->totalError->rms);
    QVERIFY(*report->predictedLower < report->truth->trueTotal &&
            report->truth->trueTotal < *report->predictedUpper);
    const auto states = readUserStates(*project);
    for (const UserState &state : *states) {
        QCOMPARE(state.predictedLower.has_value(), state.predictedValue.has_value());
        QVERIFY(!state.predictedLower || (*state.predictedLower >= 0 &&
                                          *state.predictedLower <= *state.predictedUpper));
    }
    QCOMPARE(states->size(), std::size_t{3000});
    double predicted = 0;
    std::int64_t customers = 0;
    for (const UserState &state : *states) {
        predicted += state.predictedValue.value_or(0);
        customers += state.orders > 0;
        QVERIFY(state.predictedValue.has_value() == (state.orders > 0));
        QVERIFY(state.pAlive.has_value() == (state.orders > 0));
        QVERIFY(!state.churnRisk || (*state.churnRisk >= 0 && *state.churnRisk <= 1));
        QVERIFY(!state.behaviorValue);
    }
    QCOMPARE(customers, report->customers);
    QVERIFY(std::abs(predicted - *report->predictedValue) < 1e-6);

    QVERIFY(report->truth);
    QCOMPARE(report->truth->users, 3000);
    QVERIFY(std::abs(report->truth->bias) < .4);
    QVERIFY(report->truth->spearman > .4);
    QVERIFY(*report->truth->aucAlive > .6);

    QCOMPARE(readChampion(*project, "bg-nbd")->id, report->label.valueRun);
    QVERIFY(readChampion(*project, "gamma-gamma").ok());
    const auto again = readScoreReport(*project);
    QVERIFY(again.ok());
    QCOMPARE(again->users, report->users);
    QCOMPARE(*again->predictedValue, *report->predictedValue);
    QVERIFY(again->stages == report->stages);
    QCOMPARE(again->truth->mae, report->truth->mae);
}

void TestScoreUsers::otherDayAndHorizon()
{
    auto project = Project::open(pathOf("shop"), Project::Access::ReadWrite);
    const Day end = dayFromCivil({2026, 6, 30});
    const auto earlier = scoreUsers(*project, {.until = end - 90, .horizonDays = 30}, {});
    QVERIFY(earlier.ok());
    QCOMPARE(earlier->label.snapshot, end - 90);
    QCOMPARE(earlier->label.horizonDays, 30);
    QVERIFY(earlier->users < 3000); // some had not come yet
    QVERIFY(!earlier->truth);
    const auto now = scoreUsers(*project, {.until = {}, .horizonDays = 365}, {});
    QVERIFY(now->truth);
    QVERIFY(*now->predictedValue > *earlier->predictedValue);
    // 18 months have no two windows of a year: that is said, in the stored report too.
    for (const ScoreReport &said : {*now, *readScoreReport(*project)}) {
        QVERIFY(!said.totalError);
        QVERIFY(std::ranges::find(said.notes, ScoreNote::TotalErrorUnknown) != said.notes.end());
    }
    QCOMPARE(readUserStateLabel(*project)->horizonDays, 365);
    // The settings stay what they were.
    QCOMPARE(readSettings(*project)->horizonDays, 180);
    QCOMPARE(scoreUsers(*project, {.until = {}, .horizonDays = 0}, {}).error().code,
             ErrorCode::HorizonNotPositive);
    QVERIFY(!scoreUsers(*project, {.until = dayFromCivil({1999, 1, 1}), .horizonDays = {}}, {})
                 .ok());
    QCOMPARE(readUserStateLabel(*project)->horizonDays, 365);
}

void TestScoreUsers::theChosenMethodPredicts()
{
    auto project = Project::open(pathOf("shop"), Project::Access::ReadWrite);
    ProjectSettings settings = *readSettings(*project);
    const ProjectSettings before = settings;
    settings.margin = 0.5;
    settings.discountPerYear = 0;
    settings.valueModel = "past-window";
    QVERIFY(writeSettings(*project, settings).ok());
    const auto naive = scoreUsers(*project, {}, {});
    QCOMPARE(naive->valueModel, std::string("past-window"));
    QCOMPARE(readScoreReport(*project)->valueModel, std::string("past-window"));
    // A rule draws no futures; its past errors of the total are known all the same.
    QVERIFY(!readUserStates(*project)->front().predictedLower);
    QVERIFY(naive->totalError && *naive->predictedLower < *naive->predictedValue);
    // Everybody's past at the same rate: half of it, over 180 days of the shop's own age.
    const auto history = readOrderHistory(*project, {}, {});
    const double days = *history->lastDay() - *history->firstDay() + 1;
    const double ratio = *naive->predictedValue / (0.5 * naive->realised * 180 / days);
    QVERIFY2(std::abs(ratio - 1) < 0.01, qPrintable(QString::number(ratio)));

    // With a discount every order is worth as much less as the fitted model's.
    settings.discountPerYear = 0.2;
    QVERIFY(writeSettings(*project, settings).ok());
    const double discounted = *scoreUsers(*project, {}, {})->predictedValue;
    QVERIFY(discounted < *naive->predictedValue);
    QVERIFY(discounted > *naive->predictedValue * std::pow(1.2, -180.0 / 365));

    settings.valueModel = "mbg";
    QVERIFY(writeSettings(*project, settings).ok());
    const auto unknown = scoreUsers(*project, {}, {});
    QCOMPARE(unknown->valueModel, std::string("bg-nbd"));
    QVERIFY(has(*unknown, ScoreNote::OtherValueModel));
    settings.valueModel = "No such; model";
    QCOMPARE(writeSettings(*project, settings).error().where, std::string("value_model"));
    QVERIFY(writeSettings(*project, before).ok());
}

void TestScoreUsers::withoutPurchases()
{
    auto project = projectOf("views", {{1, 100, EventKind::View, 0},
                                       {1, 120, EventKind::View, 0},
                                       {2, 130, EventKind::Click, 0}});
    const auto report = scoreUsers(*project, {}, {});
    QVERIFY(report.ok());
    QCOMPARE(report->users, 2);
    QCOMPARE(report->customers, 0);
    QVERIFY(has(*report, ScoreNote::NoPurchases));
    QVERIFY(!report->predictedValue && !report->meanPAlive && !report->meanChurnRisk);
    QCOMPARE(report->valueStatus, std::string("none"));
    const auto states = readUserStates(*project);
    QVERIFY(!states->front().predictedValue && !states->front().churnRisk);
    QVERIFY(readScoreReport(*project).ok());
    QVERIFY(readRuns(*project)->empty());
}

void TestScoreUsers::withoutRepeats()
{
    std::vector<Row> rows;
    for (int user = 1; user <= 40; ++user) {
        rows.push_back({user, 100 + user, EventKind::Purchase, 10});
    }
    auto project = projectOf("once", rows);
    const auto report = scoreUsers(*project, {}, {});
    QVERIFY(report.ok());
    QVERIFY(has(*report, ScoreNote::NoRepeatBuyers));
    QCOMPARE(report->customers, 40);
    QCOMPARE(report->realised, 400.0);
    QVERIFY(!report->predictedValue);
}

void TestScoreUsers::withoutChurn()
{
    // Everybody buys on and on, each at his own pace, up to the end.
    std::vector<Row> rows;
    for (int user = 1; user <= 60; ++user) {
        for (Day day = 1000 + user % 7; day <= 1400; day += 5 + user % 11) {
            rows.push_back({user, day, EventKind::Purchase, 10.0 + user});
        }
    }
    auto project = projectOf("faithful", rows);
    const auto report = scoreUsers(*project, {}, {});
    QVERIFY(report.ok());
    QCOMPARE(report->valueStatus, std::string("boundary"));
    QVERIFY(has(*report, ScoreNote::NoChurnBoundary));
    QVERIFY(!report->meanPAlive);
    QVERIFY(*report->predictedValue > 0);
    const auto states = readUserStates(*project);
    for (const UserState &state : *states) {
        QVERIFY(!state.pAlive && state.predictedValue && state.churnRisk);
    }
}

void TestScoreUsers::withoutMoney()
{
    std::vector<Row> rows;
    for (int user = 1; user <= 60; ++user) {
        for (Day day = 1000 + user; day < 1400 - 5 * (user % 13); day += 9 + 3 * (user % 11)) {
            rows.push_back({user, day, EventKind::Purchase, 0});
        }
    }
    auto project = projectOf("free", rows);
    const auto report = scoreUsers(*project, {}, {});
    QVERIFY(report.ok());
    QVERIFY(has(*report, ScoreNote::NoSpend));
    QVERIFY(!report->predictedValue);
    QVERIFY(*report->expectedOrders > 0);
    QVERIFY(readChampion(*project, "bg-nbd").ok());
    QVERIFY(!readChampion(*project, "gamma-gamma").ok());
}

void TestScoreUsers::saysWhatLiesOutsideTheData()
{
    std::vector<Row> rows;
    for (int user = 1; user <= 60; ++user) {
        for (Day day = 1000 + user; day < 1400 - 5 * (user % 13); day += 9 + 3 * (user % 11)) {
            rows.push_back({user, day, EventKind::Purchase, 100000});
        }
    }
    auto soundProject = projectOf("sound", rows);
    const auto sound = scoreUsers(*soundProject, {}, {});
    QVERIFY(sound.ok());
    QVERIFY(!has(*sound, ScoreNote::RefundsOutweighSales));
    QVERIFY(!has(*sound, ScoreNote::HorizonBeyondHistory));
    std::vector<Row> young;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(young),
                 [](const Row &row) { return row.day < 1100; });
    auto earlyProject = projectOf("young", young);
    const auto early = scoreUsers(*earlyProject, {}, {});
    QVERIFY(early.ok());
    QVERIFY(has(*early, ScoreNote::HorizonBeyondHistory));
    const std::size_t purchases = rows.size();
    for (std::size_t i = 0; i < purchases; ++i) {
        rows.push_back({rows[i].user, rows[i].day, EventKind::Refund, -150000});
    }
    auto returnedProject = projectOf("returned", rows);
    const auto returned = scoreUsers(*returnedProject, {}, {});
    QVERIFY(returned.ok());
    QVERIFY(has(*returned, ScoreNote::RefundsOutweighSales));
    QVERIFY(returned->realised < 0);
    QCOMPARE(*returned->predictedValue, 0.0);
}

void TestScoreUsers::empty()
{
    auto project = Project::create(pathOf("empty"));
    QCOMPARE(scoreUsers(*project, {}, {}).error().code, ErrorCode::NoEvents);
    QCOMPARE(readScoreReport(*project).error().code, ErrorCode::NotScored);
}

void TestScoreUsers::cancelAndRefusals()
{
    const auto path = pathOf("shop");
    {
        auto project = Project::open(path, Project::Access::ReadWrite);
        const auto before = readUserStateLabel(*project);
        const auto runs = readRuns(*project)->size();
        std::stop_source stop;
        stop.request_stop();
        const auto cancelled =
            scoreUsers(*project, {.until = {}, .horizonDays = 7}, Task(stop.get_token(), {}));
        QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
        QCOMPARE(readUserStateLabel(*project)->computedAt, before->computedAt);
        QCOMPARE(readUserStateLabel(*project)->horizonDays, before->horizonDays);
        QCOMPARE(readRuns(*project)->size(), runs);
    }
    auto reader = Project::open(path, Project::Access::ReadOnly);
    QCOMPARE(scoreUsers(*reader, {}, {}).error().code, ErrorCode::ReadOnly);
}

QTEST_APPLESS_MAIN(TestScoreUsers)
#include "tst_score_users.moc"
