#include "core/behavior/answers.h"
#include "core/behavior/report_json.h"
#include "core/behavior/training_torch.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>

// What a training does with its networks when they are trained: one, or the members of an ensemble.

namespace perennial::net {

Status Training::trainAndKeep(const std::function<void(std::size_t)> &beforeStep)
{
    makeCases();
    while (std::ssize(m_members) < m_config.ensemble) {
        if (const auto trained = trainMember(beforeStep); !trained) {
            return trained;
        }
        if (const auto kept = keepMember(); !kept) {
            return kept;
        }
    }
    sumUp();
    const auto comparison = m_hold ? Result(std::string()) : validateAll();
    return comparison ? finish(*comparison) : comparison.error();
}

int Training::member() const noexcept { return static_cast<int>(m_members.size()) + 1; }

int Training::epochsBefore() const noexcept
{
    int epochs = 0;
    for (const TrainedMember &member : m_members) {
        epochs += member.epochs;
    }
    return epochs;
}

Task Training::memberTask() const
{
    const double share = (kMembersDone - kReadDone) / m_config.ensemble;
    const double from = kReadDone + share * (member() - 1);
    return m_task.part(from, from + share);
}

/// Into the checkpoint, for the members after it.
Status Training::keepMember()
{
    if (m_hold || std::ssize(m_members) == m_config.ensemble) {
        return Done{};
    }
    TrainingProgress next;
    next.members = static_cast<int>(m_members.size());
    next.seconds = secondsSoFar();
    return addEpoch(m_project, m_record.id, {}, toBlobs(next, fingerprintOf(m_record)),
                    toBlobs(m_members.back(), next.members));
}

/// What the report says of all networks together.
void Training::sumUp()
{
    int batchSize = m_config.batchSize;
    for (std::size_t k = 0; k < m_members.size(); ++k) {
        const TrainedMember &member = m_members[k];
        m_report.sequences += member.trainer.sequences;
        m_report.trainSeconds += member.trainer.seconds;
        batchSize = std::min(batchSize, member.trainer.batchSize);
        if (m_config.ensemble > 1) {
            m_report.members.push_back({memberSeed(m_config, static_cast<int>(k) + 1),
                                        member.epochs, member.bestEpoch, member.fits, {}});
        }
    }
    if (m_config.ensemble > 1) {
        m_report.bestEpoch =
            std::ranges::min_element(m_report.epochs, {}, measureOf)->epoch;
    } else {
        m_report.headFits = m_members.front().fits;
    }
    if (batchSize < m_config.batchSize) {
        note("batch_halved", std::to_string(batchSize));
    }
    m_report.refitEpochs = m_config.refitEpochs;
    m_report.sequencesPerSecond =
        m_report.trainSeconds > 0
            ? static_cast<double>(m_report.sequences) / m_report.trainSeconds
            : 0;
    m_report.nextItemTrained = m_heads.nextItem;
    m_report.churnTrained = m_heads.churn;
    m_report.valueTrained = m_heads.value;
    m_report.purchaseTrained = m_heads.purchase;
    m_report.clickTrained = m_heads.click;
    m_report.returnTrained = m_heads.returnTime;
}

Result<Networks>
Training::networksOf(const MemberBlobs &(TrainedMember::*weights)() const) const
{
    const NetworkShape shape = shapeFor(m_config, m_source.vocabulary);
    Networks networks;
    for (const TrainedMember &member : m_members) {
        auto network = net::makeNetwork(shape, (member.*weights)(), m_device);
        if (!network) {
            return network.error();
        }
        networks.push_back(std::move(*network));
    }
    return networks;
}

/// Answers of all together in the cases; the members' own, where there are several, in the report.
Status Training::judge(std::vector<ValidationCase> &cases, const Networks &networks,
                       const ValidationSetup &setup, const Task &task)
{
    const std::size_t several = m_report.members.size();
    const double share = 1.0 / static_cast<double>(several + networks.size());
    for (std::size_t k = 0; k < several; ++k) {
        const double from = share * static_cast<double>(k);
        const auto sums =
            predict(cases, *networks[k], setup, *m_crew, task.part(from, from + share));
        if (!sums) {
            return sums.error();
        }
        m_report.members[k].metrics = metricsOf(cases, setup);
    }
    const auto sums = predict(cases, Ensemble(networks, setup.source->catalog, setup.bounds), setup,
                              *m_crew, task.part(share * static_cast<double>(several), 1));
    if (!sums) {
        return sums.error();
    }
    m_report.metrics = metricsOf(cases, setup);
    return Done{};
}

Result<std::string> Training::validateAll()
{
    const auto networks = networksOf(&TrainedMember::atCut);
    if (!networks) {
        return networks.error();
    }
    if (const auto judged = judge(m_cases, *networks, validationSetup(),
                                  m_task.part(kMembersDone, kValidatedFraction));
        !judged) {
        return judged.error();
    }
    if (!m_hooks.onValidated) {
        return std::string();
    }
    ValidationSet set = validated();
    if (m_heads.nextItem) {
        const auto ensemble =
            std::make_shared<const Ensemble>(*networks, m_source.catalog, m_bounds);
        set.itemScores = [this, ensemble](std::span<const std::int64_t> users) {
            return itemScoresAt(m_split.cut, users, m_source, *ensemble);
        };
    }
    return m_hooks.onValidated(set);
}

ValidationSet Training::validated() const
{
    ValidationSet set;
    set.split = m_report.split;
    set.rows.reserve(m_cases.size());
    for (const ValidationCase &one : m_cases) {
        set.rows.push_back(one.row);
    }
    return set;
}

Status Training::finish(const std::string &comparison)
{
    m_report.seconds = secondsSoFar();
    if (m_hold) {
        return judgeHeld();
    }
    m_record.state = RunState::Done;
    m_record.metrics = storedMetrics(m_report, comparison);
    std::vector<MemberBlobs> members;
    for (const TrainedMember &member : m_members) {
        members.push_back(member.kept());
    }
    std::vector<WeightBlob> weights = toStored(std::move(members));
    std::ranges::move(toBlobs(Checkpoint{m_source.vocabulary, m_source.standardization, m_bounds}),
                      std::back_inserter(weights));
    return finishRun(m_project, m_record, weights, toBlobs(answersOf(validated())));
}

} // namespace perennial::net
