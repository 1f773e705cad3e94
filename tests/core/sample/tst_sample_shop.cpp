#include "core/project/event_store.h"
#include "core/project/import_store.h"
#include "core/project/project.h"
#include "core/project/recovery.h"
#include "core/project/settings.h"
#include "core/project/truth_store.h"
#include "core/sample/sample_shop.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <stop_token>

using namespace perennial;

namespace {

std::filesystem::path in(const QTemporaryDir &folder, const char *name)
{
    return folder.filePath(QString::fromLatin1(name)).toStdString();
}

EventTable eventsOf(const std::filesystem::path &path)
{
    auto project = Project::open(path, Project::Access::ReadOnly);
    auto events = readEvents(*project, std::nullopt, {});
    return std::move(*events);
}

bool sameEvents(const EventTable &a, const EventTable &b, std::size_t count)
{
    const auto same = [count](const auto &x, const auto &y) {
        return x.size() >= count && y.size() >= count &&
               std::equal(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(count), y.begin());
    };
    return same(a.user, b.user) && same(a.at, b.at) && same(a.kind, b.kind) &&
           same(a.item, b.item) && same(a.order, b.order) && same(a.amount, b.amount) &&
           same(a.quantity, b.quantity) && same(a.device, b.device) && same(a.place, b.place) &&
           same(a.channel, b.channel);
}

} // namespace

class TestSampleShop : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hasEverythingAShopHas();
    void sameSeedSameEvents();
    void smallest();
    void cancelLeavesNothing();
    void refusals();
};

void TestSampleShop::hasEverythingAShopHas()
{
    QTemporaryDir folder;
    const auto path = in(folder, "shop.perennial");
    const auto report = createSampleShop(path, {.users = 2000, .items = 300}, {});
    QVERIFY(report.ok());
    auto project = Project::open(path, Project::Access::ReadOnly);
    QVERIFY(project.ok());

    const auto counts = readCounts(*project);
    QVERIFY(counts.ok());
    QCOMPARE(counts->users, 2000);
    QCOMPARE(counts->items, 300);
    QCOMPARE(counts->events, report->events);
    QCOMPARE(counts->purchases, report->purchases);
    QCOMPARE(counts->orders, report->orders);
    QCOMPARE(counts->gross, report->gross);
    QCOMPARE(counts->refunded, report->refunded);
    QCOMPARE(counts->usersWithPurchase, report->buyers);
    QVERIFY(counts->usersWithPurchase > 600 && counts->usersWithPurchase < 1400);
    QVERIFY(counts->events > 40'000 && counts->events < 80'000);
    QCOMPARE(*counts->lastDay, dayFromCivil({2026, 6, 30}));
    QVERIFY(*counts->firstDay >= dayFromCivil({2025, 1, 1}));
    QVERIFY(report->refunds > 0 && report->refunded < 0 && report->coupons > 0);
    QVERIFY(report->ratings > 0 && report->categories == 20);

    const auto sources = readSources(*project);
    QCOMPARE(sources->size(), std::size_t{1});
    QCOMPARE(sources->front().state, SourceState::Done);
    QVERIFY(sources->front().totals.balanced());
    QCOMPARE(sources->front().totals.stored.rows, report->events);
    QCOMPARE(sources->front().totals.stored.amount, report->gross + report->refunded);
    const auto verified = verifyProject(*project, {});
    QVERIFY(verified.ok() && verified->sound());

    const auto settings = readSettings(*project);
    QCOMPARE(settings->margin, .4);
    QCOMPARE(settings->discountPerYear, .1);
    QCOMPARE(settings->horizonDays, 180);
    const auto truth = readTruth(*project);
    QCOMPARE(truth->size(), std::size_t{2000});
    double value = 0;
    std::int64_t alive = 0;
    for (const TruthUser &user : *truth) {
        value += user.expectedValue180;
        alive += user.alive;
        QVERIFY(user.alive == (user.dropoutDay > dayFromCivil({2026, 6, 30})));
        QVERIFY(user.expectedOrders365 >= user.expectedOrders180);
        QVERIFY(user.alive || user.expectedOrders365 == 0);
    }
    QVERIFY(std::abs(value - report->expectedValue180) < 1e-6 * value);
    QCOMPARE(alive, report->aliveAtEnd);
    const auto best = readTruthItems(*project, 1);
    QCOMPARE(best->size(), std::size_t{10});
    QVERIFY(best->front().affinity >= best->back().affinity);
    const auto items = readItems(*project);
    for (const ItemRecord &item : *items) {
        QVERIFY(!item.name.empty() && !item.category.empty() && *item.price > 0);
    }
    const auto users = readUsers(*project);
    QVERIFY(users->front().signup && !users->front().channel.empty());
}

