#include "core/behavior/report_json.h"
#include "core/behavior/training_torch.h"
#include "core/neural/runtime_torch.h"
#include "core/project/event_store.h"

#include <algorithm>
#include <string>

// How a training goes on after it was killed, cancelled or has failed.

namespace perennial::net {

Result<TrainReport> Training::resume(std::int64_t run, std::function<void(std::size_t)> beforeStep)
{
    if (const auto taken = takeUp(run); !taken) {
        return taken.error();
    }
    return this->run(std::move(beforeStep));
}

/// Reads what the run was and how far it came; nothing is changed yet.
Status Training::takeUp(std::int64_t run)
{
    const auto record = readRun(m_project, run);
    if (!record) {
        return record.error();
    }
    const auto refuse = [&](const char *why) {
        return fail(ErrorCode::NotResumable, why, std::to_string(run));
    };
    if (record->model != kBehaviorModel) {
        return refuse("other_model");
    }
    if (!isResumable(*record)) {
        return refuse(record->state == RunState::Done ? "done" : "running");
    }
    const auto hash = dataHash(m_project);
    if (!hash) {
        return hash.error();
    }
    if (*hash != record->dataHash) {
        return refuse("other_data");
    }
    const auto config = configOfRun(record->config);
    if (!config) {
        return refuse("other_config");
    }
    auto rows = readEpochs(m_project, run);
    if (!rows) {
        return rows.error();
    }
    if (const auto taken = takeUpCheckpoint(*record, *config); !taken) {
        return taken;
    }
    m_config = *config;
    m_record = *record;
    const int epochs = epochsBefore() + m_progress.epoch;
    std::erase_if(*rows, [&](const EpochMetric &row) { return row.epoch > epochs; });
    readEpochRows(m_report, *rows);
    return Done{};
}

Status Training::takeUpCheckpoint(const RunRecord &record, const BehaviorConfig &config)
{
    auto blobs = readCheckpoint(m_project, record.id);
    if (!blobs) {
        return blobs.error();
    }
    if (blobs->empty()) {
        return Done{};
    }
    std::vector<WeightBlob> kept = takeKept(*blobs);
    const auto progress = progressFrom(*blobs, record, config);
    if (!progress) {
        return progress.error();
    }
    auto members = membersFrom(kept, progress->members, config);
    if (!members) {
        return members.error();
    }
    m_progress = *progress;
    m_members = std::move(*members);
    m_checkpoint = std::move(*blobs);
    return Done{};
}

/// The device of the run that is resumed, or the one that the config asks for.
Result<DeviceChoice> Training::device() const
{
    auto choice = chooseDevice(m_config.device);
    const bool other = m_record.id > 0 && (!choice || choice->device != m_record.device);
    return other ? chooseDevice(m_record.device) : choice;
}

Status Training::reopen()
{
    if (const auto reopened = reopenRun(m_project, m_record.id, epochsBefore() + m_progress.epoch);
        !reopened) {
        return reopened;
    }
    m_report.run = m_record.id;
    m_report.bestEpoch = epochsBefore() + m_progress.bestEpoch;
    m_report.refitEpochs = m_progress.refits;
    m_secondsBefore = m_progress.seconds;
    for (EpochReport &epoch : m_report.epochs) {
        epoch.epochs = m_config.epochs;
        epoch.metrics.items = m_source.catalog.rows();
    }
    note("resumed", std::to_string(epochsBefore() + m_progress.epoch));
    return Done{};
}

Status Training::restore(Trainer &trainer)
{
    if (m_checkpoint.empty() || m_progress.epoch == 0) {
        m_checkpoint.clear();
        return Done{};
    }
    auto best = restoreState(m_checkpoint, m_progress, *m_network, trainer);
    if (!best) {
        return best.error();
    }
    m_best = std::move(*best);
    if (m_progress.refits > 0) {
        m_refitted = copiesOf(m_network->tensors());
    }
    m_checkpoint.clear();
    return Done{};
}

std::vector<WeightBlob> Training::checkpoint(const Trainer &trainer) const
{
    TrainingProgress progress = m_progress;
    progress.members = static_cast<int>(m_members.size());
    progress.seconds = secondsSoFar();
    progress.trainer = trainer.counts();
    return toBlobs(progress, fingerprintOf(m_record), *m_network, trainer.memory(), m_best);
}

} // namespace perennial::net

namespace perennial {

bool isResumable(const RunRecord &run) noexcept
{
    return run.model == kBehaviorModel && run.state != RunState::Running &&
           run.state != RunState::Done;
}

} // namespace perennial
