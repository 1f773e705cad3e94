#include "core/value/frequency_model.h"
#include "core/value/group_fits.h"
#include "tests/core/value/simulate.h"

#include <QtTest>

#include <cmath>

using namespace perennial;
using namespace perennial::test;

namespace {

/// Two shops in one table.
CustomerSummary joined(const CustomerSummary &a, const CustomerSummary &b)
{
    CustomerSummary both = a;
    const auto append = [](auto &to, const auto &from) { to.insert(to.end(), from.begin(), from.end()); };
    append(both.user, b.user);
    append(both.x, b.x);
    append(both.tx, b.tx);
    append(both.T, b.T);
    append(both.spendDays, b.spendDays);
    append(both.meanSpend, b.meanSpend);
    append(both.realised, b.realised);
    append(both.logGaps, b.logGaps);
    return both;
}

std::vector<std::int32_t> halves(std::size_t first, std::size_t second)
{
    std::vector<std::int32_t> groups(first, 0);
    groups.resize(first + second, 1);
    return groups;
}

} // namespace

class GroupFitsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void groupsThatDifferAreSaidToDiffer()
    {
        const CustomerSummary often = simulateBgNbd({1.5, 4.0, 0.8, 2.5}, 1500, 84, 273, 1);
        const CustomerSummary rarely = simulateBgNbd({0.4, 6.0, 0.8, 2.5}, 1500, 84, 273, 2);
        const CustomerSummary both = joined(often, rarely);
        const GroupFits fits = *fitByGroup("bg-nbd", both, halves(1500, 1500), {"a", "b"}, {}, {});
        QCOMPARE(fits.groups.size(), std::size_t{2});
        const ModelFit alone = *fitFrequencyModel("bg-nbd", often, {}, {});
        QVERIFY(std::abs(fits.groups[0].fit->logLikelihood - alone.logLikelihood) < 1e-6);
        QVERIFY(std::abs(fits.groups[0].fit->parameters[0] - alone.parameters[0]) < 1e-6);
        QCOMPARE(fits.ratio->degrees, 4);
        QVERIFY(fits.ratio->p < 1e-10);
        QCOMPARE(fits.pooled.customers, std::int64_t{3000});
    }

    void groupsByChanceAreNot()
    {
        const CustomerSummary a = simulateBgNbd({0.8, 5.0, 0.8, 2.5}, 2000, 84, 273, 3);
        const CustomerSummary b = simulateBgNbd({0.8, 5.0, 0.8, 2.5}, 2000, 84, 273, 4);
        const GroupFits fits =
            *fitByGroup("bg-nbd", joined(a, b), halves(2000, 2000), {"a", "b"}, {}, {});
        QVERIFY2(fits.ratio->p > 0.01, qPrintable(QString::number(fits.ratio->p)));
    }

    void smallAndEmptyGroupsSayWhy()
    {
        const CustomerSummary a = simulateBgNbd({0.8, 5.0, 0.8, 2.5}, 500, 84, 273, 3);
        std::vector<std::int32_t> groups(500, 0);
        groups[0] = groups[1] = 1;
        groups[2] = -1;
        const GroupFits fits = *fitByGroup("nbd", a, groups, {"most", "two", "none"}, {}, {});
        QVERIFY(fits.groups[0].fit);
        QCOMPARE(fits.groups[0].customers, std::int64_t{497});
        QCOMPARE(fits.groups[1].error->code, ErrorCode::TooLittleData);
        QCOMPARE(fits.groups[2].customers, std::int64_t{0});
        QVERIFY(!fits.ratio);
        const std::vector<std::int32_t> nobody(500, -1);
        QCOMPARE(fitByGroup("nbd", a, nobody, {"x"}, {}, {}).error().code,
                 ErrorCode::TooLittleData);
        QCOMPARE(fitByGroup("no", a, groups, {"x", "y"}, {}, {}).error().code,
                 ErrorCode::UnknownModel);
    }

    void onceBuyersOnlyHaveNoRepeats()
    {
        CustomerSummary a = simulateBgNbd({0.8, 5.0, 0.8, 2.5}, 400, 84, 273, 5);
        std::vector<std::int32_t> groups;
        for (std::size_t i = 0; i < a.size(); ++i) {
            groups.push_back(a.x[i] == 0 ? 1 : 0);
        }
        const GroupFits fits = *fitByGroup("nbd", a, groups, {"back", "once"}, {}, {});
        QCOMPARE(fits.groups[1].error->code, ErrorCode::NoRepeatBuyers);
    }

    void cancels()
    {
        const CustomerSummary a = simulateBgNbd({0.8, 5.0, 0.8, 2.5}, 400, 84, 273, 5);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(fitByGroup("nbd", a, halves(200, 200), {"a", "b"}, {}, Task(stop.get_token(), {}))
                     .error()
                     .code,
                 ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(GroupFitsTest)
#include "tst_group_fits.moc"
