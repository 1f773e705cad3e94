#include "core/behavior/train.h"
#include "tests/ui/page_bench.h"
#include "ui/pages/models/config_form.h"

#include <QDoubleSpinBox>
#include <QSpinBox>
#include <QToolButton>

#include <nlohmann/json.hpp>

#include <set>

using namespace perennial;
using namespace perennial::test;

namespace {

/// How often widgets were told to look another way.
class TouchCount : public QObject {
public:
    int count = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        switch (event->type()) {
        case QEvent::ToolTipChange:
        case QEvent::FontChange:
        case QEvent::EnabledChange:
        case QEvent::StyleChange:
        case QEvent::ShowToParent:
        case QEvent::HideToParent:
        case QEvent::LayoutRequest: ++count; break;
        default: break;
        }
        return false;
    }
};

} // namespace

class TestModelsForm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKeyOfTheConfigHasAField();
    void presetsAreUsableAndFoundAgain();
    void everySettingGoesRound();
    void whatHasNoEffectIsOffAndAtItsDefault();
    void changesAreMarkedAndTakenBack();
    void aStepTouchesItsFieldAlone();
    void problemsStandBesideTheirField();
    void aRunThatIsGoneIsSaid();
    void aRunOfAnotherProjectIsChosen();
    void deviceReasonIsShown();
    void epochProgressFollowsTheTraining();
};

void TestModelsForm::everyKeyOfTheConfigHasAField()
{
    const auto json = nlohmann::json::parse(configToJson({}));
    std::set<std::string> fields, keys;
    for (const ConfigField &field : configFields()) {
        QVERIFY2(fields.insert(field.key).second, field.key);
        QVERIFY2(!field.label.isEmpty() && !field.help.isEmpty(), field.key);
        QVERIFY2(!settingText(field, {}).isEmpty(), field.key);
        QVERIFY2(!field.applies || !field.needs.isEmpty(), field.key);
    }
    for (const auto &[key, value] : json.items()) {
        if (key != "warm_project") { // the field of warm_run holds it too
            keys.insert(key);
        }
    }
    QCOMPARE(fields, keys);
}

void TestModelsForm::presetsAreUsableAndFoundAgain()
{
    BehaviorConfigForm form;
    QCOMPARE(form.config(), BehaviorConfig());
    QCOMPARE(form.config(), presetConfig(TrainingPreset::Balanced));
    for (int i = 0; i < kTrainingPresets; ++i) {
        const BehaviorConfig config = presetConfig(static_cast<TrainingPreset>(i));
        QVERIFY(checkConfig(config).ok());
        form.setConfig(config);
        QVERIFY(form.isValid());
        QCOMPARE(form.config(), config);
        QCOMPARE(called<QComboBox>(form, QStringLiteral("Preset"))->currentIndex(), i);
    }
}

void TestModelsForm::everySettingGoesRound()
{
    BehaviorConfigForm form;
    BehaviorConfig own;
    own.until = 20000;
    own.horizonDays = 90;
    own.churnWeight = 0.5;
    own.encoder = UserEncoder::Attention;
    own.crossAttention = true;
    own.similarity = Similarity::Cosine;
    own.temperature = 0.05;
    own.heads = 4;
    own.device = "cuda:7";
    own.seed = 9007199254740991;
    own.warmRun = 12;
    own.itemLoss = ItemLoss::Bce;
    own.negatives = 77;
    own.optimizer = OptimizerKind::Sgd;
    own.momentum = 0.5;
    own.schedule = RateSchedule::Linear;
    own.learningRate = 0.00012345;
    own.l1 = 1e-6;
    own.gradientClip = 2.5;
    own.cropChance = 0.25;
    form.setConfig(own);
    QCOMPARE(configToJson(form.config()), configToJson(own));
    QCOMPARE(called<QComboBox>(form, QStringLiteral("Preset"))->currentText(),
             QStringLiteral("Custom"));
    form.setConfig({});
    QCOMPARE(configToJson(form.config()), configToJson({}));
}

