#include "core/value/discounting.h"
#include "core/value/frequency_model.h"

#include <QtTest>

#include <cmath>

using namespace perennial;

// Input that says next to nothing, or too much, to every registered model.
namespace {

CustomerSummary customersOf(const std::vector<RepeatHistory> &histories)
{
    CustomerSummary customers;
    for (const RepeatHistory &h : histories) {
        customers.user.push_back(static_cast<std::int64_t>(customers.user.size()) + 1);
        customers.x.push_back(h.x);
        customers.tx.push_back(h.tx);
        customers.T.push_back(h.T);
        customers.spendDays.push_back(h.x);
        customers.meanSpend.push_back(h.x > 0 ? 10.0 : 0.0);
        customers.realised.push_back(10.0);
        // As if he had come at uneven gaps, two thirds as long as even ones on the logarithms' average.
        customers.logGaps.push_back(h.x > 0 ? h.x * std::log(h.tx / h.x / 1.5) : 0.0);
    }
    return customers;
}

/// Ordinary ones, so that a single odd customer has company.
std::vector<RepeatHistory> ordinary(int n)
{
    std::vector<RepeatHistory> histories;
    for (int i = 0; i < n; ++i) {
        const double T = 20.0 + i % 20;
        const int x = i % 3 == 0 ? 0 : 1 + i % 5;
        histories.push_back({x, x > 0 ? std::floor(T * (0.3 + 0.06 * (i % 11))) : 0.0, T});
    }
    return histories;
}

std::vector<RepeatHistory> with(std::vector<RepeatHistory> histories, const RepeatHistory &odd)
{
    histories.push_back(odd);
    return histories;
}

bool allFinite(const std::vector<double> &values)
{
    return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

} // namespace

class EveryModelEdgesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysSomethingFinite_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("kind");
        const std::array kinds{"one customer",       "one of many came back", "new today",
                               "10000 alike",        "10000 alike, gone",     "5000 orders",
                               "since the year one", "everybody stays",       "all on one day"};
        for (const std::string_view name : frequencyModelNames()) {
            for (std::size_t k = 0; k < kinds.size(); ++k) {
                const QString model = QString::fromUtf8(name.data(), qsizetype(name.size()));
                QTest::newRow(qPrintable(model + ", " + kinds[k])) << model << int(k);
            }
        }
    }

    void saysSomethingFinite()
    {
        QFETCH(QString, name);
        QFETCH(int, kind);
        std::vector<RepeatHistory> histories;
        switch (kind) {
        case 0:
            histories = {{3, 5.0, 9.0}};
            break;
        case 1:
            histories = with(std::vector<RepeatHistory>(500, {0, 0.0, 12.0}), {1, 2.0, 12.0});
            break;
        case 2:
            histories = with(ordinary(40), {0, 0.0, 0.0});
            break;
        case 3:
            histories.assign(10000, {3, 18.0, 20.0});
            break;
        case 4:
            histories.assign(10000, {3, 5.0, 60.0});
            break;
        case 5:
            histories = with(ordinary(40), {5000, 5100.0, 5101.0});
            break;
        case 6:
            histories = with(ordinary(40), {4, 100.0, 104000.0});
            break;
        case 7:
            histories.assign(300, {12, 12.0, 12.0});
            break;
        case 8:
            histories.assign(300, {1, 1.0, 30.0});
            break;
        default:
            break;
        }
        const CustomerSummary customers = customersOf(histories);
        const auto fit = fitFrequencyModel(name.toStdString(), customers, {}, Task());
        QVERIFY(fit.ok());
        QVERIFY(fit->status != FitStatus::Converged || fit->hasCovariance());
        QVERIFY(fit->status == FitStatus::Converged || !fit->reason.empty());
        QVERIFY(std::isfinite(fit->logLikelihood) && allFinite(fit->parameters) &&
                allFinite(fit->standardErrors) && allFinite(fit->logCovariance));
        if (fit->usable()) {
            checkPredictions(*fit, customers);
        }
    }

    void nobodyCameBack()
    {
        const CustomerSummary customers = customersOf({{0, 0.0, 5.0}, {0, 0.0, 9.0}});
        const CustomerSummary today = customersOf({{0, 0.0, 0.0}});
        for (const std::string_view name : frequencyModelNames()) {
            QCOMPARE(fitFrequencyModel(name, customers, {}, Task()).error().code,
                     ErrorCode::NoRepeatBuyers);
            QCOMPARE(fitFrequencyModel(name, today, {}, Task()).error().code,
                     ErrorCode::NoRepeatBuyers);
            QCOMPARE(fitFrequencyModel(name, {}, {}, Task()).error().code, ErrorCode::NoPurchases);
        }
    }

private:
    static void checkPredictions(const ModelFit &fit, const CustomerSummary &customers)
    {
        const FrequencyModel &model = **findFrequencyModel(fit.reportedModel);
        for (const double t : {1e-3, 26.0, 1e5}) {
            const auto p = *predictFrequency(fit, customers, t, Task());
            for (std::size_t i = 0; i < customers.size(); ++i) {
                QVERIFY(std::isfinite(p.expectedOrders[i]) && p.expectedOrders[i] >= 0.0);
                QVERIFY(p.pAlive[i] >= 0.0 && p.pAlive[i] <= 1.0);
                QVERIFY(p.churnRisk[i] >= 0.0 && p.churnRisk[i] <= 1.0);
            }
        }
        // The last is the odd one.
        const RepeatHistory h{customers.x.back(), customers.tx.back(), customers.T.back()};
        const double dert = discountedResidualOrders(model, fit.parameters, h, 0.003);
        QVERIFY(std::isfinite(dert) && dert >= 0.0);
        QVERIFY(allFinite(conditionalCounts(model, fit.parameters, h, 50, 26.0)));
        QVERIFY(allFinite(*expectedHistogram(fit, customers, 7)));
    }
};

QTEST_GUILESS_MAIN(EveryModelEdgesTest)
#include "tst_every_model_edges.moc"
