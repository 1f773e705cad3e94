#pragma once

#include "core/base/dates.h"
#include "core/base/result.h"
#include "core/base/task.h"
#include "core/behavior/config.h"
#include "core/neural/runtime.h"
#include "core/project/project.h"
#include "core/project/run_store.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// Name of the model in run records (run_store.h).
inline constexpr std::string_view kBehaviorModel = "behavior";

/// How time was cut. Everything up to and including `cut` may be learned from, (cut, until]
/// is what the validation predicts. Training labels reach to `cut` at most.
struct TrainSplit {
    Day first = 0;          ///< first day with an event
    Day cut = 0;            ///< anchor of the validation: inputs end here
    Day until = 0;          ///< t₀
    Day lastAnchor = 0;     ///< last training day with a churn and value label: cut − labelDays
    int horizonDays = 0;    ///< H asked for
    int labelDays = 0;      ///< window of the labels; < H where the history is shorter than 3 H.
                            ///< Scores are then carried to H: value × H/labelDays, and
                            ///< P(no order) to the power H/labelDays (a constant rate).
    std::int64_t users = 0; ///< with at least one event up to t₀
    std::int64_t trainUsers = 0;      ///< with at least one event up to the cut
    std::int64_t validationUsers = 0; ///< the same, at most config.validationUsers per epoch
};

/// Quality on the validation window; an empty value = head not trained, or nothing to measure.
struct BehaviorMetrics {
    std::int64_t rankedUsers = 0; ///< known at the cut and with an item event after it
    std::int64_t items = 0;       ///< ranked against each other: all items of the project
    std::optional<double> hr10, ndcg10, mrr; ///< the first item after the cut, ranked among all
                                             ///< items, repeats allowed, ties count half
    std::int64_t newRankedUsers = 0; ///< whose first item not seen before comes after the cut
    std::optional<double> hr10New, ndcg10New, mrrNew; ///< that item among those the user had not
                                                      ///< met before
    std::int64_t valueUsers = 0;  ///< customers: at least one purchase up to the cut
    std::optional<double> churnAuc, churnLogLoss; ///< no purchase in (cut, cut + labelDays]
    std::optional<double> churnEce;               ///< calibration error, calibration.h
    std::optional<double> valueMae, valueSpearman, valueBias; ///< net amount there, currency units;
                                                              ///< bias = Σ predicted / Σ actual − 1
    std::int64_t windowUsers = 0; ///< everybody known at the cut, customer or not
    std::optional<double> purchaseAuc, purchaseLogLoss, purchaseEce; ///< a purchase there
    std::optional<double> clickAuc, clickLogLoss, clickEce; ///< an event that isClick there
    std::optional<double> returnConcordance; ///< of the expected time to return, concordance.h
    /// Calibration error of P(return within 7, 30, 90 days); empty where the window is shorter.
    std::optional<double> returnEce7, returnEce30, returnEce90;
};

/// After each epoch. Losses are means over what the head sees; empty where the head is off.
struct EpochReport {
    int epoch = 0;  ///< counts from 1, on through the members of an ensemble
    int member = 1; ///< whose epoch it is, counts from 1
    int epochs = 0; ///< at most, of each member
    double trainLoss = 0, validLoss = 0;
    std::optional<double> trainNextItem, trainChurn, trainValue;
    std::optional<double> validNextItem, validChurn, validValue;
    std::optional<double> trainPurchase, trainClick, trainReturn; ///< purchase: as churn, one head
    std::optional<double> validPurchase, validClick, validReturn;
    BehaviorMetrics metrics; ///< on at most config.validationUsers users
    double seconds = 0;      ///< of this epoch, validation included
    double sequencesPerSecond = 0;
    bool best = false; ///< the best of its member so far: by the mean reciprocal rank of the next
                       ///< item, or by the validation loss where that head is off
};

