#include "core/project/event_writer.h"
#include "core/project/import_store.h"
#include "tests/ui/page_bench.h"
#include "tests/ui/recording_device.h"
#include "ui/report/pdf_file.h"
#include "ui/report/report.h"
#include "ui/report/report_section.h"

#include <QFile>
#include <QPainter>
#include <QRegularExpression>

using namespace perennial;
using namespace perennial::test;

namespace {

/// Everything the painter is asked to write on a page.
QStringList paintedTexts(const report::PageDocument &document, int page, int *bitmaps = nullptr)
{
    RecordingDevice device(document.extent().toSize());
    QPainter painter(&device);
    report::paintPage(painter, document, page);
    painter.end();
    if (bitmaps) {
        *bitmaps += device.engine().bitmaps;
    }
    return device.engine().texts;
}

QString allText(const report::PageDocument &document)
{
    QStringList texts;
    for (std::size_t page = 0; page < document.pages.size(); ++page) {
        for (const report::TextRun &run : document.pages[page].texts) {
            texts.append(run.text);
        }
    }
    return texts.join(QLatin1Char('\n'));
}

int pagesInPdf(const QByteArray &pdf)
{
    static const QRegularExpression page(QStringLiteral("/Type\\s*/Page\\b(?!s)"));
    auto found = page.globalMatch(QString::fromLatin1(pdf));
    int count = 0;
    for (; found.hasNext(); found.next()) {
        ++count;
    }
    return count;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everySectionOfATrainedProject();
    void chartsAreVectorsAndTextIsText();
    void pdfHasThePagesPromised();
    void letterAndBrief();
    void oneStageOnly();
    void withoutBehaviourModel();
    void notScored();
    void emptyProject();
    void oneUserWithAHostileName();
    void badTargetsLeaveNothing_data();
    void badTargetsLeaveNothing();
    void unknownNames();
    void cancelled();
    void sameContentTwice();

private:
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    Result<report::ComposedReport> compose(const QString &projectPath, ReportOptions options = {});

    QTemporaryDir m_folder;
    QString m_trained;
};

void TestReport::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_trained = path("trained.perennial");
    const Status made = makeSample(m_trained, Sample::Trained);
    QVERIFY2(made.ok(), made.ok() ? "" : made.error().detail.c_str());
}

Result<report::ComposedReport> TestReport::compose(const QString &projectPath, ReportOptions options)
{
    auto project = Project::open(projectPath.toStdString(), Project::Access::ReadOnly);
    if (!project) {
        return project.error();
    }
    return report::prepareReport(*project, options, {});
}

void TestReport::everySectionOfATrainedProject()
{
    const auto composed = compose(m_trained);
    QVERIFY(composed.ok());
    QCOMPARE(composed->sections, reportTemplates().front().sections);
    QCOMPARE(composed->sections.size(), report::reportSections().size());
    const QString text = allText(composed->document);
    const int pages = static_cast<int>(composed->document.pages.size());
    QVERIFY(pages >= 9);
    QVERIFY(text.contains(QString::fromStdString(composed->dataHash)));
    QVERIFY(text.contains(QStringLiteral("Page %1 of %1").arg(pages)));
    QVERIFY(text.contains(QStringLiteral("BG/NBD")));
    QVERIFY(text.contains(QStringLiteral("HR@10")));
    QVERIFY(text.contains(QStringLiteral("Popularity, all time")));
    QVERIFY(!text.contains(QStringLiteral("nan"), Qt::CaseInsensitive) ||
            !QRegularExpression(QStringLiteral("\\b(nan|inf|-0)\\b")).match(text).hasMatch());
    for (const report::PageContent &page : composed->document.pages) {
        QVERIFY(!page.headline.isEmpty());
    }
}

void TestReport::chartsAreVectorsAndTextIsText()
{
    const auto composed = compose(m_trained);
    QVERIFY(composed.ok());
    int bitmaps = 0;
    int graphics = 0;
    for (int page = 0; page < static_cast<int>(composed->document.pages.size()); ++page) {
        const auto &content = composed->document.pages[static_cast<std::size_t>(page)];
        const QStringList painted = paintedTexts(composed->document, page, &bitmaps);
        QVERIFY(painted.join(QLatin1Char(' ')).contains(content.headline.left(12)));
        graphics += static_cast<int>(content.graphics.size());
    }
    QVERIFY(graphics >= 6);
    QCOMPARE(bitmaps, 0);
}

