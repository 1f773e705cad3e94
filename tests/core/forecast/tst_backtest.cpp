#include "shop_history.h"

#include "core/forecast/backtest.h"
#include "core/forecast/saved_backtest.h"

#include <QtTest>
#include <nlohmann/json.hpp>

#include <cmath>
#include <numeric>

using namespace perennial;

namespace {

constexpr auto someShop = test::shopHistory;
const Day kStart = test::kShopStart;

BacktestOptions options()
{
    BacktestOptions o;
    o.models = {"bg-nbd", "nbd"};
    o.horizonDays = 90;
    o.replicates = 40;
    return o;
}

const BacktestRow &rowOf(const BacktestResult &result, std::string_view model)
{
    for (const BacktestRow &row : result.rows) {
        if (row.model == model) {
            return row;
        }
    }
    qFatal("no such row");
}

} // namespace

class BacktestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_history = someShop(1500, 500, 1); }

    void theNaiveRulesAreAlwaysThere()
    {
        const BacktestResult result = *backtest(m_history, options(), Task());
        QCOMPARE(result.rows.size(), std::size_t{5});
        QVERIFY(result.rows[0].isNaive && result.rows[2].isNaive && !result.rows[3].isNaive);
        QVERIFY(result.winner);
        for (const BacktestRow &row : result.rows) {
            QVERIFY(!row.error);
            for (std::size_t m = 0; m < kMetrics.size(); ++m) {
                const ScoredFigure &figure = row.value[m];
                QVERIFY(figure.value && std::isfinite(*figure.value));
                QVERIFY(figure.interval && figure.interval->lower <= figure.interval->upper);
                QVERIFY(figure.isBest != figure.fromBest.has_value());
            }
            QCOMPARE(row.deciles.size(), std::size_t{10});
        }
        QVERIFY(rowOf(result, "bg-nbd").draws->logScore);
        QVERIFY(!rowOf(result, "past-window").draws);
        QVERIFY(rowOf(result, "bg-nbd").histogram->p > 0.0);
    }

    void pastOverWindowByHand()
    {
        // One customer: 30 net over 10 days, 5 days ahead.
        const std::vector<MoneyDay> days{
            {1, kStart, true, moneyFromUnits(20.0), 0},
            {1, kStart + 4, true, moneyFromUnits(15.0), moneyFromUnits(-5.0)},
            {1, kStart + 12, true, moneyFromUnits(8.0), 0},
            {2, kStart + 13, true, moneyFromUnits(100.0), 0}};
        BacktestOptions o;
        o.horizonDays = 5;
        o.until = kStart + 9;
        o.known = kStart + 20;
        const BacktestResult result = *backtest(orderHistoryOf(days), o, Task());
        const BacktestRow &row = rowOf(result, "past-window");
        QCOMPARE(*at(metricsOf(row.value), Metric::Mae), 15.0 - 8.0);
        QCOMPARE(*at(metricsOf(row.orders), Metric::Mae), 0.0); // 2 × 5/10, and one came
        QCOMPARE(result.origins[0].customers, std::int64_t{1});
        QCOMPARE(result.origins[0].actualTotal, 8.0);
        QCOMPARE(result.origins[0].newcomersTotal, 100.0);
    }

    void nobodySeesWhatHeIsJudgedBy()
    {
        // Another future after the newest cut changes truths, never predictions.
        const OrderHistory whole = someShop(400, 400, 3);
        const Day cut = kStart + 250;
        OrderHistory changed = whole;
        for (std::size_t i = 0; i < changed.day.size(); ++i) {
            changed.gross[i] += changed.day[i] > cut ? moneyFromUnits(1000.0) : 0;
        }
        BacktestOptions o = options();
        o.models.clear();
        for (const std::string_view name : forecasterNames()) {
            o.models.emplace_back(name);
        }
        o.until = cut;
        o.known = kStart + 399;
        o.replicates = 0;
        const BacktestResult a = *backtest(whole, o, Task());
        const BacktestResult b = *backtest(changed, o, Task());
        for (std::size_t r = 0; r < a.rows.size(); ++r) {
            QCOMPARE(a.rows[r].totals, b.rows[r].totals);
            QVERIFY(a.rows[r].error || a.rows[r].value[0].value != b.rows[r].value[0].value);
        }
    }

    void origins()
    {
        BacktestOptions o = options();
        o.origins = 3;
        const BacktestResult result = *backtest(m_history, o, Task());
        QCOMPARE(result.origins.size(), std::size_t{3});
        QCOMPARE(result.origins[0].until, *m_history.lastDay());
        QCOMPARE(result.origins[1].until, result.origins[0].cut);
        QVERIFY(result.origins[2].customers < result.origins[0].customers);
        QCOMPARE(rowOf(result, "bg-nbd").draws->totals.size(), std::size_t{3});
        // The mean over origins of what each alone gives.
        double sum = 0.0;
        for (const BacktestOrigin &origin : result.origins) {
            BacktestOptions one = options();
            one.until = origin.cut;
            one.replicates = 0;
            sum += *rowOf(*backtest(m_history, one, Task()), "bg-nbd").value[0].value / 3.0;
        }
        QVERIFY(std::abs(*rowOf(result, "bg-nbd").value[0].value / sum - 1.0) < 1e-12);
    }

    void withoutReplicatesNobodyCanTell()
    {
        BacktestOptions o = options();
        for (const int replicates : {0, 1}) {
            o.replicates = replicates;
            const BacktestResult result = *backtest(m_history, o, Task());
            const auto json = nlohmann::json::parse(backtestToJson(result));
            for (std::size_t r = 0; r < result.rows.size(); ++r) {
                for (const ScoredFigure &figure : result.rows[r].value) {
                    QVERIFY(!figure.isNoise && !figure.isWorse());
                }
                const auto &against = json["models"][r]["against_best"]["mae"];
                QVERIFY(against.is_null() || against == "best");
            }
            const auto again = *backtestFromJson(backtestToJson(result));
            QCOMPARE(backtestToJson(again), backtestToJson(result));
        }
    }

    void theSameSeedTheSameTable()
    {
        const std::string once = backtestToJson(*backtest(m_history, options(), Task()));
        QCOMPARE(backtestToJson(*backtest(m_history, options(), Task())), once);
        QVERIFY(nlohmann::json::parse(once)["models"][3]["coverage_90"].is_number());
        BacktestOptions other = options();
        other.seed = 2;
        QVERIFY(backtestToJson(*backtest(m_history, other, Task())) != once);
    }

    void whoCannotBeFittedSaysWhy()
    {
        // Everybody bought once: rates can be scaled, no model of repeat purchases fitted.
        std::vector<MoneyDay> days;
        for (int u = 1; u <= 30; ++u) {
            days.push_back({u, kStart + u, true, moneyFromUnits(10.0), 0});
        }
        BacktestOptions o = options();
        o.until = kStart + 40;
        o.known = kStart + 200;
        const BacktestResult result = *backtest(orderHistoryOf(days), o, Task());
        QCOMPARE(rowOf(result, "bg-nbd").error->code, ErrorCode::NoRepeatBuyers);
        QVERIFY(rowOf(result, "past-window").value[0].value);
        QVERIFY(!rowOf(result, "past-window").value[2].value); // nothing came: no bias of a total
        QVERIFY(nlohmann::json::parse(backtestToJson(result))["models"][3].contains("error"));
    }

    void refusals()
    {
        const auto code = [&](BacktestOptions o) {
            return backtest(m_history, o, Task()).error().code;
        };
        BacktestOptions o = options();
        o.models = {"no-such"};
        QCOMPARE(code(o), ErrorCode::UnknownModel);
        o = options();
        o.horizonDays = 0;
        QCOMPARE(code(o), ErrorCode::HorizonNotPositive);
        o = options();
        o.until = *m_history.lastDay() - 89;
        QCOMPARE(code(o), ErrorCode::WindowPastData);
        o.until = kStart - 1;
        QCOMPARE(code(o), ErrorCode::WindowPastData);
        o = options();
        o.origins = 6;
        QCOMPARE(code(o), ErrorCode::WindowPastData);
        o.origins = 0;
        QCOMPARE(code(o), ErrorCode::InvalidArgument);
        o = options();
        o.replicates = -1;
        QCOMPARE(code(o), ErrorCode::InvalidArgument);
        QCOMPARE(backtest(orderHistoryOf({}), options(), Task()).error().code,
                 ErrorCode::NoPurchases);
    }

    void cancelsMidway()
    {
        std::stop_source stop;
        int reports = 0;
        const Task task(stop.get_token(), [&](double, std::string_view) {
            if (++reports == 5) {
                stop.request_stop();
            }
        });
        QCOMPARE(backtest(m_history, options(), task).error().code, ErrorCode::Cancelled);
    }

private:
    static MetricValues metricsOf(const std::array<ScoredFigure, kMetrics.size()> &figures)
    {
        MetricValues values;
        for (std::size_t m = 0; m < values.size(); ++m) {
            values[m] = figures[m].value;
        }
        return values;
    }

    OrderHistory m_history;
};

QTEST_GUILESS_MAIN(BacktestTest)
#include "tst_backtest.moc"
