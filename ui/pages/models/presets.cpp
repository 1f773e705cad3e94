#include "ui/pages/models/presets.h"

#include <QCoreApplication>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(perennial::Presets)
};

} // namespace

BehaviorConfig presetConfig(TrainingPreset preset)
{
    BehaviorConfig config;
    switch (preset) {
    case TrainingPreset::Quick:
        config.epochs = 2;
        config.patience = 1;
        config.windowsPerUser = 1;
        config.dimension = 32;
        config.sequenceLength = 30;
        config.validationUsers = 2000;
        config.refitEpochs = 0;
        break;
    case TrainingPreset::Balanced:
        break;
    case TrainingPreset::Thorough:
        config.epochs = 30;
        config.patience = 4;
        config.windowsPerUser = 4;
        config.dimension = 128;
        config.heads = 4;
        config.layers = 2;
        config.sequenceLength = 100;
        config.validationUsers = 10000;
        config.learningRate = 0.001;
        break;
    case TrainingPreset::SmallData:
        config.epochs = 30;
        config.patience = 4;
        config.windowsPerUser = 4;
        config.dimension = 32;
        config.dropout = 0.3;
        config.weightDecay = 0.05;
        config.cropChance = 0.3;
        config.maskChance = 0.3;
        config.warmUpSteps = 20;
        break;
    case TrainingPreset::Gru:
        config.encoder = UserEncoder::Gru;
        config.epochs = 12;
        break;
    case TrainingPreset::LargeCatalog:
        config.encoder = UserEncoder::Pool;
        config.itemLoss = ItemLoss::Sampled;
        config.negatives = 1024;
        config.maxItems = 200'000;
        config.batchSize = 256;
        break;
    }
    return config;
}

QString presetText(TrainingPreset preset)
{
    switch (preset) {
    case TrainingPreset::Quick:
        return Words::tr("Quick look");
    case TrainingPreset::Balanced:
        return Words::tr("Balanced");
    case TrainingPreset::Thorough:
        return Words::tr("Thorough");
    case TrainingPreset::SmallData:
        return Words::tr("Small data");
    case TrainingPreset::Gru:
        return Words::tr("GRU");
    case TrainingPreset::LargeCatalog:
        return Words::tr("Large catalogue");
    }
    return {};
}

QString presetHelp(TrainingPreset preset)
{
    switch (preset) {
    case TrainingPreset::Quick:
        return Words::tr("A first impression: a narrow network and two epochs.");
    case TrainingPreset::Balanced:
        return Words::tr("The default: one block of attention, up to twelve epochs.");
    case TrainingPreset::Thorough:
        return Words::tr("A wider and deeper network, longer histories, up to 30 epochs.");
    case TrainingPreset::SmallData:
        return Words::tr(
            "For some thousand users or fewer: a narrow network, held back by dropout, "
            "decay and augmented sequences.");
    case TrainingPreset::Gru:
        return Words::tr("Reads events one after another, where their order says most.");
    case TrainingPreset::LargeCatalog:
        return Words::tr("For many items: a pooled history and a loss estimated from drawn items.");
    }
    return {};
}

} // namespace perennial
