#include "core/privacy/banding.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace perennial;

class TestBanding : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbers();
    void everyNumberIsInItsBand();
    void whatHasNoBand();
    void dates();
    void textsRoundTrip();
    void theUsualBands();
};

void TestBanding::numbers()
{
    QCOMPARE(*banded(30, 10), "30-39");
    QCOMPARE(*banded(39, 10), "30-39");
    QCOMPARE(*banded(39.99, 10), "30-39");
    QCOMPARE(*banded(40, 10), "40-49");
    QCOMPARE(*banded(0, 10), "0-9");
    QCOMPARE(*banded(-0.0, 10), "0-9");
    QCOMPARE(*banded(-1, 10), "-10..-1");
    QCOMPARE(*banded(-10, 10), "-10..-1");
    QCOMPARE(*banded(-10.5, 10), "-20..-11");
    QCOMPARE(*banded(-3, 7), "-7..-1");
    QCOMPARE(*banded(7, 1), "7");
    QCOMPARE(*banded(12345, 5000), "10000-14999");
}

void TestBanding::everyNumberIsInItsBand()
{
    for (const std::int64_t width : {2, 3, 10, 17}) {
        for (int value = -100; value <= 100; ++value) {
            const QString text = QString::fromStdString(*banded(value, width));
            const QStringList ends =
                text.contains("..") ? text.split("..") : text.split('-');
            QCOMPARE(ends.size(), 2);
            QVERIFY2(ends[0].toInt() <= value && value <= ends[1].toInt(), qPrintable(text));
            QCOMPARE(ends[1].toInt() - ends[0].toInt() + 1, static_cast<int>(width));
            QVERIFY(ends[0].toInt() % width == 0);
        }
    }
}

void TestBanding::whatHasNoBand()
{
    QVERIFY(!banded(5, 0).ok());
    QVERIFY(!banded(5, -10).ok());
    QVERIFY(!banded(5, std::numeric_limits<std::int64_t>::max()).ok());
    QVERIFY(!banded(std::nan(""), 10).ok());
    QVERIFY(!banded(std::numeric_limits<double>::infinity(), 10).ok());
    QVERIFY(!banded(1e300, 10).ok());
    QVERIFY(banded(9007199254740992.0, 10).ok());
    QVERIFY(banded(-9007199254740992.0, 9007199254740992).ok());
}

void TestBanding::dates()
{
    const Day day = *parseIsoDate("1987-08-31");
    QCOMPARE(banded(day, DateBand::Month), "1987-08");
    QCOMPARE(banded(day, DateBand::Quarter), "1987-Q3");
    QCOMPARE(banded(day, DateBand::Year), "1987");
    QCOMPARE(banded(*parseIsoDate("2024-12-31"), DateBand::Quarter), "2024-Q4");
    QCOMPARE(banded(*parseIsoDate("2024-01-01"), DateBand::Quarter), "2024-Q1");
    QCOMPARE(banded(*parseIsoDate("0987-10-01"), DateBand::Month), "0987-10");
}

void TestBanding::textsRoundTrip()
{
    for (const char *text : {"5", "10", "1", "month", "quarter", "year"}) {
        const auto banding = bandingFromText(text);
        QVERIFY2(banding.ok(), text);
        QCOMPARE(bandingText(*banding), std::string(text));
    }
    for (const char *text : {"", "0", "-5", "5x", " 5", "2.5", "day", "Year", "99999999999999999999",
                             "9007199254740993"}) {
        const auto banding = bandingFromText(text);
        QVERIFY2(!banding.ok(), text);
        QCOMPARE(banding.error().detail, std::string(text));
    }
}

void TestBanding::theUsualBands()
{
    const Day born = *parseIsoDate("1987-08-31");
    QCOMPARE(*banded(34.0, Banding()), "30-39");
    QCOMPARE(banded(born, Banding()), "1987");
    QCOMPARE(bandingText(Banding()), std::string());
    QCOMPARE(*banded(34.0, *bandingFromText("5")), "30-34");
    QCOMPARE(banded(born, *bandingFromText("quarter")), "1987-Q3");
}

QTEST_APPLESS_MAIN(TestBanding)
#include "tst_banding.moc"
