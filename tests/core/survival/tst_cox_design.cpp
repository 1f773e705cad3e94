#include "core/survival/cox_design.h"

#include <QtTest>

using namespace perennial;

class CoxDesignTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wordsBecomeDummiesAgainstTheCommonest()
    {
        const CoxDesign design =
            *designOf({{"age", {1, 2, 3, 4, 5}, {}}, {"plan", {}, {"b", "a", "c", "b", "c"}}});
        QCOMPARE(design.terms, (std::vector<std::string>{"age", "plan"}));
        QCOMPARE(design.baselines, (std::vector<std::string>{"", "b"})); // as many as c, but first
        QCOMPARE(design.columns.size(), std::size_t{3});
        QCOMPARE(design.columnName(0), std::string("age"));
        QCOMPARE(design.columnName(1), std::string("plan=a"));
        QCOMPARE(design.columns[1].values, (std::vector<double>{0, 1, 0, 0, 0}));
        QCOMPARE(design.columnName(2), std::string("plan=c"));
        QCOMPARE(design.columns[2].values, (std::vector<double>{0, 0, 1, 0, 1}));
        QCOMPARE(design.termOf(), (std::vector<std::size_t>{0, 1, 1}));
        QCOMPARE(design.spans().size(), std::size_t{3});
    }

    void oneWordIsAConstant()
    {
        const CoxDesign design = *designOf({{"plan", {}, {"a", "a"}}});
        QCOMPARE(design.columnName(0), std::string("plan=a"));
        QCOMPARE(design.columns.front().values, (std::vector<double>{0, 0}));
        QCOMPARE(design.baselines.front(), std::string("a"));
        QVERIFY(designOf({})->terms.empty());
    }

    void tooManyWords()
    {
        std::vector<std::string> names;
        for (int i = 0; i < 101; ++i) {
            names.push_back(std::to_string(i));
        }
        QCOMPARE(designOf({{"who", {}, names}}).error().detail, std::string("who: > 100"));
        names.pop_back();
        QCOMPARE(designOf({{"who", {}, names}})->columns.size(), std::size_t{99});
    }
};

QTEST_APPLESS_MAIN(CoxDesignTest)
#include "tst_cox_design.moc"
