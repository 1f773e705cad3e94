#include "core/behavior/config.h"

#include <QTest>

#include <string>

using namespace perennial;

class TestBehaviorConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrip()
    {
        BehaviorConfig config;
        config.until = 14000;
        config.epochs = 3;
        config.encoder = UserEncoder::Gru;
        config.similarity = Similarity::Cosine;
        config.temperature = 0.2;
        config.itemLoss = ItemLoss::Sampled;
        config.negatives = 17;
        config.optimizer = OptimizerKind::Sgd;
        config.momentum = 0.5;
        config.schedule = RateSchedule::Linear;
        config.warmUpSteps = 0;
        config.l1 = 1e-4;
        config.l2 = 1e-3;
        config.cropChance = 0.1;
        config.maskChance = 0.2;
        config.reorderChance = 1;
        config.purchaseWeight = 0.3;
        config.clickWeight = 0.7;
        config.returnWeight = 0.2;
        config.valueLoss = ValueLoss::Mse;
        config.itemStart = ItemStart::Random;
        config.textBuckets = 512;
        config.anchorWeight = 3;
        config.labelGradient = 0.25;
        config.headPasses = 7;
        config.headDropout = 0.5;
        const auto back = configFromJson(configToJson(config));
        QVERIFY(back.ok());
        QVERIFY(*back == config);
        QVERIFY(*configFromJson("{}") == BehaviorConfig{});
        BehaviorConfig content;
        content.itemContentOnly = true;
        QVERIFY(*configFromJson(configToJson(content)) == content);
        BehaviorConfig crossing;
        crossing.crossAttention = true;
        QVERIFY(*configFromJson(configToJson(crossing)) == crossing);
    }

    void everyWordComesBack()
    {
        for (const auto word : kUserEncoderWords) {
            comesBack("encoder", word);
        }
        for (const auto word : kSimilarityWords) {
            comesBack("similarity", word);
        }
        for (const auto word : kItemLossWords) {
            comesBack("item_loss", word);
        }
        for (const auto word : kOptimizerWords) {
            comesBack("optimizer", word);
        }
        for (const auto word : kScheduleWords) {
            comesBack("schedule", word);
        }
        for (const auto word : kValueLossWords) {
            comesBack("value_loss", word);
        }
        for (const auto word : kItemStartWords) {
            comesBack("item_start", word);
        }
    }

    /// As runs were stored before there was a choice of networks.
    void olderRunsLoad()
    {
        const auto config = configOfRun(
            R"({"until":"2010-06-30","horizon_days":90,"next_item_weight":1.0,"churn_weight":1.0,)"
            R"("value_weight":0.5,"dimension":64,"heads":2,"layers":1,"sequence_length":50,)"
            R"("dropout":0.1,"max_items":20000,"device":"auto","seed":1,"epochs":8,"patience":2,)"
            R"("batch_size":128,"windows_per_user":2,"validation_users":4000,"refit_epochs":1,)"
            R"("learning_rate":0.002,"weight_decay":0.01,"gradient_clip":1.0})");
        QVERIFY2(config.ok(), config ? "" : config.error().where.c_str());
        BehaviorConfig same;
        same.until = config->until;
        same.horizonDays = 90;
        same.purchaseWeight = same.clickWeight = same.returnWeight = 0; // not there yet
        same.textBuckets = 0;
        same.itemStart = ItemStart::Random;
        same.anchorWeight = same.labelGradient = 1;
        same.headPasses = 0;
        same.dropout = 0.1;
        same.learningRate = 0.002;
        same.epochs = 8;
        same.patience = 2;
        QVERIFY(*config == same);
        QCOMPARE(temperatureOf(*config), 1.0);
    }

    void temperaturesHaveDefaults()
    {
        BehaviorConfig config;
        config.similarity = Similarity::Cosine;
        QCOMPARE(temperatureOf(config), 0.07);
        config.temperature = 0.5;
        QCOMPARE(temperatureOf(config), 0.5);
    }

    void wrongOnesAreRefused_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("where");
        const auto add = [](const char *json, const char *where) {
            QTest::newRow(json) << QString(json) << QString(where);
        };
        add("[1]", "json");
        add("{", "json");
        add(R"({"epochz": 3})", "epochz");
        add(R"({"epochs": "3"})", "epochs");
        add(R"({"epochs": 2.5})", "epochs");
        add(R"({"epochs": 0})", "epochs");
        add(R"({"epochs": 99999999999999999999})", "epochs");
        add(R"({"dropout": 1})", "dropout");
        add(R"({"ensemble": 0})", "ensemble");
        add(R"({"ensemble": 11})", "ensemble");
        add(R"({"ensemble": 2.5})", "ensemble");
        add(R"({"ensemble": "3"})", "ensemble");
        add(R"({"heads": 3})", "dimension");
        add(R"({"until": "2010-02-30"})", "until");
        add(R"({"device": "tpu"})", "device");
        add(R"({"encoder": "transformer"})", "encoder");
        add(R"({"encoder": "GRU"})", "encoder");
        add(R"({"encoder": ""})", "encoder");
        add(R"({"encoder": 1})", "encoder");
        add(R"({"encoder": null})", "encoder");
        add(R"({"encoder": ["gru"]})", "encoder");
        add(R"({"cross_attention": 1})", "cross_attention");
        add(R"({"encoder": "cnn", "cross_attention": true})", "cross_attention");
        add(R"({"similarity": "euclid"})", "similarity");
        add(R"({"temperature": -1})", "temperature");
        add(R"({"temperature": 1e-9})", "temperature");
        add(R"({"temperature": 1e9})", "temperature");
        add(R"({"temperature": "0.1"})", "temperature");
        add(R"({"purchase_weight": -1})", "purchase_weight");
        add(R"({"click_weight": 1e4})", "click_weight");
        add(R"({"return_weight": "1"})", "return_weight");
        add(R"({"value_loss": "mae"})", "value_loss");
        add(R"({"anchor_weight": 0})", "anchor_weight");
        add(R"({"anchor_weight": 1001})", "anchor_weight");
        add(R"({"label_gradient": -0.1})", "label_gradient");
        add(R"({"label_gradient": 1.5})", "label_gradient");
        add(R"({"head_passes": -1})", "head_passes");
        add(R"({"head_passes": 1001})", "head_passes");
        add(R"({"head_dropout": 0.95})", "head_dropout");
        add(R"({"item_start": true})", "item_start");
        add(R"({"item_content_only": 1})", "item_content_only");
        add(R"({"text_buckets": -1})", "text_buckets");
        add(R"({"text_buckets": 1000001})", "text_buckets");
        add(R"({"next_item_weight": 0, "churn_weight": 0, "purchase_weight": 0, "value_weight": 0,)"
            R"( "click_weight": 0, "return_weight": 0})",
            "next_item_weight");
        add(R"({"encoder": "features", "churn_weight": 0, "purchase_weight": 0, "value_weight": 0,)"
            R"( "click_weight": 0, "return_weight": 0})",
            "next_item_weight");
        add(R"({"item_loss": "hinge"})", "item_loss");
        add(R"({"negatives": 0})", "negatives");
        add(R"({"negatives": 1e3})", "negatives");
        add(R"({"optimizer": "rmsprop"})", "optimizer");
        add(R"({"optimizer": true})", "optimizer");
        add(R"({"momentum": 1})", "momentum");
        add(R"({"schedule": "step"})", "schedule");
        add(R"({"warm_up_steps": -1})", "warm_up_steps");
        add(R"({"l1": -0.1})", "l1");
        add(R"({"crop_chance": 1.1})", "crop_chance");
        add(R"({"mask_chance": -0.1})", "mask_chance");
        add(R"({"reorder_chance": "often"})", "reorder_chance");
        add(R"({"l2": 2})", "l2");
    }
    void wrongOnesAreRefused()
    {
        QFETCH(QString, json);
        QFETCH(QString, where);
        const auto result = configFromJson(json.toStdString());
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::BadConfiguration);
        QCOMPARE(QString::fromStdString(result.error().where), where);
    }

    void headsAreOfAttentionAlone()
    {
        QVERIFY(configFromJson(R"({"encoder": "gru", "heads": 3})").ok());
    }

private:
    static void comesBack(std::string_view key, std::string_view word)
    {
        const std::string pair = "\"" + std::string(key) + "\":\"" + std::string(word) + "\"";
        const auto config = configFromJson("{" + pair + "}");
        QVERIFY2(config.ok(), pair.c_str());
        const std::string json = configToJson(*config);
        QVERIFY2(json.find(pair) != std::string::npos, json.c_str());
    }
};

QTEST_GUILESS_MAIN(TestBehaviorConfig)
#include "tst_behavior_config.moc"
