#include "core/behavior/train.h"
#include "core/behavior/warm_start_torch.h"
#include "core/neural/runtime_torch.h"
#include "core/project/database.h"
#include "core/project/forget_store.h"
#include "core/project/weight_blob.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>

using namespace perennial;
using namespace perennial::test;

namespace {

BehaviorConfig ringConfig()
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = 30;
    config.dimension = 32;
    config.sequenceLength = 20;
    config.batchSize = 64;
    config.epochs = 12;
    config.patience = 12;
    config.windowsPerUser = 4;
    config.learningRate = 0.01;
    config.refitEpochs = 0;
    config.clickWeight = config.returnWeight = 0; // the window of items alone
    return config;
}

/// The ring's users go on: what came before `day`, or from it on, where the rarest items are new.
std::vector<PlainEvent> partOf(std::vector<PlainEvent> events, int day, bool after)
{
    std::erase_if(events, [&](const PlainEvent &event) {
        return (event.at >= UtcSecond{day} * 86400) != after;
    });
    return events;
}

SequenceVocabulary vocabularyOf(std::vector<std::int64_t> items)
{
    SequenceVocabulary vocabulary;
    vocabulary.ownItems = std::ssize(items);
    vocabulary.itemKeys = std::move(items);
    return vocabulary;
}

net::NetworkShape shapeOf(const SequenceVocabulary &vocabulary, int length)
{
    BehaviorConfig config = ringConfig();
    config.sequenceLength = length;
    return net::shapeFor(config, vocabulary);
}

} // namespace

class TestWarmStart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareTorchRuntime(); }
    void rowsAreKnownByWhatTheyStandFor();
    void learnsFasterOnNewData();
    void sameSeedSameWeights();
    void transfersFromAnotherProject();
    void refusals();
    void refusalsOfAnotherProject();
};

void TestWarmStart::rowsAreKnownByWhatTheyStandFor()
{
    SequenceVocabulary then = vocabularyOf({11, 12, 13, 14});
    then.ownItems = 3; // 14 had no embedding
    then.categoryKeys = {1, 2};
    then.deviceIds = {7, 8};
    then.priceEdges = {1.0F, 2.0F};
    SequenceVocabulary now = vocabularyOf({13, 14, 15, 11});
    now.categoryKeys = {2, 3};
    now.deviceIds = {9, 8, 7};
    now.priceEdges = {1.5F};
    const net::Network trained(shapeOf(then, 20), 1, at::kCPU);
    net::WarmSource source{{net::toBlobs(trained)}, then, 20, {true, true, false}};
    net::Network network(shapeOf(now, 25), 2, at::kCPU);
    const net::Network untouched(shapeOf(now, 25), 2, at::kCPU);
    const auto known = net::warmStart(network, now, 25, source, 0);
    QVERIFY2(known.ok(), known ? "" : known.error().detail.c_str());
    QCOMPARE(*known, 2);
    const auto same = [](const at::Tensor &one, const at::Tensor &two) {
        return at::equal(one, two);
    };
    const at::Tensor own = network["item.own"];
    QVERIFY(same(own[0], trained["item.own"][0]));
    QVERIFY(same(own[1], trained["item.own"][3]));
    QVERIFY(same(own[2], at::zeros_like(own[2])));
    QVERIFY(same(own[3], at::zeros_like(own[3])));
    QVERIFY(same(own[4], trained["item.own"][1]));
    const at::Tensor features = network["item.features"]; // none, 2, 3; none, < 1.5, more
    QVERIFY(same(features[0], trained["item.features"][0]));
    QVERIFY(same(features[1], trained["item.features"][2]));
    QVERIFY(same(features[2], untouched["item.features"][2]));
    QVERIFY(same(features[3], trained["item.features"][3]));
    QVERIFY(same(features[4], trained["item.features"][4]));
    const TokenLayout to = layoutTokens(now, 25), from = layoutTokens(then, 20);
    const auto context = [&](TokenField field, std::int64_t code, std::int64_t theirs) {
        const auto f = static_cast<std::size_t>(field);
        const at::Tensor row = network["token.fields"][to.offset[f] + code];
        return same(row, theirs < 0 ? untouched["token.fields"][to.offset[f] + code]
                                    : trained["token.fields"][from.offset[f] + theirs]);
    };
    QVERIFY(context(TokenField::Device, 0, 0));
    QVERIFY(context(TokenField::Device, 1, -1));
    QVERIFY(context(TokenField::Device, 2, 2));
    QVERIFY(context(TokenField::Device, 3, 1));
    QVERIFY(context(TokenField::Device, 4, 3)); // all others
    QVERIFY(context(TokenField::Hour, 24, 24));
    QVERIFY(context(TokenField::Position, 20, 20));
    QVERIFY(context(TokenField::Position, 21, -1));
    QVERIFY(same(network["churn.out.weight"], trained["churn.out.weight"]));
    QVERIFY(same(network["value.out.weight"], untouched["value.out.weight"])); // not trained
    // a tensor that is no such thing
    auto blob = std::ranges::find(source.members[0], "token.fields", &WeightBlob::name);
    blob->name = "context";
    QCOMPARE(net::warmStart(network, now, 25, source, 0).error().code, ErrorCode::Damaged);
}