/// How a label head came out when it was fitted by itself, after the best epoch.
struct HeadFit {
    std::string head; ///< "churn" (of a purchase too), "value", "click", "return"
    bool readsEvents = false; ///< the encoded events beside the summary, or the summary alone
    int pass = 0;     ///< that its weights are from; 0 = the epoch's own were the best
    int passes = 0;   ///< made
    double lossBefore = 0, loss = 0; ///< mean on the epochs' validation users: of the best epoch's
                                     ///< own weights, and of those that were taken
    bool operator==(const HeadFit &) const = default;
};

/// One network of an ensemble, as it would be reported had it been trained alone.
struct MemberReport {
    std::int64_t seed = 0;
    int epochs = 0;          ///< trained
    int bestEpoch = 0;       ///< counts from 1 in the member
    std::vector<HeadFit> headFits;
    BehaviorMetrics metrics; ///< its own answers at the cut
};

/// Something the reader of a result must know; worded by the program.
/// Codes: "label_window_shrunk" (detail: days), "no_purchases", "no_items" (detail: how many there
/// are, fewer than 2), "no_labels" (no label window fits before the cut), "one_class" (everybody or
/// nobody orders again), "no_clicks" and "all_click" (detail: windows; nobody or everybody clicks
/// in them), "no_returns" (the same: nobody returns), "features_no_items" (the plain feature network
/// knows no next item), "no_value" (detail: how many spent anything), "batch_halved" (detail: the
/// new size), "items_capped" (detail: how many have an embedding), "stopped_early" (detail: epoch),
/// "resumed" (detail: epochs done before), "warm_start" (detail: items that both runs know).
struct TrainNote {
    std::string code, detail;
};

/// One user at the cut, for comparisons on the same split. NaN where a head is off.
struct ValidationRow {
    std::int64_t user = 0;
    bool customer = false;    ///< a purchase up to the cut
    bool churned = false;     ///< no purchase in (cut, cut + labelDays]
    double value = 0;         ///< net amount there, currency units, may be negative
    double pChurn = 0, expectedValue = 0; ///< predictions for the same window
    bool clicked = false;     ///< there
    int returnDays = 0;       ///< days from the cut to the return; 0 = none in the window
    double pPurchase = 0, pClick = 0;
    std::array<double, 3> pReturn{};      ///< within 7, 30, 90 days
    double expectedReturnDays = 0;        ///< of the window, see score.h
    std::int64_t nextItem = 0, newItem = 0;     ///< project item ids, 0 = none
    double rank = 0, newRank = 0; ///< of these, 1 = best, ties half; 0 where there is none
};

struct ValidationSet {
    TrainSplit split;
    std::vector<ValidationRow> rows; ///< by user id
    /// Asks the networks as they were at the cut: for each user, by project item id (entry 0
    /// unused), the log probability of being his next item, −inf where no network knows the item.
    /// Empty where the next-item head is off. Valid while the hook runs; asked from one thread.
    std::function<Result<std::vector<std::vector<float>>>(std::span<const std::int64_t> users)>
        itemScores;
};

struct TrainHooks {
    /// After each epoch, from the worker, once the epoch's metrics are committed.
    std::function<void(const EpochReport &)> onEpoch;
    /// After the network of the best epoch, or the members of an ensemble together, was asked about
    /// all validation users. What it returns (one JSON value) is stored with the run's metrics under
    /// "comparison". An error ends the training as failed.
    std::function<Result<std::string>(const ValidationSet &)> onValidated;
};

struct TrainReport {
    std::int64_t run = 0;
    DeviceChoice device;
    TrainSplit split;
    BehaviorMetrics metrics; ///< of the best epoch, all validation users; of an ensemble's means
    std::vector<MemberReport> members; ///< of an ensemble; empty of a single network
    std::vector<EpochReport> epochs;
    std::vector<TrainNote> notes;
    int bestEpoch = 0;   ///< of an ensemble the best of all
    std::vector<HeadFit> headFits; ///< empty where heads are as the best epoch left them, and of an
                                   ///< ensemble, whose members have their own
    int refitEpochs = 0; ///< of each member
    std::int64_t parameters = 0;    ///< of all members
    std::int64_t sequences = 0;     ///< trained on in all
    double trainSeconds = 0;        ///< in training steps
    double sequencesPerSecond = 0;  ///< sequences / trainSeconds
    double seconds = 0;             ///< from call to return
    bool nextItemTrained = false, churnTrained = false, valueTrained = false;
    bool purchaseTrained = false, clickTrained = false, returnTrained = false;
};

