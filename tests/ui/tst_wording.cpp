#include "ui/error_text.h"
#include "ui/wording/counts.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QSet>
#include <QTest>

#include <cmath>
#include <limits>

using namespace perennial;

class tst_Wording : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void auditLinesReadAsWords()
    {
        QCOMPARE(auditText(R"({"model":"bg-nbd","run":1200,"state":1,"hash":"ab"})"),
                 QStringLiteral("model bg-nbd · run 1,200 · state Done"));
        QCOMPARE(auditText("<b>half"), QStringLiteral("<b>half"));
        QCOMPARE(auditText(R"({"a_b":null,"c":{"d":0.25},"e":[1,2]})"),
                 QStringLiteral("a b – · d 0.2500 · e 2"));
    }

    void countsReadWell()
    {
        for (const auto &[text, noun] :
             {std::pair{&usersText, "user"}, {&customersText, "customer"}, {&ordersText, "order"},
              {&itemsText, "item"}, {&eventsText, "event"}, {&rowsText, "row"}, {&daysText, "day"},
              {&groupsText, "group"}}) {
            QCOMPARE(text(1), QStringLiteral("1 %1").arg(QLatin1String(noun)));
            QCOMPARE(text(0), QStringLiteral("0 %1s").arg(QLatin1String(noun)));
            QCOMPARE(text(31'204), QStringLiteral("31,204 %1s").arg(QLatin1String(noun)));
        }
        const QString one = QStringLiteral("1 page, data %2"), many = QStringLiteral("%1 pages, data %2");
        QCOMPARE(counted(1, one, many).arg(QStringLiteral("ab")), QStringLiteral("1 page, data ab"));
        QCOMPARE(counted(12, one, many).arg(QStringLiteral("ab")),
                 QStringLiteral("12 pages, data ab"));
    }

    void shortNumbers_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        const auto row = [](double value, const char *text) {
            QTest::addRow("%g", value) << value << QString::fromUtf8(text);
        };
        row(0, "0");
        row(-0.0, "0");
        row(7, "7");
        row(1234, "1,234");
        row(9999.4, "9,999");
        row(12345, "12.3 k");
        row(999960, "1 M");
        row(4560000, "4.56 M");
        row(-12345, "−12.3 k");
        row(0.01234, "0.01234");
        row(3.14159, "3.142");
        row(1e-7, "1.00E-07");
        row(std::nan(""), "–");
        row(std::numeric_limits<double>::infinity(), "–");
    }
    void shortNumbers()
    {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(shortText(value), text);
    }

    void fullNumbers()
    {
        QCOMPARE(fullText(1234567.891), QStringLiteral("1,234,567.89"));
        QCOMPARE(fullText(-0.001), QStringLiteral("0.00"));
        QCOMPARE(fullText(-30987.7, 1), QStringLiteral("−30,987.7"));
        QCOMPARE(fullText(std::optional<double>()), kMissing);
        QCOMPARE(percentText(0.1234), QStringLiteral("12.3 %"));
        QCOMPARE(percentText(-0.00001), QStringLiteral("0.0 %"));
        QCOMPARE(signedPercentText(0.032), QStringLiteral("+3.2 %"));
        QCOMPARE(signedPercentText(0.0), QStringLiteral("0.0 %"));
        QCOMPARE(signedPercentText(-0.004), QStringLiteral("−0.4 %"));
        QCOMPARE(countText(31204), QStringLiteral("31,204"));
    }

    void intervals()
    {
        QCOMPARE(intervalText(1240, 1105, 1388), QStringLiteral("1,240 [1,105, 1,388]"));
        QCOMPARE(intervalText(12400, 8100, 16900), QStringLiteral("12.4 k [8.1 k, 16.9 k]"));
        QCOMPARE(intervalText(1240, std::nan(""), 1), QStringLiteral("1,240"));
        QCOMPARE(intervalText(std::nan(""), 0, 1), kMissing);
        const QLocale german(QLocale::German);
        QVERIFY(intervalText(1.5, 1.25, 1.75, german).contains(QStringLiteral("; ")));
    }

    void money()
    {
        QCOMPARE(shortMoneyText(12345, QStringLiteral("GBP")), QStringLiteral("£12.3 k"));
        QCOMPARE(shortMoneyText(-5, QStringLiteral("USD")), QStringLiteral("−$5"));
        QCOMPARE(fullMoneyText(5, QStringLiteral("NOK")), QStringLiteral("NOK 5.00"));
        QCOMPARE(fullMoneyText(std::nan(""), QStringLiteral("USD")), kMissing);
    }

    void datesAndTimes()
    {
        QCOMPARE(dayText(Day{0}), QStringLiteral("1970-01-01"));
        QCOMPARE(dayText(std::optional<Day>()), kMissing);
        QCOMPARE(monthText(dayFromCivil({2010, 3, 5})), QStringLiteral("Mar 2010"));
        QCOMPARE(timeText(0), QStringLiteral("1970-01-01 00:00"));
        QCOMPARE(durationText(40), QStringLiteral("40 s"));
        QCOMPARE(durationText(125), QStringLiteral("2 min"));
        QCOMPARE(durationText(3600 + 300), QStringLiteral("1 h 5 min"));
        QCOMPARE(durationText(-1), kMissing);
    }

    void everyErrorHasWords()
    {
        QSet<QString> names;
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
            const Error error{static_cast<ErrorCode>(code), "the detail", "a place"};
            names.insert(errorCodeName(error.code));
            QVERIFY(errorText(error).contains(QStringLiteral("the detail")));
            QVERIFY(errorText(error).contains(QStringLiteral("a place")));
            const QString bare = errorText({error.code, {}, {}});
            QVERIFY(!bare.isEmpty());
            QVERIFY2(!bare.contains(QLatin1Char('%')), qPrintable(bare));
            QVERIFY2(!bare.endsWith(QLatin1Char(':')), qPrintable(bare));
        }
        QCOMPARE(names.size(), static_cast<int>(ErrorCode::Internal) + 1);
        const QString newer = errorText({ErrorCode::NewerVersion, "9/1", "x.perennial"});
        QVERIFY(newer.contains(QStringLiteral("9/1")));
    }

    // Data goes in as it is: a percent sign and a number in it are not another place to fill in.
    void detailIsNotAPattern()
    {
        const QString text = errorText({ErrorCode::BadData, "100%2 <b>off</b>", "%1.csv"});
        QVERIFY(text.contains(QStringLiteral("100%2 <b>off</b>")));
        QVERIFY(text.contains(QStringLiteral("%1.csv")));
    }

    void everyWordIsThere()
    {
        for (const Stage stage : kStages) {
            QVERIFY(!stageText(stage).isEmpty());
            QVERIFY(!stageDefinition(stage).isEmpty());
        }
        for (const EventKind kind : kEventKinds) {
            QVERIFY(!eventKindText(kind).isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(tst_Wording)
#include "tst_wording.moc"