void TestWarmStart::learnsFasterOnNewData()
{
    ProjectFixture fixture;
    const auto all = ringEvents(200, 120, 0.1, EventKind::View);
    auto first = partOf(all, 80, false);
    // two items that only the new data know
    std::erase_if(first, [](const PlainEvent &event) {
        return event.item == "i3" || event.item == "i20";
    });
    fixture.add(first);
    const auto before = trainBehaviorModel(fixture.project(), ringConfig(), {}, {});
    QVERIFY2(before.ok(), before ? "" : before.error().detail.c_str());
    fixture.add(partOf(all, 80, true));
    BehaviorConfig config = ringConfig();
    config.epochs = 2;
    const auto cold = trainBehaviorModel(fixture.project(), config, {}, {});
    config.warmRun = before->run;
    const auto warm = trainBehaviorModel(fixture.project(), config, {}, {});
    QVERIFY2(cold.ok() && warm.ok(), warm ? "" : warm.error().detail.c_str());
    qInfo("loss after one epoch %.3f cold, %.3f warm; HR@10 after two %.3f and %.3f",
          cold->epochs[0].validLoss, warm->epochs[0].validLoss, *cold->metrics.hr10,
          *warm->metrics.hr10);
    QVERIFY(warm->epochs[0].validLoss < 0.8 * cold->epochs[0].validLoss);
    QVERIFY(warm->epochs[0].validLoss < cold->epochs[1].validLoss);
    QVERIFY(warm->epochs[1].validLoss < cold->epochs[1].validLoss); // HR@10 of both is near its best
    const auto note = std::ranges::find(warm->notes, "warm_start", &TrainNote::code);
    QVERIFY(note != warm->notes.end());
    QCOMPARE(note->detail, std::to_string(kRingItems - 2));
}

void TestWarmStart::sameSeedSameWeights()
{
    ProjectFixture fixture;
    fixture.add(customerEvents(100, 120, true));
    BehaviorConfig config = ringConfig();
    config.epochs = 1;
    const auto before = trainBehaviorModel(fixture.project(), config, {}, {});
    QVERIFY(before.ok());
    config.warmRun = before->run;
    std::vector<std::vector<WeightBlob>> weights;
    for (int k = 0; k < 2; ++k) {
        const auto report = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY(report.ok());
        weights.push_back(*readWeights(fixture.project(), report->run));
    }
    // and a run that was cancelled before its first epoch was over
    std::stop_source stop;
    const Task task(stop.get_token(), [&](double fraction, std::string_view stage) {
        if (stage == "training" && fraction > 0) {
            stop.request_stop();
        }
    });
    QCOMPARE(trainBehaviorModel(fixture.project(), config, {}, task).error().code,
             ErrorCode::Cancelled);
    const std::int64_t run = readRuns(fixture.project())->front().id;
    QVERIFY(resumeBehaviorModel(fixture.project(), run, {}, {}).ok());
    weights.push_back(*readWeights(fixture.project(), run));
    for (std::size_t k = 1; k < weights.size(); ++k) {
        QCOMPARE(weights[k].size(), weights[0].size());
        for (std::size_t b = 0; b < weights[0].size(); ++b) {
            QVERIFY2(weights[k][b].data == weights[0][b].data, weights[0][b].name.c_str());
        }
    }
}