void TestModelsForm::whatHasNoEffectIsOffAndAtItsDefault()
{
    BehaviorConfigForm form;
    auto *heads = called<QSpinBox>(form, QStringLiteral("Attention heads"));
    auto *momentum = called<QDoubleSpinBox>(form, QStringLiteral("Momentum"));
    auto *drawn = called<QSpinBox>(form, QStringLiteral("Items drawn"));
    auto *encoder = called<QComboBox>(form, QStringLiteral("Encoder"));
    QVERIFY(heads->isEnabled() && !momentum->isEnabled() && !drawn->isEnabled());
    heads->setValue(8);
    encoder->setCurrentIndex(static_cast<int>(UserEncoder::Gru));
    QVERIFY(!heads->isEnabled());
    QVERIFY(heads->toolTip().contains(QStringLiteral("attention encoder")));
    QCOMPARE(form.config().heads, BehaviorConfig().heads);
    encoder->setCurrentIndex(static_cast<int>(UserEncoder::Attention));
    QCOMPARE(form.config().heads, 8); // what was typed is not lost
    called<QComboBox>(form, QStringLiteral("Optimiser"))
        ->setCurrentIndex(static_cast<int>(OptimizerKind::Sgd));
    QVERIFY(momentum->isEnabled());
    called<QComboBox>(form, QStringLiteral("Loss of the next item"))
        ->setCurrentIndex(static_cast<int>(ItemLoss::Sampled));
    QVERIFY(drawn->isEnabled());
    called<QDoubleSpinBox>(form, QStringLiteral("Weight: next item"))->setValue(0);
    QVERIFY(!drawn->isEnabled());
    QCOMPARE(form.config().itemLoss, ItemLoss::Softmax);
}

void TestModelsForm::changesAreMarkedAndTakenBack()
{
    BehaviorConfigForm form;
    form.resize(340, 800);
    form.show();
    auto *group = called<QToolButton>(form, QStringLiteral("Network"));
    group->click();
    auto *back = called<QToolButton>(form, QStringLiteral("Default of Layers"));
    QVERIFY(back && !back->isVisible());
    auto *layers = called<QSpinBox>(form, QStringLiteral("Layers"));
    layers->setValue(3);
    QVERIFY(back->isVisible());
    QVERIFY(group->text().contains(QStringLiteral("1 changed")));
    back->click();
    QCOMPARE(layers->value(), BehaviorConfig().layers);
    QVERIFY(!back->isVisible());
    QCOMPARE(group->text(), QStringLiteral("Network"));
}

void TestModelsForm::aStepTouchesItsFieldAlone()
{
    BehaviorConfigForm form;
    form.resize(340, 800);
    form.show();
    called<QToolButton>(form, QStringLiteral("Network"))->click();
    auto *layers = called<QSpinBox>(form, QStringLiteral("Layers"));
    layers->setValue(3);
    QCoreApplication::processEvents();
    TouchCount touched;
    for (QWidget *widget : form.findChildren<QWidget *>()) {
        if (widget != layers && !layers->isAncestorOf(widget)) {
            widget->installEventFilter(&touched);
        }
    }
    layers->stepUp(); // changed before and after
    QCoreApplication::processEvents();
    QCOMPARE(layers->value(), 4);
    QCOMPARE(touched.count, 0);
    layers->setValue(BehaviorConfig().layers);
    QCoreApplication::processEvents();
    QVERIFY(touched.count > 0); // its label and its button: no mark any more
    const int one = touched.count;
    called<QComboBox>(form, QStringLiteral("Encoder"))
        ->setCurrentIndex(static_cast<int>(UserEncoder::Features)); // many have no effect now
    QCoreApplication::processEvents();
    QVERIFY(touched.count > 5 * one);
}

void TestModelsForm::problemsStandBesideTheirField()
{
    BehaviorConfigForm form;
    form.resize(340, 800);
    form.show();
    const auto shown = [&](const QString &part) {
        for (const QLabel *label : form.findChildren<QLabel *>()) {
            if (label->isVisible() && label->property("role") == QStringLiteral("problem") &&
                label->text().contains(part)) {
                return true;
            }
        }
        return false;
    };
    BehaviorConfig config;
    config.dimension = 50;
    config.heads = 3;
    form.setConfig(config);
    QVERIFY(!form.isValid());
    QVERIFY(shown(QStringLiteral("multiple of the attention heads (3)"))); // its group has opened
    config.heads = 5;
    form.setConfig(config);
    QVERIFY(form.isValid());
    QVERIFY(!shown(QString()));
    config.nextItemWeight = config.clickWeight = config.purchaseWeight = 0;
    config.churnWeight = config.valueWeight = config.returnWeight = 0;
    form.setConfig(config);
    QVERIFY(!form.isValid());
    QVERIFY(shown(QStringLiteral("At least one head")));
    config = {};
    config.temperature = 0.005;
    form.setConfig(config);
    QVERIFY(!form.isValid());
    QVERIFY(shown(QStringLiteral("0.01 or more")));
}

