#include "tests/ui/chart_samples.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/chart_ticks.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace perennial;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

QImage painted(const ChartSpec &spec, const Tokens &tokens, QSize size = {640, 320})
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(tokens.surface);
    QPainter painter(&image);
    paintChart(painter, QRectF(QPointF(), QSizeF(size)), spec, tokens);
    return image;
}

int pixelsOf(const QImage &image, const QColor &color)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            count += image.pixelColor(x, y) == color ? 1 : 0;
        }
    }
    return count;
}

Axis axisOf(AxisSpec::Scale scale, double low, double high, bool zero = false)
{
    AxisSpec spec;
    spec.scale = scale;
    return makeAxis(spec, low, high, zero, true,
                    {400, [](const QString &t) { return 7.0 * double(t.size()); }, 16});
}

} // namespace

class tst_Charts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }

    void whatIsCountedHasWholeTicks()
    {
        AxisSpec epochs;
        epochs.whole = true;
        const AxisRoom wide{2000, [](const QString &t) { return 7.0 * double(t.size()); }, 16};
        for (const double high : {1.0, 2.0, 5.0, 8.0, 1000.0}) {
            for (const bool padded : {false, true}) {
                const Axis axis = makeAxis(epochs, 0, high, false, padded, wide);
                QVERIFY(axis.ticks.size() >= 2);
                for (const Tick &tick : axis.ticks) {
                    QCOMPARE(tick.at, std::round(tick.at));
                    QVERIFY(!tick.label.contains(QLatin1Char('.')));
                }
            }
        }
    }

    void everyKindPaintsItsData_data()
    {
        QTest::addColumn<QString>("name");
        for (const auto &[name, spec] : chartSamples()) {
            QTest::newRow(qPrintable(name)) << name;
        }
    }
    void everyKindPaintsItsData()
    {
        QFETCH(QString, name);
        const ChartSpec spec = chartSamples()[name];
        QVERIFY(hasData(spec));
        QVERIFY(!chartTable(spec).rows.empty());
        for (const Tokens *tokens : {&lightTokens(), &darkTokens()}) {
            const QImage image = painted(spec, *tokens);
            ChartSpec empty;
            QVERIFY(image != painted(empty, *tokens));
            if (qEnvironmentVariableIsSet("PERENNIAL_PICTURES")) {
                const QDir dir(qEnvironmentVariable("PERENNIAL_PICTURES"));
                image.save(dir.filePath(name + (tokens->dark ? "-dark.png" : "-light.png")));
            }
        }
    }

    void marksCoverTheData()
    {
        const ChartSpec spec = chartSamples()[QStringLiteral("ltv")];
        QImage image(640, 320, QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&image);
        const ChartMarks marks = paintChart(painter, QRectF(10, 20, 600, 280), spec, lightTokens());
        QCOMPARE(marks.marks.size(), std::size_t{12}); // 11 bins and the mass at zero
        QCOMPARE(marks.marks.front().index, -1);
        for (const ChartMark &mark : marks.marks) {
            QVERIFY(QRectF(10, 20, 600, 280).contains(mark.area));
            QVERIFY(!mark.text.isEmpty());
        }
    }

    void pointsAtTheEndOfAnAxisAreWhole()
    {
        ChartSpec spec;
        LineChart chart;
        chart.y.scale = AxisSpec::Scale::Percent;
        chart.y.min = 0.0;
        chart.y.max = 1.0;
        LineSeries orders;
        orders.ink = Ink::Bad;
        orders.line = false;
        orders.points = true;
        orders.x = {1, 2, 3};
        orders.y = {1.0, 0.0, 0.5};
        chart.series = {orders};
        spec.body = chart;
        QImage image(600, 280, QImage::Format_ARGB32_Premultiplied);
        image.fill(lightTokens().surface);
        QPainter painter(&image);
        const ChartMarks marks =
            paintChart(painter, QRectF(0, 0, 600, 280), spec, lightTokens());
        std::vector<int> inked;
        for (const ChartMark &mark : marks.marks) {
            QVERIFY(mark.index != 0 || mark.area.center().y() >= marks.plot.top() + 4);
            int pixels = 0;
            const QRect area = mark.area.toAlignedRect();
            for (int y = area.top(); y <= area.bottom(); ++y) {
                for (int x = area.left(); x <= area.right(); ++x) {
                    pixels += image.pixelColor(x, y) == lightTokens().bad ? 1 : 0;
                }
            }
            inked.push_back(pixels);
        }
        QCOMPARE(inked.size(), std::size_t{3});
        QVERIFY(inked[2] > 20);
        QVERIFY(std::abs(inked[0] - inked[2]) <= 6 && std::abs(inked[1] - inked[2]) <= 6);
    }

    void aMarkersLabelKeepsClearOfTheBars()
    {
        ChartSpec spec;
        Histogram chart;
        chart.edges = {0, 1, 2, 3, 4};
        chart.counts = {1, 20, 20, 20}; // as high as the axis would end
        chart.markX = 1.2;
        chart.markLabel = QStringLiteral("mean 1.2");
        spec.body = chart;
        QImage image(600, 280, QImage::Format_ARGB32_Premultiplied);
        image.fill(lightTokens().surface);
        QPainter painter(&image);
        const ChartMarks marks =
            paintChart(painter, QRectF(0, 0, 600, 280), spec, lightTokens());
        const int column = static_cast<int>(marks.marks[2].area.center().x());
        const int label = static_cast<int>(marks.plot.top());
        QVERIFY(image.pixelColor(column, label + 60) == lightTokens().accent);
        for (int y = label; y < label + 12; ++y) {
            QVERIFY(image.pixelColor(column, y) != lightTokens().accent);
        }
    }

    void stylesOfLinesAreExplained()
    {
        ChartSpec plain = chartSamples()[QStringLiteral("dates")];
        ChartSpec explained = plain;
        std::get<LineChart>(explained.body).immatureMeans = QStringLiteral("immature");
        QVERIFY(painted(plain, lightTokens()) != painted(explained, lightTokens()));
        const ChartTable table = chartTable(plain);
        QCOMPARE(std::ranges::count_if(table.rows,
                                       [](const QStringList &row) {
                                           return row.last() == QStringLiteral("not complete yet");
                                       }),
                 5);
    }

    void barsBeginAtZero()
    {
        Histogram h;
        h.edges = {0, 1, 2};
        h.counts = {1000, 1001};
        const ChartMarks unused;
        const Axis axis = axisOf(AxisSpec::Scale::Linear, 1000, 1001, true);
        QCOMPARE(axis.min, 0.0);
        QVERIFY(axis.max >= 1001);
    }

    void nothingFiniteIsASentence_data()
    {
        QTest::addColumn<int>("kind");
        for (int kind = 0; kind < 6; ++kind) {
            QTest::addRow("%d", kind) << kind;
        }
    }
    void nothingFiniteIsASentence()
    {
        QFETCH(int, kind);
        ChartSpec spec;
        spec.empty = QStringLiteral("Nothing here.");
        const std::vector<double> nan{kNaN, kNaN};
        switch (kind) {
        case 1: {
            LineChart c;
            c.series.resize(1);
            c.series[0].x = {1, 2};
            c.series[0].y = nan;
            spec.body = c;
            break;
        }
        case 2: {
            Histogram c;
            c.edges = {0, 1, 2};
            c.counts = nan;
            spec.body = c;
            break;
        }
        case 3: {
            CategoryBars c;
            c.bars = {{QStringLiteral("a"), kNaN, Ink::Accent, {}, {}, false}};
            spec.body = c;
            break;
        }
        case 4: {
            StackedBars c;
            c.at = {1, 2};
            c.series = {{QStringLiteral("a"), Ink::Auto, nan}};
            spec.body = c;
            break;
        }
        case 5: {
            ForestPlot c;
            c.rows = {{QStringLiteral("a"), kNaN, kNaN, kNaN, Ink::Auto, {}}};
            spec.body = c;
            break;
        }
        case 6: {
            HeatMap c;
            c.rows = {QStringLiteral("a")};
            c.columns = {QStringLiteral("x")};
            c.values = {nan};
            spec.body = c;
            break;
        }
        default:
            break;
        }
        QVERIFY(!hasData(spec));
        ChartSpec plain;
        plain.empty = spec.empty;
        QCOMPARE(painted(spec, lightTokens()), painted(plain, lightTokens()));
        ChartView view;
        view.setSpec(spec);
        view.resize(300, 200);
        view.grab();
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Return);
    }

    void bandsAndBlocksOfASankeyAreClickedWhereTheyAre()
    {
        ChartSpec spec = chartSamples().at(QStringLiteral("sankey"));
        QImage image({640, 320}, QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&image);
        const ChartMarks marks =
            paintChart(painter, QRectF(10, 20, 600, 280), spec, lightTokens());
        const SankeyChart &chart = std::get<SankeyChart>(spec.body);
        double heights = 0, bands = 0, all = 0;
        for (const ChartMark &mark : marks.marks) {
            QVERIFY(QRectF(10, 20, 600, 280).contains(mark.area));
            if (mark.index == -1) {
                heights += mark.area.height();
            }
            if (mark.series >= 0 && mark.index >= 0) {
                const double users =
                    chart.flow[static_cast<std::size_t>(mark.series)][static_cast<std::size_t>(
                        mark.index)];
                QVERIFY(users > 0); // nobody went from loyal to churned: no band
                QVERIFY(mark.text.contains(QString::number(users)));
                const QRectF left(mark.area.left(), mark.area.top(), 2, mark.area.height());
                bands += (mark.shape & [&] {
                             QPainterPath strip;
                             strip.addRect(left);
                             return strip;
                         }()).boundingRect().height();
                all += users;
            }
        }
        QCOMPARE(marks.marks.size(), std::size_t{2 + 3 + 4});
        QCOMPARE(all, 1080.0);
        QVERIFY2(std::abs(heights - bands) < 3, qPrintable(QString::number(heights - bands)));

        ChartView view;
        view.setSpec(spec);
        view.resize(600, 280);
        view.grab();
        QSignalSpy clicked(&view, &ChartView::markClicked);
        QSignalSpy cleared(&view, &ChartView::selectionCleared);
        QTest::mouseClick(&view, Qt::LeftButton, {}, {300, 60}); // loyal to loyal: on top
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked[0][0].toInt(), 0);
        QCOMPARE(clicked[0][1].toInt(), 0);
        QTest::mouseClick(&view, Qt::LeftButton, {}, {300, 278}); // below all bands
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(cleared.size(), 1);
    }

    void anImmatureCellIsHatchedAndSaysSoInTheTable()
    {
        ChartSpec spec = chartSamples().at(QStringLiteral("triangle"));
        const QImage hatched = painted(spec, lightTokens());
        const ChartTable table = chartTable(spec);
        QCOMPARE(table.header.last(), QStringLiteral("Not complete from"));
        QCOMPARE(table.rows[0].last(), QStringLiteral("2"));
        QCOMPARE(table.rows[2].last(), QStringLiteral("0"));
        std::get<HeatMap>(spec.body).immature.clear();
        QVERIFY(painted(spec, lightTokens()) != hatched);
        QVERIFY(!chartTable(spec).header.contains(QStringLiteral("Not complete from")));
    }

    void degenerateDataPaints()
    {
        SankeyChart one;
        one.from = {{QStringLiteral("a"), Ink::Auto}};
        one.to = one.from;
        for (const double users : {1.0, 1e15, kNaN, -3.0}) {
            one.flow = {{users}};
            painted({one, {}, {}}, lightTokens());
            painted({one, {}, {}}, lightTokens(), {41, 41});
        }
        one.from.resize(60, {QStringLiteral("many"), Ink::Auto});
        one.flow.assign(60, {1.0});
        painted({one, {}, {}}, lightTokens(), {200, 60});
        LineChart line;
        line.series.resize(1);
        for (const std::vector<double> &y : {std::vector<double>{5},
                                             {5, 5},
                                             {0, 0},
                                             {kNaN, 1e300},
                                             {-1e-300, 1e-300},
                                             {std::numeric_limits<double>::infinity(), 3}}) {
            line.series[0].y = y;
            line.series[0].x.assign(y.size(), 7.0);
            painted({line, {}, {}}, lightTokens());
            painted({line, {}, {}}, lightTokens(), {41, 41});
            painted({line, {}, {}}, lightTokens(), {5, 5});
        }
        Histogram h;
        h.edges = {0, 1};
        h.counts = {0};
        painted({h, {}, {}}, lightTokens());
        h.edges.clear();
        h.counts.clear();
        h.zeroCount = 1;
        painted({h, {}, {}}, lightTokens());
        StackedBars stack;
        stack.labels = {QStringLiteral("one")};
        stack.series = {{QStringLiteral("a"), Ink::Auto, {3, 4, 5}}};
        painted({stack, {}, {}}, lightTokens());
    }

    void axesReadWell()
    {
        const Axis thousands = axisOf(AxisSpec::Scale::Linear, 0, 48213, true);
        for (const Tick &tick : thousands.ticks) {
            QVERIFY2(tick.at == 0 || tick.label.endsWith(QStringLiteral(" k")),
                     qPrintable(tick.label));
            QVERIFY(tick.label.size() <= 6);
        }
        const Axis log = axisOf(AxisSpec::Scale::Log, 0.5, 5000);
        QVERIFY(log.ticks.size() >= 4);
        const Axis dates = axisOf(AxisSpec::Scale::Date, 20000, 20546);
        QVERIFY(dates.ticks.size() >= 3);
        QVERIFY(dates.ticks.front().label.contains(QStringLiteral("202")));
        for (const double bad : {kNaN, std::numeric_limits<double>::infinity()}) {
            const Axis axis = axisOf(AxisSpec::Scale::Linear, bad, bad);
            QVERIFY(std::isfinite(axis.min) && std::isfinite(axis.max) && axis.min < axis.max);
            for (const Tick &tick : axis.ticks) {
                QVERIFY(!tick.label.contains(QStringLiteral("nan")));
                QVERIFY(!tick.label.contains(QStringLiteral("inf")));
            }
        }
    }

    void labelsNeverTouch()
    {
        const AxisRoom room{300, [](const QString &t) { return 7.0 * double(t.size()); }, 16};
        for (const double high : {1.0, 7.0, 93.0, 12345.0, 9.9e7, 3e12}) {
            const Axis axis = makeAxis({}, 0, high, true, true, room);
            for (std::size_t i = 1; i < axis.ticks.size(); ++i) {
                const double apart =
                    (axis.ticks[i].at - axis.ticks[i - 1].at) / (axis.max - axis.min) * room.length;
                const double sizes = (room.labelSize(axis.ticks[i].label) +
                                      room.labelSize(axis.ticks[i - 1].label)) /
                                     2;
                QVERIFY(apart >= sizes + room.gap - 1e-6 || axis.ticks.size() <= 2);
            }
        }
    }

    void clickAndKeysGiveTheMark()
    {
        ChartView view;
        view.setSpec(chartSamples()[QStringLiteral("stages")]);
        view.resize(500, 300);
        view.grab(); // paints, so that the marks are known
        QSignalSpy clicks(&view, &ChartView::markClicked);
        const QPoint third = view.marks().marks[2].area.center().toPoint();
        QTest::mouseClick(&view, Qt::LeftButton, {}, third);
        QCOMPARE(clicks.size(), 1);
        QCOMPARE(clicks[0][1].toInt(), 2);
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(clicks.size(), 2);
        QCOMPARE(clicks[1][1].toInt(), 1);
        QSignalSpy cleared(&view, &ChartView::selectionCleared);
        QTest::keyClick(&view, Qt::Key_Escape);
        QCOMPARE(cleared.size(), 1);
    }

    void exportsInEveryFormat()
    {
        QTemporaryDir dir;
        ChartPicture picture;
        picture.title = QStringLiteral("Users by stage");
        picture.spec = chartSamples()[QStringLiteral("flows")];
        const std::map<QString, QByteArray> starts{{QStringLiteral("png"), "\x89PNG"},
                                                   {QStringLiteral("svg"), "<?xml"},
                                                   {QStringLiteral("pdf"), "%PDF"},
                                                   {QStringLiteral("csv"), "Position"}};
        for (const auto &[ending, start] : starts) {
            const QString path = dir.filePath(QStringLiteral("chart.") + ending);
            QVERIFY(exportChart(picture, path).ok());
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(file.readAll().startsWith(start), qPrintable(ending));
        }
        QCOMPARE(exportChart(picture, dir.filePath(QStringLiteral("a.xyz"))).error().code,
                 ErrorCode::InvalidArgument);
        QCOMPARE(exportChart(picture, QStringLiteral("/nowhere/at/all/a.png")).error().code,
                 ErrorCode::NotWritable);
    }

    void csvIsFormulaSafe()
    {
        CategoryBars bars;
        bars.bars = {
            {QStringLiteral("=1+1"), -5, Ink::Accent, {}, QStringLiteral("a,\"b\""), false}};
        const QByteArray csv = chartCsv({bars, {}, {}});
        QVERIFY(csv.contains("'=1+1,-5,\"a,\"\"b\"\"\"\r\n"));
    }

    void predictedIsLighterThanRealised()
    {
        Histogram h;
        h.edges = {0, 1, 2};
        h.counts = {5, 6};
        ChartSpec spec{h, {}, {}};
        QVERIFY(pixelsOf(painted(spec, lightTokens()), lightTokens().accent) > 500);
        h.predicted = true;
        spec.body = h;
        QVERIFY(pixelsOf(painted(spec, lightTokens()), lightTokens().accent) < 50);
        QVERIFY(pixelsOf(painted(spec, lightTokens()), lightTokens().predicted(Ink::Accent)) > 500);
    }
};

QTEST_MAIN(tst_Charts)
#include "tst_charts.moc"
