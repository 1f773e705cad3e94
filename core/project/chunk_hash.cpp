#include "core/project/chunk_hash.h"

#include "core/project/chunk_log.h"

#include <set>

namespace perennial {

namespace {

// Whether a recomputed hash is the stored one; pages that can't be read have none.
template <class Compute>
bool matches(const std::string &stored, Compute compute)
{
    try {
        return compute() == stored;
    } catch (const SqlFailure &failure) {
        if (failure.code() == ErrorCode::Damaged) {
            return false;
        }
        throw;
    }
}

class Checker {
public:
    /// @param among only these chunks; null = all.
    Checker(const Project &project, const std::set<ChunkRef> *among, const Task &task)
        : m_database(project.database()), m_among(among), m_task(task)
    {
        Statement query(m_database, "SELECT id, name FROM source ORDER BY id");
        while (query.step()) {
            m_names.emplace_back(query.integer(0), query.text(1));
        }
    }

    Result<ChunkCheck> run();

private:
    bool checkLog(std::int64_t source, const std::string &name);
    bool checkEntries();
    bool wanted(std::int64_t source, std::int64_t number) const
    {
        return !m_among || m_among->contains({source, number});
    }
    void note(const LoggedChunk &chunk, const std::string &name, const std::string &part);

    Database &m_database;
    const std::set<ChunkRef> *m_among;
    const Task &m_task;
    std::vector<std::pair<std::int64_t, std::string>> m_names;
    std::vector<LoggedChunk> m_log;
    ChunkCheck m_check;
};

void Checker::note(const LoggedChunk &chunk, const std::string &name, const std::string &part)
{
    m_check.damage.push_back({chunk.source, chunk.number, name, part, chunk.firstLine,
                              chunk.lastLine, chunk.firstByte, chunk.lastByte});
}

bool Checker::checkLog(std::int64_t source, const std::string &name)
{
    for (const LoggedChunk &chunk : readChunkLog(m_database, source)) {
        if (m_task.cancelled()) {
            return false;
        }
        if (!wanted(chunk.source, chunk.number)) {
            continue;
        }
        m_log.push_back(chunk);
        ++(chunk.covered() ? m_check.covered : m_check.uncovered);
        if (!chunk.covered()) {
            continue;
        }
        if (!matches(chunk.rowsHash, [&] { return storedRows(m_database, chunk); })) {
            note(chunk, name, "events");
        }
        if (!matches(chunk.rejectedHash, [&] { return storedRejected(m_database, chunk); })) {
            note(chunk, name, "rejected");
        }
    }
    return true;
}

bool Checker::checkEntries()
{
    for (const EntryRange &range : readEntryRanges(m_database)) {
        if (m_task.cancelled()) {
            return false;
        }
        if (!wanted(range.source, range.number) ||
            matches(range.hash, [&] { return storedEntries(m_database, range); })) {
            continue;
        }
        LoggedChunk chunk;
        chunk.source = range.source;
        chunk.number = range.number;
        for (const LoggedChunk &logged : m_log) {
            if (logged.source == range.source && logged.number == range.number) {
                chunk = logged;
            }
        }
        std::string sourceName;
        for (const auto &[id, name] : m_names) {
            if (id == range.source) {
                sourceName = name;
            }
        }
        note(chunk, sourceName, range.dictionary);
    }
    return true;
}

Result<ChunkCheck> Checker::run()
{
    for (const auto &[id, name] : m_names) {
        if (!checkLog(id, name)) {
            return fail(ErrorCode::Cancelled);
        }
    }
    if (!checkEntries()) {
        return fail(ErrorCode::Cancelled);
    }
    return std::move(m_check);
}

} // namespace

Result<ChunkCheck> checkChunks(const Project &project, const Task &task)
{
    return guarded(project.path().string(),
                   [&]() -> Result<ChunkCheck> { return Checker(project, nullptr, task).run(); });
}

void sealChunk(Database &database, std::int64_t source, std::int64_t number,
               std::int64_t firstEvent, std::int64_t lastEvent, RowHasher events,
               std::span<const NewEntries> entries)
{
    Statement log(database, "UPDATE import_chunk SET first_event = ?3, last_event = ?4 "
                            "WHERE source_id = ?1 AND number = ?2");
    log.bindAll(source, number, firstEvent, lastEvent);
    log.run();
    Statement chunkLine(database, "SELECT last_rejected, (SELECT coalesce(max(last_rejected), 0) "
                                  "FROM import_chunk WHERE source_id = ?1 AND number < ?2) "
                                  "FROM import_chunk WHERE source_id = ?1 AND number = ?2");
    chunkLine.bindAll(source, number);
    LoggedChunk chunk;
    chunk.source = source;
    chunk.number = number;
    chunk.firstEvent = firstEvent;
    chunk.lastEvent = lastEvent;
    if (chunkLine.step()) {
        chunk.lastRejected = chunkLine.integer(0);
        chunk.afterRejected = chunkLine.integer(1);
    }
    chunkLine.reset();
    writeRowsHash(database, chunk, finishRows(database, chunk, std::move(events)));
    writeRejectedHash(database, chunk);
    Statement insert(database, "INSERT INTO chunk_entry(dictionary, first_id, last_id, source_id, "
                               "number, hash) VALUES (?, ?, ?, ?, ?, ?)");
    for (const NewEntries &added : entries) {
        const std::int64_t last = added.first + std::ssize(added.keys) - 1;
        EntryRange range{added.dictionary, added.first, last, source, number, {}};
        RowHasher hasher = startEntries(range);
        std::int64_t id = added.first;
        for (const std::string_view key : added.keys) {
            hasher.integer(id++);
            hasher.text(key);
        }
        insert.bindAll(range.dictionary, range.first, range.last, source, number, hasher.hex());
        insert.run();
    }
}

namespace {

Result<std::vector<ChunkRef>> soundAmong(const Project &project, const std::set<ChunkRef> *among,
                                         const Task &task)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<ChunkRef>> {
        const auto check = Checker(project, among, task).run();
        if (!check) {
            return check.error();
        }
        std::set<ChunkRef> damaged;
        for (const ChunkDamage &damage : check->damage) {
            damaged.insert({damage.source, damage.number});
        }
        Statement query(project.database(), "SELECT source_id, number FROM import_chunk "
                                            "WHERE rows_hash <> '' ORDER BY source_id, number");
        std::vector<ChunkRef> sound;
        while (query.step()) {
            const ChunkRef chunk{query.integer(0), query.integer(1)};
            if (!damaged.contains(chunk) && (!among || among->contains(chunk))) {
                sound.push_back(chunk);
            }
        }
        return sound;
    });
}

} // namespace

Result<std::vector<ChunkRef>> soundChunks(const Project &project, const Task &task)
{
    return soundAmong(project, nullptr, task);
}

Result<std::vector<ChunkRef>> soundChunks(const Project &project, const std::set<ChunkRef> &among,
                                          const Task &task)
{
    return soundAmong(project, &among, task);
}

} // namespace perennial
