#include "core/project/run_store.h"

#include "core/base/hash.h"
#include "core/project/audit.h"
#include "core/project/audit_json.h"
#include "core/project/database.h"
#include "core/project/run_answers.h"
#include "core/project/run_edits.h"
#include "core/project/stored.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace perennial {

using nlohmann::json;

namespace {

constexpr const char *kRunColumns =
    "id, model, state, started_at, finished_at, until_day, horizon_days, device, seed, config, "
    "metrics, data_hash, champion, retrain_due, note, tags";

// A checkpoint's tensors and a run's answers stand among the weights, told by their names.
constexpr std::string_view kCheckpointPrefix = "checkpoint/";
constexpr const char *kIsCheckpoint = "substr(name, 1, 11) = 'checkpoint/'";
constexpr std::string_view kKeptCheckpointPrefix = "checkpoint/kept/";
constexpr const char *kIsKept = "substr(name, 1, 16) = 'checkpoint/kept/'";
constexpr const char *kIsWeight = "substr(name, 1, 11) <> 'checkpoint/' AND "
                                  "substr(name, 1, 8) <> 'answers/'";

RunState runState(std::int64_t stored)
{
    if (stored < 0 || stored > static_cast<std::int64_t>(RunState::Interrupted)) {
        throw SqlFailure(ErrorCode::Damaged, "model_run.state " + std::to_string(stored));
    }
    return static_cast<RunState>(stored);
}

RunRecord readRunRow(const Statement &query)
{
    RunRecord run;
    run.id = query.integer(0);
    run.model = query.text(1);
    run.state = runState(query.integer(2));
    run.startedAt = query.integer(3);
    run.finishedAt = query.integer(4);
    if (!query.isNull(5)) {
        run.until = storedDay(query, 5);
    }
    run.horizonDays = storedInt(query, 6);
    run.device = query.text(7);
    run.seed = query.integer(8);
    run.config = query.text(9);
    run.metrics = query.text(10);
    run.dataHash = query.text(11);
    run.champion = query.integer(12) != 0;
    run.retrainDue = query.integer(13);
    run.note = query.text(14);
    run.tags = query.text(15);
    return run;
}

void writeWeights(Database &database, std::int64_t run, const std::vector<WeightBlob> &weights,
                  std::string_view prefix = {}, std::int64_t number = 0)
{
    Statement insert(database, "INSERT INTO run_weight(run_id, number, name, type, shape, hash, "
                               "data) VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const WeightBlob &weight : weights) {
        const std::string shape = json(weight.shape).dump();
        const std::string name = std::string(prefix) + weight.name;
        insert.bindAll(run, ++number, name, weight.type, shape, weightHash(weight, name, shape),
                       std::span<const std::byte>(weight.data));
        insert.run();
    }
}

void dropCheckpoint(Database &database, std::int64_t run)
{
    Statement drop(database, std::string("DELETE FROM run_weight WHERE run_id = ? AND ") +
                                 kIsCheckpoint);
    drop.bindAll(run);
    drop.run();
}

/// Tensors that come after those that the run has.
void appendWeights(Database &database, std::int64_t run, const std::vector<WeightBlob> &weights,
                   std::string_view prefix)
{
    Statement last(database, "SELECT coalesce(max(number), 0) FROM run_weight WHERE run_id = ?");
    last.bindAll(run);
    last.step();
    const std::int64_t number = last.integer(0);
    last.reset();
    writeWeights(database, run, weights, prefix, number);
}

void replaceCheckpoint(Database &database, std::int64_t run,
                       const std::vector<WeightBlob> &checkpoint)
{
    Statement drop(database, std::string("DELETE FROM run_weight WHERE run_id = ? AND ") +
                                 kIsCheckpoint + " AND NOT " + kIsKept);
    drop.bindAll(run);
    drop.run();
    appendWeights(database, run, checkpoint, kCheckpointPrefix);
}

void makeChampion(Database &database, std::int64_t run)
{
    Statement others(database, "UPDATE model_run SET champion = 0 WHERE model = "
                               "(SELECT model FROM model_run WHERE id = ?)");
    others.bindAll(run);
    others.run();
    Statement chosen(database, "UPDATE model_run SET champion = 1 WHERE id = ?");
    chosen.bindAll(run);
    chosen.run();
}

// Elements of a shape, or nothing where it is negative or would overflow: the file is hostile.
std::optional<std::uint64_t> elements(const std::vector<std::int64_t> &shape)
{
    std::uint64_t count = 1;
    for (const std::int64_t size : shape) {
        if (size < 0 || size > INT32_MAX ||
            __builtin_mul_overflow(count, static_cast<std::uint64_t>(size), &count)) {
            return std::nullopt;
        }
    }
    return count;
}

bool sizeMatches(const WeightBlob &weight)
{
    const auto count = elements(weight.shape);
    const std::uint64_t width = weight.type == "float32" ? 4 : weight.type == "int64" ? 8 : 0;
    return count && width > 0 && *count <= UINT64_MAX / width &&
           weight.data.size() == *count * width;
}

Result<std::vector<WeightBlob>> readTensors(const Project &project, std::int64_t run,
                                            const std::string &which, std::string_view prefix)
{
    const std::string where = project.path().string();
    return guarded(where, [&]() -> Result<std::vector<WeightBlob>> {
        Statement query(project.database(), "SELECT name, type, shape, hash, data FROM run_weight "
                                            "WHERE run_id = ? AND " + which + " ORDER BY number");
        query.bindAll(run);
        std::vector<WeightBlob> weights;
        while (query.step()) {
            WeightBlob weight;
            weight.name = query.text(0);
            weight.type = query.text(1);
            const std::string shape = query.text(2);
            const json parsed = json::parse(shape, nullptr, false);
            if (!parsed.is_array() || !std::ranges::all_of(parsed, [](const json &size) {
                    return size.is_number_integer();
                })) {
                return fail(ErrorCode::Damaged, weight.name, where);
            }
            weight.shape = parsed.get<std::vector<std::int64_t>>();
            const auto data = query.blob(4);
            weight.data.assign(data.begin(), data.end());
            if (!sizeMatches(weight) || weightHash(weight, weight.name, shape) != query.text(3)) {
                return fail(ErrorCode::Damaged, weight.name, where);
            }
            weight.name.erase(0, prefix.size());
            weights.push_back(std::move(weight));
        }
        return weights;
    });
}

} // namespace

