#include "core/behavior/optimizer_torch.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace perennial::net {

namespace {

constexpr double kLastRate = 0.1; ///< what the learning rate falls towards, of the config's

using Groups = std::vector<torch::optim::OptimizerParamGroup>;

template <class Optimizer, class Options>
std::unique_ptr<torch::optim::Optimizer> grouped(const Network &network, double decay,
                                                 const Options &options)
{
    std::vector<at::Tensor> decayed;
    std::vector<at::Tensor> free;
    for (const Parameter &parameter : network.parameters()) {
        (parameter.value.dim() > 1 ? decayed : free).push_back(parameter.value);
    }
    const auto with = [&](double weightDecay) {
        return std::make_unique<Options>(Options(options).weight_decay(weightDecay));
    };
    Groups groups;
    groups.emplace_back(decayed, with(decay));
    groups.emplace_back(free, with(0.0));
    return std::make_unique<Optimizer>(groups, options);
}

} // namespace

std::unique_ptr<torch::optim::Optimizer> makeOptimizer(const Network &network,
                                                       const BehaviorConfig &config)
{
    namespace optim = torch::optim;
    const double rate = config.learningRate;
    switch (config.optimizer) {
    case OptimizerKind::Adam:
        return grouped<optim::Adam>(network, config.weightDecay,
                                    optim::AdamOptions(rate).betas({0.9, 0.98}));
    case OptimizerKind::AdamW:
        return grouped<optim::AdamW>(network, config.weightDecay,
                                     optim::AdamWOptions(rate).betas({0.9, 0.98}));
    case OptimizerKind::Sgd:
        return grouped<optim::SGD>(network, config.weightDecay,
                                   optim::SGDOptions(rate).momentum(config.momentum));
    }
    return nullptr;
}

void setLearningRate(torch::optim::Optimizer &optimizer, double rate)
{
    for (auto &group : optimizer.param_groups()) {
        group.options().set_lr(rate);
    }
}

void addPenalty(at::Tensor &gradient, const at::Tensor &weight, const BehaviorConfig &config)
{
    if (weight.dim() < 2) {
        return;
    }
    if (config.l1 > 0) {
        gradient.add_(weight.sign(), config.l1);
    }
    if (config.l2 > 0) {
        gradient.add_(weight, config.l2);
    }
}

double rateOf(RateSchedule schedule, int epoch, int epochs) noexcept
{
    const double done = static_cast<double>(epoch - 1) / static_cast<double>(std::max(epochs, 1));
    switch (schedule) {
    case RateSchedule::Constant:
        return 1.0;
    case RateSchedule::Linear:
        return kLastRate + (1 - kLastRate) * (1 - done);
    case RateSchedule::Cosine:
        return kLastRate + (1 - kLastRate) * 0.5 * (1 + std::cos(std::numbers::pi * done));
    }
    return 1.0;
}

double warmUpOf(std::int64_t step, int warmUpSteps) noexcept
{
    return warmUpSteps <= 0
               ? 1.0
               : std::min(1.0, static_cast<double>(step) / static_cast<double>(warmUpSteps));
}

} // namespace perennial::net
