#include "core/base/rng.h"
#include "core/neural/best_items.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

using namespace perennial;

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

struct Question {
    std::vector<float> scores, bias;
    std::vector<std::int32_t> hidden; ///< ascending
    std::size_t most = 10;
};

struct Answer {
    std::vector<std::int32_t> positions;
    std::vector<float> scores;
    double logTotal = 0;
};

/// By tiles of `tile` columns.
Answer scanned(const Question &q, std::int64_t tile)
{
    BestItemScan scan(1, q.most, BestItemScan::Totals::Wanted);
    std::vector<float> scores = q.scores; // overwritten
    const auto width = static_cast<std::int64_t>(scores.size());
    for (std::int64_t from = 0; from < width; from += tile) {
        scan.take(0, scores.data() + from, q.bias.data() + from, from,
                  std::min(tile, width - from), q.hidden);
    }
    Answer answer;
    answer.logTotal = scan.logTotal(0);
    for (const BestItemScan::Entry &entry : scan.list(0)) {
        answer.positions.push_back(entry.position);
        answer.scores.push_back(entry.score);
    }
    return answer;
}

/// By a full sort.
Answer sorted(const Question &q)
{
    std::vector<float> sums(q.scores.size());
    double most = -INFINITY;
    for (std::size_t k = 0; k < sums.size(); ++k) {
        sums[k] = q.scores[k] + q.bias[k];
        if (std::isfinite(sums[k])) {
            most = std::max(most, double{sums[k]});
        }
    }
    Answer answer;
    double total = 0;
    for (std::size_t k = 0; k < sums.size(); ++k) {
        if (!std::isfinite(sums[k])) {
            continue;
        }
        total += std::exp(double{sums[k]} - most);
        const auto position = static_cast<std::int32_t>(k);
        if (!std::ranges::binary_search(q.hidden, position)) {
            answer.positions.push_back(position);
        }
    }
    answer.logTotal = total > 0 ? most + std::log(total) : -INFINITY;
    std::ranges::stable_sort(answer.positions, [&](std::int32_t a, std::int32_t b) {
        return sums[static_cast<std::size_t>(a)] > sums[static_cast<std::size_t>(b)];
    });
    answer.positions.resize(std::min(answer.positions.size(), q.most));
    for (const std::int32_t position : answer.positions) {
        answer.scores.push_back(sums[static_cast<std::size_t>(position)]);
    }
    return answer;
}

void verifyExact(const Question &q)
{
    const Answer right = sorted(q);
    for (const std::int64_t tile : {1L, 7L, 16L, 100L, 1024L, 100000L}) {
        const Answer answer = scanned(q, tile);
        QCOMPARE(answer.positions, right.positions);
        QCOMPARE(answer.scores, right.scores);
        QVERIFY2(answer.logTotal == right.logTotal ||
                     std::abs(answer.logTotal - right.logTotal) <
                         2e-6 * std::max(1.0, std::abs(right.logTotal)),
                 qPrintable(QString("%1 %2").arg(answer.logTotal, 0, 'g', 12)
                                .arg(right.logTotal, 0, 'g', 12)));
    }
}

/// Normal scores rounded to multiples of `grain`, so that there are ties; 0 = not rounded.
Question random(std::size_t items, std::size_t most, double grain, std::uint64_t seed)
{
    Rng rng(seed);
    Question q;
    q.most = most;
    for (std::size_t k = 0; k < items; ++k) {
        const double score = 3 * rng.normal();
        q.scores.push_back(
            static_cast<float>(grain > 0 ? std::round(score / grain) * grain : score));
        q.bias.push_back(grain > 0 ? 0.0F : static_cast<float>(rng.normal()));
        if (rng.uniform() < 0.05) {
            q.hidden.push_back(static_cast<std::int32_t>(k));
        }
    }
    return q;
}

} // namespace

