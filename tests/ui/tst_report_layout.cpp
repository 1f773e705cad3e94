#include "tests/ui/recording_device.h"
#include "ui/report/page_flow.h"
#include "ui/report/table_layout.h"
#include "ui/report/text_measure.h"

#include <QPainter>
#include <QTest>

using namespace perennial;
using namespace perennial::report;

namespace {

const Furniture kFurniture{QStringLiteral("Shop"), QStringLiteral("All users · 2010"),
                           QStringLiteral("data 0123456789abcdef"), QStringLiteral("2010-06-30")};

Table longTable(int rows)
{
    Table table;
    table.title = QStringLiteral("Users");
    table.columns = {{QStringLiteral("User"), Column::Kind::Text},
                     {QStringLiteral("Orders"), Column::Kind::Number}};
    for (int i = 0; i < rows; ++i) {
        table.rows.push_back({QStringLiteral("user-%1").arg(i), QString::number(i)});
    }
    return table;
}

int countText(const PageContent &page, const QString &text)
{
    return static_cast<int>(std::count_if(page.texts.begin(), page.texts.end(),
                                          [&](const TextRun &run) { return run.text == text; }));
}

} // namespace

class TestReportLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tableHeaderRepeatsOnEveryPage();
    void everyRowAppearsOnceInOrder();
    void lastRowNeverStandsAlone();
    void furnitureOnEveryPage();
    void nothingLeavesTheFrame_data();
    void nothingLeavesTheFrame();
    void hugeTextsAreCutToFit();
    void figureMovesWholeToTheNextPage();
    void noPartsStillGivesAPage();
    void markupStaysText();
    void paintsTextAsText();
    void sameInputSameLayout();
};

void TestReportLayout::tableHeaderRepeatsOnEveryPage()
{
    const auto document = layOut({{QStringLiteral("Top users"), {}, {longTable(200)}}}, kFurniture,
                                 QPageSize::A4);
    QVERIFY(document.pages.size() >= 3);
    for (const PageContent &page : document.pages) {
        QCOMPARE(countText(page, QStringLiteral("Orders")), 1);
        QCOMPARE(page.headline, QStringLiteral("Top users"));
    }
}

void TestReportLayout::everyRowAppearsOnceInOrder()
{
    const auto document =
        layOut({{QStringLiteral("H"), {}, {longTable(150)}}}, kFurniture, QPageSize::Letter);
    QStringList seen;
    for (const PageContent &page : document.pages) {
        for (const TextRun &run : page.texts) {
            if (run.text.startsWith(QStringLiteral("user-"))) {
                seen.append(run.text);
            }
        }
    }
    QCOMPARE(seen.size(), 150);
    for (int i = 0; i < 150; ++i) {
        QCOMPARE(seen.at(i), QStringLiteral("user-%1").arg(i));
    }
}

void TestReportLayout::lastRowNeverStandsAlone()
{
    for (int rows = 30; rows < 90; ++rows) {
        const auto document =
            layOut({{QStringLiteral("H"), {}, {longTable(rows)}}}, kFurniture, QPageSize::A4);
        const auto &last = document.pages.back();
        const auto users = std::count_if(last.texts.begin(), last.texts.end(), [](const TextRun &r) {
            return r.text.startsWith(QStringLiteral("user-"));
        });
        QVERIFY2(users >= 2, qPrintable(QStringLiteral("%1 rows").arg(rows)));
    }
}

void TestReportLayout::furnitureOnEveryPage()
{
    const auto document = layOut({{QStringLiteral("One"), {}, {longTable(80)}},
                                  {QStringLiteral("Two"), {}, {}}},
                                 kFurniture, QPageSize::A4);
    const auto count = static_cast<int>(document.pages.size());
    QVERIFY(count >= 3);
    for (int i = 0; i < count; ++i) {
        const PageContent &page = document.pages[static_cast<std::size_t>(i)];
        QCOMPARE(countText(page, QStringLiteral("Shop")), 1);
        QCOMPARE(countText(page, QStringLiteral("All users · 2010")), 1);
        QCOMPARE(countText(page, QStringLiteral("data 0123456789abcdef")), 1);
        QCOMPARE(countText(page, QStringLiteral("Page %1 of %2").arg(i + 1).arg(count)), 1);
    }
}

void TestReportLayout::nothingLeavesTheFrame_data()
{
    QTest::addColumn<int>("size");
    QTest::addRow("A4") << int(QPageSize::A4);
    QTest::addRow("Letter") << int(QPageSize::Letter);
}