/// The same shop in two projects, users and items with other ids: what one has learned helps the other.
void TestWarmStart::transfersFromAnotherProject()
{
    ProjectFixture source;
    source.add({{"first", "none", EventKind::View, 5, 0, {}}}); // moves all ids on by one
    const auto all = ringEvents(200, 120, 0.1, EventKind::View);
    source.add(all);
    const auto before = trainBehaviorModel(source.project(), ringConfig(), {}, {});
    QVERIFY2(before.ok(), before ? "" : before.error().detail.c_str());
    const auto toProject = source.project().path();

    ProjectFixture target;
    auto others = partOf(all, 40, false);
    std::ranges::reverse(others);
    for (PlainEvent &event : others) {
        event.user = "v" + event.user;
    }
    target.add(others);
    BehaviorConfig config = ringConfig();
    config.epochs = 2;
    const auto cold = trainBehaviorModel(target.project(), config, {}, {});
    config.warmRun = before->run;
    config.warmProject = toProject.string();
    const auto warm = trainBehaviorModel(target.project(), config, {}, {});
    QVERIFY2(cold.ok() && warm.ok(), warm ? "" : warm.error().detail.c_str());
    qInfo("loss after one epoch %.3f cold, %.3f warm", cold->epochs[0].validLoss,
          warm->epochs[0].validLoss);
    QVERIFY(warm->epochs[0].validLoss < 0.8 * cold->epochs[0].validLoss);
    const auto note = std::ranges::find(warm->notes, "warm_start", &TrainNote::code);
    QCOMPARE(note->detail, std::to_string(kRingItems));
    QVERIFY(configFromJson(readRun(target.project(), warm->run)->config)->warmProject ==
            config.warmProject);

    ProjectFixture strangers; // none of its items is known there
    for (PlainEvent &event : others) {
        event.item = "x" + event.item;
    }
    strangers.add(others);
    const auto stranger = trainBehaviorModel(strangers.project(), config, {}, {});
    QVERIFY2(stranger.ok(), stranger ? "" : stranger.error().detail.c_str());
    const auto none = std::ranges::find(stranger->notes, "warm_start", &TrainNote::code);
    QCOMPARE(none->detail, std::string("0"));
}

void TestWarmStart::refusals()
{
    ProjectFixture fixture;
    fixture.add(customerEvents(60, 120, true));
    BehaviorConfig config = ringConfig();
    config.epochs = 1;
    const auto before = trainBehaviorModel(fixture.project(), config, {}, {});
    QVERIFY(before.ok());
    const auto refusal = [&](const BehaviorConfig &asked) {
        const auto report = trainBehaviorModel(fixture.project(), asked, {}, {});
        return report ? Error{ErrorCode::Internal, "trained", {}} : report.error();
    };
    config.warmRun = 99;
    QCOMPARE(refusal(config).code, ErrorCode::NotTrained);
    RunRecord other;
    other.model = "bg-nbd";
    config.warmRun = *beginRun(fixture.project(), other);
    QCOMPARE(refusal(config).code, ErrorCode::NotTrained);
    config.warmRun = before->run;
    config.dimension = 16;
    QCOMPARE(refusal(config).code, ErrorCode::BadConfiguration);
    QCOMPARE(refusal(config).where, std::string("warm_run"));
    QCOMPARE(refusal(config).detail, std::string("dimension"));
    config.dimension = 32;
    config.warmRun = -1;
    QCOMPARE(refusal(config).code, ErrorCode::BadConfiguration);
    config.warmRun = before->run;
    const std::size_t runs = readRuns(fixture.project())->size();
    QVERIFY(eraseUser(fixture.project(), "c3", {}).ok());
    QCOMPARE(refusal(config).detail, std::string("retrain_due"));
    QCOMPARE(readRuns(fixture.project())->size(), runs); // none was begun
    fixture.project().database().execute("UPDATE model_run SET retrain_due = 0");
    fixture.project().database().execute("UPDATE run_weight SET data = zeroblob(length(data)) "
                                         "WHERE name = 'item.own'");
    QCOMPARE(refusal(config).code, ErrorCode::Damaged);
}

void TestWarmStart::refusalsOfAnotherProject()
{
    ProjectFixture fixture;
    fixture.add(customerEvents(60, 120, true));
    BehaviorConfig config = ringConfig();
    config.epochs = 1;
    config.warmRun = 1;
    const auto codeOf = [&](const std::filesystem::path &path) {
        config.warmProject = path.string();
        const auto report = trainBehaviorModel(fixture.project(), config, {}, {});
        return report ? ErrorCode::Internal : report.error().code;
    };
    QCOMPARE(codeOf(fixture.folder() / "none.perennial"), ErrorCode::FileMissing);
    QCOMPARE(codeOf(fixture.folder()), ErrorCode::IsDirectory);
    const auto text = fixture.folder() / "text.perennial";
    std::ofstream(text) << std::string(5000, 'x');
    QCOMPARE(codeOf(text), ErrorCode::NotAProject);
    ProjectFixture other;
    QCOMPARE(codeOf(other.project().path()), ErrorCode::NotTrained);
    other.project().database().execute("PRAGMA user_version = 2");
    QCOMPARE(codeOf(other.project().path()), ErrorCode::ReadOnly);
    other.project().database().execute("PRAGMA user_version = 99");
    QCOMPARE(codeOf(other.project().path()), ErrorCode::NewerVersion);
    QVERIFY(readRuns(fixture.project())->empty());
}

QTEST_GUILESS_MAIN(TestWarmStart)
#include "tst_warm_start.moc"
