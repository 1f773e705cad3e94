#pragma once

// Private to core/behavior: what a BehaviorModel holds.

#include "core/behavior/ensemble_torch.h"
#include "core/behavior/model.h"
#include "core/behavior/train.h"
#include "core/neural/crew.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace perennial {

/// Users that a part of the work is made of.
inline constexpr std::size_t kUsersPerPart = 64;

struct BehaviorModel::Impl {
    RunRecord run;
    TrainReport report;
    BehaviorConfig config;
    Day at = 0;
    std::vector<ItemRecord> items;
    SequenceSource source;
    net::ZilnBounds bounds;
    net::Networks networks;
    std::unique_ptr<net::Ensemble> ensemble; ///< of them
    std::unique_ptr<WorkerCrew> crew;

    Status readCatalog(const Project &project, const Task &task);
    void take(EventTable events);
    Status knows(std::span<const std::int64_t> users) const;
    net::Ensemble::Users vectorsOf(std::span<const std::int64_t> users) const;
    void scorePart(std::span<const std::int64_t> users, std::span<BehaviorScore> to) const;
    /// What each member says of a batch.
    std::vector<net::Inference::Outlook> outlooksOf(const SequenceBatch &batch) const;
    /// What members say of the k-th sequence together, carried to the horizon, without the user's
    /// number.
    BehaviorScore scoreOf(net::Outlooks outlooks, std::size_t k) const;
    /// A user as he is, without each of his events, and with each feature at its mean.
    SequenceBatch partsLeftOut(std::int64_t user, EventSpan rows) const;
    Explanation::Spread spreadOf(net::Outlooks outlooks) const; ///< of the first sequence
};

} // namespace perennial
