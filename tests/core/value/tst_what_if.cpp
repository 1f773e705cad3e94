#include "core/value/what_if.h"

#include "simulate.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <numeric>

using namespace perennial;
using namespace perennial::test;

class TestWhatIf : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theFitItselfChangesNothing();
    void moreOrdersAreWorthMore();
    void observedMeanSpendTakesNoParameters();
    void badParametersAreSaid_data();
    void badParametersAreSaid();
    void cancelStops();

private:
    WhatIfBase m_base;
    std::shared_ptr<const ValueResult> m_value;
};

void TestWhatIf::initTestCase()
{
    CustomerSummary customers = simulateBgNbd({}, 1500, 200, 500, 3);
    for (std::size_t i = 0; i < customers.size(); ++i) {
        customers.spendDays[i] = customers.x[i];
        customers.meanSpend[i] = customers.x[i] > 0 ? 10.0 + static_cast<double>(i % 37) : 0.0;
    }
    customers.gross = 1000;
    ValueOptions options;
    options.margin = 0.4;
    options.discountPerYear = 0.1;
    const auto value = fitValueModel(customers, options, Task());
    QVERIFY(value.ok());
    m_value = *value;
    m_base.options = m_value->options;
    m_base.customers = m_value->customers;
    m_base.frequency = m_value->frequency;
    m_base.spend = m_value->spend;
    m_base.observedHistogram = repeatHistogram(m_base.customers, m_base.mostOrders);
    m_base.tracking.day = {100, 200, 300, 500, 680};
}

void TestWhatIf::theFitItselfChangesNothing()
{
    const auto same =
        computeWhatIf(m_base, m_base.frequency.parameters, m_base.spend.parameters, Task());
    QVERIFY(same.ok());
    QVERIFY(std::abs(same->predictedTotal - m_value->predictedTotal) <
            1e-9 * m_value->predictedTotal);
    QVERIFY(std::abs(same->expectedOrders - m_value->expectedOrdersTotal) <
            1e-9 * m_value->expectedOrdersTotal);
    QCOMPARE(same->histogram.size(), m_base.observedHistogram.size());
    const double customers = static_cast<double>(m_base.customers.size());
    const auto sum = [](const std::vector<double> &v) {
        return std::accumulate(v.begin(), v.end(), 0.0);
    };
    QCOMPARE(sum(m_base.observedHistogram), customers);
    QVERIFY(std::abs(sum(same->histogram) - customers) < 1e-6 * customers);
    QVERIFY(std::ranges::is_sorted(same->repeats));
}

void TestWhatIf::moreOrdersAreWorthMore()
{
    auto parameters = m_base.frequency.parameters;
    const auto before = computeWhatIf(m_base, parameters, m_base.spend.parameters, Task());
    parameters[0] *= 2; // r: the mean rate doubles
    const auto after = computeWhatIf(m_base, parameters, m_base.spend.parameters, Task());
    QVERIFY(after->repeats.back() > 1.5 * before->repeats.back());
    QVERIFY(after->predictedTotal > before->predictedTotal);
    QVERIFY(after->histogram[0] < before->histogram[0]);
}

void TestWhatIf::observedMeanSpendTakesNoParameters()
{
    WhatIfBase base = m_base;
    base.spend.parameters.clear();
    base.spend.names.clear();
    const auto outcome = computeWhatIf(base, base.frequency.parameters, {}, Task());
    QVERIFY(outcome.ok());
    QVERIFY(outcome->predictedTotal > 0);
}

void TestWhatIf::badParametersAreSaid_data()
{
    QTest::addColumn<double>("value");
    QTest::newRow("zero") << 0.0;
    QTest::newRow("negative") << -1.0;
    QTest::newRow("nan") << std::nan("");
    QTest::newRow("inf") << std::numeric_limits<double>::infinity();
}

void TestWhatIf::badParametersAreSaid()
{
    QFETCH(double, value);
    auto parameters = m_base.frequency.parameters;
    parameters[2] = value;
    const auto outcome = computeWhatIf(m_base, parameters, m_base.spend.parameters, Task());
    QCOMPARE(outcome.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(outcome.error().where, m_base.frequency.names[2]);
    parameters.pop_back();
    QCOMPARE(computeWhatIf(m_base, parameters, {}, Task()).error().code,
             ErrorCode::InvalidArgument);
}

void TestWhatIf::cancelStops()
{
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(computeWhatIf(m_base, m_base.frequency.parameters, m_base.spend.parameters,
                           Task(stop.get_token(), {}))
                 .error()
                 .code,
             ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestWhatIf)
#include "tst_what_if.moc"
