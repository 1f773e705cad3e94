#include "core/behavior/batch.h"
#include "core/behavior/plan.h"
#include "core/features/event_sequences.h"
#include "core/features/metrics.h"
#include "core/features/splits.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace perennial;

namespace {

constexpr Day kStart = 10000;

struct Made {
    EventTable events;
    std::vector<ItemRecord> items;
};

/// One row: user, item, kind, day, second of the day, amount.
struct Row {
    std::int32_t user = 1, item = 0;
    EventKind kind = EventKind::View;
    Day day = kStart;
    int second = 0;
    double amount = 0;
};

Made makeEvents(const std::vector<Row> &rows, int users, int items)
{
    Made made;
    EventTable &t = made.events;
    t.offsets.assign(static_cast<std::size_t>(users) + 2, 0);
    for (int user = 1; user <= users; ++user) {
        t.offsets[static_cast<std::size_t>(user)] = static_cast<std::int64_t>(t.size());
        for (const Row &row : rows) {
            if (row.user == user) {
                t.user.push_back(row.user);
                t.item.push_back(row.item);
                t.kind.push_back(row.kind);
                t.at.push_back(startOf(row.day) + row.second);
                t.quantity.push_back(1);
                t.amount.push_back(moneyFromUnits(row.amount));
                t.order.push_back(0);
                t.device.push_back(row.item % 3);
                t.place.push_back(row.item % 2);
                t.channel.push_back(0);
            }
        }
    }
    t.offsets.back() = static_cast<std::int64_t>(t.size());
    for (int id = 1; id <= items; ++id) {
        ItemRecord item;
        item.id = id;
        item.key = "k" + std::to_string(id);
        item.category = id % 2 == 0 ? "even" : "odd";
        made.items.push_back(item);
    }
    return made;
}

SequenceSource sourceOf(Made made, Day cut, int length, std::int64_t maxItems = 100)
{
    SequenceSource source;
    source.events = std::move(made.events);
    source.sequenceLength = length;
    source.vocabulary = buildVocabulary(source.events, made.items, cut, maxItems);
    source.catalog = bindCatalog(source.vocabulary, source.events, made.items, cut);
    source.encoded = encodeEvents(source.events, source.vocabulary, source.catalog);
    source.layout = layoutTokens(source.vocabulary, length);
    source.standardization.deviation.fill(1.0F);
    return source;
}

bool sameInputs(const SequenceBatch &a, const SequenceBatch &b)
{
    return a.lengths == b.lengths && a.items == b.items && a.context == b.context &&
           a.anchors == b.anchors && a.summary == b.summary;
}

std::vector<Row> someHistory()
{
    return {{1, 1, EventKind::View, kStart, 100, 0},
            {1, 1, EventKind::Cart, kStart, 160, 0},
            {1, 2, EventKind::View, kStart, 200, 0},
            {1, 2, EventKind::Purchase, kStart + 2, 50, 20},
            {1, 0, EventKind::Coupon, kStart + 3, 0, 0},
            {1, 3, EventKind::Purchase, kStart + 10, 9, 30},
            {2, 4, EventKind::View, kStart + 1, 5, 0},
            {2, 1, EventKind::Purchase, kStart + 12, 5, 10}};
}

} // namespace

