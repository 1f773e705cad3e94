#include "core/base/rng.h"
#include "core/survival/survival_study.h"
#include "tests/core/survival/close_to.h"
#include "tests/core/survival/shared_sample.h"

#include <QtTest>

#include <cmath>

using namespace perennial;
using namespace perennial::test;

namespace {

SurvivalSample madeUp()
{
    Rng rng(3);
    SurvivalSample sample;
    sample.covariates = {{"x", {}, {}}, {"plan", {}, {}}};
    for (int i = 0; i < 300; ++i) {
        sample.covariates[0].numbers.push_back(rng.normal());
        sample.covariates[1].words.push_back(rng.uniform() < 0.6 ? "basic" : "plus");
        sample.group.push_back(rng.uniform() < 0.5 ? "north" : "");
        sample.durations.push_back(std::ceil(30 * rng.exponential()));
        sample.observed.push_back(rng.uniform() < 0.7 ? 1 : 0);
    }
    return sample;
}

SurvivalStudy studied(const SurvivalSample &sample)
{
    return *studySurvival(sample, {}, Task());
}

} // namespace

class SurvivalStudyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void telcoByContract()
    {
        const SharedTable shared("telco_customer_churn.csv");
        if (shared.missing()) {
            QSKIP("no shared data");
        }
        SurvivalSample sample;
        sample.durations = shared.numbers("tenure");
        sample.observed = shared.flags("Churn", "Yes");
        sample.group = shared.texts("Contract");
        sample.covariates = {{"Contract", {}, sample.group},
                             {"MonthlyCharges", shared.numbers("MonthlyCharges"), {}}};
        const SurvivalStudy study = studied(sample);
        QCOMPARE(study.all.rows, std::int64_t{7043});
        QCOMPARE(study.all.events, 1869.0);
        QCOMPARE(study.groups.size(), std::size_t{3});
        QCOMPARE(study.groups[0].value, std::string("Month-to-month"));
        QCOMPARE(study.groups[0].curve.median(), std::optional(35.0));
        closeTo(study.logRank->chi2, 2352.87, 6e-3);
        // coxph (eps = 1e-14) and cox.zph of R's survival 3.5-3.
        QCOMPARE(study.cox->design.baselines[0], std::string("Month-to-month"));
        QCOMPARE(study.cox->fit.terms.size(), std::size_t{3});
        closeTo(*study.cox->fit.terms[0].coefficient, -2.1898927316689778, 1e-9);
        closeTo(*study.cox->fit.terms[1].coefficient, -4.2220864168243901, 1e-9);
        closeTo(*study.cox->fit.terms[2].coefficient, .0002100438841272, 1e-12);
        closeTo(study.cox->fit.logLikelihood, -14343.54190267, 6e-9);
        QCOMPARE(study.cox->proportionality->terms[0].df, 2);
        closeTo(study.cox->proportionality->terms[0].chi2, 111.04668573574, 1e-6);
        closeTo(study.cox->proportionality->global.chi2, 190.07947090613, 1e-6);
    }

    void groupsAddUpToAll()
    {
        const SurvivalStudy study = studied(madeUp());
        QCOMPARE(study.groups.size(), std::size_t{2});
        QCOMPARE(study.groups[0].value, std::string()); // not known is a group
        QCOMPARE(study.groups[0].rows + study.groups[1].rows, study.all.rows);
        QCOMPARE(study.groups[0].events + study.groups[1].events, study.all.events);
        for (std::size_t k = 0; k < study.all.atRisk.size(); ++k) {
            QCOMPARE(study.groups[0].atRisk[k].atRisk + study.groups[1].atRisk[k].atRisk,
                     study.all.atRisk[k].atRisk);
        }
        QCOMPARE(study.logRank->df, 1);
        QVERIFY(study.cox->proportionality);
        QVERIFY(study.cox->design.columns[0].values.empty());
    }

    void nothingMoreThanAsked()
    {
        SurvivalSample sample = madeUp();
        sample.group.clear();
        sample.covariates.clear();
        const SurvivalStudy study = studied(sample);
        QVERIFY(study.groups.empty() && !study.logRank && !study.cox);
    }

    void rowsThatLackANumberAreLeftOutOfTheModelAlone()
    {
        const SurvivalSample whole = madeUp();
        SurvivalSample lacking = whole, shorter = whole;
        for (const std::size_t row : {std::size_t{6}, std::size_t{7}, std::size_t{299}}) {
            lacking.covariates[0].numbers[row] = std::nan("");
        }
        for (const std::ptrdiff_t row : {299, 7, 6}) {
            shorter.durations.erase(shorter.durations.begin() + row);
            shorter.observed.erase(shorter.observed.begin() + row);
            shorter.group.erase(shorter.group.begin() + row);
            shorter.covariates[0].numbers.erase(shorter.covariates[0].numbers.begin() + row);
            shorter.covariates[1].words.erase(shorter.covariates[1].words.begin() + row);
        }
        const SurvivalStudy a = studied(lacking), b = studied(shorter);
        QCOMPARE(a.all.rows, std::int64_t{300});
        QCOMPARE(a.cox->leftOut, std::int64_t{3});
        QCOMPARE(a.cox->fit.rows, std::size_t{297});
        QCOMPARE(a.cox->fit.logLikelihood, b.cox->fit.logLikelihood);
        QCOMPARE(a.cox->design.baselines, b.cox->design.baselines);
        QCOMPARE(a.cox->fit.terms.size(), std::size_t{2});
    }

    void strataGoForTestAndModel()
    {
        SurvivalSample sample = madeUp();
        sample.stratum = sample.covariates[1].words;
        const SurvivalStudy study = studied(sample);
        QCOMPARE(study.cox->fit.strata, std::size_t{2});
        QCOMPARE(study.cox->fit.terms[1].state, TermState::Constant);
        SurvivalSample plain = sample;
        plain.stratum.clear();
        QVERIFY(studied(plain).logRank->chi2 != study.logRank->chi2);
    }

    void aSingleUser()
    {
        SurvivalSample one;
        one.durations = {12};
        one.observed = {1};
        one.group = {"a"};
        const SurvivalStudy study = studied(one);
        QCOMPARE(study.all.curve.median(), std::optional(12.0));
        QCOMPARE(study.logRank->df, 0);
        one.covariates = {{"x", {1.0}, {}}};
        QCOMPARE(studySurvival(one, {}, Task()).error().code, ErrorCode::TooLittleData);
    }

    void refuses()
    {
        QCOMPARE(studySurvival({}, {}, Task()).error().detail, std::string("rows"));
        SurvivalSample sample = madeUp();
        for (std::size_t i = 0; i < sample.group.size(); ++i) {
            sample.group[i] = std::to_string(i);
        }
        QCOMPARE(studySurvival(sample, {}, Task()).error().where, std::string("by"));
        sample.group.clear();
        sample.covariates[0].numbers.assign(300, std::nan(""));
        QCOMPARE(studySurvival(sample, {}, Task()).error().detail, std::string("rows"));
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(studySurvival(madeUp(), {}, Task(stop.get_token(), {})).error().code,
                 ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(SurvivalStudyTest)
#include "tst_survival_study.moc"
