#pragma once

#include "core/base/dates.h"
#include "core/base/result.h"
#include "core/base/task.h"
#include "core/behavior/score.h"
#include "core/features/event_sequences.h"
#include "core/project/event_store.h"
#include "core/project/project.h"
#include "core/project/run_store.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace perennial {

/// A trained run loaded over users' histories up to a day, to be asked about them. An ensemble
/// answers with the mean of its members, of items with the mean of their probabilities. Safe to ask from
/// one thread at a time; it spreads the work over the cores itself.
class BehaviorModel {
public:
    /// Over everybody. @param run 0 = the champion of "behavior".
    /// @error NotTrained; Damaged; UnknownUser; Cancelled; OutOfMemory.
    static Result<BehaviorModel> load(const Project &project, std::int64_t run, Day at,
                                      const Task &task);
    /// Over nobody yet: readHistories says over whom.
    static Result<BehaviorModel> open(const Project &project, std::int64_t run, Day at,
                                      const Task &task);
    /// Over one user alone, without reading the others.
    static Result<BehaviorModel> loadFor(const Project &project, std::int64_t run, Day at,
                                         std::int64_t user);
    ~BehaviorModel();
    BehaviorModel(BehaviorModel &&) noexcept;
    BehaviorModel &operator=(BehaviorModel &&) noexcept;

    /// The histories of these users take the place of those it was over.
    /// @error UnknownUser; Damaged; Cancelled; OutOfMemory.
    Status readHistories(const Project &project, const UserRange &users, const Task &task);

    const RunRecord &run() const noexcept;
    bool knowsItems() const noexcept; ///< the run has a next-item head
    const EventTable &events() const noexcept; ///< of the users it is over
    const std::vector<ItemRecord> &items() const noexcept;
    /// Positions below are catalogue rows less 1, in [0, catalog().rows()).
    const ItemCatalog &catalog() const noexcept;

    /// Churn and value of those of a range that it is over and that have an event, in id order.
    /// @error Cancelled, OutOfMemory.
    Result<std::vector<BehaviorScore>> scores(const UserRange &users, const Task &task) const;

    struct BestItem {
        std::int32_t position = 0;
        float logProbability = 0; ///< that it is the next one, over all items that there are
        float cosine = 0;         ///< of the user's and the item's vector, in [−1, 1]
    };
    /// The likeliest items of each user, in the users' order: at most `most` each, best first, of
    /// equal ones the lower position. Users without events are allowed. Much faster than itemScores
    /// and a sort, and of the same result but for rounding. @error as itemScores; InvalidArgument.
    /// @param hidden for each user the positions not to be listed, ascending; empty = none at all.
    Result<std::vector<std::vector<BestItem>>>
    bestItems(std::span<const std::int64_t> users, int most,
              std::span<const std::vector<std::int32_t>> hidden) const;

    struct ItemScores {
        std::vector<float> logProbability; ///< that the item is the next one; −inf where it is gone
        std::vector<float> cosine;         ///< of the user's and the item's vector, in [−1, 1]
    };
    /// One for each user, in their order. Users without events are allowed. @error UnknownUser for
    /// an id beyond those it is over.
    Result<std::vector<ItemScores>> itemScores(std::span<const std::int64_t> users) const;

    /// How the log probability of some items changes when one of the events the network saw is left
    /// out: faithful by construction, at the price of one more pass per event.
    struct LeftOut {
        std::int64_t row = 0;    ///< of events()
        std::vector<float> lost; ///< with − without it, in the order of `positions`
    };
    Result<std::vector<LeftOut>> leaveOneOut(std::int64_t user,
                                             std::span<const std::int64_t> positions) const;

    /// What the answers for one user hang on.
    struct Explanation {
        std::optional<double> pChurn, expectedValue; ///< as scores(): for the run's horizon
        struct Part {
            std::int64_t row = -1; ///< an event: of events()
            std::string name;      ///< or a feature: summaryName
            double deviation = 0;  ///< of the feature, in standard deviations from the mean
            /// What the answer loses without the event, or with the feature at its mean.
            std::optional<double> pChurn, expectedValue;
            /// Share of the event in the attention of "now", mean over blocks and members; where the
            /// encoder has any. What is missing to 1 is "now" itself.
            std::optional<double> attention;
        };
        std::vector<Part> events;   ///< that the network sees, oldest first
        std::vector<Part> features; ///< in the order of summaryName
        /// How far the members of an ensemble are apart: the standard deviation over them of each
        /// answer. It says how sure the model is of it, nothing of the chance in what comes.
        /// Source: Lakshminarayanan, Pritzel & Blundell (2017), "Simple and scalable predictive
        /// uncertainty estimation using deep ensembles".
        struct Spread {
            int members = 0; ///< at least 2
            std::optional<double> pChurn, pPurchase, expectedValue;
        };
        std::optional<Spread> spread; ///< empty of a single network
    };
    /// Each by asking again without it: faithful by construction. Answers that the run does not have
    /// are left out. Source: Covert, Lundberg & Lee (2021), "Explaining by removing", § 4.
    Result<Explanation> explain(std::int64_t user) const;

private:
    struct Impl;
    explicit BehaviorModel(std::unique_ptr<Impl> impl);
    static Result<BehaviorModel> openWith(const Project &project, std::int64_t run, Day at,
                                          int workers, const Task &task);
    static Result<BehaviorModel> over(BehaviorModel model, Result<EventTable> events);
    std::unique_ptr<Impl> m_impl;
};

} // namespace perennial