class TestSequences : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void historyIsCutInThree()
    {
        const auto split = splitHistory(0, 545, 180);
        QVERIFY(split.ok());
        QCOMPARE(split->labelDays, 180);
        QCOMPARE(split->cut, 365);
        QCOMPARE(split->lastAnchor, 185);
        const auto shorter = splitHistory(0, 299, 180); // less than 3 H
        QCOMPARE(shorter->labelDays, 100);
        QCOMPARE(shorter->cut, 199);
        QCOMPARE(splitHistory(5, 6, 180)->cut, 5);
        QCOMPARE(splitHistory(5, 5, 180).error().code, ErrorCode::TooLittleData);
        QCOMPARE(splitHistory(5, 3, 180).error().code, ErrorCode::TooLittleData);
        QCOMPARE(splitHistory(0, 545, 0).error().code, ErrorCode::HorizonNotPositive);
    }

    void outcomesAreOfTheWindowAlone()
    {
        const Made made = makeEvents(someHistory(), 2, 4);
        QCOMPARE(outcomeAfter(made.events, 1, kStart + 2, 8).net, 30.0); // day 10 is the last in it
        QVERIFY(outcomeAfter(made.events, 1, kStart + 2, 8).ordered);
        QVERIFY(!outcomeAfter(made.events, 1, kStart + 2, 7).ordered);
        QCOMPARE(outcomeAfter(made.events, 1, kStart - 5, 100).net, 50.0);
        QCOMPARE(outcomeAfter(made.events, 1, kStart + 10, 100).net, 0.0);
        QCOMPARE(eventsUpTo(made.events, 1, kStart + 2).size(), 4);
        QCOMPARE(eventsUpTo(made.events, 2, kStart).size(), 0);
        QCOMPARE(eventsUpTo(made.events, 2, kStart + 500).size(), 2);
    }

    void targetsSkipTheStepsOfOneVisit()
    {
        const SequenceSource source = sourceOf(makeEvents(someHistory(), 2, 4), kStart + 30, 10);
        // view 1, cart 1 → view 2 (the cart is the same item on the same day); view 2 → bought
        // two days later; bought 2 → coupon is no item → 3
        const std::vector<std::int64_t> expected{2, 2, 3, 5, 5, -1, 7, -1};
        QCOMPARE(source.encoded.target, expected);
    }

    void whatComesLaterChangesNoInput()
    {
        const Day anchor = kStart + 4;
        std::vector<Row> changed = someHistory();
        std::erase_if(changed, [&](const Row &row) { return row.day > anchor; });
        std::vector<Row> reversed = changed;
        for (int k = 0; k < 30; ++k) {
            reversed.push_back({1 + k % 2, 1 + k % 4, k % 3 == 0 ? EventKind::Refund : EventKind::Purchase,
                                anchor + 1 + k, k, 1000.0 * k - 200});
        }
        const std::vector<Row> histories[] = {someHistory(), changed, reversed};
        std::vector<SequenceBatch> batches;
        std::vector<std::vector<TrainingWindow>> plans;
        for (const auto &rows : histories) {
            SequenceSource source = sourceOf(makeEvents(rows, 2, 4), anchor, 10);
            BatchBuilder builder(source);
            builder.addHistory(1, anchor);
            builder.addHistory(2, anchor);
            batches.push_back(builder.take());
            plans.push_back(planEpoch(source.events, {anchor, anchor - 2, true, true, 2, 1}, 1));
            source.standardization = standardize(source.events, plans.back());
            QVERIFY(source.standardization.deviation[0] > 0);
        }
        QVERIFY(sameInputs(batches[0], batches[1]));
        QVERIFY(sameInputs(batches[0], batches[2]));
        QCOMPARE(plans[0].size(), plans[2].size());
        for (std::size_t k = 0; k < plans[0].size(); ++k) {
            QCOMPARE(plans[0][k].anchor, plans[2][k].anchor);
        }
        // and something known does change them
        std::vector<Row> earlier = someHistory();
        earlier[2].item = 4;
        SequenceSource source = sourceOf(makeEvents(earlier, 2, 4), anchor, 10);
        BatchBuilder builder(source);
        builder.addHistory(1, anchor);
        builder.addHistory(2, anchor);
        QVERIFY(!sameInputs(batches[0], builder.take()));
    }

    void trainingTargetsStayWithinTheirLimits()
    {
        const SequenceSource source = sourceOf(makeEvents(someHistory(), 2, 4), kStart + 9, 10);
        BatchBuilder builder(source);
        Rng rng(1);
        builder.addTraining({1, kStart + 3, true}, {kStart + 9, 6}, rng);
        const SequenceBatch cut = builder.take();
        QCOMPARE(cut.targetItems.size(), std::size_t{3}); // day 10 may not be known
        QVERIFY(cut.anchorTargets.empty());
        QCOMPARE(cut.churned.at(0), 1.0F);                // nor its purchase
        builder.addTraining({1, kStart + 3, true}, {kStart + 10, 7}, rng);
        const SequenceBatch full = builder.take();
        QCOMPARE(full.targetItems.size(), std::size_t{6}); // the anchor has one too
        QCOMPARE(full.anchorTargets, std::vector<std::int64_t>{5});
        QCOMPARE(full.targetTokens.at(5), full.anchors.at(0));
        QCOMPARE(full.churned.at(0), 0.0F);
        QCOMPARE(full.value.at(0), 30.0F);
    }

    void plansKeepLabelsBeforeTheCut()
    {
        Made made = makeEvents(someHistory(), 2, 4);
        const Day cut = kStart + 12;
        for (int epoch = 0; epoch < 20; ++epoch) {
            const auto windows = planEpoch(made.events, {cut, cut - 5, true, true, 4, 3}, epoch);
            QVERIFY(!windows.empty());
            for (const TrainingWindow &window : windows) {
                QVERIFY(window.anchor <= (window.labelled ? cut - 5 : cut));
                QVERIFY(eventsUpTo(made.events, window.user, window.anchor).size() > 0);
            }
        }
        QVERIFY(planEpoch(EventTable{}, {cut, cut - 5, true, true, 4, 3}, 1).empty());
    }

    void sequencesAreCroppedToTheLatest()
    {
        const SequenceSource source = sourceOf(makeEvents(someHistory(), 2, 4), kStart + 30, 3);
        BatchBuilder builder(source);
        builder.addHistory(1, kStart + 30);
        const SequenceBatch batch = builder.take();
        QCOMPARE(batch.lengths.at(0), 4);
        QCOMPARE(batch.anchors.at(0), 3);
        QCOMPARE(source.catalog.id[static_cast<std::size_t>(batch.items.back())], 3); // last met
        builder.addHistoryWithout(1, kStart + 30, 5);
        const SequenceBatch without = builder.take();
        QCOMPARE(without.lengths.at(0), 3);
        QCOMPARE(source.catalog.id[static_cast<std::size_t>(without.items.back())], 2);
        for (const std::int64_t code : batch.context) {
            QVERIFY(code >= 0 && code < source.layout.rows);
        }
    }

    void vocabulariesFindTheirItemsAgain()
    {
        Made made = makeEvents(someHistory(), 2, 4);
        const SequenceVocabulary vocabulary = buildVocabulary(made.events, made.items, kStart + 30, 2);
        QCOMPARE(vocabulary.ownItems, 2);
        std::vector<ItemRecord> later = made.items;
        std::reverse(later.begin(), later.end());
        for (ItemRecord &item : later) {
            item.id = item.id * 3; // another import gave other ids
        }
        ItemRecord fresh;
        fresh.id = 50;
        fresh.key = "new";
        later.push_back(fresh);
        later.erase(later.begin()); // and item 4 is gone
        const ItemCatalog catalog = bindCatalog(vocabulary, made.events, later, kStart + 30);
        QCOMPARE(catalog.rows(), 5);
        QCOMPARE(catalog.id[5], 50);
        QCOMPARE(std::count(catalog.id.begin() + 1, catalog.id.end(), 0), 1);
        for (std::size_t row = 1; row <= 4; ++row) {
            if (catalog.id[row] > 0) {
                QCOMPARE(vocabulary.itemKeys[row - 1],
                         keyFingerprint("k" + std::to_string(catalog.id[row] / 3)));
            }
        }
    }

    void gapsAndWeekdays()
    {
        QCOMPARE(gapCode(0), 1);
        QCOMPARE(gapCode(60), 2);
        QVERIFY(gapCode(86400) < gapCode(30 * 86400));
        QCOMPARE(gapCode(INT64_MAX), kGapCodes - 1);
        QCOMPARE(weekdayOf(0), 4);  // Thursday
        QCOMPARE(weekdayOf(-4), 7); // Sunday
        QCOMPARE(weekdayOf(4), 1);
    }

    void metricsCountTiesHalf()
    {
        const std::vector<double> scores{0.9, 0.5, 0.5, 0.1};
        QCOMPARE(*areaUnderCurve(scores, {true, true, false, false}), 0.875);
        QVERIFY(!areaUnderCurve(scores, {true, true, true, true}));
        QVERIFY(!areaUnderCurve({}, {}));
        QCOMPARE(*spearman(scores, scores), 1.0);
        const std::vector<double> constant{1, 1, 1, 1};
        QVERIFY(!spearman(scores, constant));
        const std::vector<float> items{0.1F, 0.7F, 0.7F, 0.7F, 0.9F};
        QCOMPARE(rankOf(items, 1), 3.0);
        const std::vector<bool> excluded{false, false, false, false, true};
        QCOMPARE(rankOf(items, 1, &excluded), 2.0);
        const auto quality = rankingQuality(std::vector<double>{1.0, 10.0, 10.5});
        QVERIFY(std::abs(quality->hr10 - 2.0 / 3) < 1e-12);
        QVERIFY(std::abs(quality->ndcg10 - (1 + 1 / std::log2(11.0)) / 3) < 1e-12);
        QVERIFY(!rankingQuality({}));
        QCOMPARE(*relativeBias(std::vector<double>{2, 2}, std::vector<double>{1, 1}), 1.0);
        QVERIFY(!relativeBias(std::vector<double>{2}, std::vector<double>{0}));
    }
};

QTEST_GUILESS_MAIN(TestSequences)
#include "tst_sequences.moc"