Result<std::int64_t> beginRun(Project &project, const RunRecord &run)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    return guarded(project.path().string(), [&]() -> Result<std::int64_t> {
        Statement insert(project.database(),
                         "INSERT INTO model_run(id, model, state, started_at, finished_at, "
                         "until_day, horizon_days, device, seed, config, metrics, data_hash, note, "
                         "tags) VALUES (?, ?, 0, ?, 0, ?, ?, ?, ?, ?, '{}', ?, ?, ?)");
        insert.bindAll(nextRunId(project.database()), run.model, nowUtc(), run.until, run.horizonDays, run.device, run.seed,
                       run.config, run.dataHash, run.note, run.tags);
        insert.run();
        return project.database().lastInsertId();
    });
}

Status addEpoch(Project &project, std::int64_t run, const std::vector<EpochMetric> &metrics,
                const std::vector<WeightBlob> &checkpoint, const std::vector<WeightBlob> &kept)
{
    return guarded(project.path().string(), [&]() -> Status {
        Transaction transaction(project.database());
        Statement insert(project.database(), "INSERT OR REPLACE INTO run_epoch(run_id, epoch, "
                                             "name, value) VALUES (?, ?, ?, ?)");
        for (const EpochMetric &metric : metrics) {
            // SQLite would store NaN as NULL and refuse it; a metric that isn't a number is none.
            if (metric.value == metric.value) {
                insert.bindAll(run, metric.epoch, metric.name, metric.value);
                insert.run();
            }
        }
        if (!checkpoint.empty()) {
            replaceCheckpoint(project.database(), run, checkpoint);
        }
        appendWeights(project.database(), run, kept, kKeptCheckpointPrefix);
        transaction.commit();
        return Done{};
    });
}

Status reopenRun(Project &project, std::int64_t run, int epoch)
{
    const auto record = readRun(project, run);
    if (!record) {
        return record.error();
    }
    if (record->state == RunState::Running || record->state == RunState::Done) {
        return fail(ErrorCode::NotResumable,
                    record->state == RunState::Done ? "done" : "running", std::to_string(run));
    }
    return guarded(project.path().string(), [&]() -> Status {
        Transaction transaction(project.database());
        Statement update(project.database(), "UPDATE model_run SET state = ?, finished_at = 0 "
                                             "WHERE id = ?");
        update.bindAll(static_cast<int>(RunState::Running), run);
        update.run();
        Statement later(project.database(), "DELETE FROM run_epoch WHERE run_id = ? AND epoch > ?");
        later.bindAll(run, epoch);
        later.run();
        transaction.commit();
        return Done{};
    });
}

