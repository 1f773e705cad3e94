#include "core/base/hash.h"
#include "core/base/money.h"
#include "core/base/task.h"
#include "core/base/text.h"
#include "core/base/words.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace perennial;

class TestSmallThings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void moneyIsExact();
    void moneySaturates();
    void hashIsBlake2b();
    void utf8IsStrict_data();
    void utf8IsStrict();
    void namesRoundTrip();
    void taskPartsNest();
};

void TestSmallThings::moneyIsExact()
{
    QCOMPARE(formatMoney(0), std::string("0"));
    QCOMPARE(formatMoney(12340001), std::string("1234.0001"));
    QCOMPARE(formatMoney(-125000), std::string("-12.5"));
    QCOMPARE(formatMoney(-1), std::string("-0.0001"));
    QCOMPARE(moneyFromUnits(0.00005), Money{1});
    QCOMPARE(moneyFromUnits(-2.95), Money{-29500});
}

void TestSmallThings::moneySaturates()
{
    QCOMPARE(moneyFromUnits(std::nan("")), Money{0});
    QCOMPARE(moneyFromUnits(1e300), std::numeric_limits<Money>::max());
    QCOMPARE(moneyFromUnits(-1e300), std::numeric_limits<Money>::min());
    QCOMPARE(formatMoney(std::numeric_limits<Money>::min()),
             std::string("-922337203685477.5808"));
}

// BLAKE2b-256 of the empty text, as `b2sum -l 256` prints it.
void TestSmallThings::hashIsBlake2b()
{
    QCOMPARE(hashHex(""),
             std::string("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"));
    Hasher parts;
    parts.add("per");
    parts.add("ennial");
    QCOMPARE(parts.hex(), hashHex("perennial"));
}

void TestSmallThings::utf8IsStrict_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("valid");
    QTest::newRow("ascii") << QByteArray("abc") << true;
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("umlaut, han, emoji") << QByteArray("\xC3\xBC\xE4\xBD\xA0\xF0\x9F\x98\x80") << true;
    QTest::newRow("latin-1") << QByteArray("caf\xE9") << false;
    QTest::newRow("cut short") << QByteArray("\xE4\xBD") << false;
    QTest::newRow("overlong slash") << QByteArray("\xC0\xAF") << false;
    QTest::newRow("overlong three") << QByteArray("\xE0\x80\xAF") << false;
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << false;
    QTest::newRow("past the end") << QByteArray("\xF4\x90\x80\x80") << false;
    QTest::newRow("stray continuation") << QByteArray("a\x80") << false;
}

void TestSmallThings::utf8IsStrict()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, valid);
    QCOMPARE(isValidUtf8({bytes.constData(), static_cast<std::size_t>(bytes.size())}), valid);
}

void TestSmallThings::namesRoundTrip()
{
    for (const EventKind kind : kEventKinds) {
        QCOMPARE(eventKindFromName(eventKindName(kind)), std::optional(kind));
    }
    for (const Stage stage : kStages) {
        QCOMPARE(stageFromName(stageName(stage)), std::optional(stage));
    }
    QVERIFY(!eventKindFromName("unknown") && !stageFromName(""));
}

void TestSmallThings::taskPartsNest()
{
    double seen = -1;
    std::stop_source stop;
    const Task task(stop.get_token(), [&](double fraction, std::string_view) { seen = fraction; });
    task.part(0.5, 1.0).part(0.5, 1.0).progress(0.5, "x");
    QCOMPARE(seen, 0.875);
    task.progress(7.0, "x");
    QCOMPARE(seen, 1.0);
    QVERIFY(!task.part(0, 1).cancelled());
    stop.request_stop();
    QVERIFY(task.part(0, 1).cancelled());
    Task().progress(0.5, "nobody listens");
}

QTEST_APPLESS_MAIN(TestSmallThings)
#include "tst_small_things.moc"
