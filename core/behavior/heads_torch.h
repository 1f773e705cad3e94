#pragma once

// Private to core/behavior: the heads beside the next item, what they say and what they are judged
// by.

#include "core/behavior/network_torch.h"
#include "core/behavior/train.h"

#include <torch/torch.h>

#include <cstdint>
#include <optional>

namespace perennial::net {

/// Which heads have something to learn.
struct Heads {
    bool nextItem = false, churn = false, value = false;
    bool purchase = false, click = false, returnTime = false;
    /// Churn and purchase are one event, "no order" and "an order", and one head tells it.
    bool order() const noexcept { return churn || purchase; }
    bool labels() const noexcept { return order() || value || click || returnTime; }
    /// How many learn by themselves.
    int count() const noexcept { return nextItem + order() + value + click + returnTime; }
};

/// Those that a run has learned.
Heads trainedHeads(const TrainReport &report) noexcept;

/// Means over an epoch of what each head saw.
struct HeadLosses {
    std::optional<double> nextItem, churn, value, purchase, click, returnTime;
    double total = 0; ///< weighted as in the config
};

/// Sums while an epoch runs.
struct LossSums {
    double nextItem = 0, value = 0, click = 0, returnTime = 0;
    double order = 0; ///< of churn and purchase
    std::int64_t targets = 0, labels = 0;
    std::int64_t anchors = 0; ///< of the targets: those that follow an anchor
    double gradientNorm = 0; ///< largest of a step
    void add(const LossSums &other);
    bool isFinite() const noexcept; ///< the losses, not the norm
    HeadLosses means(const Heads &heads, const BehaviorConfig &config) const;
};

/// What the heads say of k users; undefined where a head is off.
struct HeadOutputs {
    at::Tensor churnLogit; ///< [k]; an order's is its negative
    at::Tensor valueRaw;   ///< [k, 3], or [k, 1] of squared errors
    at::Tensor clickLogit; ///< [k]
    at::Tensor returnRaw;  ///< [k, kReturnStretches]
};
/// @param users [k, d] anchor tokens. @param summary [k, kSummarySize].
HeadOutputs outputsOf(const Network &network, const at::Tensor &users, const at::Tensor &summary,
                      const Heads &heads, const Dropout &dropout);

/// What happened to k users, all [k].
struct HeadLabels {
    at::Tensor churned, value, clicked, returnDays, returned;
};
HeadLabels labelsOf(const SequenceBatch &batch, const at::Device &device);

/// Each head's loss, Σ over the users, undefined where it is off.
struct LabelLosses {
    at::Tensor order, value, click, returnTime;
};
LabelLosses lossesOf(const HeadOutputs &outputs, const HeadLabels &labels,
                     const ZilnBounds &bounds);
/// loss + Σ losses × their weight in the config × perLabel.
at::Tensor addWeighted(at::Tensor loss, const LabelLosses &losses, const BehaviorConfig &config,
                       double perLabel);
/// The same as numbers; 0 where a head is off.
LossSums sumsOf(const LabelLosses &losses);

/// E[value], >= 0 and never more than a bounded lognormal's. @param raw as in HeadOutputs.
/// @return [k].
at::Tensor valueMean(const at::Tensor &raw, const ZilnBounds &bounds);

} // namespace perennial::net