class TestBestItems : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asAFullSort_data()
    {
        QTest::addColumn<int>("items");
        QTest::addColumn<int>("most");
        QTest::addColumn<double>("grain");
        QTest::newRow("random") << 5000 << 10 << 0.0;
        QTest::newRow("ties") << 5000 << 10 << 1.0;
        QTest::newRow("nearly all tied") << 3000 << 25 << 20.0;
        QTest::newRow("best one") << 777 << 1 << 0.0;
        QTest::newRow("many") << 3000 << 1000 << 0.25;
        QTest::newRow("fewer than asked") << 9 << 10 << 0.0;
        QTest::newRow("all of them") << 333 << 333 << 0.5;
        QTest::newRow("one") << 1 << 10 << 0.0;
        QTest::newRow("none") << 0 << 10 << 0.0;
        QTest::newRow("none asked for") << 100 << 0 << 0.0;
    }
    void asAFullSort()
    {
        QFETCH(int, items);
        QFETCH(int, most);
        QFETCH(double, grain);
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            verifyExact(random(static_cast<std::size_t>(items), static_cast<std::size_t>(most),
                               grain, seed));
            if (QTest::currentTestFailed()) {
                qWarning("seed %d", static_cast<int>(seed));
                return;
            }
        }
    }

    void ascendingAndDescending()
    {
        for (const float step : {1.0F, -1.0F}) {
            Question q = random(2000, 10, 0, 3);
            for (std::size_t k = 0; k < q.scores.size(); ++k) {
                q.scores[k] = step * static_cast<float>(k);
                q.bias[k] = 0;
            }
            verifyExact(q);
        }
    }

    void whatIsNoNumberIsNotListed()
    {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            Question q = random(500, 40, 0.5, seed);
            Rng rng(seed + 100);
            for (std::size_t k = 0; k < q.scores.size(); ++k) {
                const std::uint32_t what = rng.below(8);
                q.scores[k] = what == 0   ? std::nanf("")
                              : what == 1 ? kInfinity
                              : what == 2 ? -kInfinity
                                          : q.scores[k];
                q.bias[k] = rng.below(8) == 0 ? -kInfinity : q.bias[k];
            }
            verifyExact(q);
            for (const float score : scanned(q, 64).scores) {
                QVERIFY(std::isfinite(score));
            }
        }
    }

    void nothingToList()
    {
        Question gone = random(300, 10, 0, 1);
        std::ranges::fill(gone.bias, -kInfinity);
        verifyExact(gone);
        QVERIFY(scanned(gone, 64).positions.empty());
        QCOMPARE(scanned(gone, 64).logTotal, -INFINITY);
        Question seen = random(300, 10, 0, 1);
        seen.hidden.resize(300);
        std::iota(seen.hidden.begin(), seen.hidden.end(), 0);
        verifyExact(seen); // in the total all the same
        QVERIFY(scanned(seen, 64).positions.empty());
        QVERIFY(std::isfinite(scanned(seen, 64).logTotal));
    }

    void hugeAndTiny()
    {
        for (const float scale : {1e-30F, 1e4F, 1e30F, 3e38F}) {
            Question q = random(400, 10, 0, 7);
            for (std::size_t k = 0; k < q.scores.size(); ++k) {
                q.scores[k] = scale * std::tanh(q.scores[k]);
                q.bias[k] = 0;
            }
            verifyExact(q);
            Question below = q; // all far below 0, where the first total must not count
            for (float &score : below.scores) {
                score = -std::abs(score);
            }
            verifyExact(below);
        }
    }

    void rowsDoNotMix()
    {
        constexpr std::size_t kRows = 30;
        std::vector<Question> questions;
        for (std::size_t row = 0; row < kRows; ++row) {
            questions.push_back(random(600, 12, row % 2 == 0 ? 1.0 : 0.0, 50 + row));
        }
        BestItemScan scan(kRows, 12, BestItemScan::Totals::NotWanted);
        for (std::int64_t from = 0; from < 600; from += 128) {
            for (std::size_t row = 0; row < kRows; ++row) {
                Question q = questions[row];
                scan.take(row, q.scores.data() + from, q.bias.data() + from, from,
                          std::min<std::int64_t>(128, 600 - from), q.hidden);
            }
        }
        for (std::size_t row = 0; row < kRows; ++row) {
            const Answer right = sorted(questions[row]);
            const auto list = scan.list(row);
            QCOMPARE(list.size(), right.positions.size());
            for (std::size_t k = 0; k < list.size(); ++k) {
                QCOMPARE(list[k].position, right.positions[k]);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestBestItems)
#include "tst_best_items.moc"
