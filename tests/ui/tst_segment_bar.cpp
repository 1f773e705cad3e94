#include "core/project/segment_store.h"
#include "core/segment/segment_users.h"
#include "tests/ui/test_projects.h"
#include "ui/main_window/segment_bar.h"

#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QUndoStack>
#include <QtTest>

#include <algorithm>

using namespace perennial;

namespace {

SegmentRule loyal() { return ruleOf(StageCondition{{Stage::Loyal}}); }
SegmentRule buyers() { return ruleOf(FigureCondition{SegmentFigure::Orders, {2, {}}, false}); }

/// A bar on a scored project.
struct Bench {
    QTemporaryDir folder;
    JobRunner jobs;
    ProjectSession session{jobs};
    QUndoStack undo;
    SegmentBar bar{session, jobs, undo};

    Bench()
    {
        const QString path = folder.filePath(QStringLiteral("p.perennial"));
        if (!test::makeProject(path, 70, test::Scores::Full).ok()) {
            qFatal("no test project");
        }
        session.open(path);
        settle();
    }
    void settle()
    {
        jobs.waitUntilIdle();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents(); // a layout is done anew once asked
    }
    QList<QPushButton *> chips()
    {
        settle();
        QList<QPushButton *> shown = bar.findChildren<QPushButton *>();
        shown.removeIf([](const QPushButton *button) { return button->isHidden(); });
        std::ranges::stable_sort(shown, {}, [](const QPushButton *button) {
            return button->text() == QLatin1String("Clear all"); // last, as it stands
        });
        return shown;
    }
    QString count()
    {
        settle();
        return bar.findChild<QLabel *>()->text();
    }
};

} // namespace

class TestSegmentBar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachPartIsAChip()
    {
        Bench b;
        b.bar.show();
        b.bar.resize(1280, 40);
        QVERIFY(b.chips().empty());
        b.bar.choose(allOf({loyal(), buyers()}));
        QCOMPARE(b.chips().size(), 3);
        QVERIFY(b.chips()[0]->text().startsWith(QStringLiteral("stage = Loyal")));
        QVERIFY(b.chips()[1]->text().startsWith(QStringLiteral("Orders ≥ 2")));
        b.chips()[0]->click();
        QCOMPARE(b.session.segment()->rule(), allOf({buyers()}));
        QCOMPARE(b.chips().size(), 1);
        b.bar.choose(allOf({loyal(), buyers()}));
        b.chips()[2]->click(); // clear all
        QVERIFY(b.session.segment()->isEverybody());
        QVERIFY(b.chips().empty());
        b.bar.choose(allOf(std::vector<SegmentRule>(40, buyers())));
        QCOMPARE(b.chips().size(), 1); // in one, or they would push everything out
    }

    void manyChipsFitAndKeepTheirCross()
    {
        Bench b;
        b.bar.show();
        const SegmentRule either =
            anyOf({loyal(), buyers(), ruleOf(AttributeCondition{"channel", {"ads"}, {}, true})});
        b.bar.choose(allOf({loyal(), either, negation(either), either, negation(either)}));
        for (const int width : {1920, 1128}) { // the second beside the pages of a small window
            b.bar.resize(width, 40);
            QCOMPARE(b.chips().size(), 6);
            QCOMPARE(b.bar.width(), width);
            for (const QPushButton *chip : b.chips()) {
                QVERIFY(chip->width() >= chip->sizeHint().width());
                QVERIFY(b.bar.rect().contains(chip->geometry()));
                QVERIFY(chip->text() == QStringLiteral("Clear all") ||
                        chip->text().endsWith(QStringLiteral("×")));
            }
        }
        QVERIFY(b.chips()[2]->toolTip().contains(QStringLiteral(" or ")));
    }

    void countsWhoBelongs()
    {
        Bench b;
        QVERIFY(b.count().startsWith(QStringLiteral("70 ")));
        b.bar.choose(loyal());
        const auto found = usersOfSegment(b.session.project(), loyal(), {});
        QVERIFY(b.count().startsWith(QString::number(found->users->size()) + QLatin1Char(' ')));
        b.bar.choose(ruleOf(AttributeCondition{"no such", {"a"}, {}, false}));
        QCOMPARE(b.count(), QStringLiteral("can't be counted"));
        b.bar.choose(anyOf({}));
        QVERIFY(b.count().startsWith(QStringLiteral("0 ")));
    }

    void everyStepCanBeUndone()
    {
        Bench b;
        b.bar.choose(loyal());
        b.bar.choose(loyal()); // chosen already
        QCOMPARE(b.undo.count(), 1);
        b.bar.save(QStringLiteral("best"));
        b.bar.choose(buyers());
        b.bar.save(QStringLiteral("best"));
        const auto definition = [&]() -> std::string {
            const auto all = readSegments(b.session.project());
            return all->empty() ? "" : all->front().definition;
        };
        const std::string first = segmentJson(allOf({loyal()})), second = segmentJson(allOf({buyers()}));
        QCOMPARE(definition(), second);
        QCOMPARE(readSegments(b.session.project())->size(), std::size_t{1});
        b.undo.undo();
        QCOMPARE(definition(), first);
        b.undo.redo();
        b.bar.remove(QStringLiteral("best"));
        QCOMPARE(definition(), std::string());
        b.bar.remove(QStringLiteral("best"));
        b.undo.undo();
        QCOMPARE(definition(), second);
        while (b.undo.canUndo()) {
            b.undo.undo();
        }
        QCOMPARE(definition(), std::string());
        QVERIFY(b.session.segment()->isEverybody());
    }

    void dataStaysPlainText()
    {
        Bench b;
        b.bar.show();
        b.bar.resize(1280, 40);
        b.bar.choose(ruleOf(AttributeCondition{"<b>x</b>", {"a & b"}, {}, true}));
        QVERIFY(b.chips()[0]->text().contains(QStringLiteral("<b>x</b> = a && b")));
        QVERIFY(!b.chips()[0]->toolTip().contains(QStringLiteral("<b>")));
        b.settle();
    }
};

QTEST_MAIN(TestSegmentBar)
#include "tst_segment_bar.moc"
