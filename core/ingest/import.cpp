#include "core/ingest/import.h"

#include "core/ingest/batch_pipe.h"
#include "core/ingest/event_sink.h"
#include "core/ingest/import_plan.h"
#include "core/ingest/item_describer.h"
#include "core/ingest/row_ledger.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <new>

namespace perennial {

namespace {

using Clock = std::chrono::steady_clock;

/// Progress at most ten times a second.
class Pace {
public:
    bool due()
    {
        const auto now = Clock::now();
        if (now - m_last < std::chrono::milliseconds(100)) {
            return false;
        }
        m_last = now;
        return true;
    }

private:
    Clock::time_point m_last{};
};

/// One import from its file to its last commit.
class Import {
public:
    Import(Project &project, const ImportOptions &options, const Task &task)
        : m_project(project), m_options(options), m_task(task), m_where(options.path.string())
    {
    }

    Result<ImportReport> run();

private:
    Status prepare();
    Status claimSource();
    Status settleOthers(const std::vector<SourceRecord> &sources);
    Status resume(const SourceRecord &source);
    Status openSink();
    Status readRows();
    Status enterBatch(const Batch &batch);
    Status enterRow(const ParsedRow &row, bool replayed);
    Result<EventRow> codedRow(const ParsedRow &row);
    Status closeChunk(const Batch &batch, bool replayed);
    Status checkReplayed(const Batch &batch);
    Status finish();
    Status checkUsable() const;
    Error abandon(Error error);
    void reportProgress(const Batch &batch, bool always);
    bool isLarge() const noexcept;

    Project &m_project;
    const ImportOptions &m_options;
    const Task &m_task;
    std::string m_where;

    std::optional<ByteSource> m_file;
    std::optional<ImportPlan> m_plan;
    SourceRecord m_record;                      ///< as registered, or of the interrupted import
    std::int64_t m_storedBefore = 0;            ///< events in the project
    std::vector<ImportChunkRecord> m_committed; ///< chunks of the interrupted import
    std::size_t m_replayedChunks = 0;
    bool m_anyCommitted = false, m_writeFailed = false, m_indexesDropped = false;

