#include "core/ingest/import.h"

#include "core/ingest/batch_pipe.h"
#include "core/ingest/chunk_writer.h"
#include "core/ingest/import_file.h"
#include "core/ingest/pace.h"
#include "core/ingest/table_import.h"

#include <algorithm>
#include <chrono>
#include <new>

namespace perennial {

namespace {

using Clock = std::chrono::steady_clock;

/// One import from its file to its last commit.
class Import {
public:
    Import(Project &project, ImportFile file, const ImportOptions &options, const Task &task)
        : m_project(project), m_options(options), m_task(task), m_where(options.path.string()),
          m_file(std::move(file.text)), m_plan(std::move(file.plan)),
          m_record(std::move(file.record))
    {
    }

    Result<ImportReport> run();

private:
    Status claimSource();
    Status settleOthers(const std::vector<SourceRecord> &sources);
    Status resume(const SourceRecord &source);
    Status openWriter();
    Status readRows();
    Status finish();
    Error located(Error error) const;
    Error abandon(Error error);
    void reportProgress(const Batch &batch, bool always);
    bool isLarge() const noexcept;

    Project &m_project;
    const ImportOptions &m_options;
    const Task &m_task;
    std::string m_where;

    TextSource m_file;
    ImportPlan m_plan;
    SourceRecord m_record;           ///< as registered, or of the interrupted import
    std::int64_t m_storedBefore = 0; ///< events in the project
    CommittedPart m_past;            ///< of an interrupted import
    bool m_indexesDropped = false;
    std::optional<ChunkWriter> m_writer;
    Pace m_pace;
};

Result<ImportReport> Import::run()
{
    const auto start = Clock::now();
    for (const auto step : {&Import::claimSource, &Import::openWriter,
                            &Import::readRows, &Import::finish}) {
        if (const auto status = (this->*step)(); !status) {
            return abandon(status.error());
        }
    }
    ImportReport report;
    report.source = m_record.id;
    m_writer->ledger().fillReport(report);
    report.header = m_plan.header;
    report.recipe = m_plan.recipe;
    report.resumed = m_writer->resumed();
    report.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return report;
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
    if (const auto status = settleNaming(m_project, m_options); !status) {
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
    m_past = {std::move(*chunks), source.totals};
    return Done{};
}

/// Enough rows that building the indexes anew is cheaper than keeping them up.
bool Import::isLarge() const noexcept
{
    const std::int64_t rows = m_file.bytes().size() * (m_file.bytes().isGzip() ? 8 : 1) / 50;
    return rows > 50'000 && rows > m_storedBefore / 4;
}

Status Import::openWriter()
{
    if (m_options.dryRun) {
        m_writer.emplace(m_plan, makeDrySink(), std::vector<ItemRecord>(), CommittedPart(),
                         m_options.pseudonyms);
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
    m_writer.emplace(m_plan, std::move(*sink), *items, m_past, m_options.pseudonyms);
    return Done{};
}

Status Import::readRows()
{
    BatchLimits limits;
    limits.chunkRows = m_options.chunkRows;
    for (const ImportChunkRecord &chunk : m_past.chunks) {
        limits.chunkEnds.push_back(chunk.committedBytes);
    }
    BatchPipe pipe(BatchReader(m_file, m_plan, std::move(limits)));
    for (bool last = false; !last;) {
        auto batch = pipe.take();
        if (!batch) {
            Error error = batch.error();
            error.where = m_where + ", line " + std::to_string(m_writer->lines() + 1);
            return error;
        }
        if (m_task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        if (const auto status = m_writer->enter(**batch); !status) {
            return located(status.error());
        }
        reportProgress(**batch, (*batch)->endsChunk);
        last = (*batch)->last;
        pipe.giveBack(std::move(*batch));
    }
    return Done{};
}

Status Import::finish()
{
    ImportReport soFar;
    m_writer->ledger().fillReport(soFar);
    if (auto status = checkUsable(m_file, soFar, m_where); !status || m_options.dryRun) {
        return status;
    }
    m_task.progress(0.96, "indexing");
    if (auto status = m_writer->finish(); !status) {
        return status;
    }
    if (auto status = buildEventIndexes(m_project); !status) {
        return status;
    }
    if (auto status = finishSource(m_project, m_record.id, m_task.part(0.96, 1.0)); !status) {
        return status;
    }
    if (auto status = emptyLog(m_project); !status) {
        return status;
    }
    m_task.progress(1.0, "indexing");
    return Done{};
}

/// Says which file (the project's own errors name the project), and which source is unfinished.
Error Import::located(Error error) const
{
    if (error.where.empty() || error.where.starts_with("line ")) {
        error.where = m_where + (error.where.empty() ? "" : ", " + error.where);
    }
    if (error.code == ErrorCode::UnfinishedImport) {
        error.detail = m_record.name;
    }
    return error;
}

/// Leaves the project as it was, but for a failed write after committed chunks (a full disk): these
/// stay, and the import can be taken up again.
Error Import::abandon(Error error)
{
    const bool keep = m_writer && m_writer->keepsCommitted();
    m_writer.reset(); // rolls an open chunk back
    if (m_record.id == 0 || m_options.dryRun || keep) {
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

Status checkOptions(const Project &project, const ImportOptions &options)
{
    if (project.readOnly() && !options.dryRun) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    if (options.chunkRows <= 0) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.chunkRows), "chunk_rows");
    }
    return Done{};
}

} // namespace

Result<ImportReport> importFile(Project &project, const ImportOptions &options, const Task &task)
{
    if (const auto status = checkOptions(project, options); !status) {
        return status.error();
    }
    try {
        auto file = openImportFile(options, task.part(0.0, 0.05));
        if (!file) {
            return file.error();
        }
        if (file->plan.contents != Contents::Events) {
            return importTable(project, std::move(*file), options, task);
        }
        return Import(project, std::move(*file), options, task).run();
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory, {}, options.path.string());
    }
}

} // namespace perennial
