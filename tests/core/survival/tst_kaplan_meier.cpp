#include "core/survival/kaplan_meier.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace perennial;

namespace {

struct Sample {
    std::vector<double> durations;
    std::vector<std::int8_t> observed;
};

/// Columns of a plain CSV of shared data; no sample where the file is missing.
Sample readSample(const std::string &name, std::size_t duration, std::size_t event,
                  std::string_view eventText, std::size_t filterColumn = SIZE_MAX,
                  const std::string &filter = {})
{
    Sample sample;
    std::ifstream file(std::string(PERENNIAL_SHARED_DIR) + "/data/survival/" + name);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        line.erase(line.find_last_not_of("\r\n") + 1);
        std::vector<std::string> fields;
        std::istringstream in(line);
        for (std::string field; std::getline(in, field, ',');) {
            fields.push_back(field);
        }
        if (filterColumn == SIZE_MAX || fields.at(filterColumn) == filter) {
            sample.durations.push_back(std::stod(fields.at(duration)));
            sample.observed.push_back(fields.at(event) == eventText ? 1 : 0);
        }
    }
    return sample;
}

SurvivalCurve curveOf(const Sample &sample)
{
    return *kaplanMeier(sample.durations, sample.observed);
}

void closeTo(double actual, double expected, double tolerance)
{
    QVERIFY2(std::abs(actual - expected) <= tolerance,
             qPrintable(QString("%1 is not %2").arg(actual, 0, 'g', 10).arg(expected, 0, 'g', 10)));
}

} // namespace

class KaplanMeierTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void remissionTimesWithLimits()
    {
        // Freireich et al. (1963), 6-MP group; S, standard error and log(-log) limits as Stata
        // prints them.
        const std::vector<double> t{6,  6,  6,  6,  7,  9,  10, 10, 11, 13, 16,
                                    17, 19, 20, 22, 23, 25, 32, 32, 34, 35};
        const std::vector<std::int8_t> e{1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1,
                                         0, 0, 0, 1, 1, 0, 0, 0, 0, 0};
        const SurvivalCurve curve = *kaplanMeier(t, e);
        const std::map<double, std::array<double, 3>> published{
            {6, {.8571, .6197, .9516}},  {7, {.8067, .5631, .9228}},  {10, {.7529, .5032, .8894}},
            {13, {.6902, .4316, .8491}}, {16, {.6275, .3675, .8049}}, {22, {.5378, .2678, .7468}},
            {23, {.4482, .1881, .6801}}};
        int compared = 0;
        for (const SurvivalStep &step : curve.steps) {
            if (const auto row = published.find(step.time); row != published.end()) {
                closeTo(step.survival, row->second[0], 6e-5);
                closeTo(step.lower, row->second[1], 6e-5);
                closeTo(step.upper, row->second[2], 6e-5);
                ++compared;
            }
        }
        QCOMPARE(compared, 7);
        QCOMPARE(curve.median(), std::optional(23.0));
        QCOMPARE(curve.medianLower(), std::optional(13.0));
        QCOMPARE(curve.medianUpper(), std::optional<double>());
        QCOMPARE(curve.at(5.9), std::optional(1.0));
        QCOMPARE(curve.at(35.0).has_value(), true);
        QCOMPARE(curve.at(35.1), std::optional<double>());
    }

    void rossi()
    {
        const Sample sample = readSample("rossi.csv", 0, 1, "1");
        if (sample.durations.empty()) {
            QSKIP("no shared data");
        }
        QCOMPARE(sample.durations.size(), std::size_t{432});
        const SurvivalCurve curve = curveOf(sample);
        const std::map<double, double> published{
            {10, .965278}, {20, .907407}, {30, .861111}, {40, .803241}, {52, .736111}};
        for (const auto &[t, s] : published) {
            closeTo(*curve.at(t), s, 6e-7);
        }
    }

    void waltons()
    {
        const Sample sample = readSample("waltons_dataset.csv", 0, 1, "1");
        if (sample.durations.empty()) {
            QSKIP("no shared data");
        }
        const SurvivalCurve curve = curveOf(sample);
        QCOMPARE(curve.median(), std::optional(56.0));
        QCOMPARE(curve.medianLower(), std::optional(53.0));
        QCOMPARE(curve.medianUpper(), std::optional(58.0));
        QCOMPARE(curveOf(readSample("waltons_dataset.csv", 0, 1, "1", 2, "control")).median(),
                 std::optional(58.0));
        QCOMPARE(curveOf(readSample("waltons_dataset.csv", 0, 1, "1", 2, "miR-137")).median(),
                 std::optional(26.0));
    }

    void telco()
    {
        const Sample sample = readSample("telco_customer_churn.csv", 5, 20, "Yes");
        if (sample.durations.empty()) {
            QSKIP("no shared data");
        }
        const SurvivalCurve curve = curveOf(sample);
        const std::map<double, double> published{{1, .9460},  {6, .8848},  {12, .8432}, {24, .7887},
                                                 {36, .7485}, {48, .7088}, {60, .6644}, {72, .5928}};
        for (const auto &[t, s] : published) {
            closeTo(*curve.at(t), s, 6e-5);
        }
        QCOMPARE(curveOf(readSample("telco_customer_churn.csv", 5, 20, "Yes", 15, "Month-to-month"))
                     .median(),
                 std::optional(35.0));
    }

    void weightsCountAsCopies()
    {
        const std::vector<double> once{2, 5, 5, 9};
        const std::vector<std::int8_t> observed{1, 1, 0, 1};
        const std::vector<double> weights{2, 3, 1, 2};
        const std::vector<double> copies{2, 2, 5, 5, 5, 5, 9, 9};
        const std::vector<std::int8_t> copied{1, 1, 1, 1, 1, 0, 1, 1};
        const SurvivalCurve a = *kaplanMeier(once, observed, weights);
        const SurvivalCurve b = *kaplanMeier(copies, copied);
        QCOMPARE(a.steps.size(), b.steps.size());
        for (std::size_t i = 0; i < a.steps.size(); ++i) {
            QCOMPARE(a.steps[i].survival, b.steps[i].survival);
            QCOMPARE(a.steps[i].lower, b.steps[i].lower);
        }
        QCOMPARE(a.at(100.0), std::optional(0.0)); // everybody's end was seen
    }

    void whatStandsBelowTheCurve()
    {
        const SurvivalCurve curve =
            *kaplanMeier(std::vector{2.0, 5.0, 5.0, 9.0}, std::vector<std::int8_t>{1, 1, 0, 1});
        const std::vector<AtRiskRow> rows = atRiskTable(curve, std::vector{0.0, 5.0, 6.0, 99.0});
        const std::vector<std::array<double, 3>> expected{
            {4, 0, 0}, {3, 2, 1}, {1, 2, 1}, {0, 3, 1}};
        for (std::size_t i = 0; i < rows.size(); ++i) {
            QCOMPARE((std::array{rows[i].atRisk, rows[i].events, rows[i].censored}), expected[i]);
        }
        QVERIFY(atRiskTable({}, std::vector{1.0}).front().atRisk == 0.0);
        QCOMPARE(evenTimes(72, 8), (std::vector<double>{0, 20, 40, 60}));
        QCOMPARE(evenTimes(52, 7), (std::vector<double>{0, 10, 20, 30, 40, 50}));
        QCOMPARE(evenTimes(0.3, 4).size(), std::size_t{4}); // 3 × 0.1 is a rounding above 0.3
        QCOMPARE(evenTimes(0, 8), std::vector<double>{0.0});
        QCOMPARE(evenTimes(1e300, 2).size(), std::size_t{2});
        QCOMPARE(evenTimes(std::numeric_limits<double>::infinity(), 8), std::vector<double>{0.0});
    }

    void everybodysEndOnOneDay()
    {
        const std::vector<double> times(1000, 3.0);
        const SurvivalCurve curve = *kaplanMeier(times, std::vector<std::int8_t>(1000, 1));
        QCOMPARE(curve.steps.size(), std::size_t{1});
        QCOMPARE(curve.median(), std::optional(3.0));
        QCOMPARE(curve.at(2.9), std::optional(1.0));
        QCOMPARE(curve.at(3.0), std::optional(0.0));
    }

    void degenerateSamples()
    {
        QVERIFY(kaplanMeier({}, {})->steps.empty());
        const SurvivalCurve censored =
            *kaplanMeier(std::vector{3.0, 4.0}, std::vector<std::int8_t>{0, 0});
        QCOMPARE(censored.at(4.0), std::optional(1.0));
        QCOMPARE(censored.median(), std::optional<double>());
        QVERIFY(!kaplanMeier(std::vector{1.0}, std::vector<std::int8_t>{}).ok());
        QVERIFY(!kaplanMeier(std::vector{-1.0}, std::vector<std::int8_t>{1}).ok());
        QVERIFY(!kaplanMeier(std::vector{std::numeric_limits<double>::quiet_NaN()},
                             std::vector<std::int8_t>{1})
                     .ok());
        QVERIFY(!kaplanMeier(std::vector{1.0}, std::vector<std::int8_t>{1}, {}, 1.0).ok());
    }
};

QTEST_APPLESS_MAIN(KaplanMeierTest)
#include "tst_kaplan_meier.moc"
