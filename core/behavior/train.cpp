#include "core/behavior/train.h"

#include "core/base/hash.h"
#include "core/behavior/report_json.h"
#include "core/behavior/runtime_torch.h"
#include "core/behavior/training_torch.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>

namespace perennial::net {

namespace {

constexpr double kReadDone = 0.04;      ///< shares of the progress
constexpr double kEpochsDone = 0.90;
constexpr double kValidationDone = 0.92;
constexpr double kTrainShare = 0.92;    ///< of an epoch, the rest is its validation
constexpr double kRefitRate = 0.3;      ///< learning rate of the refit, of the config's
constexpr double kLastRate = 0.1;       ///< and of the last epoch
constexpr int kLongestItemWindow = 30;  ///< days of validation where only items are learned
constexpr std::int64_t kFewestPaying = 10;
constexpr double kLeastSpread = 0.05;

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

bool hasPurchase(const EventTable &events)
{
    return std::ranges::find(events.kind, EventKind::Purchase) != events.kind.end();
}

/// Learning rate falling like half a cosine over the epochs planned.
double rateOf(int epoch, int epochs)
{
    const double done = static_cast<double>(epoch - 1) / static_cast<double>(std::max(epochs, 1));
    return kLastRate + (1 - kLastRate) * 0.5 * (1 + std::cos(std::numbers::pi * done));
}

float logitOf(double share)
{
    const double p = std::clamp(share, 0.01, 0.99);
    return static_cast<float>(std::log(p / (1 - p)));
}

} // namespace

Training::Training(Project &project, const BehaviorConfig &config, const TrainHooks &hooks,
                   const Task &task)
    : m_project(project), m_config(config), m_hooks(hooks), m_task(task),
      m_start(std::chrono::steady_clock::now())
{
}

void Training::note(const char *code, std::string detail)
{
    m_report.notes.push_back({code, std::move(detail)});
}

Result<TrainReport> Training::run(std::function<void(std::size_t)> beforeStep)
{
    if (const auto read = readHistory(); !read) {
        return read.error();
    }
    makeSource();
    if (const auto chosen = chooseHeads(); !chosen) {
        return chosen.error();
    }
    if (m_task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    if (const auto begun = begin(); !begun) {
        return begun.error();
    }
    const auto kept = withTorchErrors([&] { return trainAndKeep(std::move(beforeStep)); });
    if (!kept) {
        abandon(kept.error());
        return kept.error();
    }
    return m_report;
}

Status Training::readHistory()
{
    const auto settings = readSettings(m_project);
    if (!settings) {
        return settings.error();
    }
    const auto snapshot =
        m_config.until ? Result<Day>(*m_config.until) : snapshotDay(m_project, *settings);
    if (!snapshot) {
        return snapshot.error();
    }
    m_config.until = *snapshot;
    m_config.horizonDays = m_config.horizonDays > 0 ? m_config.horizonDays : settings->horizonDays;
    const auto device = chooseDevice(m_config.device);
    if (!device) {
        return device.error();
    }
    m_report.device = *device;
    m_device = at::Device(device->device);
    auto events = readEvents(m_project, snapshot.value(), m_task.part(0, kReadDone));
    if (!events) {
        return events.error();
    }
    if (events->size() == 0) {
        return fail(ErrorCode::NoEvents, formatDate(*snapshot), m_project.path().string());
    }
    auto items = readItems(m_project);
    if (!items) {
        return items.error();
    }
    m_items = std::move(*items);
    m_source.events = std::move(*events);
    const Day first = dayOf(*std::ranges::min_element(m_source.events.at));
    const bool labels =
        m_config.churnWeight + m_config.valueWeight > 0 && hasPurchase(m_source.events);
    const int days = *snapshot - first + 1;
    const auto split =
        splitHistory(first, *snapshot,
                     labels ? m_config.horizonDays
                            : std::min(kLongestItemWindow, std::max(1, days / 5)));
    if (!split) {
        return split.error();
    }
    m_split = *split;
    return Done{};
}

void Training::makeSource()
{
    m_source.sequenceLength = m_config.sequenceLength;
    m_source.vocabulary =
        buildVocabulary(m_source.events, m_items, m_split.cut, m_config.maxItems);
    m_source.catalog = bindCatalog(m_source.vocabulary, m_source.events, m_items, m_split.cut);
    m_source.encoded = encodeEvents(m_source.events, m_source.vocabulary, m_source.catalog);
    m_source.layout = layoutTokens(m_source.vocabulary, m_config.sequenceLength);
}

PlanOptions Training::planUpTo(Day cut) const
{
    PlanOptions plan;
    plan.cut = cut;
    plan.lastAnchor = cut - m_split.labelDays;
    plan.nextItem = m_heads.nextItem;
    plan.labels = m_heads.labels();
    plan.windowsPerUser = m_config.windowsPerUser;
    plan.seed = m_config.seed;
    return plan;
}

Status Training::chooseHeads()
{
    const bool bought = hasPurchase(m_source.events);
    m_heads.nextItem = m_config.nextItemWeight > 0 && m_source.vocabulary.ownItems >= 2;
    m_heads.churn = m_config.churnWeight > 0 && bought;
    m_heads.value = m_config.valueWeight > 0 && bought;
    const bool wanted = m_config.churnWeight + m_config.valueWeight > 0;
    if (m_config.nextItemWeight > 0 && !m_heads.nextItem) {
        note("no_items", std::to_string(m_source.vocabulary.ownItems));
    }
    if (wanted && !bought) {
        note("no_purchases");
    }
    const auto windows = planEpoch(m_source.events, planUpTo(m_split.cut), 0);
    m_source.standardization = standardize(m_source.events, windows);
    m_labels = summarizeLabels(m_source.events, windows, m_split.labelDays);
    if (m_heads.churn && (m_labels.churned == 0 || m_labels.churned == m_labels.labels)) {
        m_heads.churn = false;
        note("one_class", std::to_string(m_labels.labels));
    }
    if (m_heads.value && m_labels.paying < kFewestPaying) {
        m_heads.value = false;
        note("no_value", std::to_string(m_labels.paying));
    }
    if (windows.empty() || (!m_heads.nextItem && !m_heads.labels())) {
        return wanted && !bought ? fail(ErrorCode::NoPurchases, {}, m_project.path().string())
                                 : fail(ErrorCode::TooLittleData,
                                        std::to_string(m_source.events.size()), "events");
    }
    if (m_heads.labels() && m_split.labelDays < m_config.horizonDays) {
        note("label_window_shrunk", std::to_string(m_split.labelDays));
    }
    const auto items = static_cast<std::int64_t>(m_source.vocabulary.itemKeys.size());
    if (items > m_source.vocabulary.ownItems) {
        note("items_capped", std::to_string(m_source.vocabulary.ownItems));
    }
    m_bounds.center = m_labels.meanLog;
    m_bounds.spread = std::max(m_labels.deviationLog, kLeastSpread);
    m_bounds.largest = m_labels.largestLog;
    return Done{};
}

Status Training::begin()
{
    TrainSplit &split = m_report.split;
    split.first = m_split.first;
    split.cut = m_split.cut;
    split.until = m_split.until;
    split.lastAnchor = m_split.lastAnchor;
    split.labelDays = m_split.labelDays;
    split.horizonDays = m_config.horizonDays;
    const auto hash = dataHash(m_project);
    if (!hash) {
        return hash.error();
    }
    m_record.model = kBehaviorModel;
    m_record.until = m_split.until;
    m_record.horizonDays = m_config.horizonDays;
    m_record.device = m_report.device.device;
    m_record.seed = m_config.seed;
    m_record.config = configToJson(m_config);
    m_record.dataHash = *hash;
    const auto run = beginRun(m_project, m_record);
    if (!run) {
        return run.error();
    }
    m_record.id = *run;
    m_report.run = *run;
    return Done{};
}

void Training::startHeads(const LabelSummary &labels)
{
    const at::NoGradGuard frozen;
    const double n = static_cast<double>(std::max<std::int64_t>(labels.labels, 1));
    if (m_heads.nextItem) {
        (*m_network)["item.bias"].copy_(logPopularity(m_source, m_split.cut));
    }
    if (m_heads.churn) {
        (*m_network)["churn.out.bias"].fill_(logitOf(static_cast<double>(labels.churned) / n));
    }
    if (m_heads.value) {
        at::Tensor bias = (*m_network)["value.out.bias"];
        bias[0].fill_(logitOf(static_cast<double>(labels.paying) / n));
    }
}

Status Training::makeNetwork()
{
    if (m_device.is_cuda()) {
        torch::manual_seed(static_cast<std::uint64_t>(m_config.seed)); // its dropout has no key
    }
    m_crew = std::make_unique<WorkerCrew>(m_device.is_cpu() ? workerCount() : 1,
                                          [] { prepareTorchThread(); });
    m_network = std::make_unique<Network>(shapeFor(m_config, m_source.vocabulary), m_config.seed,
                                          m_device);
    m_report.parameters = m_network->parameterCount();
    startHeads(m_labels);
    m_cases = validationCases(m_source, m_split);
    m_sample =
        sampleCases(m_cases, static_cast<std::size_t>(m_config.validationUsers), m_config.seed);
    TrainSplit &split = m_report.split;
    split.trainUsers = static_cast<std::int64_t>(m_cases.size());
    split.validationUsers = static_cast<std::int64_t>(m_sample.size());
    for (std::size_t user = 1; user + 1 < m_source.events.offsets.size(); ++user) {
        split.users += m_source.events.offsets[user + 1] > m_source.events.offsets[user] ? 1 : 0;
    }
    return Done{};
}

Status Training::trainAndKeep(std::function<void(std::size_t)> beforeStep)
{
    if (const auto made = makeNetwork(); !made) {
        return made;
    }
    TrainerSetup setup;
    setup.source = &m_source;
    setup.config = m_config;
    setup.heads = m_heads;
    setup.bounds = m_bounds;
    setup.device = m_device;
    setup.beforeStep = std::move(beforeStep);
    Trainer trainer(std::move(setup), *m_network, *m_crew);
    if (const auto trained = runEpochs(trainer); !trained) {
        return trained;
    }
    const auto comparison = validateAll();
    if (!comparison) {
        return comparison.error();
    }
    if (const auto again = refit(trainer); !again) {
        return again;
    }
    if (trainer.batchSize() < m_config.batchSize) {
        note("batch_halved", std::to_string(trainer.batchSize()));
    }
    m_report.nextItemTrained = m_heads.nextItem;
    m_report.churnTrained = m_heads.churn;
    m_report.valueTrained = m_heads.value;
    m_report.sequences = trainer.sequences();
    m_report.trainSeconds = trainer.seconds();
    m_report.sequencesPerSecond =
        trainer.seconds() > 0 ? static_cast<double>(trainer.sequences()) / trainer.seconds() : 0;
    return finish(*comparison);
}

Status Training::runEpochs(Trainer &trainer)
{
    double best = INFINITY;
    for (int epoch = 1; epoch <= m_config.epochs; ++epoch) {
        trainer.setRate(rateOf(epoch, m_config.epochs));
        auto report = runEpoch(trainer, epoch);
        if (!report) {
            return report.error();
        }
        report->best = report->validLoss < best;
        if (report->best) {
            best = report->validLoss;
            m_report.bestEpoch = epoch;
            copyWeights(m_best);
        }
        if (const auto kept = keepEpoch(*report); !kept) {
            return kept;
        }
        if (epoch - m_report.bestEpoch >= m_config.patience && epoch < m_config.epochs) {
            note("stopped_early", std::to_string(epoch));
            break;
        }
    }
    restoreWeights(m_best);
    return Done{};
}

Result<EpochReport> Training::runEpoch(Trainer &trainer, int epoch)
{
    const auto start = std::chrono::steady_clock::now();
    const double share = (kEpochsDone - kReadDone) / m_config.epochs;
    const double from = kReadDone + share * (epoch - 1);
    const std::int64_t sequencesBefore = trainer.sequences();
    const double secondsBefore = trainer.seconds();
    const auto windows = planEpoch(m_source.events, planUpTo(m_split.cut), epoch);
    const auto sums = trainer.runEpoch(windows, {m_split.cut, m_split.labelDays}, epoch,
                                       m_task.part(from, from + share * kTrainShare));
    if (!sums) {
        return sums.error();
    }
    const auto valid = predict(m_sample, *m_network, {&m_source, m_split.cut, m_heads, m_bounds},
                               *m_crew, m_task.part(from + share * kTrainShare, from + share));
    if (!valid) {
        return valid.error();
    }
    const HeadLosses trained = sums->means(m_heads, m_config);
    const HeadLosses held = valid->means(m_heads, m_config);
    if (!std::isfinite(held.total)) {
        return fail(ErrorCode::NotFinite, std::to_string(epoch) + "/validation", "loss");
    }
    EpochReport report;
    report.epoch = epoch;
    report.epochs = m_config.epochs;
    report.trainLoss = trained.total;
    report.validLoss = held.total;
    report.trainNextItem = trained.nextItem;
    report.trainChurn = trained.churn;
    report.trainValue = trained.value;
    report.validNextItem = held.nextItem;
    report.validChurn = held.churn;
    report.validValue = held.value;
    report.metrics = metricsOf(m_sample, m_heads, m_source.catalog.rows());
    report.seconds = secondsSince(start);
    const double seconds = trainer.seconds() - secondsBefore;
    report.sequencesPerSecond =
        seconds > 0 ? static_cast<double>(trainer.sequences() - sequencesBefore) / seconds : 0;
    return report;
}

Status Training::keepEpoch(const EpochReport &report)
{
    std::vector<EpochMetric> rows;
    for (const auto &[name, value] : epochRows(report)) {
        rows.push_back({report.epoch, name, value});
    }
    if (const auto added = addEpoch(m_project, m_record.id, rows); !added) {
        return added;
    }
    m_report.epochs.push_back(report);
    if (m_hooks.onEpoch) {
        m_hooks.onEpoch(report);
    }
    return Done{};
}

Result<std::string> Training::validateAll()
{
    const Task task = m_task.part(kEpochsDone, kValidationDone);
    const auto sums = predict(m_cases, *m_network, {&m_source, m_split.cut, m_heads, m_bounds},
                              *m_crew, task);
    if (!sums) {
        return sums.error();
    }
    m_report.metrics = metricsOf(m_cases, m_heads, m_source.catalog.rows());
    if (!m_hooks.onValidated) {
        return std::string();
    }
    ValidationSet set;
    set.split = m_report.split;
    set.rows.reserve(m_cases.size());
    for (const ValidationCase &one : m_cases) {
        set.rows.push_back(one.row);
    }
    return m_hooks.onValidated(set);
}

Status Training::refit(Trainer &trainer)
{
    trainer.setRate(kRefitRate);
    const double share = (1.0 - kValidationDone) / std::max(m_config.refitEpochs, 1);
    for (int pass = 1; pass <= m_config.refitEpochs; ++pass) {
        const int epoch = m_config.epochs + pass; // draws of its own
        const auto windows = planEpoch(m_source.events, planUpTo(m_split.until), epoch);
        const double from = kValidationDone + share * (pass - 1);
        const auto sums = trainer.runEpoch(windows, {m_split.until, m_split.labelDays}, epoch,
                                           m_task.part(from, from + share));
        if (!sums) {
            return sums.error();
        }
        m_report.refitEpochs = pass;
    }
    return Done{};
}

Status Training::finish(const std::string &comparison)
{
    m_report.seconds = secondsSince(m_start);
    m_record.state = RunState::Done;
    m_record.metrics = storedMetrics(m_report, comparison);
    return finishRun(m_project, m_record,
                     toBlobs(*m_network, {m_source.vocabulary, m_source.standardization, m_bounds}));
}

void Training::abandon(const Error &error)
{
    m_record.state =
        error.code == ErrorCode::Cancelled ? RunState::Cancelled : RunState::Failed;
    m_record.metrics = storedMetrics(m_report, {});
    // The caller hears of `error`; should the project itself have failed, the run is closed when it
    // is opened next.
    if (const auto closed = finishRun(m_project, m_record, {}); !closed) {
        m_record.state = RunState::Failed;
    }
}

void Training::copyWeights(std::vector<at::Tensor> &to) const
{
    const at::NoGradGuard frozen;
    to.clear();
    for (const at::Tensor &value : m_network->tensors()) {
        to.push_back(value.detach().clone());
    }
}

void Training::restoreWeights(const std::vector<at::Tensor> &from)
{
    const at::NoGradGuard frozen;
    std::vector<at::Tensor> tensors = m_network->tensors();
    for (std::size_t k = 0; k < tensors.size() && k < from.size(); ++k) {
        tensors[k].copy_(from[k]);
    }
}

} // namespace perennial::net

namespace perennial {

Result<TrainReport> trainBehaviorModel(Project &project, const BehaviorConfig &config,
                                       const TrainHooks &hooks, const Task &task)
{
    if (const auto checked = checkConfig(config); !checked) {
        return checked.error();
    }
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    return withTorchErrors([&]() -> Result<TrainReport> {
        prepareTorchRuntime();
        return net::Training(project, config, hooks, task).run();
    });
}

} // namespace perennial
