#include "core/behavior/checkpoint_torch.h"
#include "core/behavior/item_start_torch.h"
#include "core/behavior/model.h"
#include "core/behavior/train.h"
#include "core/neural/runtime.h"
#include "core/project/database.h"
#include "core/project/weight_blob.h"
#include "tests/core/behavior/small_shop.h"
#include "tests/core/neural/gradient_check_torch.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace perennial;
using namespace perennial::test;

namespace {

BehaviorConfig itemConfig()
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = 20;
    config.dimension = 16;
    config.sequenceLength = 20;
    config.batchSize = 64;
    config.epochs = 8;
    config.patience = 8;
    config.learningRate = 0.01;
    config.refitEpochs = 0;
    config.clickWeight = config.returnWeight = 0; // the window of items alone
    return config;
}

constexpr std::array<const char *, 2> kColours{"red", "blue"};
constexpr std::array<const char *, 5> kThings{"cup", "plate", "bowl", "lamp", "clock"};

/// Users who like things of one colour, in no order; items "red0" … and "blue0" ….
std::vector<PlainEvent> tasteEvents(int users, int days)
{
    Rng rng(21);
    std::vector<PlainEvent> events;
    for (int user = 0; user < users; ++user) {
        double at = rng.uniform() * 20;
        while (at < days) {
            events.push_back({"u" + std::to_string(user),
                              kColours[static_cast<std::size_t>(user % 2)] +
                                  std::to_string(rng.below(30)),
                              EventKind::View, static_cast<UtcSecond>(at * 86400), 0, {}});
            at += 0.5 + 4 * rng.exponential();
        }
    }
    return events;
}

void name(Project &project, const std::string &key, const std::string &name)
{
    project.database().execute("UPDATE item SET name = '" + name + "' WHERE key = '" + key + "'");
}

void nameAll(Project &project)
{
    for (const char *colour : kColours) {
        for (int k = 0; k < 30; ++k) {
            name(project, colour + std::to_string(k),
                 std::string(colour) + " " + kThings[static_cast<std::size_t>(k % 5)]);
        }
    }
}

at::Tensor dense(const net::SparseRows &matrix, std::int64_t columns)
{
    at::Tensor full = at::zeros({matrix.rows(), columns}, real());
    for (std::int64_t r = 0; r < matrix.rows(); ++r) {
        for (auto k = static_cast<std::size_t>(matrix.offsets[static_cast<std::size_t>(r)]);
             k < static_cast<std::size_t>(matrix.offsets[static_cast<std::size_t>(r) + 1]); ++k) {
            full[r][matrix.columns[k]] = matrix.values[k];
        }
    }
    return full;
}

} // namespace

class TestItemTower : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        prepareTorchRuntime();
        m_tastes.add(tasteEvents(160, 100));
        nameAll(m_tastes.project());
    }
    void truncatedIsTheFullOne();
    void sameSeedSameVectors();
    void towersAddUp();
    void svdStartLearns();
    void contentAloneLearns();
    void newItemsScoreByTheirWords();
    void wordsOfAnotherRunAreTaken();

private:
    ProjectFixture m_tastes;
};

void TestItemTower::truncatedIsTheFullOne()
{
    Rng rng(6);
    net::SparseRows matrix;
    for (int row = 0; row < 120; ++row) {
        for (std::int32_t column = 0; column < 40; ++column) {
            const bool liked = row % 4 == column % 4;
            if (rng.uniform() < (liked ? 0.5 : 0.05)) {
                matrix.columns.push_back(column);
                matrix.values.push_back(1 + rng.uniform());
            }
        }
        matrix.offsets.push_back(static_cast<std::int64_t>(matrix.columns.size()));
    }
    const auto full = at::linalg_svd(dense(matrix, 40), false);
    const at::Tensor values = std::get<1>(full), vectors = std::get<2>(full).t();
    const net::RightVectors found = net::truncatedSvd(matrix, 40, 4, 1);
    QVERIFY(largest(found.values - values.narrow(0, 0, 4)) < 1e-6);
    const at::Tensor along = at::mm(found.vectors.t(), vectors.narrow(1, 0, 4)).abs();
    QVERIFY2(largest(along - at::eye(4, real())) < 1e-4,
             qPrintable(QString::number(largest(along - at::eye(4, real())))));
    QVERIFY(largest(at::mm(found.vectors.t(), found.vectors) - at::eye(4, real())) < 1e-10);
    // all there are
    const net::RightVectors all = net::truncatedSvd(matrix, 40, 40, 1);
    QVERIFY(largest(all.values - values) < 1e-6);
}

void TestItemTower::sameSeedSameVectors()
{
    net::SparseRows one;
    one.columns = {2};
    one.values = {3.0};
    one.offsets = {0, 1, 1};
    const net::RightVectors found = net::truncatedSvd(one, 3, 2, 5);
    QVERIFY(std::abs(found.values[0].item<double>() - 3) < 1e-12);
    QVERIFY(std::abs(found.vectors[2][0].item<double>() - 1) < 1e-12);
    QVERIFY(at::isfinite(found.vectors).all().item<bool>());
    QVERIFY(at::equal(found.vectors, net::truncatedSvd(one, 3, 2, 5).vectors));
}

