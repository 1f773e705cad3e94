#include "core/base/rng.h"
#include "core/survival/gaps.h"

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace perennial;

namespace {

/// Users who come back after a geometric number of days until they leave.
std::vector<ActiveDay> randomDays(int users, Day at, double comeBack, double leave,
                                  std::uint64_t seed)
{
    std::vector<ActiveDay> days;
    for (int user = 1; user <= users; ++user) {
        Rng rng(seed, static_cast<std::uint64_t>(user));
        Day day = static_cast<Day>(rng.below(100));
        while (day <= at + 20) { // some are later than t₀
            days.push_back({user, day, false});
            if (rng.uniform() < leave) {
                break;
            }
            day += 1 + static_cast<Day>(std::floor(rng.exponential() / comeBack));
        }
    }
    return days;
}

/// The definition, read off the curve.
ChurnDays byTheCurve(const GapCounts &gaps, int horizon)
{
    const SurvivalCurve curve = *gapSurvival(gaps);
    const int longest = static_cast<int>(gaps.closed.size()) - 1;
    for (int tau = 1; tau + horizon <= longest; ++tau) {
        std::int64_t open = 0;
        for (std::size_t g = static_cast<std::size_t>(tau) + 1; g < gaps.closed.size(); ++g) {
            open += gaps.closed[g] + gaps.open[g];
        }
        if (open >= 30 && *curve.at(tau) > 0.0 &&
            1.0 - *curve.at(tau + horizon) / *curve.at(tau) <= 0.10 + 1e-12) {
            return {tau, ChurnDaysSource::Estimated};
        }
    }
    return {};
}

} // namespace

class GapsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsClosedAndOpenGaps()
    {
        const std::vector<ActiveDay> days{{1, 10, false}, {1, 12, false}, {1, 19, true},
                                          {2, 19, false}, {3, 15, false}, {3, 25, false},
                                          {4, 21, false}};
        const GapCounts gaps = countGaps(days, 20);
        QCOMPARE(gaps.closed, (std::vector<std::int64_t>{0, 0, 1, 0, 0, 0, 0, 1}));
        // User 1 and 2 have been silent for 1 day, user 3 (whose return lies ahead) for 5.
        QCOMPARE(gaps.open, (std::vector<std::int64_t>{0, 2, 0, 0, 0, 1, 0, 0}));
    }

    void estimateIsTheDefinition()
    {
        int estimated = 0;
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            const auto days = randomDays(400, 500, 0.08, 0.15, seed);
            const GapCounts gaps = countGaps(days, 500);
            for (const int horizon : {7, 30, 90, 180}) {
                const ChurnDays found = estimateChurnDays(gaps, horizon);
                const ChurnDays expected = byTheCurve(gaps, horizon);
                QCOMPARE(found.days, expected.days);
                QCOMPARE(found.source, expected.source);
                estimated += found.source == ChurnDaysSource::Estimated ? 1 : 0;
            }
        }
        QVERIFY(estimated > 10);
    }

    void aKnownShopsAnswer()
    {
        // Gaps of 1 … 10 days, 100 each, and 900 people gone for 400 days: after τ < 10 days of
        // silence (10 - τ) · 100 of 900 + (10 - τ) · 100 come back: 1/10 at τ = 9.
        GapCounts gaps;
        gaps.closed.assign(401, 0);
        gaps.open.assign(401, 0);
        for (std::size_t g = 1; g <= 10; ++g) {
            gaps.closed[g] = 100;
        }
        gaps.open[400] = 900;
        const ChurnDays found = estimateChurnDays(gaps, 30);
        QCOMPARE(found.days, 9);
        QCOMPARE(found.source, ChurnDaysSource::Estimated);
    }

    void theDataCannotSay()
    {
        QCOMPARE(estimateChurnDays({}, 30).source, ChurnDaysSource::Default);
        QCOMPARE(estimateChurnDays({}, 30).days, 90);
        // The horizon reaches past the longest gap.
        const GapCounts gaps = countGaps(randomDays(400, 120, 0.08, 0.15, 3), 120);
        QCOMPARE(estimateChurnDays(gaps, 180).source, ChurnDaysSource::Default);
        // Everybody comes back all the time.
        GapCounts regulars;
        regulars.closed.assign(200, 50);
        regulars.open.assign(200, 0);
        QCOMPARE(estimateChurnDays(regulars, 30).source, ChurnDaysSource::Default);
        // A handful of people prove nothing.
        GapCounts few;
        few.closed.assign(301, 0);
        few.open.assign(301, 0);
        few.open[300] = 12;
        QCOMPARE(estimateChurnDays(few, 30).source, ChurnDaysSource::Default);
        QCOMPARE(estimateChurnDays(few, 0).source, ChurnDaysSource::Default);
    }
};

QTEST_APPLESS_MAIN(GapsTest)
#include "tst_gaps.moc"