void TestSampleShop::sameSeedSameEvents()
{
    QTemporaryDir folder;
    for (const auto &[name, users, seed] :
         {std::tuple{"a", 300, 7}, {"b", 300, 7}, {"more", 500, 7}, {"other", 300, 8}}) {
        QVERIFY(createSampleShop(in(folder, name),
                                 {.users = users, .seed = static_cast<std::uint64_t>(seed),
                                  .items = 100},
                                 {})
                    .ok());
    }
    const EventTable a = eventsOf(in(folder, "a"));
    QVERIFY(a.size() > 3000);
    const EventTable b = eventsOf(in(folder, "b"));
    QCOMPARE(a.size(), b.size());
    QVERIFY(sameEvents(a, b, a.size()));
    // A larger shop starts with the same users.
    QVERIFY(sameEvents(a, eventsOf(in(folder, "more")), a.size()));
    QVERIFY(!sameEvents(a, eventsOf(in(folder, "other")), 100));
}

void TestSampleShop::smallest()
{
    QTemporaryDir folder;
    const auto path = in(folder, "one");
    const auto report = createSampleShop(path, {.users = 1, .items = 20, .historyDays = 30}, {});
    QVERIFY(report.ok());
    QVERIFY(report->events >= 1);
    auto project = Project::open(path, Project::Access::ReadOnly);
    QVERIFY(snapshotDay(*project, *readSettings(*project)).ok());
}

void TestSampleShop::cancelLeavesNothing()
{
    QTemporaryDir folder;
    std::stop_source stop;
    const Task task(stop.get_token(), [&](double fraction, std::string_view) {
        if (fraction > .3) {
            stop.request_stop();
        }
    });
    const auto report = createSampleShop(in(folder, "p"), {.users = 3000, .items = 100}, task);
    QVERIFY(!report.ok());
    QCOMPARE(report.error().code, ErrorCode::Cancelled);
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void TestSampleShop::refusals()
{
    QTemporaryDir folder;
    const auto taken = in(folder, "taken");
    QVERIFY(createSampleShop(taken, {.users = 1, .items = 20}, {}).ok());
    QCOMPARE(createSampleShop(taken, {.users = 1}, {}).error().code, ErrorCode::AlreadyExists);
    QCOMPARE(createSampleShop(folder.path().toStdString(), {.users = 1}, {}).error().code,
             ErrorCode::IsDirectory);
    const auto nowhere = createSampleShop(in(folder, "no/such/p"), {.users = 1}, {});
    QCOMPARE(nowhere.error().code, ErrorCode::NotWritable);
    QCOMPARE(createSampleShop(in(folder, "p"), {.users = 0}, {}).error().where,
             std::string("users"));
    QCOMPARE(createSampleShop(in(folder, "p"), {.users = 1'000'001}, {}).error().code,
             ErrorCode::InvalidArgument);
    QCOMPARE(createSampleShop(in(folder, "p"), {.users = 5, .items = 3}, {}).error().where,
             std::string("items"));
    const auto left = QDir(folder.path()).entryList(QDir::Files | QDir::Hidden);
    QCOMPARE(left, QStringList{"taken"});
}

QTEST_APPLESS_MAIN(TestSampleShop)
#include "tst_sample_shop.moc"
