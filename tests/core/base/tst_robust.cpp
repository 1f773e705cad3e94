#include "core/base/robust.h"
#include "core/base/text.h"

#include <QTest>

using namespace perennial;

class TestRobust : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publishedExample();
    void degenerateColumns();
    void quantilesAreOfType7();
    void wildcards_data();
    void wildcards();
};

// Iglewicz & Hoaglin (1993), table 3: median 3.25… of ten values; worked by hand here.
void TestRobust::publishedExample()
{
    const auto scale = robustScale({2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.2, 8.3});
    QVERIFY(scale.has_value());
    QCOMPARE(scale->median, 2.45);
    // |x − 2.45| sorted: .05 .05 .15 .15 .15 .15 .35 .35 5.75 5.85, so MAD = 0.15
    QVERIFY(std::abs(scale->spread - 0.15 / 0.6745) < 1e-12);
    QVERIFY((8.2 - scale->median) / scale->spread > 25.0);
}

void TestRobust::degenerateColumns()
{
    QVERIFY(!robustScale({}).has_value());
    QVERIFY(!robustScale({7.0}).has_value());
    QVERIFY(!robustScale({7.0, 7.0, 7.0}).has_value());
    // More than half equal: the mean absolute deviation, here (3 × 0 + 10) / 4.
    const auto scale = robustScale({1.0, 1.0, 1.0, 11.0});
    QVERIFY(scale.has_value());
    QVERIFY(std::abs(scale->spread - 2.5 * 1.2533141) < 1e-9);
}

void TestRobust::quantilesAreOfType7()
{
    std::vector<double> values{40.0, 10.0, 30.0, 20.0};
    QCOMPARE(quantileOf(values, 0.0), 10.0);
    QCOMPARE(quantileOf(values, 0.25), 17.5);
    QCOMPARE(quantileOf(values, 0.5), 25.0);
    QCOMPARE(quantileOf(values, 1.0), 40.0);
    std::vector<double> one{5.0};
    QCOMPARE(quantileOf(one, 0.99), 5.0);
}

void TestRobust::wildcards_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("fits");
    QTest::newRow("same") << "abc"
                          << "abc" << true;
    QTest::newRow("shorter") << "abc"
                             << "ab" << false;
    QTest::newRow("star") << "abc"
                          << "a*" << true;
    QTest::newRow("star holds nothing") << "abc"
                                        << "abc*" << true;
    QTest::newRow("star goes back") << "aXbXc"
                                    << "*X*c" << true;
    QTest::newRow("star alone") << ""
                                << "*" << true;
    QTest::newRow("empty pattern") << "a"
                                   << "" << false;
    QTest::newRow("question") << "ab1"
                              << "ab?" << true;
    QTest::newRow("question needs one") << "ab"
                                        << "ab?" << false;
    QTest::newRow("a character, not a byte") << "köln"
                                             << "k?ln" << true;
    QTest::newRow("no regular expression") << "abc"
                                           << "a.c" << false;
    QTest::newRow("brackets are themselves") << "a[b]"
                                             << "a[b]" << true;
    QTest::newRow("percent is itself") << "abc"
                                       << "a%" << false;
    QTest::newRow("slow in a naive matcher") << QString(2000, 'a') << "*a*a*a*a*a*a*a*b" << false;
}

void TestRobust::wildcards()
{
    QFETCH(QString, text);
    QFETCH(QString, pattern);
    QFETCH(bool, fits);
    QCOMPARE(matchesWildcard(text.toStdString(), pattern.toStdString()), fits);
}

QTEST_APPLESS_MAIN(TestRobust)
#include "tst_robust.moc"
