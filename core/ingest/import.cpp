#include "core/ingest/import.h"

#include "core/ingest/batch_pipe.h"
#include "core/ingest/chunk_writer.h"
#include "core/ingest/import_plan.h"
#include "core/project/user_naming.h"

#include <algorithm>
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
    Status settleNaming();
    std::string keptRecipe() const;
    Status resume(const SourceRecord &source);
    Status openWriter();
    Status readRows();
    Status finish();
    Status checkUsable() const;
    Error located(Error error) const;
    Error abandon(Error error);
    void reportProgress(const Batch &batch, bool always);
    bool isLarge() const noexcept;

    Project &m_project;
    const ImportOptions &m_options;
    const Task &m_task;
    std::string m_where;

    std::optional<ByteSource> m_file;
    std::optional<ImportPlan> m_plan;
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
    if (m_project.readOnly() && !m_options.dryRun) {
        return fail(ErrorCode::ReadOnly, {}, m_project.path().string());
    }
    if (m_options.chunkRows <= 0) {
        return fail(ErrorCode::InvalidArgument, std::to_string(m_options.chunkRows), "chunk_rows");
    }
    for (const auto step : {&Import::prepare, &Import::claimSource, &Import::openWriter,
                            &Import::readRows, &Import::finish}) {
        if (const auto status = (this->*step)(); !status) {
            return abandon(status.error());
        }
    }
    ImportReport report;
    report.source = m_record.id;
    m_writer->ledger().fillReport(report);
    if (m_options.pseudonyms) {
        for (RejectedRow &row : report.firstRejected) {
            row.raw.clear(); // as they are kept
        }
    }
    report.recipe = m_plan->recipe;
    report.resumed = m_writer->resumed();
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
    m_record.mapping = keptRecipe();
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
    if (const auto status = settleNaming(); !status) {
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

/// Ids and pseudonyms are not mixed in a project, nor those of two keys.
Status Import::settleNaming()
{
    std::optional<std::string> fingerprint;
    if (m_options.pseudonyms) {
        fingerprint = m_options.pseudonyms->fingerprint();
    }
    return m_options.dryRun ? checkUserNaming(m_project, fingerprint)
                            : settleUserNaming(m_project, fingerprint);
}

/// The recipe as the project keeps it: the user of all rows is named as the rows are.
std::string Import::keptRecipe() const
{
    ImportRecipe recipe = m_plan->recipe;
    if (const auto user = recipe.constants.find(Role::User);
        m_options.pseudonyms && user != recipe.constants.end()) {
        user->second = m_options.pseudonyms->pseudonym(user->second);
    }
    return recipeToJson(recipe);
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
    const std::int64_t rows = m_file->size() * (m_file->isGzip() ? 8 : 1) / 50;
    return rows > 50'000 && rows > m_storedBefore / 4;
}

Status Import::openWriter()
{
    if (m_options.dryRun) {
        m_writer.emplace(*m_plan, makeDrySink(), std::vector<ItemRecord>(), CommittedPart(),
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
    m_writer.emplace(*m_plan, std::move(*sink), *items, m_past, m_options.pseudonyms);
    return Done{};
}

Status Import::readRows()
{
    BatchLimits limits;
    limits.chunkRows = m_options.chunkRows;
    for (const ImportChunkRecord &chunk : m_past.chunks) {
        limits.chunkEnds.push_back(chunk.committedBytes);
    }
    BatchPipe pipe(BatchReader(*m_file, *m_plan, std::move(limits)));
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

Status Import::checkUsable() const
{
    const ImportTotals &totals = m_writer->ledger().totals();
    if (m_file->changed()) {
        return fail(ErrorCode::BadData, "changed", m_where);
    }
    if (totals.read.rows == 0) {
        return fail(ErrorCode::EmptyFile, {}, m_where);
    }
    if (totals.stored.rows == 0) {
        ImportReport report;
        m_writer->ledger().fillReport(report);
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
    if (auto status = m_writer->finish(); !status) {
        return status;
    }
    if (auto status = buildEventIndexes(m_project); !status) {
        return status;
    }
    if (auto status = finishSource(m_project, m_record.id); !status) {
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