void TestItemTower::towersAddUp()
{
    SequenceVocabulary vocabulary;
    vocabulary.itemKeys = {11, 12};
    vocabulary.ownItems = 2;
    vocabulary.categoryKeys = {5};
    ItemCatalog catalog;
    catalog.id = {0, 1, 2, 3}; // 3 came later
    catalog.category = {0, 1, 0, 1};
    catalog.priceBand = {0, 0, 1, 0};
    catalog.rowOfId = {0, 1, 2, 3};
    catalog.words.offsets = {0, 0, 2, 2, 3};
    catalog.words.bucket = {0, 3, 3};
    BehaviorConfig config = itemConfig();
    config.textBuckets = 4;
    for (const bool contentOnly : {false, true}) {
        config.itemContentOnly = contentOnly;
        const net::Network network(net::shapeFor(config, vocabulary), 1, at::kCPU);
        const at::NoGradGuard frozen;
        const at::Tensor tower = network.itemTower(network.features(catalog));
        const at::Tensor features = network["item.features"], text = network["item.text"];
        at::Tensor first = features[1] + features[2] + (text[0] + text[3]) / 2;
        at::Tensor none = features[0] + features[2];
        if (!contentOnly) {
            first = first + network["item.own"][1];
            none = none + network["item.own"][0];
        }
        QVERIFY(largest(tower[1] - first) < 1e-6);
        QVERIFY(largest(tower[0] - none) < 1e-6);
        QVERIFY(largest(tower[3] - (features[1] + features[2] + text[3])) < 1e-6);
    }
}

void TestItemTower::svdStartLearns()
{
    BehaviorConfig config = itemConfig();
    config.epochs = 1;
    const auto random = trainBehaviorModel(m_tastes.project(), config, {}, {});
    config.itemStart = ItemStart::Svd;
    const auto one = trainBehaviorModel(m_tastes.project(), config, {}, {});
    const auto two = trainBehaviorModel(m_tastes.project(), config, {}, {});
    QVERIFY2(random.ok() && one.ok() && two.ok(), one ? "" : one.error().detail.c_str());
    qInfo("after one epoch: loss %.3f from random, %.3f from the SVD", *random->metrics.hr10,
          *one->metrics.hr10);
    QVERIFY(*one->epochs[0].validNextItem < *random->epochs[0].validNextItem);
    const auto weights = *readWeights(m_tastes.project(), one->run);
    const auto again = *readWeights(m_tastes.project(), two->run);
    for (std::size_t k = 0; k < weights.size(); ++k) {
        QVERIFY(weights[k].data == again[k].data);
    }
}

void TestItemTower::contentAloneLearns()
{
    BehaviorConfig config = itemConfig();
    config.itemContentOnly = true;
    config.textBuckets = 64;
    const auto report = trainBehaviorModel(m_tastes.project(), config, {}, {});
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    QVERIFY(findBlob(*readWeights(m_tastes.project(), report->run), "item.own") == nullptr);
    qInfo("content alone: HR@10 %.3f", *report->metrics.hr10);
    QVERIFY(*report->metrics.hr10 > 0.28); // 10 of 60 by chance, 10 of 30 by the colour
}

/// Items that came after the training: of a user's colour before the other colour.
void TestItemTower::newItemsScoreByTheirWords()
{
    ProjectFixture fixture;
    fixture.add(tasteEvents(160, 100));
    nameAll(fixture.project());
    BehaviorConfig config = itemConfig();
    config.textBuckets = 1024;
    const auto report = trainBehaviorModel(fixture.project(), config, {}, {});
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    const UtcSecond later = UtcSecond{report->split.until} * 86400 + 86399;
    fixture.add({{"x", "n0", EventKind::View, later, 0, {}},
                 {"x", "n1", EventKind::View, later, 0, {}},
                 {"x", "n2", EventKind::View, later, 0, {}}});
    name(fixture.project(), "n0", "RED vase");
    name(fixture.project(), "n1", "blue, vase");
    name(fixture.project(), "n2", "\xff\x01 =cmd");
    const auto model = BehaviorModel::load(fixture.project(), report->run, report->split.until, {});
    QVERIFY2(model.ok(), model ? "" : model.error().detail.c_str());
    std::vector<std::int64_t> users;
    for (int user = 0; user < 160; ++user) {
        users.push_back(findUser(fixture.project(), "u" + std::to_string(user))->id);
    }
    const auto positionOf = [&](const char *key) {
        const auto item = std::ranges::find(model->items(), std::string(key), &ItemRecord::key);
        return static_cast<std::size_t>(
                   model->catalog().rowOfId[static_cast<std::size_t>(item->id)]) - 1;
    };
    const std::array<std::size_t, 2> rows{positionOf("n0"), positionOf("n1")};
    const auto scores = model->itemScores(users);
    QVERIFY(scores.ok());
    int right = 0;
    for (std::size_t user = 0; user < users.size(); ++user) {
        const auto &logs = (*scores)[user].logProbability;
        right += logs[rows[user % 2]] > logs[rows[1 - user % 2]] ? 1 : 0;
        QVERIFY(std::isfinite(logs[positionOf("n2")]));
    }
    QVERIFY2(right > 150, qPrintable(QString::number(right)));
}

void TestItemTower::wordsOfAnotherRunAreTaken()
{
    BehaviorConfig config = itemConfig();
    config.epochs = 1;
    config.textBuckets = 64;
    const auto before = trainBehaviorModel(m_tastes.project(), config, {}, {});
    config.warmRun = before->run;
    const auto warm = trainBehaviorModel(m_tastes.project(), config, {}, {});
    QVERIFY2(warm.ok(), warm ? "" : warm.error().detail.c_str());
    QVERIFY(warm->epochs[0].trainLoss < before->epochs[0].trainLoss);
    config.itemContentOnly = true; // what both have
    QVERIFY(trainBehaviorModel(m_tastes.project(), config, {}, {}).ok());
    config.encoder = UserEncoder::Features;
    QVERIFY(trainBehaviorModel(m_tastes.project(), config, {}, {}).error().code ==
            ErrorCode::NoPurchases);
}

QTEST_GUILESS_MAIN(TestItemTower)
#include "tst_item_tower.moc"