/// Trains the behaviour model and stores it as a run, which becomes the champion. An encoder
/// (config.encoder) of the user's last events (item with its features, kind, hour, weekday, device,
/// place, channel, time since the event before), or a plain network of numbers that sum the history
/// up, with heads: next item (scores of all items by the vectors of the item tower), churn (no
/// purchase within H) and purchase (the same event's other side, told by the same head: churn is
/// judged on customers, purchase on everybody), value within H (zero-inflated lognormal, or its mean
/// by squared errors), click within H (interest that is no purchase, see isClick) and the time to
/// return (to the next click or purchase, censored at the end of the label window).
///
/// With config.warmRun it starts from the weights of another run of the project: what both know
/// keeps its weights, new items start from their features.
/// The weights of the best epoch are taken (EpochReport::best). Where several heads are learned,
/// each that reads labels then goes on by itself (HeadFit). With config.refitEpochs > 0 all then
/// see everything up to t₀ that many times. All metrics are from before that.
/// With config.ensemble = N > 1, N networks are trained so one after another, the k-th with the
/// weights that a training of its seed alone ends with, and the run answers with their mean
/// (ensemble_torch.h).
/// Epoch metrics are committed as they come, with a checkpoint; a run that is cancelled or fails is
/// kept as such, without weights, and the champion stays. It can be resumed.
/// @error NoEvents; TooLittleData (fewer than 2 days of history, or nothing to predict);
/// NoPurchases where the config asks for churn or value alone and nobody ever ordered;
/// BadConfiguration; DeviceUnavailable; NotFinite (detail: epoch/batch); OutOfMemory; ReadOnly;
/// Cancelled.
/// Sources: Kang & McAuley (2018), "Self-attentive sequential recommendation"; Wang, Liu & Miao
/// (2019), "A deep probabilistic model for customer lifetime value prediction".
Result<TrainReport> trainBehaviorModel(Project &project, const BehaviorConfig &config,
                                       const TrainHooks &hooks, const Task &task);

/// Where in its epochs a training of `members` networks, each of at most `epochs`, is that has
/// reported `fraction` to its task.
struct EpochProgress {
    int epoch = 0;          ///< of the member, counts from 1; 0 before its first and after its last
    double share = 0;       ///< of the epoch's batches, in [0, 1]
    bool validating = false; ///< its batches are done
    int member = 0;         ///< counts from 1; 0 before the first and after the last
};
EpochProgress epochProgress(double fraction, int epochs, int members = 1) noexcept;
/// What a training has reported to its task when TrainHooks::onValidated is called.
inline constexpr double kValidatedFraction = 0.99;

/// True where resumeBehaviorModel can go on with the run, if the data are as they were.
bool isResumable(const RunRecord &run) noexcept;

/// Goes on with a run that was killed, cancelled or has failed, from its last checkpoint (after an
/// epoch or a pass of the refit; from the start where the first epoch had not ended), with its own
/// config and on its device. On the CPU the weights it ends with are, bit for bit, those of a run
/// that nothing disturbed; so are the metrics.
/// @error NotTrained where there is no such run; NotResumable (result.h says why); Damaged where
/// the checkpoint is (the run stays as it is); and as trainBehaviorModel.
Result<TrainReport> resumeBehaviorModel(Project &project, std::int64_t run, const TrainHooks &hooks,
                                        const Task &task);

/// The metrics JSON of a run record, as trainBehaviorModel stored it: metrics, split, notes,
/// bestEpoch, timings; `epochs` only from readEpochs. @error Damaged.
Result<TrainReport> trainReportFromRun(const Project &project, std::int64_t run);

} // namespace perennial