void TestReport::pdfHasThePagesPromised()
{
    auto project = Project::open(m_trained.toStdString(), Project::Access::ReadOnly);
    QVERIFY(project.ok());
    ReportOptions options;
    options.path = path("full.pdf").toStdString();
    const auto written = writeReport(*project, options, {});
    QVERIFY(written.ok());
    const QByteArray pdf = contents(path("full.pdf"));
    QVERIFY(pdf.startsWith("%PDF-"));
    QVERIFY(pdf.trimmed().endsWith("%%EOF"));
    QCOMPARE(pagesInPdf(pdf), written->pages);
    QVERIFY(!pdf.contains("/Subtype /Image"));
    QVERIFY(!QFile::exists(path("full.pdf.part")));
    const QByteArray before = pdf;
    options.title = "Again";
    QVERIFY(writeReport(*project, options, {}).ok()); // replaces
    QVERIFY(contents(path("full.pdf")) != before);
}

void TestReport::letterAndBrief()
{
    ReportOptions options;
    options.templateName = "brief";
    options.pageSize = ReportPageSize::Letter;
    const auto composed = compose(m_trained, options);
    QVERIFY(composed.ok());
    QCOMPARE(composed->document.extent(), QSizeF(6120, 7920));
    QCOMPARE(composed->sections.size(), std::size_t{4});
    QVERIFY(!allText(composed->document).contains(QStringLiteral("Control totals")));
    QVERIFY(allText(composed->document).contains(QStringLiteral("No cleaning rule is active")));
}

void TestReport::oneStageOnly()
{
    auto project = Project::open(m_trained.toStdString(), Project::Access::ReadOnly);
    QVERIFY(project.ok());
    const auto all = readUserStates(*project);
    QVERIFY(all.ok());
    for (const Stage stage : kStages) {
        ReportOptions options;
        options.segment = stageSegment(stage);
        options.templateName = "brief";
        const auto data = report::readReportData(*project, options, {});
        QVERIFY(data.ok());
        const auto members = std::count_if(all->begin(), all->end(),
                                           [&](const UserState &s) { return s.stage == stage; });
        QCOMPARE((*data)->figures.users, members);
        const auto composed = report::composeReport(**data);
        QVERIFY(composed.ok());
        QVERIFY(allText(composed->document).contains(QStringLiteral("stage = ")));
    }
}

void TestReport::withoutBehaviourModel()
{
    const QString project = path("scored.perennial");
    QVERIFY(makeSample(project, Sample::Scored, 120).ok());
    const auto composed = compose(project);
    QVERIFY(composed.ok());
    const QString text = allText(composed->document);
    QVERIFY(text.contains(QStringLiteral("No behaviour model has been trained")));
    QVERIFY(text.contains(QStringLiteral("only popular items are known")));
}

void TestReport::notScored()
{
    const QString project = path("unscored.perennial");
    QVERIFY(makeSample(project, Sample::Unscored, 60).ok());
    const auto composed = compose(project);
    QVERIFY(composed.ok());
    QCOMPARE(composed->sections, std::vector<std::string>{"data"});
    QVERIFY(allText(composed->document).contains(QStringLiteral("have not been scored")));
}

void TestReport::emptyProject()
{
    const QString project = path("empty.perennial");
    QVERIFY(makeSample(project, Sample::Empty).ok());
    const auto composed = compose(project);
    QVERIFY(composed.ok());
    QVERIFY(allText(composed->document).contains(QStringLiteral("This project is empty")));
}

