#include "core/behavior/train.h"

#include "core/behavior/optimizer_torch.h"
#include "core/behavior/report_json.h"
#include "core/behavior/training_torch.h"
#include "core/neural/runtime_torch.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string_view>

namespace perennial::net {

namespace {

constexpr double kTrainShare = 0.92;    ///< of an epoch, the rest is its validation

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

double measureOf(const EpochReport &report)
{
    return report.metrics.mrr ? -*report.metrics.mrr : report.validLoss;
}

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
    if (const auto read = readWarm(); !read) {
        return read.error();
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

Status Training::trainMember(std::function<void(std::size_t)> beforeStep)
{
    if (const auto made = makeNetwork(); !made) {
        return made;
    }
    TrainerSetup setup;
    setup.source = &m_source;
    setup.config = m_config;
    setup.config.seed = seed();
    setup.heads = m_heads;
    setup.bounds = m_bounds;
    setup.device = m_device;
    setup.beforeStep = std::move(beforeStep);
    Trainer trainer(std::move(setup), *m_network, *m_crew);
    if (const auto restored = restore(trainer); !restored) {
        return restored;
    }
    if (const auto trained = runEpochs(trainer); !trained) {
        return trained;
    }
    auto fits = fitHeads();
    if (!fits) {
        return fits.error();
    }
    TrainedMember trained;
    trained.fits = std::move(*fits);
    trained.cut = toBlobs(*m_network);
    if (const auto again = refit(trainer); !again) {
        return again;
    }
    if (const auto again = refitHeads(); !again) {
        return again;
    }
    if (m_config.refitEpochs > 0) {
        trained.refitted = toBlobs(*m_network);
    }
    trained.epochs = m_progress.epoch;
    trained.bestEpoch = m_progress.bestEpoch;
    trained.trainer = trainer.counts();
    m_members.push_back(std::move(trained));
    m_progress = {};
    return Done{};
}

Status Training::runEpochs(Trainer &trainer)
{
    while (m_progress.epoch < m_config.epochs && !hasStalled()) {
        const int epoch = m_progress.epoch + 1;
        trainer.setRate(rateOf(m_config.schedule, epoch, m_config.epochs));
        auto report = runEpoch(trainer, epoch);
        if (!report) {
            return report.error();
        }
        const double measure = measureOf(*report);
        report->best = measure < m_progress.bestMeasure;
        if (report->best) {
            m_progress.bestMeasure = measure;
            m_progress.bestEpoch = epoch;
            m_best = copiesOf(m_network->tensors());
        }
        m_progress.epoch = epoch;
        m_report.bestEpoch = epochsBefore() + m_progress.bestEpoch;
        if (const auto kept = keepEpoch(*report, trainer); !kept) {
            return kept;
        }
    }
    if (m_progress.epoch < m_config.epochs && m_config.ensemble == 1) {
        note("stopped_early", std::to_string(m_progress.epoch));
    }
    copyTo(m_network->tensors(), m_best);
    return Done{};
}

ValidationSetup Training::validationSetup() const
{
    return {&m_source, m_split.cut, m_heads, m_bounds, m_split.labelDays};
}

bool Training::hasStalled() const noexcept
{
    return m_progress.epoch > 0 && m_progress.epoch - m_progress.bestEpoch >= m_config.patience;
}

Result<EpochReport> Training::runEpoch(Trainer &trainer, int epoch)
{
    const auto start = std::chrono::steady_clock::now();
    const Task task = memberTask();
    const double share = kEpochsDone / m_config.epochs;
    const double from = share * (epoch - 1);
    const std::int64_t sequencesBefore = trainer.sequences();
    const double secondsBefore = trainer.seconds();
    const auto windows = planEpoch(m_source.events, planUpTo(m_split.cut), epoch);
    const auto sums = trainer.runEpoch(windows, {m_split.cut, m_split.labelDays}, epoch,
                                       task.part(from, from + share * kTrainShare));
    if (!sums) {
        return sums.error();
    }
    const auto valid = predict(m_sample, *m_network, validationSetup(), *m_crew,
                               task.part(from + share * kTrainShare, from + share));
    if (!valid) {
        return valid.error();
    }
    const HeadLosses trained = sums->means(m_heads, m_config);
    const HeadLosses held = valid->means(m_heads, m_config);
    if (!std::isfinite(held.total)) {
        return fail(ErrorCode::NotFinite, std::to_string(epoch) + "/validation", "loss");
    }
    EpochReport report;
    report.epoch = epochsBefore() + epoch;
    report.member = member();
    report.epochs = m_config.epochs;
    report.trainLoss = trained.total;
    report.validLoss = held.total;
    report.trainNextItem = trained.nextItem;
    report.trainChurn = trained.churn;
    report.trainValue = trained.value;
    report.trainPurchase = trained.purchase;
    report.trainClick = trained.click;
    report.trainReturn = trained.returnTime;
    report.validNextItem = held.nextItem;
    report.validChurn = held.churn;
    report.validValue = held.value;
    report.validPurchase = held.purchase;
    report.validClick = held.click;
    report.validReturn = held.returnTime;
    report.metrics = metricsOf(m_sample, validationSetup());
    report.seconds = secondsSince(start);
    const double seconds = trainer.seconds() - secondsBefore;
    report.sequencesPerSecond =
        seconds > 0 ? static_cast<double>(trainer.sequences() - sequencesBefore) / seconds : 0;
    return report;
}

Status Training::keepEpoch(const EpochReport &report, const Trainer &trainer)
{
    std::vector<EpochMetric> rows;
    for (const auto &[name, value] : epochRows(report)) {
        rows.push_back({report.epoch, name, value});
    }
    const auto added =
        m_hold ? Status(Done{}) : addEpoch(m_project, m_record.id, rows, checkpoint(trainer));
    if (!added) {
        return added;
    }
    m_report.epochs.push_back(report);
    if (m_hooks.onEpoch) {
        m_hooks.onEpoch(report);
    }
    return Done{};
}

Status Training::refit(Trainer &trainer)
{
    if (m_progress.refits > 0) {
        copyTo(m_network->tensors(), m_refitted);
    }
    trainer.setRate(kRefitRate);
    const Task task = memberTask();
    const double share = (kRefitDone - kHeadsDone) / std::max(m_config.refitEpochs, 1);
    for (int pass = m_progress.refits + 1; pass <= m_config.refitEpochs; ++pass) {
        const int epoch = m_config.epochs + pass; // draws of its own
        const auto windows = planEpoch(m_source.events, planUpTo(m_split.until), epoch);
        const double from = kHeadsDone + share * (pass - 1);
        const auto sums = trainer.runEpoch(windows, {m_split.until, m_split.labelDays}, epoch,
                                           task.part(from, from + share));
        if (!sums) {
            return sums.error();
        }
        m_progress.refits = pass;
        m_report.refitEpochs = pass;
        if (pass == m_config.refitEpochs || m_hold) {
            continue; // the network is all but done, or nothing is kept of it
        }
        if (const auto kept = addEpoch(m_project, m_record.id, {}, checkpoint(trainer)); !kept) {
            return kept;
        }
    }
    return Done{};
}

double Training::secondsSoFar() const { return m_secondsBefore + secondsSince(m_start); }

void Training::abandon(const Error &error)
{
    if (m_hold) {
        return;
    }
    m_record.state =
        error.code == ErrorCode::Cancelled ? RunState::Cancelled : RunState::Failed;
    m_record.metrics = storedMetrics(m_report, {});
    // The caller hears of `error`; should the project itself have failed, the run is closed when it
    // is opened next.
    if (const auto closed = finishRun(m_project, m_record, {}); !closed) {
        m_record.state = RunState::Failed;
    }
}

} // namespace perennial::net

namespace perennial {

EpochProgress epochProgress(double fraction, int epochs, int members) noexcept
{
    const double trained =
        (fraction - net::kReadDone) / (net::kMembersDone - net::kReadDone) * members;
    if (!(trained >= 0 && trained < members)) {
        return {};
    }
    const int member = static_cast<int>(trained) + 1;
    const double done = (trained - std::floor(trained)) / net::kEpochsDone * epochs;
    if (!(done < epochs)) {
        return {0, 0, false, member};
    }
    const double share = (done - std::floor(done)) / net::kTrainShare;
    return {static_cast<int>(done) + 1, std::min(share, 1.0), share >= 1.0, member};
}

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

Result<TrainReport> resumeBehaviorModel(Project &project, std::int64_t run, const TrainHooks &hooks,
                                        const Task &task)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    return withTorchErrors([&]() -> Result<TrainReport> {
        prepareTorchRuntime();
        return net::Training(project, {}, hooks, task).resume(run);
    });
}

} // namespace perennial
