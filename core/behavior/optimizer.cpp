#include "core/behavior/optimizer_torch.h"

#include "core/neural/update_loops.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

namespace perennial::net {

namespace {

constexpr double kLastRate = 0.1; ///< what the learning rate falls towards, of the config's
constexpr double kBeta1 = 0.9, kBeta2 = 0.98, kEpsilon = 1e-8;
constexpr std::int64_t kStretch = 16384;

AdamStep adamStep(const BehaviorConfig &config, bool pulled, std::int64_t t, double clip, double rate)
{
    AdamStep step;
    const bool decoupled = config.optimizer == OptimizerKind::AdamW;
    const double decay = pulled ? config.weightDecay : 0.0;
    step.clip = static_cast<float>(clip);
    step.decay = static_cast<float>(decoupled ? 0.0 : decay);
    step.keep = static_cast<float>(decoupled ? 1 - rate * decay : 1.0);
    step.beta1 = static_cast<float>(kBeta1);
    step.beta2 = static_cast<float>(kBeta2);
    step.size = static_cast<float>(rate / (1 - std::pow(kBeta1, static_cast<double>(t))));
    step.root = static_cast<float>(1 / std::sqrt(1 - std::pow(kBeta2, static_cast<double>(t))));
    step.epsilon = static_cast<float>(kEpsilon);
    return step;
}

SgdStep sgdStep(const BehaviorConfig &config, bool pulled, double clip, double rate)
{
    return {static_cast<float>(clip), static_cast<float>(pulled ? config.weightDecay : 0.0),
            static_cast<float>(config.momentum), static_cast<float>(rate)};
}

} // namespace

Optimizer::Optimizer(std::vector<at::Tensor> parameters, const BehaviorConfig &config)
    : m_parameters(std::move(parameters)), m_config(config)
{
    m_memory.steps.resize(m_parameters.size());
    m_memory.moments.assign(config.optimizer == OptimizerKind::Sgd ? 1 : 2,
                            std::vector<at::Tensor>(m_parameters.size()));
    for (std::size_t p = 0; p < m_parameters.size(); ++p) {
        const std::int64_t size = m_parameters[p].numel();
        for (std::int64_t from = 0; from < size; from += kStretch) {
            m_stretches.push_back({p, from, std::min(kStretch, size - from)});
        }
    }
}

double Optimizer::step(Gradients &gradients, double rate, WorkerCrew &crew)
{
    const at::NoGradGuard frozen;
    std::vector<at::Tensor> sums(m_parameters.size());
    const double norm = std::sqrt(add(gradients, sums, crew));
    if (!std::isfinite(norm)) {
        return norm;
    }
    const double clip = norm > m_config.gradientClip ? m_config.gradientClip / norm : 1.0;
    count(sums);
    if (!m_parameters.front().is_cpu()) {
        for (std::size_t p = 0; p < m_parameters.size(); ++p) {
            if (sums[p].defined()) {
                moveTensor(p, sums[p], clip, rate);
            }
        }
        return norm;
    }
    crew.run(m_stretches.size(), [&](std::size_t k) {
        const at::Tensor &sum = sums[m_stretches[k].parameter];
        if (sum.defined()) {
            move(m_stretches[k], sum, clip, rate);
        }
    });
    return norm;
}

double Optimizer::add(Gradients &gradients, std::vector<at::Tensor> &sums, WorkerCrew &crew) const
{
    for (std::size_t p = 0; p < m_parameters.size(); ++p) {
        for (std::vector<at::Tensor> &shard : gradients) {
            if (p < shard.size() && shard[p].defined()) {
                shard[p] = shard[p].contiguous();
                sums[p] = sums[p].defined() ? sums[p] : shard[p];
            }
        }
    }
    if (!m_parameters.front().is_cpu()) {
        return addTensors(gradients, sums);
    }
    std::vector<double> squares(m_stretches.size());
    crew.run(m_stretches.size(), [&](std::size_t k) {
        const at::Tensor &sum = sums[m_stretches[k].parameter];
        squares[k] = sum.defined() ? addStretch(gradients, sum, m_stretches[k]) : 0.0;
    });
    return std::accumulate(squares.begin(), squares.end(), 0.0);
}

double Optimizer::addTensors(const Gradients &gradients, std::vector<at::Tensor> &sums) const
{
    at::Tensor squares = at::zeros({}, m_parameters.front().options());
    for (std::size_t p = 0; p < m_parameters.size(); ++p) {
        if (!sums[p].defined()) {
            continue;
        }
        for (const std::vector<at::Tensor> &shard : gradients) {
            if (p < shard.size() && shard[p].defined() && !shard[p].is_same(sums[p])) {
                sums[p].add_(shard[p]);
            }
        }
        if (isPulled(p) && (m_config.l1 > 0 || m_config.l2 > 0)) {
            sums[p].add_(m_parameters[p].sign(), m_config.l1).add_(m_parameters[p], m_config.l2);
        }
        squares += sums[p].square().sum();
    }
    return squares.item<double>();
}

double Optimizer::addStretch(const Gradients &gradients, const at::Tensor &sum,
                             const Stretch &at) const
{
    float *to = sum.data_ptr<float>() + at.from;
    std::vector<const float *> others;
    for (const std::vector<at::Tensor> &shard : gradients) {
        if (at.parameter < shard.size() && shard[at.parameter].defined() &&
            !shard[at.parameter].is_same(sum)) {
            others.push_back(shard[at.parameter].data_ptr<float>() + at.from);
        }
    }
    addStretches(to, others.data(), static_cast<std::int64_t>(others.size()), at.count);
    if (isPulled(at.parameter) && (m_config.l1 > 0 || m_config.l2 > 0)) {
        addPenalties(to, m_parameters[at.parameter].data_ptr<float>() + at.from,
                     static_cast<float>(m_config.l1), static_cast<float>(m_config.l2), at.count);
    }
    return squaresOf(to, at.count);
}

void Optimizer::count(const std::vector<at::Tensor> &sums)
{
    for (std::size_t p = 0; p < m_parameters.size(); ++p) {
        if (!sums[p].defined()) {
            continue;
        }
        ++m_memory.steps[p];
        for (std::vector<at::Tensor> &kind : m_memory.moments) {
            if (!kind[p].defined()) {
                kind[p] = at::zeros_like(m_parameters[p]);
            }
        }
    }
}

void Optimizer::move(const Stretch &at, const at::Tensor &sum, double clip, double rate)
{
    const std::size_t p = at.parameter;
    const auto stretch = [&](const at::Tensor &x) { return x.data_ptr<float>() + at.from; };
    if (m_config.optimizer == OptimizerKind::Sgd) {
        sgdStretch(stretch(m_parameters[p]), stretch(sum), stretch(m_memory.moments[0][p]),
                   sgdStep(m_config, isPulled(p), clip, rate), at.count);
    } else {
        adamStretch(stretch(m_parameters[p]), stretch(sum), stretch(m_memory.moments[0][p]),
                    stretch(m_memory.moments[1][p]),
                    adamStep(m_config, isPulled(p), m_memory.steps[p], clip, rate), at.count);
    }
}

void Optimizer::moveTensor(std::size_t p, const at::Tensor &sum, double clip, double rate)
{
    at::Tensor &weight = m_parameters[p];
    at::Tensor &first = m_memory.moments[0][p];
    if (m_config.optimizer == OptimizerKind::Sgd) {
        const SgdStep s = sgdStep(m_config, isPulled(p), clip, rate);
        first.mul_(s.momentum).add_(sum, s.clip).add_(weight, s.decay);
        weight.sub_(first, s.rate);
        return;
    }
    const AdamStep s = adamStep(m_config, isPulled(p), m_memory.steps[p], clip, rate);
    at::Tensor &second = m_memory.moments[1][p];
    const at::Tensor gradient = sum * s.clip + weight * s.decay;
    first.mul_(s.beta1).add_(gradient, 1 - s.beta1);
    second.mul_(s.beta2).addcmul_(gradient, gradient, 1 - s.beta2);
    weight.mul_(s.keep).addcdiv_(first, second.sqrt().mul_(s.root).add_(s.epsilon), -s.size);
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