void TestReportLayout::nothingLeavesTheFrame()
{
    QFETCH(int, size);
    Table wide = longTable(60);
    wide.columns.push_back({QString(200, QLatin1Char('W')), Column::Kind::Wrapped});
    for (QStringList &row : wide.rows) {
        row.append(QStringLiteral("long ").repeated(200));
    }
    wide.totalRow = true;
    KeyFigures figures;
    for (int i = 0; i < 7; ++i) {
        figures.items.push_back({QString(300, QLatin1Char('x')), QStringLiteral("1"), {}});
    }
    Figure figure{QStringLiteral("Too tall"), 5000, [](QPainter &, const QRectF &) {}, {}};
    const auto document =
        layOut({{QString(900, QLatin1Char('h')),
                 QStringLiteral("lead ").repeated(400),
                 {figures, wide, FigureRow{{figure, figure}},
                  Paragraph{QStringLiteral("words ").repeated(5000), Paragraph::Tone::Body}}}},
               kFurniture, static_cast<QPageSize::PageSizeId>(size));
    const QRectF frame = document.frame().adjusted(-1, -1, 1, 1);
    for (const PageContent &page : document.pages) {
        for (const TextRun &run : page.texts) {
            QVERIFY2(frame.contains(run.box), qPrintable(run.text.left(40)));
            QVERIFY(textWidth(run.text, run.face) <= run.box.width() + 1);
        }
        for (const Graphic &graphic : page.graphics) {
            QVERIFY(frame.contains(graphic.box));
            QVERIFY(graphic.box.height() > 0);
        }
        for (const Fill &fill : page.fills) {
            QVERIFY(frame.contains(fill.box));
        }
    }
}

void TestReportLayout::hugeTextsAreCutToFit()
{
    QCOMPARE(onOneLine(QStringLiteral("a\nb\tc\u2028d")), QStringLiteral("a b c d"));
    QCOMPARE(onOneLine(QString(100000, QLatin1Char('x'))).size(), 400);
    QVERIFY(onOneLine(QString()).isEmpty());
}

void TestReportLayout::figureMovesWholeToTheNextPage()
{
    Figure figure{QStringLiteral("F"), 400, [](QPainter &, const QRectF &) {}, {}};
    const auto document =
        layOut({{QStringLiteral("H"), {}, {FigureRow{{figure}}, FigureRow{{figure}}}}}, kFurniture,
               QPageSize::A4);
    QCOMPARE(document.pages.size(), std::size_t{2});
    for (const PageContent &page : document.pages) {
        QCOMPARE(page.graphics.size(), std::size_t{1});
        QCOMPARE(page.graphics.front().box.height(), 400 * kUnitsPerPoint);
    }
}

void TestReportLayout::noPartsStillGivesAPage()
{
    QCOMPARE(layOut({}, kFurniture, QPageSize::A4).pages.size(), std::size_t{1});
}

void TestReportLayout::markupStaysText()
{
    const QString hostile = QStringLiteral("<img src=\"file:///etc/passwd\"><b>&amp;x</b>");
    Table table = longTable(1);
    table.rows[0][0] = hostile;
    const auto document = layOut({{hostile, hostile, {table}}}, kFurniture, QPageSize::A4);
    RecordingDevice device(document.extent().toSize());
    QPainter painter(&device);
    paintPage(painter, document, 0);
    painter.end();
    QVERIFY(device.engine().texts.contains(hostile));
    QCOMPARE(device.engine().bitmaps, 0);
}

void TestReportLayout::paintsTextAsText()
{
    const auto document =
        layOut({{QStringLiteral("Headline"), {}, {longTable(5)}}}, kFurniture, QPageSize::A4);
    RecordingDevice device(document.extent().toSize());
    QPainter painter(&device);
    paintPage(painter, document, 0);
    painter.end();
    QVERIFY(device.engine().texts.contains(QStringLiteral("Headline")));
    QVERIFY(device.engine().texts.contains(QStringLiteral("user-4")));
    QVERIFY(device.engine().shapes > 0);
    QCOMPARE(device.engine().bitmaps, 0);
}

void TestReportLayout::sameInputSameLayout()
{
    const std::vector<Part> parts{{QStringLiteral("H"), QStringLiteral("lead"), {longTable(100)}}};
    const auto a = layOut(parts, kFurniture, QPageSize::A4);
    const auto b = layOut(parts, kFurniture, QPageSize::A4);
    QCOMPARE(a.pages.size(), b.pages.size());
    for (std::size_t i = 0; i < a.pages.size(); ++i) {
        QCOMPARE(a.pages[i].texts.size(), b.pages[i].texts.size());
        for (std::size_t t = 0; t < a.pages[i].texts.size(); ++t) {
            QCOMPARE(a.pages[i].texts[t].text, b.pages[i].texts[t].text);
            QCOMPARE(a.pages[i].texts[t].box, b.pages[i].texts[t].box);
        }
    }
}

QTEST_MAIN(TestReportLayout)
#include "tst_report_layout.moc"
