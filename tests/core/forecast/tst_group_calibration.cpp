#include "shop_history.h"

#include "core/base/rng.h"
#include "core/forecast/backtest.h"
#include "core/forecast/group_calibration.h"
#include "core/sample/sample_shop.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace perennial;

namespace {

/// One row per customer: predicted, actual, P(no order), ordered.
struct Row {
    double predicted, actual, noOrder;
    bool ordered;
};

JudgedForecast judged(const std::vector<Row> &rows)
{
    JudgedForecast forecast;
    std::int64_t user = 0;
    for (const Row &row : rows) {
        forecast.user.push_back(++user);
        forecast.firstOrder.push_back(19000);
        forecast.ordersBefore.push_back(1);
        forecast.predicted.push_back(row.predicted);
        forecast.actual.push_back(row.actual);
        forecast.noOrder.push_back(row.noOrder);
        forecast.ordered.push_back(row.ordered ? 1 : 0);
    }
    return forecast;
}

JudgedForecastOptions shopOptions()
{
    JudgedForecastOptions o;
    o.model = "bg-nbd";
    o.cut = test::kShopStart + 400;
    o.horizonDays = 90;
    return o;
}

} // namespace

class GroupCalibrationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand()
    {
        const JudgedForecast forecast = judged({{10.0, 8.0, 0.05, true},
                                                {20.0, 32.0, 0.15, false},
                                                {5.0, 0.0, 1.0, false},
                                                {7.0, -2.0, 0.95, true}});
        const CalibrationGroups groups{{"a", "b"}, {0, 0, 1, 1}};
        const auto result = groupCalibration(forecast, groups, {}, Task());
        QVERIFY(result.ok());
        const GroupCalibration &a = result->groups[0];
        QCOMPARE(a.customers, std::int64_t{2});
        QCOMPARE(*a.ratio, 0.75);
        QCOMPARE(*a.maeOverMean, 14.0 / 40.0);
        QVERIFY(std::abs(*a.churnError - (0.05 + 0.85) / 2.0) < 1e-12);
        QVERIFY(a.isSmall);
        const GroupCalibration &b = result->groups[1];
        QVERIFY(!b.ratio && !b.ratioInterval && !b.maeOverMean); // they brought −2
        // Both are in the last bin: mean 0.975, half of them without an order.
        QVERIFY(std::abs(*b.churnError - 0.475) < 1e-12);
        QCOMPARE(result->all.customers, std::int64_t{4});
        QVERIFY(std::abs(*result->all.ratio - 42.0 / 38.0) < 1e-12);
        QVERIFY(std::abs(*result->all.churnError - (0.05 + 0.85 + 0.95) / 4.0) < 1e-12);
        QCOMPARE(result->churn[9].customers, std::int64_t{2});
        QCOMPARE(result->churn[9].observed, 0.5);
    }

    void aTrueModelIsCalibratedInEveryGroup()
    {
        // Chances drawn, orders drawn from them: every error is sampling noise.
        int covered = 0;
        constexpr int kShops = 60;
        for (int shop = 0; shop < kShops; ++shop) {
            std::vector<Row> rows;
            CalibrationGroups groups{{"even", "odd"}, {}};
            Rng rng(7, static_cast<std::uint64_t>(shop));
            for (std::uint32_t i = 0; i < 2000; ++i) {
                const double chance = rng.uniform();
                const double mean = 10.0 + 90.0 * rng.uniform();
                const bool ordered = rng.uniform() >= chance;
                rows.push_back({(1.0 - chance) * mean, ordered ? mean : 0.0, chance, ordered});
                groups.of.push_back(i % 2);
            }
            const auto result = *groupCalibration(judged(rows), groups, {}, Task());
            for (const GroupCalibration &group : result.groups) {
                covered += group.ratioInterval->contains(1.0) ? 1 : 0;
                QVERIFY(*group.churnError < 0.07); // 10 bins of 100: about .8 × .04
                QVERIFY(!group.isSmall);
            }
        }
        const double share = static_cast<double>(covered) / (2.0 * kShops); // 95 % intervals
        QVERIFY2(share > 0.88 && share < 0.995, qPrintable(QString::number(share)));
    }

    void intervalsCoverAndRepeat()
    {
        const JudgedForecast forecast =
            *judgedForecast(test::shopHistory(600, 500, 1), shopOptions(), Task());
        const CalibrationGroups groups = groupsByOrders(forecast);
        const auto once = *groupCalibration(forecast, groups, {}, Task());
        const auto again = *groupCalibration(forecast, groups, {}, Task());
        std::int64_t customers = 0;
        for (std::size_t g = 0; g < once.groups.size(); ++g) {
            const GroupCalibration &group = once.groups[g];
            customers += group.customers;
            QCOMPARE(group.ratio, again.groups[g].ratio);
            if (group.ratioInterval) {
                QVERIFY(group.ratioInterval->lower <= *group.ratio &&
                        *group.ratio <= group.ratioInterval->upper);
                QCOMPARE(group.ratioInterval->lower, again.groups[g].ratioInterval->lower);
            }
        }
        QCOMPARE(customers, once.all.customers);
        GroupCalibrationOptions other;
        other.seed = 2;
        QVERIFY(groupCalibration(forecast, groups, other, Task())->all.ratioInterval->lower !=
                once.all.ratioInterval->lower);
        other.replicates = 0;
        QVERIFY(!groupCalibration(forecast, groups, other, Task())->all.ratioInterval);
    }

    void judgedIsWhatTheBacktestJudges()
    {
        const OrderHistory history = test::shopHistory(600, 500, 1);
        const JudgedForecastOptions o = shopOptions();
        const JudgedForecast forecast = *judgedForecast(history, o, Task());
        BacktestOptions b;
        b.models = {o.model};
        b.until = o.cut;
        b.horizonDays = o.horizonDays;
        b.replicates = 0;
        const BacktestResult result = *backtest(history, b, Task());
        const double predicted =
            std::accumulate(forecast.predicted.begin(), forecast.predicted.end(), 0.0);
        QCOMPARE(predicted, result.rows.back().predictedTotal());
        QCOMPARE(static_cast<std::int64_t>(forecast.size()), result.origins[0].customers);
        QCOMPARE(static_cast<std::int64_t>(
                     std::count(forecast.ordered.begin(), forecast.ordered.end(), 1)),
                 result.origins[0].active);
        for (std::size_t i = 0; i < forecast.size(); ++i) {
            QVERIFY(forecast.noOrder[i] >= 0.0 && forecast.noOrder[i] <= 1.0);
            QVERIFY(forecast.ordersBefore[i] >= 1 && forecast.firstOrder[i] <= forecast.cut);
        }
        JudgedForecastOptions naive = o;
        naive.model = "past-window";
        QVERIFY(judgedForecast(history, naive, Task())->noOrder.empty());
    }

    void groupsOfTheSample()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath("shop.perennial").toStdString();
        SampleShopOptions shop;
        shop.users = 200;
        QVERIFY(createSampleShop(path, shop, Task()).ok());
        const auto project = Project::open(path, Project::Access::ReadOnly);
        QCOMPARE(*groupingAttributes(*project),
                 (std::vector<std::string>{"channel", "region", "device"}));
        JudgedForecast forecast = judged({{1, 1, 0, true}, {1, 1, 0, true}, {1, 1, 0, true}});
        forecast.user.back() = 1'000'000; // whom the project does not know
        const auto groups = groupsByAttribute(*project, "channel", forecast);
        QVERIFY(groups.ok());
        QCOMPARE(groups->of.size(), std::size_t{3});
        QCOMPARE(groups->names.back(), std::string());
        QCOMPARE(groupsByAttribute(*project, "shoe size", forecast).error().code,
                 ErrorCode::InvalidArgument);
    }

    void cohortsByQuarterOrYear()
    {
        JudgedForecast forecast = judged({{1, 1, 0, true}, {1, 1, 0, true}});
        forecast.firstOrder = {dayFromCivil({2011, 3, 31}), dayFromCivil({2010, 10, 1})};
        const CalibrationGroups few = groupsByFirstOrder(forecast);
        QCOMPARE(few.names, (std::vector<std::string>{"2010 Q4", "2011 Q1"}));
        QCOMPARE(few.of, (std::vector<std::uint32_t>{1, 0}));
        forecast = judged(std::vector<Row>(30, {1, 1, 0, true}));
        for (int k = 0; k < 30; ++k) {
            forecast.firstOrder[static_cast<std::size_t>(k)] =
                dayFromCivil({2000 + k / 4, 1 + 3 * (k % 4), 1});
        }
        QCOMPARE(groupsByFirstOrder(forecast).names.size(), std::size_t{8});
    }

    void refusals()
    {
        const JudgedForecast forecast = judged({{1, 1, 0, true}});
        const auto where = [&](const CalibrationGroups &groups, const GroupCalibrationOptions &o) {
            return groupCalibration(forecast, groups, o, Task()).error().where;
        };
        const CalibrationGroups one{{"a"}, {0}};
        QCOMPARE(where({{"a"}, {}}, {}), std::string("groups"));
        QCOMPARE(where({{"a"}, {1}}, {}), std::string("groups"));
        GroupCalibrationOptions o;
        o.replicates = -1;
        QCOMPARE(where(one, o), std::string("replicates"));
        o = {};
        o.level = std::nan("");
        QCOMPARE(where(one, o), std::string("level"));
        // Nobody at all is no failure.
        const auto none = groupCalibration({}, {}, {}, Task());
        QVERIFY(none.ok() && none->groups.empty() && !none->all.ratio && !none->all.churnError);
        JudgedForecastOptions f = shopOptions();
        f.model = "no-such";
        QCOMPARE(judgedForecast(test::shopHistory(20, 90, 1), f, Task()).error().code,
                 ErrorCode::UnknownModel);
        f.model = "bg-nbd";
        f.cut = test::kShopStart - 10;
        QCOMPARE(judgedForecast(test::shopHistory(20, 90, 1), f, Task()).error().code,
                 ErrorCode::NoPurchases);
    }

    void cancelsMidway()
    {
        std::stop_source stop;
        int reports = 0;
        const Task task(stop.get_token(), [&](double, std::string_view) {
            if (++reports == 2) {
                stop.request_stop();
            }
        });
        const JudgedForecast forecast = judged(std::vector<Row>(50, {1, 1, 0.5, true}));
        const CalibrationGroups groups{{"a"}, std::vector<std::uint32_t>(50, 0)};
        QCOMPARE(groupCalibration(forecast, groups, {}, task).error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(GroupCalibrationTest)
#include "tst_group_calibration.moc"
