#include "core/behavior/item_start_torch.h"
#include "core/behavior/training_torch.h"
#include "core/features/item_words.h"
#include "core/neural/runtime_torch.h"

#include <algorithm>
#include <cmath>
#include <string>

// What a training does before its first step.

namespace perennial::net {

namespace {

constexpr int kLongestItemWindow = 30;  ///< days of validation where only items are learned
constexpr std::int64_t kFewestPaying = 10;
/// Of the windows that heads, bounds and scales are found by: no seed of a training, so that all
/// members of an ensemble read the same numbers.
constexpr std::int64_t kMeasuringSeed = 1;
constexpr double kLeastSpread = 0.05;

bool hasPurchase(const EventTable &events)
{
    return std::ranges::find(events.kind, EventKind::Purchase) != events.kind.end();
}

bool asksForOrders(const BehaviorConfig &config)
{
    return config.churnWeight > 0 || config.purchaseWeight > 0 || config.valueWeight > 0;
}

float logitOf(double share)
{
    const double p = std::clamp(share, 0.01, 0.99);
    return static_cast<float>(std::log(p / (1 - p)));
}

/// What softplus makes this number of.
float rawOf(double positive)
{
    return static_cast<float>(std::log(std::expm1(std::clamp(positive, 1e-3, 20.0))));
}

/// Raw output whose softplus is the hazard of a stretch in the labels' life table, with half a
/// return more, so that it is never 0.
float hazardStart(const LabelSummary &labels, std::size_t stretch)
{
    const double days = kReturnEdges[stretch + 1] - kReturnEdges[stretch];
    const double daily = (labels.returns[stretch] + 0.5) / (labels.waited[stretch] + days);
    return rawOf(daily * days);
}

} // namespace

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
    if (m_config.encoder == UserEncoder::Features) {
        m_config.sequenceLength = 1; // reads none
    }
    const auto chosen = device();
    if (!chosen) {
        return chosen.error();
    }
    m_report.device = *chosen;
    m_device = at::Device(chosen->device);
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
    if (m_hold) {
        if (const auto held = holdOut(); !held) {
            return held.error();
        }
    }
    const Day first = dayOf(*std::ranges::min_element(m_source.events.at));
    const bool labels = (asksForOrders(m_config) && hasPurchase(m_source.events)) ||
                        m_config.clickWeight + m_config.returnWeight > 0;
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
    if (m_config.textBuckets > 0) {
        m_source.catalog.words = itemWords(m_source.catalog, m_items, m_config.textBuckets);
    }
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
    plan.seed = seed();
    return plan;
}

/// The heads that the config asks for and the events know anything of.
void Training::proposeHeads()
{
    const bool bought = hasPurchase(m_source.events);
    const bool sequences = m_config.encoder != UserEncoder::Features;
    m_heads.nextItem =
        m_config.nextItemWeight > 0 && sequences && m_source.vocabulary.ownItems >= 2;
    m_heads.churn = m_config.churnWeight > 0 && bought;
    m_heads.purchase = m_config.purchaseWeight > 0 && bought;
    m_heads.value = m_config.valueWeight > 0 && bought;
    m_heads.click = m_config.clickWeight > 0;
    m_heads.returnTime = m_config.returnWeight > 0;
    if (m_config.nextItemWeight > 0 && !sequences) {
        note("features_no_items");
    } else if (m_config.nextItemWeight > 0 && !m_heads.nextItem) {
        note("no_items", std::to_string(m_source.vocabulary.ownItems));
    }
    if (asksForOrders(m_config) && !bought) {
        note("no_purchases");
    }
}

/// Leaves out the heads that the labels have nothing to teach.
void Training::dropHeads()
{
    const LabelSummary &labels = m_labels;
    if (m_heads.labels() && labels.labels == 0) {
        const bool items = m_heads.nextItem;
        m_heads = {};
        m_heads.nextItem = items;
        note("no_labels", std::to_string(m_split.labelDays));
    }
    if (m_heads.order() && (labels.churned == 0 || labels.churned == labels.labels)) {
        m_heads.churn = m_heads.purchase = false;
        note("one_class", std::to_string(labels.labels));
    }
    if (m_heads.value && labels.paying < kFewestPaying) {
        m_heads.value = false;
        note("no_value", std::to_string(labels.paying));
    }
    if (m_heads.click && (labels.clicked == 0 || labels.clicked == labels.labels)) {
        m_heads.click = false;
        note(labels.clicked == 0 ? "no_clicks" : "all_click", std::to_string(labels.labels));
    }
    if (m_heads.returnTime && labels.returned == 0) {
        m_heads.returnTime = false;
        note("no_returns", std::to_string(labels.labels));
    }
}

