#pragma once

// Private to core/behavior: the label heads, each fitted by itself on an encoder that stays as it
// is.

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/behavior/batch.h"
#include "core/behavior/config.h"
#include "core/behavior/heads_torch.h"
#include "core/behavior/train.h"
#include "core/behavior/validation_torch.h"
#include "core/neural/crew.h"

#include <torch/torch.h>

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace perennial::net {

struct HeadFitSetup {
    const SequenceSource *source = nullptr;
    BehaviorConfig config;
    Heads heads; ///< the next item is left alone
    ZilnBounds bounds;
    int labelDays = 0;
};

/// What the label heads read of n users, and what happened to them.
struct HeadRows {
    at::Tensor users;   ///< [n, d] anchor tokens; undefined: the head is shown none
    at::Tensor summary; ///< [n, kSummarySize]
    HeadLabels labels;
    std::int64_t size() const { return summary.defined() ? summary.size(0) : 0; }
};

/// Fits each label head by itself, in two ways: from where the epochs left it, reading the encoded
/// events and the summary; and from its start, reading the summary alone. The one with the lower
/// loss on the validation users is taken. An encoder that has learned what followed a window tells
/// a head more of the windows learned from than it will of others; a head that is shown a summary
/// alone cannot lean on that. The network is the same either way: who reads no events has weights
/// of 0 for them.
/// A head stops when its own validation loss has not fallen for the config's patience, whatever the
/// others do, and takes the weights of its best pass.
/// Sources: Prechelt (1998), "Early stopping — but when?"; Alain & Bengio (2017), "Understanding
/// intermediate layers using linear classifier probes" for heads on an encoder that stays as it is.
class HeadFitter {
public:
    /// @param network as it starts: the summary's heads begin with its weights. It outlives this.
    HeadFitter(HeadFitSetup setup, Network &network, WorkerCrew &crew);

    /// @param windows labelled, in random order. @return one per head, in the order churn, value,
    /// click, return; empty where there is nothing to learn or to judge by.
    /// @error Cancelled; NotFinite (detail: the pass, where: the head).
    Result<std::vector<HeadFit>> fit(std::span<const TrainingWindow> windows,
                                     std::span<const ValidationCase> cases, Day cut,
                                     const Task &task);
    /// Gives the network the heads that `fit` has found, and shows them more: `passes` over the
    /// windows, which may be later ones, at a share of the rate. @error as above.
    Status refit(std::span<const TrainingWindow> windows, int passes, double rate,
                 const Task &task);

private:
    using Weights = std::vector<at::Tensor>; ///< of one head
    struct Head {
        std::string name; ///< of its parameters, before the dot
        Heads only;
        Weights parameters; ///< the network's own
        Weights start, fitted;
        HeadFit fit;
    };
    struct Attempt {
        HeadFit fit;
        Weights weights;
    };
    class Walker;

    void addHead(const std::string &name, const Heads &only);
    Result<HeadRows> readWindows(std::span<const TrainingWindow> windows, bool events,
                                 const Task &task) const;
    Result<HeadRows> readRows(std::size_t count,
                              const std::function<TrainingWindow(std::size_t)> &window,
                              bool events, const Task &task) const;
    /// From the weights that the network has.
    Result<Attempt> attempt(const Head &head, const HeadRows &learned, const HeadRows &judged,
                            const Task &task) const;
    Status attemptAll(std::vector<std::vector<Attempt>> &attempts, const HeadRows &learned,
                      const HeadRows &judged, const Task &task) const;

    HeadFitSetup m_setup;
    Network &m_network;
    WorkerCrew &m_crew;
    std::vector<Head> m_heads;
};

} // namespace perennial::net
