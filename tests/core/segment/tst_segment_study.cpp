#include "core/project/attribute_store.h"
#include "core/segment/segment_file.h"
#include "core/segment/segment_offer.h"
#include "core/segment/segment_study.h"
#include "tests/core/segment/segment_shop.h"

#include <QFile>
#include <QtTest>

#include <algorithm>

using namespace perennial;
using namespace perennial::test;

namespace {

SegmentRule stages(std::vector<Stage> all)
{
    return ruleOf(StageCondition{std::move(all)});
}

} // namespace

class TestSegmentStudy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sumsAndOverlaps()
    {
        SegmentShop shop;
        const SegmentStudy study = checked(studySegments(shop.project(),
                                                         {stages({Stage::Loyal, Stage::Converted}),
                                                          ruleOf(CampaignCondition{"spring"}),
                                                          ruleOf(UsersCondition{{"a"}}), anyOf({})},
                                                         {}));
        QCOMPARE(study.scored, std::int64_t{6});
        QCOMPARE(study.segments[0].users, std::int64_t{3}); // a, b, e
        QCOMPARE(study.segments[0].realised, 40.0);         // 20 + 10 + 10
        QCOMPARE(*study.segments[0].predicted, 7.0);        // 7 + 0; e has none
        QCOMPARE(*study.segments[0].churnRisk, 0.3);        // 0.1, 0.5; e's is no number
        QCOMPARE(study.segments[3].users, std::int64_t{0});
        QVERIFY(!study.segments[3].predicted && !study.segments[3].churnRisk);
        QCOMPARE(study.common, (std::vector<std::vector<std::int64_t>>{
                                   {3, 1, 1, 0}, {1, 2, 0, 0}, {1, 0, 1, 0}, {0, 0, 0, 0}}));
        QCOMPARE(*study.jaccard(0, 1), 0.25); // {a, b, e} and {b, d}
        QCOMPARE(*study.jaccard(1, 2), 0.0);
        QCOMPARE(*study.jaccard(2, 2), 1.0);
        QVERIFY(!study.jaccard(3, 3));
        QCOMPARE(*study.share(0, 1), 1.0 / 3);
        QCOMPARE(*study.share(1, 0), 0.5);
        QVERIFY(!study.share(3, 0));
    }

    void oneThatCantBeToldKeepsNoOtherBack()
    {
        SegmentShop shop;
        const SegmentStudy study = checked(studySegments(
            shop.project(),
            {ruleOf(CampaignCondition{"autumn"}), stages({Stage::Loyal}), stages({})}, {}));
        QCOMPARE(study.segments[0].error->detail, std::string("autumn"));
        QCOMPARE(study.segments[2].error->detail, std::string("stages"));
        QCOMPARE(study.segments[1].users, std::int64_t{1});
        QCOMPARE(study.common[0], (std::vector<std::int64_t>{0, 0, 0}));
        QCOMPARE(study.common[1], (std::vector<std::int64_t>{0, 1, 0}));
        ProjectFixture unscored;
        QCOMPARE(studySegments(unscored.project(), {}, {}).error().code, ErrorCode::NotScored);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(studySegments(shop.project(), {stages({Stage::Loyal})}, Task(stop.get_token(), {}))
                     .error()
                     .code,
                 ErrorCode::Cancelled);
    }

    void offersWhatTheProjectHas()
    {
        SegmentShop shop;
        const SegmentOffer offer = checked(readSegmentOffer(shop.project(), {}));
        std::vector<std::string> names;
        for (const OfferedAttribute &attribute : offer.attributes) {
            names.push_back(attribute.name);
        }
        QCOMPARE(names, (std::vector<std::string>{"channel", "age", "tier"})); // "mail" is personal
        QCOMPARE(offer.attributes[0].values[0].text, std::string("ads"));
        QCOMPARE(offer.attributes[0].values[0].users, std::int64_t{2});
        QCOMPARE(offer.attributes[0].values[1].text, std::string("search"));
        QCOMPARE(offer.attributes[0].known, std::int64_t{3});
        QVERIFY(!offer.attributes[0].least);
        QCOMPARE(*offer.attributes[1].least, 18.0);
        QCOMPARE(*offer.attributes[1].most, 40.5);
        QCOMPARE(offer.attributes[1].values[1].text, std::string("30")); // ties by text
        QCOMPARE(offer.campaigns.size(), std::size_t{1});
        QCOMPARE(offer.campaigns[0].key, std::string("spring"));
        QCOMPARE(offer.campaigns[0].users, std::int64_t{2});
        QCOMPARE(*offer.firstDay, kSnapshot - 400);
        QCOMPARE(*offer.lastDay, kSnapshot + 1);
        // what is offered is what a condition takes
        for (const OfferedAttribute &attribute : offer.attributes) {
            for (const OfferedValue &value : attribute.values) {
                const AttributeCondition asked{attribute.name, {value.text}, {}, false};
                QCOMPARE(std::ssize(shop.of(asked)), value.users);
            }
        }
        ProjectFixture empty;
        const SegmentOffer nothing = checked(readSegmentOffer(empty.project(), {}));
        QVERIFY(nothing.attributes.empty() && nothing.campaigns.empty() && !nothing.firstDay);
    }

    void manyValuesAreOfferedByFrequency()
    {
        ProjectFixture fixture;
        SourceRecord source;
        source.name = source.hash = "u";
        source.contents = Contents::Users;
        auto writer = checked(EntityWriter::open(fixture.project(), source));
        const auto code =
            checked(writer.attribute(Entity::User, "code", AttributeType::Text, false));
        for (int k = 0; k < 1200; ++k) {
            const auto user = checked(writer.code(Entity::User, "u" + std::to_string(k)));
            checked(writer.set(Entity::User, user, code,
                               std::string(k < 100 ? "common" : "v" + std::to_string(k))));
        }
        checked(writer.commit());
        const SegmentOffer offer = checked(readSegmentOffer(fixture.project(), {}));
        QCOMPARE(offer.attributes[0].values.size(), kMostOfferedValues);
        QCOMPARE(offer.attributes[0].values[0].text, std::string("common"));
        QCOMPARE(offer.attributes[0].distinct, std::int64_t{1101});
    }

    void filesGiveTheRuleBack()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath("s.json").toStdString();
        const SegmentRule rule =
            allOf({stages({Stage::Loyal}), ruleOf(UsersCondition{{"ü \"x\""}})});
        QVERIFY(writeSegmentFile(path, rule).ok());
        QCOMPARE(checked(readSegmentFile(path)), rule);
        QCOMPARE(writeSegmentFile(path, rule, Overwrite::Refuse).error().code,
                 ErrorCode::AlreadyExists);
        QCOMPARE(writeSegmentFile(folder.filePath("no/s.json").toStdString(), rule).error().code,
                 ErrorCode::NotWritable);
    }

    void hostileFiles_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("where");
        const auto row = [](const char *name, const QByteArray &content, ErrorCode code,
                            const char *where = "") {
            QTest::newRow(name) << content << static_cast<int>(code) << QString(where);
        };
        row("empty", "", ErrorCode::EmptyFile);
        row("no JSON", "\x89PNG\r\n", ErrorCode::BadData);
        row("zeros", QByteArray(4096, '\0'), ErrorCode::BadData);
        row("deep", QByteArray(300'000, '['), ErrorCode::BadData);
        row("part", R"({"all":[{"stage":["loyal"]},{"stage":["lost"]}]})",
            ErrorCode::InvalidArgument, " (all[1])");
        row("too large", QByteArray(static_cast<int>(kLargestSegmentFile) + 1, ' '),
            ErrorCode::BadData);
    }
    void hostileFiles()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, code);
        QFETCH(QString, where);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("s.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto read = readSegmentFile(path.toStdString());
        QVERIFY(!read);
        QCOMPARE(static_cast<int>(read.error().code), code);
        if (!where.isEmpty()) {
            QCOMPARE(QString::fromStdString(read.error().where), path + where);
        }
    }

    void filesThatAreNone()
    {
        const QTemporaryDir folder;
        QCOMPARE(readSegmentFile(folder.path().toStdString()).error().code, ErrorCode::IsDirectory);
        QCOMPARE(readSegmentFile(folder.filePath("none").toStdString()).error().code,
                 ErrorCode::FileMissing);
        const QString bom = folder.filePath(QStringLiteral("bom.json"));
        QFile file(bom);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\xef\xbb\xbf{\"campaign\":\"a\"}\r\n");
        file.close();
        QCOMPARE(checked(readSegmentFile(bom.toStdString())), ruleOf(CampaignCondition{"a"}));
    }
};

QTEST_GUILESS_MAIN(TestSegmentStudy)
#include "tst_segment_study.moc"
