#include "core/behavior/judge.h"

#include "core/behavior/trained_run_torch.h"
#include "core/behavior/validation_torch.h"
#include "core/features/item_words.h"
#include "core/neural/runtime_torch.h"
#include "core/project/event_store.h"

#include <algorithm>

namespace perennial {

namespace {

Result<SequenceSource> sourceFor(const Project &project, const net::TrainedRun &run,
                                 const TrainSplit &split, const Task &task)
{
    auto events = readEvents(project, split.until, task);
    if (!events) {
        return events.error();
    }
    const auto items = readItems(project);
    if (!items) {
        return items.error();
    }
    SequenceSource source = run.source();
    source.events = std::move(*events);
    source.catalog = bindCatalog(source.vocabulary, source.events, *items, split.cut);
    if (run.config.textBuckets > 0) {
        source.catalog.words = itemWords(source.catalog, *items, run.config.textBuckets);
    }
    source.encoded = encodeEvents(source.events, source.vocabulary, source.catalog);
    return source;
}

/// The last day that the run's weights know of.
Day learnedUntil(const net::TrainedRun &run)
{
    return run.report.refitEpochs > 0 ? run.report.split.until : run.report.split.cut;
}

} // namespace

Result<JudgedRun> judgeRun(const Project &project, std::int64_t run, const TrainSplit &split,
                           const Task &task)
{
    return withTorchErrors([&]() -> Result<JudgedRun> {
        prepareTorchRuntime();
        const auto loaded = net::readTrainedRun(project, run);
        if (!loaded) {
            return loaded.error();
        }
        const auto source = sourceFor(project, *loaded, split, task.part(0, 0.3));
        if (!source) {
            return source.error();
        }
        const auto networks = loaded->networks();
        if (!networks) {
            return networks.error();
        }
        auto cases = net::validationCases(
            *source, {split.first, split.cut, split.until, split.lastAnchor, split.labelDays});
        WorkerCrew crew(workerCount(), [] { prepareTorchThread(); });
        const int knownDays = std::max(loaded->report.split.labelDays, 1);
        const double carry = static_cast<double>(std::max(split.labelDays, 1)) / knownDays;
        const net::ZilnBounds &bounds = loaded->checkpoint.bounds;
        const net::ValidationSetup setup{&*source, split.cut, net::trainedHeads(loaded->report),
                                         bounds, split.labelDays, knownDays, carry};
        const net::Ensemble ensemble(*networks, source->catalog, bounds);
        const auto sums = net::predict(cases, ensemble, setup, crew, task.part(0.3, 1));
        if (!sums) {
            return sums.error();
        }
        return JudgedRun{net::metricsOf(cases, setup),
                         std::clamp(learnedUntil(*loaded) - split.cut, 0, split.until - split.cut)};
    });
}

} // namespace perennial
