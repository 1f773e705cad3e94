#include "core/behavior/heads_torch.h"

#include "core/behavior/return_time.h"
#include "core/neural/waiting_torch.h"

#include <algorithm>
#include <cmath>

namespace perennial::net {

namespace {

double orderWeight(const BehaviorConfig &config)
{
    return std::max(config.churnWeight, config.purchaseWeight);
}

at::Tensor floats(const std::vector<float> &values, const at::Device &device)
{
    return at::tensor(values, at::TensorOptions().dtype(at::kFloat)).to(device);
}

at::Tensor returnEdges(const at::Device &device)
{
    return at::tensor(at::ArrayRef<int>(kReturnEdges.data(), kReturnEdges.size()),
                      at::TensorOptions().dtype(at::kDouble))
        .to(device);
}

/// The unit of the values that squared errors are taken of: the mean of what is spent, if anything.
double valueScale(const ZilnBounds &bounds)
{
    return std::exp(std::min(bounds.center + 0.5 * bounds.spread * bounds.spread, bounds.largest));
}

/// In units of valueScale.
at::Tensor plainValue(const at::Tensor &raw) { return at::softplus(raw.select(1, 0)); }

at::Tensor valueLoss(const at::Tensor &raw, const at::Tensor &value, const ZilnBounds &bounds)
{
    return raw.size(1) == 1 ? (plainValue(raw) - value / valueScale(bounds)).square().sum()
                            : zilnLoss(boundedZiln(raw, bounds), value);
}

} // namespace

Heads trainedHeads(const TrainReport &report) noexcept
{
    return {report.nextItemTrained, report.churnTrained, report.valueTrained,
            report.purchaseTrained, report.clickTrained, report.returnTrained};
}

void LossSums::add(const LossSums &other)
{
    nextItem += other.nextItem;
    order += other.order;
    value += other.value;
    click += other.click;
    returnTime += other.returnTime;
    targets += other.targets;
    labels += other.labels;
    anchors += other.anchors;
    // std::max would lose a NaN
    gradientNorm = other.gradientNorm <= gradientNorm ? gradientNorm : other.gradientNorm;
}

bool LossSums::isFinite() const noexcept
{
    return std::isfinite(nextItem + order + value + click + returnTime);
}

HeadLosses LossSums::means(const Heads &heads, const BehaviorConfig &config) const
{
    HeadLosses losses;
    const double perTarget = 1.0 / static_cast<double>(std::max<std::int64_t>(targets, 1));
    const double perLabel = 1.0 / static_cast<double>(std::max<std::int64_t>(labels, 1));
    if (heads.nextItem && targets > 0) {
        losses.nextItem = nextItem * perTarget;
        losses.total += config.nextItemWeight * *losses.nextItem;
    }
    const auto take = [&](std::optional<double> &loss, bool on, double sum, double weight) {
        if (on && labels > 0) {
            loss = sum * perLabel;
            losses.total += weight * *loss;
        }
    };
    take(losses.churn, heads.churn, order, orderWeight(config));
    take(losses.purchase, heads.purchase, order, heads.churn ? 0.0 : orderWeight(config));
    take(losses.value, heads.value, value, config.valueWeight);
    take(losses.click, heads.click, click, config.clickWeight);
    take(losses.returnTime, heads.returnTime, returnTime, config.returnWeight);
    return losses;
}

HeadOutputs outputsOf(const Network &network, const at::Tensor &users, const at::Tensor &summary,
                      const Heads &heads, const Dropout &dropout)
{
    HeadOutputs outputs;
    if (heads.order()) {
        outputs.churnLogit = network.churnLogit(users, summary, dropout);
    }
    if (heads.value) {
        outputs.valueRaw = network.valueRaw(users, summary, dropout);
    }
    if (heads.click) {
        outputs.clickLogit = network.clickLogit(users, summary, dropout);
    }
    if (heads.returnTime) {
        outputs.returnRaw = network.returnRaw(users, summary, dropout);
    }
    return outputs;
}

HeadLabels labelsOf(const SequenceBatch &batch, const at::Device &device)
{
    return {floats(batch.churned, device), floats(batch.value, device),
            floats(batch.clicked, device), floats(batch.returnDays, device),
            floats(batch.returned, device)};
}

LabelLosses lossesOf(const HeadOutputs &outputs, const HeadLabels &labels,
                     const ZilnBounds &bounds)
{
    LabelLosses losses;
    if (outputs.churnLogit.defined()) {
        losses.order = logisticLoss(outputs.churnLogit, labels.churned);
    }
    if (outputs.valueRaw.defined()) {
        losses.value = valueLoss(outputs.valueRaw, labels.value, bounds);
    }
    if (outputs.clickLogit.defined()) {
        losses.click = logisticLoss(outputs.clickLogit, labels.clicked);
    }
    if (outputs.returnRaw.defined()) {
        losses.returnTime = waitingLoss(outputs.returnRaw, {labels.returnDays, labels.returned},
                                        returnEdges(outputs.returnRaw.device()));
    }
    return losses;
}

at::Tensor addWeighted(at::Tensor loss, const LabelLosses &losses, const BehaviorConfig &config,
                       double perLabel)
{
    const auto add = [&](const at::Tensor &sum, double weight) {
        loss = sum.defined() ? loss + sum * (weight * perLabel) : loss;
    };
    add(losses.order, orderWeight(config));
    add(losses.value, config.valueWeight);
    add(losses.click, config.clickWeight);
    add(losses.returnTime, config.returnWeight);
    return loss;
}

LossSums sumsOf(const LabelLosses &losses)
{
    const auto number = [](const at::Tensor &sum) {
        return sum.defined() ? sum.item<double>() : 0.0;
    };
    LossSums sums;
    sums.order = number(losses.order);
    sums.value = number(losses.value);
    sums.click = number(losses.click);
    sums.returnTime = number(losses.returnTime);
    return sums;
}

at::Tensor valueMean(const at::Tensor &raw, const ZilnBounds &bounds)
{
    if (raw.size(1) == 1) {
        const double most = bounds.largest + 0.5 * bounds.spread * bounds.spread;
        return (plainValue(raw) * valueScale(bounds)).clamp_max(std::exp(most));
    }
    return zilnMean(boundedZiln(raw, bounds));
}

} // namespace perennial::net