Status Training::chooseHeads()
{
    proposeHeads();
    PlanOptions plan = planUpTo(m_split.cut);
    plan.seed = kMeasuringSeed;
    const auto windows = planEpoch(m_source.events, plan, 0);
    m_source.standardization = standardize(m_source.events, windows);
    m_labels = summarizeLabels(m_source.events, windows, m_split.labelDays);
    dropHeads();
    if (windows.empty() || (!m_heads.nextItem && !m_heads.labels())) {
        return asksForOrders(m_config) && !hasPurchase(m_source.events)
                   ? fail(ErrorCode::NoPurchases, {}, m_project.path().string())
                   : fail(ErrorCode::TooLittleData, std::to_string(m_source.events.size()),
                          "events");
    }
    if (m_heads.labels() && m_split.labelDays < m_config.horizonDays) {
        note("label_window_shrunk", std::to_string(m_split.labelDays));
    }
    const auto items = static_cast<std::int64_t>(m_source.vocabulary.itemKeys.size());
    if (items > m_source.vocabulary.ownItems && !m_config.itemContentOnly && m_heads.nextItem) {
        note("items_capped", std::to_string(m_source.vocabulary.ownItems));
    }
    m_bounds.center = m_labels.meanLog;
    m_bounds.spread = std::max(m_labels.deviationLog, kLeastSpread);
    m_bounds.largest = m_labels.largestLog;
    return Done{};
}

Status Training::readWarm()
{
    const bool begins = m_checkpoint.empty() || m_progress.epoch == 0;
    if (m_config.warmRun == 0 || (!begins && member() == m_config.ensemble)) {
        return Done{}; // or every network has begun
    }
    auto source = readWarmSource(m_project, m_config);
    if (!source) {
        return source.error();
    }
    m_warm = std::move(*source);
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
    if (m_hold) {
        return Done{};
    }
    if (m_record.id > 0) {
        return reopen();
    }
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
    if (m_heads.order()) {
        (*m_network)["churn.out.bias"].fill_(logitOf(static_cast<double>(labels.churned) / n));
    }
    if (m_heads.value) {
        const double share = static_cast<double>(labels.paying) / n;
        at::Tensor bias = (*m_network)["value.out.bias"];
        // a plain value is in units of what a payer spends: the share is everybody's mean
        bias[0].fill_(m_config.valueLoss == ValueLoss::Mse ? rawOf(share) : logitOf(share));
    }
    if (m_heads.click) {
        (*m_network)["click.out.bias"].fill_(logitOf(static_cast<double>(labels.clicked) / n));
    }
    if (m_heads.returnTime) {
        at::Tensor bias = (*m_network)["return.out.bias"];
        for (std::size_t k = 0; k < kReturnStretches; ++k) {
            bias[static_cast<std::int64_t>(k)].fill_(hazardStart(labels, k));
        }
    }
}

void Training::startItems()
{
    if (m_config.itemStart != ItemStart::Svd || !m_heads.nextItem || m_config.itemContentOnly) {
        return;
    }
    const at::NoGradGuard frozen;
    const at::Tensor vectors = itemVectors(m_source, m_split.cut, m_config.dimension, seed());
    at::Tensor own = (*m_network)["item.own"];
    own.narrow(0, 1, vectors.size(0)).narrow(1, 0, vectors.size(1)).copy_(vectors);
}

Status Training::startWarm()
{
    if (!m_warm || m_progress.epoch > 0) {
        return Done{};
    }
    const auto items = warmStart(*m_network, m_source.vocabulary, m_config.sequenceLength, *m_warm,
                                 m_members.size());
    if (!items) {
        return items.error();
    }
    if (std::ranges::none_of(m_report.notes,
                             [](const TrainNote &one) { return one.code == "warm_start"; })) {
        note("warm_start", std::to_string(*items));
    }
    if (member() == m_config.ensemble) {
        m_warm.reset();
    }
    return Done{};
}

Status Training::makeNetwork()
{
    m_network =
        std::make_unique<Network>(shapeFor(m_config, m_source.vocabulary), seed(), m_device);
    m_report.parameters = m_network->parameterCount() * m_config.ensemble;
    startHeads(m_labels);
    makeHeadFitter();
    startItems();
    m_sample = sampleCases(m_cases, static_cast<std::size_t>(m_config.validationUsers), seed());
    m_report.split.validationUsers = static_cast<std::int64_t>(m_sample.size());
    return startWarm();
}

void Training::makeCases()
{
    m_crew = std::make_unique<WorkerCrew>(m_device.is_cpu() ? workerCount() : 1,
                                          [] { prepareTorchThread(); });
    m_cases = validationCases(m_source, m_split);
    TrainSplit &split = m_report.split;
    split.trainUsers = static_cast<std::int64_t>(m_cases.size());
    for (std::size_t user = 1; user + 1 < m_source.events.offsets.size(); ++user) {
        split.users += m_source.events.offsets[user + 1] > m_source.events.offsets[user] ? 1 : 0;
    }
}

} // namespace perennial::net
