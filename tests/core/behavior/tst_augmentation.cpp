#include "core/behavior/augmentation.h"
#include "core/behavior/batch.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <algorithm>
#include <string>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr int kEvents = 20;

/// One user who views another item each day.
SequenceSource sourceOf(ProjectFixture &fixture, int events)
{
    std::vector<PlainEvent> rows;
    for (int k = 0; k < events; ++k) {
        rows.push_back({"u", "i" + std::to_string(k), EventKind::View, k * 86400 + 7, 0, {}});
    }
    fixture.add(rows);
    SequenceSource source;
    source.events = *readEvents(fixture.project(), events, {});
    const auto items = *readItems(fixture.project());
    source.vocabulary = buildVocabulary(source.events, items, events, 100);
    source.catalog = bindCatalog(source.vocabulary, source.events, items, events);
    source.encoded = encodeEvents(source.events, source.vocabulary, source.catalog);
    source.layout = layoutTokens(source.vocabulary, source.sequenceLength);
    source.standardization.deviation.fill(1.0F);
    return source;
}

SequenceBatch batchOf(const SequenceSource &source, const Augmentation &augmentation,
                      std::uint64_t seed)
{
    BatchBuilder builder(source, augmentation);
    Rng rng(seed);
    // two days are left for the anchor's next item
    builder.addTraining({1, static_cast<Day>(source.events.size()) - 3, false}, {100, 5}, rng);
    return builder.take();
}

std::int64_t positionOf(const SequenceBatch &batch, std::size_t token)
{
    return batch.context[token * kTokenFields + static_cast<std::size_t>(TokenField::Position)];
}

} // namespace

class TestAugmentation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_source = sourceOf(m_fixture, kEvents); }

    void nothingIsDrawnWhereItIsOff()
    {
        Rng used(4), unused(4);
        QVERIFY(!chosen(0.0, used));
        QCOMPARE(used.next32(), unused.next32());
        const SequenceBatch batch = batchOf(m_source, {}, 1);
        QCOMPARE(batch.lengths.at(0), kEvents - 1); // 18 known and the anchor
        QCOMPARE(batch.targetItems.size(), std::size_t{kEvents - 1});
    }

    void chancesAreMet()
    {
        Rng rng(2);
        int count = 0;
        for (int k = 0; k < 10000; ++k) {
            count += chosen(0.3, rng) ? 1 : 0;
            QVERIFY(chosen(1.0, rng));
        }
        QVERIFY(std::abs(count - 3000) < 230); // five standard deviations
    }

    void croppedSequencesKeepTheirEnd()
    {
        const SequenceBatch whole = batchOf(m_source, {}, 1);
        std::vector<std::int64_t> lengths;
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            const SequenceBatch batch = batchOf(m_source, {1, 0, 0}, seed);
            const std::int64_t length = batch.lengths.at(0);
            lengths.push_back(length);
            const auto gone = static_cast<std::ptrdiff_t>(whole.lengths[0] - length);
            QVERIFY(std::equal(batch.items.begin(), batch.items.end(), whole.items.begin() + gone,
                               whole.items.end()));
            QVERIFY(std::equal(batch.targetItems.begin(), batch.targetItems.end(),
                               whole.targetItems.begin() + gone, whole.targetItems.end()));
            QCOMPARE(positionOf(batch, batch.items.size() - 1),
                     positionOf(whole, whole.items.size() - 1));
        }
        QCOMPARE(*std::ranges::min_element(lengths), std::int64_t{2}); // one event and the anchor
        QCOMPARE(*std::ranges::max_element(lengths), whole.lengths[0]);
    }

    void maskedTokensLoseTheirItemAlone()
    {
        const SequenceBatch whole = batchOf(m_source, {}, 1);
        std::int64_t masked = 0, tokens = 0;
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            const SequenceBatch batch = batchOf(m_source, {0, 1, 0}, seed);
            QVERIFY(batch.context == whole.context);
            QVERIFY(batch.targetItems == whole.targetItems);
            QVERIFY(batch.targetTokens == whole.targetTokens);
            for (std::size_t k = 0; k < batch.items.size(); ++k) {
                QVERIFY(batch.items[k] == 0 || batch.items[k] == whole.items[k]);
                masked += batch.items[k] == 0 ? 1 : 0;
                ++tokens;
            }
        }
        const double share = static_cast<double>(masked) / static_cast<double>(tokens);
        QVERIFY(std::abs(share - kMaskShare) < 0.04);
    }

    void shuffledStretchesGiveNothingAway()
    {
        const SequenceBatch whole = batchOf(m_source, {}, 1);
        int changed = 0;
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            const SequenceBatch batch = batchOf(m_source, {0, 0, 1}, seed);
            changed += batch.items != whole.items ? 1 : 0;
            auto ours = batch.items, theirs = whole.items;
            std::ranges::sort(ours);
            std::ranges::sort(theirs);
            QVERIFY(ours == theirs);
            for (std::size_t k = 0; k < batch.items.size(); ++k) {
                QCOMPARE(positionOf(batch, k), positionOf(whole, k));
            }
            // all but the stretch's last token have lost their target
            QCOMPARE(whole.targetTokens.size() - batch.targetTokens.size(), std::size_t{4});
            for (std::size_t k = 0; k < batch.targetTokens.size(); ++k) {
                const auto seen = batch.items.begin() + batch.targetTokens[k] + 1;
                QVERIFY(std::find(batch.items.begin(), seen, batch.targetItems[k]) == seen);
            }
        }
        QVERIFY(changed > 150);
    }

    void shortSequencesSurvive()
    {
        for (const int events : {1, 2, 3, 4}) {
            ProjectFixture fixture;
            const SequenceSource source = sourceOf(fixture, events);
            for (std::uint64_t seed = 0; seed < 20; ++seed) {
                const SequenceBatch batch = batchOf(source, {1, 1, 1}, seed);
                QVERIFY(batch.lengths.at(0) >= 1);
                QCOMPARE(static_cast<std::size_t>(batch.lengths[0]), batch.items.size());
            }
        }
        Rng rng(1);
        QCOMPARE(cropped({5, 5}, rng).size(), std::int64_t{0});
        QCOMPARE(cropped({5, 6}, rng).size(), std::int64_t{1});
        QCOMPARE(stretchOf(0, rng).size(), std::int64_t{0});
        QCOMPARE(stretchOf(1, rng).size(), std::int64_t{0});
        QCOMPARE(stretchOf(2, rng).size(), std::int64_t{2});
    }

    void sameSeedSameSequences()
    {
        const SequenceBatch one = batchOf(m_source, {0.5, 0.5, 0.5}, 9);
        const SequenceBatch two = batchOf(m_source, {0.5, 0.5, 0.5}, 9);
        QVERIFY(one.items == two.items && one.context == two.context);
        QVERIFY(one.targetItems == two.targetItems);
    }

private:
    ProjectFixture m_fixture;
    SequenceSource m_source;
};

QTEST_GUILESS_MAIN(TestAugmentation)
#include "tst_augmentation.moc"
