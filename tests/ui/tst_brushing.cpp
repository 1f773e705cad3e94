#include "chart_samples.h"
#include "value_page_fixture.h"

#include "core/segment/segment_users.h"
#include "tests/support/checked.h"
#include "ui/models/user_selection.h"
#include "ui/pages/selection_actions.h"
#include "ui/pages/value/distribution_section.h"
#include "ui/pages/value/matrix_section.h"
#include "ui/widgets/choice_bar.h"

#include <QApplication>
#include <QInputDialog>
#include <QMenu>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTimer>

#include <numeric>

using namespace perennial;
using perennial::test::checked;

namespace {

using Marks = std::vector<std::pair<int, int>>;

/// Drags with the left button, in steps as a hand does.
void drag(ChartView &view, const QPointF &from, const QPointF &to)
{
    const auto send = [&](QEvent::Type type, const QPointF &at, Qt::MouseButton button,
                          Qt::MouseButtons buttons) {
        QMouseEvent event(type, at, view.mapToGlobal(at), button, buttons, Qt::NoModifier);
        QCoreApplication::sendEvent(&view, &event);
    };
    send(QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton);
    send(QEvent::MouseMove, (from + to) / 2, Qt::NoButton, Qt::LeftButton);
    send(QEvent::MouseMove, to, Qt::NoButton, Qt::LeftButton);
    send(QEvent::MouseButtonRelease, to, Qt::LeftButton, Qt::NoButton);
}

struct Shown {
    ChartView view;
    QSignalSpy brushed{&view, &ChartView::marksBrushed};
    QSignalSpy clicked{&view, &ChartView::markClicked};
    QSignalSpy cleared{&view, &ChartView::selectionCleared};

    explicit Shown(const ChartSpec &spec, bool brushable = true)
    {
        view.setBrushable(brushable);
        view.setSpec(spec);
        view.resize(640, 320);
        view.show();
        view.grab();
    }
    const ChartMark &mark(std::size_t i) const { return view.marks().marks[i]; }
    Marks last() const { return qvariant_cast<Marks>(brushed.back()[0]); }
};

ChartSpec bars()
{
    Histogram chart;
    chart.edges = {0, 1, 2, 3, 4, 5};
    chart.counts = {5, 4, 3, 2, 1};
    ChartSpec spec;
    spec.body = chart;
    return spec;
}

/// The menu that is open on marks; its actions.
QAction *menuAction(const QWidget &parent, const QString &text)
{
    for (QMenu *menu : parent.findChildren<QMenu *>()) {
        for (QAction *action : menu->actions()) {
            if (action->text() == text && menu->isVisible()) {
                return action;
            }
        }
    }
    return nullptr;
}

void closeMenus(const QWidget &parent)
{
    for (QMenu *menu : parent.findChildren<QMenu *>()) {
        menu->close();
    }
}

} // namespace