    std::unique_ptr<EventSink> m_sink;
    std::optional<RowLedger> m_ledger;
    std::optional<ItemDescriber> m_describer;
    bool m_chunkOpen = false;
    std::vector<RejectedRow> m_rejected; ///< of the open chunk
    std::int64_t m_lines = 0;
    Pace m_pace;
};

Result<ImportReport> Import::run()
{
    const auto start = Clock::now();
    if (m_project.readOnly() && !m_options.dryRun) {
        return fail(ErrorCode::ReadOnly, {}, m_project.path().string());
    }
    if (m_options.chunkRows <= 0) {
        return fail(ErrorCode::InvalidArgument, std::to_string(m_options.chunkRows), "chunk_rows");
    }
    for (const auto step : {&Import::prepare, &Import::claimSource, &Import::openSink,
                            &Import::readRows, &Import::finish}) {
        if (const auto status = (this->*step)(); !status) {
            return abandon(status.error());
        }
    }
    ImportReport report;
    report.source = m_record.id;
    m_ledger->fillReport(report);
    report.recipe = m_plan->recipe;
    report.resumed = !m_committed.empty();
    report.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return report;
}

/// Opens the file and settles how it is read. Nothing is written.
Status Import::prepare()
{
    const auto requested = requestedRecipe(m_options);
    if (!requested) {
        return requested.error();
    }
    auto file = ByteSource::open(m_options.path);
    if (!file) {
        return file.error();
    }
    m_file = std::move(*file);
    const auto sample = sampleCsv(*m_file, requested->recipe.delimiter, requested->recipe.header);
    if (!sample) {
        return sample.error();
    }
    if (!sample->anyRow) {
        return fail(ErrorCode::EmptyFile, {}, m_where);
    }
    auto plan = makePlan(*requested, *sample, m_where);
    if (!plan) {
        return plan.error();
    }
    m_plan = std::move(*plan);
    m_ledger.emplace(*m_plan);
    auto hash = m_file->hash(m_task.part(0.0, 0.05));
    if (!hash) {
        return hash.error();
    }
    std::error_code ignored;
    m_record.name = m_options.path.filename().string();
    m_record.path = std::filesystem::absolute(m_options.path, ignored).lexically_normal().string();
    m_record.bytes = m_file->size();
    m_record.hash = std::move(*hash);
    m_record.profile = m_plan->profile;
    m_record.mapping = recipeToJson(m_plan->recipe);
    return Done{};
}

/// Registers the file as a source, or takes up what an interrupted import of it left.
Status Import::claimSource()
{
    const auto sources = readSources(m_project);
    if (!sources) {
        return sources.error();
    }
    if (const auto status = settleOthers(*sources); !status) {
        return status;
    }
    if (m_options.dryRun || m_record.id != 0) {
        return Done{};
    }
    const auto id = beginSource(m_project, m_record);
    if (!id) {
        return id.error();
    }
    m_record.id = *id;
    return Done{};
}

Status Import::settleOthers(const std::vector<SourceRecord> &sources)
{
    for (const SourceRecord &source : sources) {
        m_storedBefore += source.totals.stored.rows;
        const bool same = source.hash == m_record.hash;
        if (source.state == SourceState::Done) {
            if (same && !m_options.again) {
                return fail(ErrorCode::AlreadyImported, source.name, m_where);
            }
            continue;
        }
        if (m_options.dryRun || (!same && source.path != m_record.path)) {
            continue;
        }
        if (m_options.restart) {
            if (const auto status = removeSource(m_project, source.id); !status) {
                return status;
            }
            continue;
        }
        if (!same || source.mapping != m_record.mapping || source.profile != m_record.profile) {
            return fail(ErrorCode::UnfinishedImport, source.name, m_where);
        }
        if (const auto status = resume(source); !status) {
            return status;
        }
    }
    return Done{};
}

Status Import::resume(const SourceRecord &source)
{
    auto chunks = readChunks(m_project, source.id);
    if (!chunks) {
        return chunks.error();
    }
    m_record = source;
    m_committed = std::move(*chunks);
    m_anyCommitted = !m_committed.empty();
    return Done{};
}

/// Enough rows that building the indexes anew is cheaper than keeping them up.
bool Import::isLarge() const noexcept
{
    const std::int64_t rows = m_file->size() * (m_file->isGzip() ? 8 : 1) / 50;
    return rows > 50'000 && rows > m_storedBefore / 4;
}

Status Import::openSink()
{
    if (m_options.dryRun) {
        m_sink = makeDrySink();
        m_describer.emplace(*m_plan, std::vector<ItemRecord>());
        return Done{};
    }
    if (isLarge()) {
        if (const auto status = dropEventIndexes(m_project); !status) {
            return status;
        }
        m_indexesDropped = true;
    }
    auto sink = makeProjectSink(m_project, m_record.id);
    const auto items = readItems(m_project);
    if (!sink || !items) {
        return sink ? items.error() : sink.error();
    }
    m_sink = std::move(*sink);
    m_describer.emplace(*m_plan, *items);
    return Done{};
}

Status Import::readRows()
{
    BatchLimits limits;
    limits.chunkRows = m_options.chunkRows;
    for (const ImportChunkRecord &chunk : m_committed) {
        limits.chunkEnds.push_back(chunk.committedBytes);
    }
    BatchPipe pipe(BatchReader(*m_file, *m_plan, std::move(limits)));
    for (bool last = false; !last;) {
        auto batch = pipe.take();
        if (!batch) {
            Error error = batch.error();
            error.where = m_where + ", line " + std::to_string(m_lines + 1);
            return error;
        }
        if (m_task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        if (const auto status = enterBatch(**batch); !status) {
            return status;
        }
        last = (*batch)->last;
        pipe.giveBack(std::move(*batch));
    }
    return Done{};
}

Status Import::enterBatch(const Batch &batch)
{
    const bool replayed = m_replayedChunks < m_committed.size();
    if (!m_chunkOpen) {
        if (const auto status = m_sink->begin(); !status) {
            m_writeFailed = true;
            return status;
        }
        m_chunkOpen = true;
    }
    for (const ParsedRow &row : batch.rows) {
        if (const auto status = enterRow(row, replayed); !status) {
            return status;
        }
    }
    m_lines = batch.endLine;
    if (batch.endsChunk) {
        if (const auto status = closeChunk(batch, replayed); !status) {
            return status;
        }
    }
    reportProgress(batch, batch.endsChunk);
    return Done{};
}

Status Import::enterRow(const ParsedRow &row, bool replayed)
{
    const auto outcome = m_ledger->enter(row);
    if (!outcome) {
        Error error = outcome.error();
        error.where = m_where + ", " + error.where;
        return error;
    }
    if (*outcome != RowLedger::Outcome::Stored) {
        if (*outcome != RowLedger::Outcome::Duplicate && !replayed) {
            m_rejected.push_back(m_ledger->rejectedRow(row));
        }
        return Done{};
    }
    const auto event = codedRow(row);
    if (!event) {
        m_writeFailed = true;
        return event.error();
    }
    m_ledger->countStored(*event);
    Status status = m_describer->describe(*m_sink, event->item, row, replayed);
    if (status && !replayed) {
        status = m_sink->add(*event);
    }
    m_writeFailed = m_writeFailed || !status;
    return status;
}

Result<EventRow> Import::codedRow(const ParsedRow &row)
{
    EventRow event;
    const struct {
        Dictionary dictionary;
        std::string_view key;
        std::int64_t &id;
    } codes[] = {
        {Dictionary::User, row.user, event.user},
        {Dictionary::Item, row.item, event.item},
        {Dictionary::Order, row.order, event.order},
        {Dictionary::Device, row.device, event.device},
        {Dictionary::Place, row.place, event.place},
        {Dictionary::Channel, row.channel, event.channel},
    };
    for (const auto &[dictionary, key, id] : codes) {
        if (key.empty()) {
            continue;
        }
        const auto found = m_sink->code(dictionary, key);
        if (!found) {
            return found.error();
        }
        id = *found;
    }
    event.kind = row.kind;
    event.at = row.at;
    event.quantity = row.quantity;
    event.amount = row.amount;
    return event;
}

Status Import::closeChunk(const Batch &batch, bool replayed)
{
    assert(m_ledger->totals().balanced());
    m_chunkOpen = false;
    if (replayed) {
        const auto status = m_sink->rollback();
        return status ? checkReplayed(batch) : status;
    }
    ImportChunk chunk;
    chunk.committedBytes = batch.endByte;
    chunk.committedLines = batch.endLine;
    chunk.totals = m_ledger->totals();
    chunk.hash = batch.chunkHash;
    chunk.rejected = std::move(m_rejected);
    m_rejected.clear();
    Status status = m_sink->log(chunk);
    if (status) {
        status = m_sink->commit();
    }
    m_writeFailed = !status;
    m_anyCommitted = m_anyCommitted || status;
    return status;
}

/// A chunk read again must be the chunk that was committed.
Status Import::checkReplayed(const Batch &batch)
{
    const ImportChunkRecord &chunk = m_committed[m_replayedChunks++];
    const ImportTotals &totals = m_ledger->totals();
    const bool complete = m_replayedChunks == m_committed.size();
    if (batch.endByte != chunk.committedBytes || batch.chunkHash != chunk.hash ||
        totals.read.rows != chunk.rowsRead || totals.stored.rows != chunk.rowsStored ||
        (complete && totals != m_record.totals)) {
        m_writeFailed = true; // what is committed stays until somebody decides
        return fail(ErrorCode::UnfinishedImport, m_record.name, m_where);
    }
    return Done{};
}

Status Import::checkUsable() const
{
    const ImportTotals &totals = m_ledger->totals();
    if (m_file->changed()) {
        return fail(ErrorCode::BadData, "changed", m_where);
    }
    if (totals.read.rows == 0) {
        return fail(ErrorCode::EmptyFile, {}, m_where);
    }
    if (totals.stored.rows == 0) {
        ImportReport report;
        m_ledger->fillReport(report);
        const auto most =
            std::max_element(report.reasons.begin(), report.reasons.end(),
                             [](const auto &a, const auto &b) { return a.second < b.second; });
        return fail(ErrorCode::NothingUsable, most->first, m_where);
    }
    return Done{};
}

Status Import::finish()
{
    if (auto status = checkUsable(); !status || m_options.dryRun) {
        return status;
    }
    m_task.progress(0.96, "indexing");
    m_writeFailed = true; // from here on it can only be the project's side
    if (auto status = m_sink->begin(); !status) {
        return status;
    }
    if (auto status = m_describer->finish(*m_sink); !status) {
        return status;
    }
    if (auto status = m_sink->commit(); !status) {
        return status;
    }
    m_sink.reset();
    if (auto status = buildEventIndexes(m_project); !status) {
        return status;
    }
    if (auto status = finishSource(m_project, m_record.id); !status) {
        return status;
    }
    m_task.progress(1.0, "indexing");
    return Done{};
}

/// Leaves the project as it was, but for a failed write after committed chunks (a full disk): these
/// stay, and the import can be taken up again.
Error Import::abandon(Error error)
{
    m_sink.reset(); // rolls the open chunk back
    if (m_record.id == 0 || m_options.dryRun || (m_writeFailed && m_anyCommitted)) {
        return error;
    }
    const auto removed = removeSource(m_project, m_record.id);
    if (removed && m_indexesDropped) {
        static_cast<void>(buildEventIndexes(m_project));
    }
    return error;
}

void Import::reportProgress(const Batch &batch, bool always)
{
    if (m_pace.due() || always) {
        const double done = static_cast<double>(batch.diskByte);
        const double size = static_cast<double>(std::max<std::int64_t>(m_record.bytes, 1));
        m_task.progress(0.05 + 0.9 * done / size, "importing");
    }
}

} // namespace

Result<ImportReport> importEvents(Project &project, const ImportOptions &options, const Task &task)
{
    Import work(project, options, task);
    try {
        return work.run();
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory, {}, options.path.string());
    }
}

} // namespace perennial
