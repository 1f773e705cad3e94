#include "core/behavior/training_torch.h"
#include "core/neural/runtime_torch.h"

#include <algorithm>
#include <cmath>
#include <string>

// What a training does before its first step.

namespace perennial::net {

namespace {

constexpr int kLongestItemWindow = 30;  ///< days of validation where only items are learned
constexpr std::int64_t kFewestPaying = 10;
constexpr double kLeastSpread = 0.05;

bool hasPurchase(const EventTable &events)
{
    return std::ranges::find(events.kind, EventKind::Purchase) != events.kind.end();
}

float logitOf(double share)
{
    const double p = std::clamp(share, 0.01, 0.99);
    return static_cast<float>(std::log(p / (1 - p)));
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
    if (m_heads.labels() && m_labels.labels == 0) {
        m_heads.churn = false;
        m_heads.value = false;
        note("no_labels", std::to_string(m_split.labelDays));
    }
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

Status Training::readWarm()
{
    if (m_config.warmRun == 0 || !m_checkpoint.empty()) {
        return Done{};
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
    m_crew = std::make_unique<WorkerCrew>(m_device.is_cpu() ? workerCount() : 1,
                                          [] { prepareTorchThread(); });
    m_network = std::make_unique<Network>(shapeFor(m_config, m_source.vocabulary), m_config.seed,
                                          m_device);
    m_report.parameters = m_network->parameterCount();
    startHeads(m_labels);
    if (m_warm) {
        const auto items =
            warmStart(*m_network, m_source.vocabulary, m_config.sequenceLength, *m_warm);
        if (!items) {
            return items.error();
        }
        note("warm_start", std::to_string(*items));
        m_warm.reset();
    }
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

} // namespace perennial::net
