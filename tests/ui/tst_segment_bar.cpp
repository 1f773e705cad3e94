#include "core/project/segment_store.h"
#include "core/segment/segment_users.h"
#include "tests/ui/test_projects.h"
#include "ui/main_window/segment_bar.h"
#include "ui/main_window/segment_chip.h"
#include "ui/segments/segment_builder.h"
#include "ui/segments/segment_edits.h"

#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>
#include <QUndoStack>
#include <QtTest>

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
    SegmentEdits edits{session, undo};
    SegmentBar bar{session, jobs, edits};

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
    QList<SegmentChip *> chips()
    {
        settle();
        return bar.findChildren<SegmentChip *>();
    }
    static QPushButton *wordsOf(const SegmentChip *chip) { return chip->findChild<QPushButton *>(); }
    static QToolButton *crossOf(const SegmentChip *chip) { return chip->findChild<QToolButton *>(); }
    QPushButton *button(const QString &text)
    {
        for (QPushButton *one : bar.findChildren<QPushButton *>()) {
            if (one->text() == text) {
                return one;
            }
        }
        return nullptr;
    }
    QString count()
    {
        settle();
        return bar.findChild<QLabel *>({}, Qt::FindDirectChildrenOnly)->text();
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
        b.edits.choose(allOf({loyal(), buyers()}));
        QCOMPARE(b.chips().size(), 2);
        QVERIFY(Bench::wordsOf(b.chips()[0])->text().startsWith(QStringLiteral("stage = Loyal")));
        QVERIFY(Bench::wordsOf(b.chips()[1])->text().startsWith(QStringLiteral("Orders ≥ 2")));
        QVERIFY(b.button(QStringLiteral("Clear all"))->isVisible());
        Bench::crossOf(b.chips()[0])->click();
        QCOMPARE(b.session.segment()->rule(), allOf({buyers()}));
        QCOMPARE(b.chips().size(), 1);
        QVERIFY(!b.button(QStringLiteral("Clear all"))->isVisible());
        b.edits.choose(allOf({loyal(), buyers()}));
        b.button(QStringLiteral("Clear all"))->click();
        QVERIFY(b.session.segment()->isEverybody());
        QVERIFY(b.chips().empty());
        b.edits.choose(allOf(std::vector<SegmentRule>(40, buyers())));
        QCOMPARE(b.chips().size(), 1); // in one, or they would push everything out
    }

    void manyChipsFitAndKeepTheirCross()
    {
        Bench b;
        b.bar.show();
        const SegmentRule either =
            anyOf({loyal(), buyers(), ruleOf(AttributeCondition{"channel", {"ads"}, {}, true})});
        b.edits.choose(allOf({loyal(), either, negation(either), either, negation(either)}));
        for (const int width : {1920, 1128}) { // the second beside the pages of a small window
            b.bar.resize(width, 40);
            QCOMPARE(b.chips().size(), 5);
            QCOMPARE(b.bar.width(), width);
            for (const SegmentChip *chip : b.chips()) {
                QVERIFY(chip->width() >= chip->sizeHint().width());
                QVERIFY(b.bar.rect().contains(chip->geometry()));
                QVERIFY(chip->rect().contains(Bench::crossOf(chip)->geometry()));
                QVERIFY(Bench::wordsOf(chip)->text().size() > 1);
            }
        }
        QVERIFY(Bench::wordsOf(b.chips()[2])->toolTip().contains(QStringLiteral(" or ")));
    }

    void aClickOnWordsEditsThem()
    {
        Bench b;
        b.bar.show();
        b.edits.choose(allOf({loyal(), buyers()}));
        Bench::wordsOf(b.chips()[1])->click();
        auto *builder = b.bar.findChild<SegmentBuilder *>();
        QVERIFY(builder && builder->isVisible());
        QCOMPARE(builder->rule(), allOf({loyal(), buyers()}));
        builder->removePart(); // which is the one clicked
        Q_EMIT builder->taken(builder->rule());
        QCOMPARE(b.session.segment()->rule(), allOf({loyal()}));
        b.undo.undo();
        QCOMPARE(b.session.segment()->rule(), allOf({loyal(), buyers()}));
        builder->close();
        b.settle();
        b.button(QStringLiteral("+ Filter"))->click();
        builder = b.bar.findChild<SegmentBuilder *>();
        QCOMPARE(builder->rule().parts()->size(), std::size_t{3});
        QVERIFY(!builder->canBeTaken()); // it has no stage yet
    }

    void countsWhoBelongs()
    {
        Bench b;
        QVERIFY(b.count().startsWith(QStringLiteral("70 ")));
        b.edits.choose(loyal());
        const auto found = usersOfSegment(b.session.project(), loyal(), {});
        QVERIFY(b.count().startsWith(QString::number(found->users->size()) + QLatin1Char(' ')));
        b.edits.choose(ruleOf(AttributeCondition{"no such", {"a"}, {}, false}));
        QCOMPARE(b.count(), QStringLiteral("can't be counted"));
        b.edits.choose(anyOf({}));
        QVERIFY(b.count().startsWith(QStringLiteral("0 ")));
    }

    void everyStepCanBeUndone()
    {
        Bench b;
        b.edits.choose(loyal());
        b.edits.choose(loyal()); // chosen already
        QCOMPARE(b.undo.count(), 1);
        b.edits.save(QStringLiteral("best"), b.session.segment()->rule());
        b.edits.choose(buyers());
        b.edits.save(QStringLiteral("best"), b.session.segment()->rule());
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
        b.edits.remove(QStringLiteral("best"));
        QCOMPARE(definition(), std::string());
        b.edits.remove(QStringLiteral("best"));
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
        b.edits.choose(ruleOf(AttributeCondition{"<b>x</b>", {"a & b"}, {}, true}));
        const QPushButton *words = Bench::wordsOf(b.chips()[0]);
        QVERIFY(words->text().contains(QStringLiteral("<b>x</b> = a && b")));
        QVERIFY(!words->toolTip().contains(QStringLiteral("<b>")));
        b.settle();
    }
};

QTEST_MAIN(TestSegmentBar)
#include "tst_segment_bar.moc"
