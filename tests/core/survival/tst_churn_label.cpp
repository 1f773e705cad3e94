#include "core/survival/churn_label.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

using namespace perennial;
using namespace perennial::test;

class ChurnLabelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void labelsCustomersByTheWindow()
    {
        const Day start = dayFromCivil({2024, 1, 1});
        const auto on = [&](int day) { return startOf(start + day) + 7200; };
        ProjectFixture fixture;
        fixture.add({{"back", "i", EventKind::Purchase, on(0), 5, ""},
                     {"back", "i", EventKind::Purchase, on(40), 5, ""}, // the window's last day
                     {"gone", "i", EventKind::Purchase, on(3), 5, ""},
                     {"gone", "i", EventKind::Purchase, on(41), 5, ""}, // a day late
                     {"refund", "i", EventKind::Purchase, on(10), 5, ""},
                     {"refund", "i", EventKind::Refund, on(20), -5, ""},
                     {"looks", "i", EventKind::View, on(5), 0, ""},
                     {"later", "i", EventKind::Purchase, on(12), 5, ""}});
        const ChurnLabels labels = *labelFixedWindowChurn(fixture.project(), start + 10, 30);
        QCOMPARE(labels.user.size(), std::size_t{3});
        QCOMPARE(labels.churned, (std::vector<std::int8_t>{0, 1, 1}));
        QVERIFY(labels.mature);
        QVERIFY(!labelFixedWindowChurn(fixture.project(), start + 12, 30)->mature);
    }

    void refusesWhatHasNoAnswer()
    {
        ProjectFixture fixture;
        QCOMPARE(labelFixedWindowChurn(fixture.project(), 0, 0).error().code,
                 ErrorCode::HorizonNotPositive);
        QCOMPARE(labelFixedWindowChurn(fixture.project(), 0, 30).error().code,
                 ErrorCode::NoPurchases);
    }
};

QTEST_GUILESS_MAIN(ChurnLabelTest)
#include "tst_churn_label.moc"