void TestReport::oneUserWithAHostileName()
{
    const QString name = path("one.perennial");
    {
        auto project = Project::create(name.toStdString());
        QVERIFY(project.ok());
        SourceRecord source;
        source.name = "<b>one</b>\n=cmd()";
        const auto id = beginSource(*project, source);
        QVERIFY(id.ok());
        auto writer = EventWriter::open(*project, *id);
        QVERIFY(writer.ok());
        QVERIFY(writer->begin().ok());
        const std::string key = "<img src=x onerror=alert(1)>&amp;" + std::string(3000, 'w');
        const auto user = writer->code(Dictionary::User, key);
        QVERIFY(user.ok());
        for (int day = 0; day < 3; ++day) {
            EventRow event;
            event.user = *user;
            event.at = startOf(18000 + 20 * day);
            event.amount = 123456;
            QVERIFY(writer->add(event).ok());
        }
        QVERIFY(writer->commit().ok());
        QVERIFY(buildEventIndexes(*project).ok());
        QVERIFY(finishSource(*project, *id).ok());
        KeyList keys;
        keys.keys = {"<b>nobody</b>"};
        QVERIFY(addCleaningRule(*project, TestUsersRule{keys}, "asked by <i>us</i>", {}).ok());
        QVERIFY(addCleaningRule(*project, BeforeTimeRule{startOf(18010)}, {}, {}).ok());
        QVERIFY(scoreUsers(*project, {}, {}).ok());
    }
    const auto composed = compose(name);
    QVERIFY(composed.ok());
    const QString text = allText(composed->document);
    QVERIFY(text.contains(QStringLiteral("<img src=x")));
    QVERIFY(text.contains(QStringLiteral("<b>one</b> =cmd()")));
    QVERIFY(text.contains(QStringLiteral("Active cleaning rules")));
    QVERIFY(text.contains(QStringLiteral("Test users: <b>nobody</b>")));
    QVERIFY(text.contains(QStringLiteral("Reason: asked by <i>us</i>")));
    QCOMPARE(text.count(QStringLiteral("Reason: ")), 1);
    QVERIFY(text.contains(QStringLiteral("earlier than 2019-04-24 00:00")));
    const QRectF frame = composed->document.frame().adjusted(-1, -1, 1, 1);
    for (const report::PageContent &page : composed->document.pages) {
        for (const report::TextRun &run : page.texts) {
            QVERIFY(frame.contains(run.box));
        }
    }
}

void TestReport::badTargetsLeaveNothing_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<int>("code");
    QTest::addRow("folder") << m_folder.path() << int(ErrorCode::IsDirectory);
    QTest::addRow("no such folder") << path("missing/r.pdf") << int(ErrorCode::NotWritable);
    QTest::addRow("a device") << QStringLiteral("/dev/full") << int(ErrorCode::NotWritable);
    QTest::addRow("no name") << QString() << int(ErrorCode::InvalidArgument);
}

void TestReport::badTargetsLeaveNothing()
{
    QFETCH(QString, target);
    QFETCH(int, code);
    auto project = Project::open(m_trained.toStdString(), Project::Access::ReadOnly);
    QVERIFY(project.ok());
    ReportOptions options;
    options.path = target.toStdString();
    const QStringList before = QDir(m_folder.path()).entryList();
    const auto written = writeReport(*project, options, {});
    QVERIFY(!written.ok());
    QCOMPARE(int(written.error().code), code);
    QCOMPARE(QDir(m_folder.path()).entryList(), before);
}

void TestReport::unknownNames()
{
    ReportOptions options;
    options.templateName = "fancy";
    auto composed = compose(m_trained, options);
    QVERIFY(!composed.ok());
    QCOMPARE(composed.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(composed.error().where, std::string("template"));
    options.sections = {"summary", "horoscope"};
    composed = compose(m_trained, options);
    QVERIFY(!composed.ok());
    QCOMPARE(composed.error().detail, std::string("horoscope"));
}

void TestReport::cancelled()
{
    auto project = Project::open(m_trained.toStdString(), Project::Access::ReadOnly);
    QVERIFY(project.ok());
    std::stop_source stop;
    stop.request_stop();
    ReportOptions options;
    options.path = path("never.pdf").toStdString();
    const auto written = writeReport(*project, options, Task(stop.get_token(), {}));
    QVERIFY(!written.ok());
    QCOMPARE(written.error().code, ErrorCode::Cancelled);
    QVERIFY(!QFile::exists(path("never.pdf")));
}

void TestReport::sameContentTwice()
{
    ReportOptions options;
    options.printedAt = startOf(20000);
    const auto a = compose(m_trained, options);
    const auto b = compose(m_trained, options);
    QVERIFY(a.ok() && b.ok());
    QCOMPARE(allText(a->document), allText(b->document));
    QVERIFY(allText(a->document).contains(QStringLiteral("2024-10-04")));
}

QTEST_MAIN(TestReport)
#include "tst_report.moc"