class TestBrushing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void draggingPicksWhatItTouches()
    {
        Shown s(bars());
        drag(s.view, s.mark(1).area.center(), s.mark(3).area.center());
        QCOMPARE(s.brushed.size(), 1);
        QCOMPARE(s.last(), (Marks{{0, 1}, {0, 2}, {0, 3}}));
        QVERIFY(s.clicked.empty());
        drag(s.view, s.mark(3).area.center(), s.mark(1).area.center()); // backwards too
        QCOMPARE(s.last(), (Marks{{0, 1}, {0, 2}, {0, 3}}));
        QTest::mouseClick(&s.view, Qt::LeftButton, {}, s.mark(2).area.center().toPoint());
        QCOMPARE(s.clicked.size(), 1);
        QCOMPARE(s.clicked[0][1].toInt(), 2);
        QCOMPARE(s.brushed.size(), 2);
        drag(s.view, {630, 2}, {638, 20}); // beside them all
        QCOMPARE(s.brushed.size(), 2);
        QCOMPARE(s.cleared.size(), 1);
    }

    void everyKindOfChart()
    {
        for (const auto &[name, spec] : chartSamples()) {
            Shown s(spec);
            if (s.view.marks().marks.empty()) {
                continue;
            }
            drag(s.view, {0, 0}, {640, 320});
            QCOMPARE(s.brushed.size(), 1);
            Marks all;
            for (const ChartMark &mark : s.view.marks().marks) {
                if (std::ranges::find(all, std::pair(mark.series, mark.index)) == all.end()) {
                    all.emplace_back(mark.series, mark.index);
                }
            }
            QVERIFY2(s.last() == all, qPrintable(name));
        }
    }

    /// Bands cross: the rectangle around one holds much of the others.
    void aBandIsPickedByItsShape()
    {
        Shown s(chartSamples().at(QStringLiteral("sankey")));
        int bands = 0;
        for (const ChartMark &mark : s.view.marks().marks) {
            if (mark.shape.isEmpty()) {
                continue;
            }
            const QPointF within = mark.shape.pointAtPercent(0.0) + QPointF(2, 2);
            QVERIFY(mark.shape.contains(within));
            drag(s.view, within, within + QPointF(12, 0));
            ++bands;
            QVERIFY2(s.last() == (Marks{{mark.series, mark.index}}),
                     qPrintable(QString::number(s.last().size())));
        }
        QVERIFY(bands > 3);
    }

    void escLetsGoOfTheBrush()
    {
        Shown s(bars());
        QMouseEvent press(QEvent::MouseButtonPress, {100, 100},
                          s.view.mapToGlobal(QPointF(100, 100)), Qt::LeftButton, Qt::LeftButton,
                          Qt::NoModifier);
        QCoreApplication::sendEvent(&s.view, &press);
        QMouseEvent move(QEvent::MouseMove, {400, 200}, s.view.mapToGlobal(QPointF(400, 200)),
                         Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&s.view, &move);
        QTest::keyClick(&s.view, Qt::Key_Escape);
        QMouseEvent release(QEvent::MouseButtonRelease, {400, 200},
                            s.view.mapToGlobal(QPointF(400, 200)), Qt::LeftButton, Qt::NoButton,
                            Qt::NoModifier);
        QCoreApplication::sendEvent(&s.view, &release);
        QVERIFY(s.brushed.empty() && s.clicked.empty());
    }

    void keysBrushToo()
    {
        Shown s(bars());
        s.view.setFocus();
        QTest::keyClick(&s.view, Qt::Key_Right);
        QTest::keyClick(&s.view, Qt::Key_Right); // the second
        QTest::keyClick(&s.view, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&s.view, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&s.view, Qt::Key_Return);
        QCOMPARE(s.last(), (Marks{{0, 1}, {0, 2}, {0, 3}}));
        QTest::keyClick(&s.view, Qt::Key_Right);
        QTest::keyClick(&s.view, Qt::Key_Return);
        QCOMPARE(s.clicked.size(), 1);
    }

    void chartsWithoutUsersAreNotBrushed()
    {
        Shown s(bars(), false);
        drag(s.view, s.mark(1).area.center(), s.mark(3).area.center());
        QVERIFY(s.brushed.empty());
        QCOMPARE(s.clicked.size(), 1); // where it was pressed
        QCOMPARE(s.clicked[0][1].toInt(), 1);
    }

    // Whatever kind of value: the bars' counts, the table, the rule, the filter, the saved segment
    // agree.
    void barsBecomeARule_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("realised") << 0;
        QTest::newRow("predicted") << 1;
        QTest::newRow("ltv") << 2;
    }
    void barsBecomeARule()
    {
        QFETCH(int, kind);
        PageFixture f;
        makeScoredShop(f, 300);
        ValuePage page(f.context);
        f.show(page);
        page.findChild<DistributionSection *>()->findChild<ChoiceBar *>()->setCurrent(kind);
        ChartCard *card =
            page.findChild<DistributionSection *>()->findChildren<ChartCard *>().front();
        const auto chart = std::get<Histogram>(card->view().spec().body);
        const double sum = *chart.zeroCount + chart.counts[0] + chart.counts[1] + chart.counts[2];
        Q_EMIT card->marksBrushed({{0, -1}, {0, 0}, {0, 1}, {0, 2}}, {});
        f.settle();
        auto *table = page.findChild<UserTableView *>();
        QCOMPARE(static_cast<double>(table->model().totals().users), sum);
        QVERIFY(table->selection()->rule); // told by ranges, not one by one
        QVERIFY(table->selection()->text.contains(QStringLiteral("2 more")));
        const SegmentRule rule = *table->selection()->rule;
        QCOMPARE(static_cast<double>(
                     checked(usersOfSegment(f.session.project(), rule, {})).users->size()),
                 sum);
        QAction *filter = menuAction(page, QStringLiteral("Filter by these users"));
        QVERIFY(filter);
        filter->trigger();
        closeMenus(page);
        f.settle();
        QCOMPARE(f.session.segment()->rule(), allOf({rule}));
        QCOMPARE(static_cast<double>(table->model().totals().users), sum);
    }

    void barsWithinAFilterAreSaved()
    {
        PageFixture f;
        makeScoredShop(f, 300);
        const SegmentRule churned = ruleOf(StageCondition{{Stage::Churned}});
        f.session.setSegment(churned);
        ValuePage page(f.context);
        f.show(page);
        ChartCard *card = findChart(page, QStringLiteral("Realised value"));
        const auto chart = std::get<Histogram>(card->view().spec().body);
        Q_EMIT card->marksBrushed({{0, 1}, {0, 2}}, {});
        f.settle();
        const double sum = chart.counts[1] + chart.counts[2];
        QCOMPARE(static_cast<double>(page.findChild<UserTableView *>()->model().totals().users),
                 sum);
        QTimer::singleShot(0, [] {
            auto *dialog = qobject_cast<QInputDialog *>(QApplication::activeModalWidget());
            QVERIFY(dialog);
            dialog->setTextValue(QStringLiteral("some"));
            dialog->accept();
        });
        menuAction(page, QStringLiteral("Save as a segment…"))->trigger();
        closeMenus(page);
        f.settle();
        const auto saved = f.navigator.segmentEdits().find(QStringLiteral("some"));
        QVERIFY(saved);
        const SegmentRule rule = checked(segmentFromJson(saved->definition));
        QCOMPARE(rule.parts()->front(), churned);
        QCOMPARE(static_cast<double>(
                     checked(usersOfSegment(f.session.project(), rule, {})).users->size()),
                 sum);
        f.navigator.undo.undo();
        QVERIFY(!f.navigator.segmentEdits().find(QStringLiteral("some")));
    }

    // Points whose users have to be looked for are told by their keys.
    void usersWithoutARule()
    {
        PageFixture f;
        const ScoreReport report = makeScoredShop(f, 300);
        ValuePage page(f.context);
        f.show(page);
        ChartCard *card = findChart(page, QStringLiteral("Concentration"));
        const auto line = std::get<LineChart>(card->view().spec().body).series[0];
        Q_EMIT card->marksBrushed({{0, 3}, {0, 10}}, {});
        f.settle();
        const qint64 best = std::llround(line.x[10] * static_cast<double>(report.users));
        auto *table = page.findChild<UserTableView *>();
        QCOMPARE(table->model().totals().users, best); // the larger holds the smaller
        QVERIFY(!table->selection()->rule);
        menuAction(page, QStringLiteral("Filter by these users"))->trigger();
        closeMenus(page);
        f.settle();
        const auto &parts = *f.session.segment()->rule().parts();
        QCOMPARE(parts.size(), std::size_t{1});
        QCOMPARE(std::ssize(std::get<UsersCondition>(*parts[0].condition()).keys), best);
        QCOMPARE(table->model().totals().users, best);
    }

    void cellsBecomeARule()
    {
        PageFixture f;
        makeScoredShop(f, 300);
        ValuePage page(f.context);
        f.show(page);
        page.showSection(kMatrix);
        f.settle();
        ChartCard *card = findChart(page, QStringLiteral("Expected orders by"));
        const auto &map = std::get<HeatMap>(card->view().spec().body);
        Marks all;
        for (std::size_t row = 0; row < map.values.size(); ++row) {
            for (std::size_t column = 0; column < map.values[row].size(); ++column) {
                all.emplace_back(static_cast<int>(row), static_cast<int>(column));
            }
        }
        Q_EMIT card->marksBrushed(all, {});
        f.settle();
        auto *table = page.findChild<UserTableView *>();
        QVERIFY(table->selection()->rule); // days since the last order
        const SegmentRule ordered = ruleOf(FigureCondition{SegmentFigure::Orders, {1, {}}, false});
        QCOMPARE(table->model().totals().users,
                 static_cast<qint64>(
                     checked(usersOfSegment(f.session.project(), ordered, {})).users->size()));
        closeMenus(page);
        // and each by itself: its ranges and its rule are the same users
        const auto figures =
            checked(readMatrixFigures(f.session.project(), everybody(), Task()));
        for (const auto &[row, column] : all) {
            const auto cell = usersOfCell(figures, row, column);
            QVERIFY(cell);
            const SegmentRule rule = *ruleOfSelection(*cell, f.session.label()->snapshot);
            QCOMPARE(std::ssize(*checked(usersOfSegment(f.session.project(), rule, {})).users),
                     figures.grid.users[static_cast<std::size_t>(row)]
                                       [static_cast<std::size_t>(column)]);
        }
    }

    void nobodyIsLetGo()
    {
        PageFixture f;
        makeScoredShop(f, 60);
        ValuePage page(f.context);
        f.show(page);
        ChartCard *card = findChart(page, QStringLiteral("Realised value"));
        Q_EMIT card->marksBrushed({{0, 999}}, {}); // of a chart that was there before
        f.settle();
        QVERIFY(!page.findChild<UserTableView *>()->selection());
        QVERIFY(!menuAction(page, QStringLiteral("Filter by these users")));
    }
};

QTEST_MAIN(TestBrushing)
#include "tst_brushing.moc"