void TestModelsForm::aRunThatIsGoneIsSaid()
{
    BehaviorConfigForm form;
    BehaviorConfig config;
    config.warmRun = 4;
    form.setConfig(config);
    QVERIFY(form.isValid()); // not known yet
    form.setRuns({{4, 14'000, true}, {3, 14'000, false}});
    QVERIFY(form.isValid());
    QCOMPARE(form.config().warmRun, std::int64_t{4});
    form.setRuns({{3, 14'000, true}});
    QVERIFY(!form.isValid());
    QCOMPARE(form.config().warmRun, std::int64_t{4}); // it is said, not forgotten
}

void TestModelsForm::aRunOfAnotherProjectIsChosen()
{
    BehaviorConfigForm form;
    form.setRuns({{4, 14'000, true}});
    QSignalSpy asked(&form, &BehaviorConfigForm::otherProjectAsked);
    auto *from = called<QComboBox>(form, QStringLiteral("Start from"));
    const int last = from->count() - 1;
    QCOMPARE(from->itemText(last), QStringLiteral("A run of another project…"));
    from->setCurrentIndex(last);
    Q_EMIT from->activated(last); // as a click on it
    QCOMPARE(asked.size(), 1);
    QCOMPARE(form.config().warmRun, std::int64_t{0}); // nothing is chosen yet
    form.offerRunsOf("/else/where.perennial", {{9, 14'100, true}, {7, 14'000, false}});
    QCOMPARE(form.config().warmRun, std::int64_t{9});
    QCOMPARE(form.config().warmProject, std::string("/else/where.perennial"));
    QVERIFY(form.isValid());
    QVERIFY(from->currentText().contains(QStringLiteral("run 9 of where.perennial")));
    const BehaviorConfig chosen = form.config();
    form.setRuns({{5, 14'000, true}, {4, 14'000, false}}); // a new list keeps it
    QCOMPARE(form.config(), chosen);
    called<QComboBox>(form, QStringLiteral("Preset"))->setCurrentIndex(0);
    Q_EMIT called<QComboBox>(form, QStringLiteral("Preset"))->activated(0); // so does a preset
    QCOMPARE(form.config().warmProject, chosen.warmProject);
    called<QToolButton>(form, QStringLiteral("Default of Start from"))->click();
    QCOMPARE(form.config().warmRun, std::int64_t{0});
    QVERIFY(form.config().warmProject.empty());
    form.setConfig(chosen);
    QCOMPARE(form.config(), chosen);
}

void TestModelsForm::deviceReasonIsShown()
{
    BehaviorConfigForm form;
    const auto choice = chooseDevice("auto");
    QVERIFY(choice.ok());
    bool shown = false;
    for (const QLabel *label : form.findChildren<QLabel *>()) {
        shown = shown || label->text() == deviceReasonText(*choice);
    }
    QVERIFY(shown);
    QVERIFY(!deviceReasonText(*choice).isEmpty());
}

void TestModelsForm::epochProgressFollowsTheTraining()
{
    QCOMPARE(epochProgress(0.0, 8).epoch, 0);
    QCOMPARE(epochProgress(0.99, 8).epoch, 0);
    QCOMPARE(epochProgress(0.5, 0).epoch, 0);
    int epoch = 0;
    for (double fraction = 0.041; fraction < 0.899; fraction += 0.001) {
        const EpochProgress at = epochProgress(fraction, 8);
        QVERIFY(at.epoch == epoch || at.epoch == epoch + 1);
        QVERIFY(at.share >= 0 && at.share <= 1);
        epoch = at.epoch;
    }
    QCOMPARE(epoch, 8);
}

QTEST_MAIN(TestModelsForm)
#include "tst_models_form.moc"