Status finishRun(Project &project, const RunRecord &run, const std::vector<WeightBlob> &weights,
                 const std::vector<WeightBlob> &answers)
{
    return guarded(project.path().string(), [&]() -> Status {
        Database &database = project.database();
        Transaction transaction(database);
        Statement update(database, "UPDATE model_run SET state = ?, finished_at = ?, metrics = ?, "
                                   "device = ?, config = ? WHERE id = ?");
        update.bindAll(static_cast<int>(run.state), nowUtc(),
                       run.metrics.empty() ? std::string("{}") : run.metrics, run.device,
                       run.config, run.id);
        update.run();
        if (run.state == RunState::Done) {
            dropCheckpoint(database, run.id);
        }
        writeWeights(database, run.id, weights);
        writeWeights(database, run.id, answers, kAnswersPrefix, std::ssize(weights));
        eraseAnswersOfStrangers(database, run.id);
        if (run.state == RunState::Done) {
            makeChampion(database, run.id);
        }
        const json detail{{"run", run.id}, {"model", run.model},
                          {"state", static_cast<int>(run.state)}};
        if (const auto logged = appendAudit(project, "run", auditDetail(detail)); !logged) {
            return logged;
        }
        transaction.commit();
        return Done{};
    });
}

Status setChampion(Project &project, std::int64_t run)
{
    const auto record = readRun(project, run);
    if (!record) {
        return record.error();
    }
    if (record->state != RunState::Done) {
        return fail(ErrorCode::NotTrained, std::to_string(run), project.path().string());
    }
    return guarded(project.path().string(), [&]() -> Status {
        Transaction transaction(project.database());
        makeChampion(project.database(), run);
        const json detail{{"run", run}, {"model", record->model}};
        if (const auto logged = appendAudit(project, "champion", auditDetail(detail)); !logged) {
            return logged;
        }
        transaction.commit();
        return Done{};
    });
}

Status closeAbandonedRuns(Project &project)
{
    return guarded(project.path().string(), [&]() -> Status {
        Statement running(project.database(), "SELECT 1 FROM model_run WHERE state = ? LIMIT 1");
        running.bindAll(static_cast<int>(RunState::Running));
        if (!running.step()) {
            return Done{};
        }
        running.reset();
        Statement update(project.database(), "UPDATE model_run SET state = ?, finished_at = ? "
                                             "WHERE state = ?");
        update.bindAll(static_cast<int>(RunState::Interrupted), nowUtc(),
                       static_cast<int>(RunState::Running));
        update.run();
        return Done{};
    });
}

Result<std::vector<RunRecord>> readRuns(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<RunRecord>> {
        Statement query(project.database(), std::string("SELECT ") + kRunColumns +
                                                " FROM model_run ORDER BY id DESC");
        std::vector<RunRecord> runs;
        while (query.step()) {
            runs.push_back(readRunRow(query));
        }
        return runs;
    });
}

Result<RunRecord> readRun(const Project &project, std::int64_t run)
{
    return guarded(project.path().string(), [&]() -> Result<RunRecord> {
        Statement query(project.database(),
                        std::string("SELECT ") + kRunColumns + " FROM model_run WHERE id = ?");
        query.bindAll(run);
        if (!query.step()) {
            return fail(ErrorCode::NotTrained, std::to_string(run), project.path().string());
        }
        return readRunRow(query);
    });
}

Result<RunRecord> readChampion(const Project &project, const std::string &model)
{
    return guarded(project.path().string(), [&]() -> Result<RunRecord> {
        Statement query(project.database(),
                        std::string("SELECT ") + kRunColumns +
                            " FROM model_run WHERE model = ? AND champion = 1 AND state = 1");
        query.bindAll(model);
        if (!query.step()) {
            return fail(ErrorCode::NotTrained, model, project.path().string());
        }
        return readRunRow(query);
    });
}

Result<std::vector<EpochMetric>> readEpochs(const Project &project, std::int64_t run)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<EpochMetric>> {
        Statement query(project.database(), "SELECT epoch, name, value FROM run_epoch "
                                            "WHERE run_id = ? ORDER BY epoch, name");
        query.bindAll(run);
        std::vector<EpochMetric> metrics;
        while (query.step()) {
            metrics.push_back({storedInt(query, 0), query.text(1), query.real(2)});
        }
        return metrics;
    });
}

Result<std::vector<WeightBlob>> readWeights(const Project &project, std::int64_t run)
{
    return readTensors(project, run, kIsWeight, {});
}

Result<std::vector<WeightBlob>> readCheckpoint(const Project &project, std::int64_t run)
{
    auto last = readTensors(project, run, std::string(kIsCheckpoint) + " AND NOT " + kIsKept,
                            kCheckpointPrefix);
    auto kept = last ? readTensors(project, run, kIsKept, kCheckpointPrefix) : last.error();
    if (!kept) {
        return kept.error();
    }
    std::ranges::move(*kept, std::back_inserter(*last));
    return last;
}

Result<std::vector<WeightBlob>> readRunAnswers(const Project &project, std::int64_t run)
{
    return readTensors(project, run, kIsAnswer, kAnswersPrefix);
}

} // namespace perennial
