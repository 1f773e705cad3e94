#include "core/ingest/table_import.h"

#include "core/ingest/kept_row.h"
#include "core/ingest/pace.h"
#include "core/ingest/record_reader.h"
#include "core/ingest/row_hash_set.h"
#include "core/ingest/table_row_parser.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

namespace perennial {

namespace {

constexpr std::size_t kRejectedAtOnce = 10'000;
constexpr std::int64_t kRowsBetweenChecks = 1000;

class TableImport {
public:
    TableImport(Project &project, ImportFile file, const ImportOptions &options, const Task &task)
        : m_project(project), m_options(options), m_task(task), m_where(options.path.string()),
          m_text(std::move(file.text)), m_plan(std::move(file.plan)),
          m_record(std::move(file.record)), m_parser(m_plan)
    {
    }

    Result<ImportReport> run();

private:
    Status settleOthers();
    Status settleUsers();
    Status findTypes();
    Status openSink();
    Status readRows();
    Status finish();
    Status enter(const Record &record);
    Status reject(const Record &record, RowReason reason, const std::string &column);
    Status writeRejected();
    Status watch(std::int64_t row, double from, double share);

    Project &m_project;
    const ImportOptions &m_options;
    const Task &m_task;
    std::string m_where;
    TextSource m_text;
    ImportPlan m_plan;
    SourceRecord m_record;
    TableRowParser m_parser;
    std::optional<EntityWriter> m_writer; ///< before the sink, which writes through it
    std::unique_ptr<TableSink> m_sink;
    RowHashSet m_seen; ///< of rows that could be read
    RowHashKey m_hashKey = newRowHashKey();
    std::vector<RejectedRow> m_rejected; ///< not written yet
    std::int64_t m_bytes = 0, m_lines = 0;
    ImportReport m_report;
    Pace m_pace;
};

Result<ImportReport> TableImport::run()
{
    const auto start = std::chrono::steady_clock::now();
    for (const auto step :
         {&TableImport::settleOthers, &TableImport::settleUsers, &TableImport::findTypes,
          &TableImport::openSink, &TableImport::readRows, &TableImport::finish}) {
        if (const auto status = (this->*step)(); !status) {
            return status.error(); // the writer's transaction goes with it
        }
    }
    m_report.source = m_record.id;
    m_report.contents = m_plan.contents;
    m_report.header = m_plan.header;
    m_report.recipe = m_plan.recipe;
    m_report.users = m_plan.contents == Contents::Users ? m_report.totals.stored.rows : 0;
    m_report.items = m_plan.contents == Contents::Items ? m_report.totals.stored.rows : 0;
    m_report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return m_report;
}

/// The same file is taken once.
Status TableImport::settleOthers()
{
    const auto sources = readSources(m_project);
    if (!sources) {
        return sources.error();
    }
    for (const SourceRecord &source : *sources) {
        const bool same = source.hash == m_record.hash && source.contents == m_record.contents;
        if (same && source.state == SourceState::Done && !m_options.again) {
            return fail(ErrorCode::AlreadyImported, source.name, m_where);
        }
    }
    return Done{};
}

Status TableImport::settleUsers()
{
    const bool names = m_plan.role(Role::User).mapped();
    return names ? settleNaming(m_project, m_options) : Status(Done{});
}

/// Cancelled or not, and how far it is, now and then.
Status TableImport::watch(std::int64_t row, double from, double share)
{
    if (row % kRowsBetweenChecks != 0) {
        return Done{};
    }
    if (m_task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    if (m_pace.due()) {
        const double size = static_cast<double>(std::max<std::int64_t>(m_record.bytes, 1));
        const double done = static_cast<double>(m_text.bytes().position()) / size;
        m_task.progress(from + share * std::min(done, 1.0), "importing");
    }
    return Done{};
}

Status TableImport::findTypes()
{
    if (!m_parser.findsTypes()) {
        return Done{};
    }
    RecordReader reader(m_text, m_plan);
    for (std::int64_t row = 0;; ++row) {
        const auto record = reader.next();
        if (!record) {
            return record.error();
        }
        if (!*record) {
            break;
        }
        m_parser.look(**record);
        if (auto status = watch(row, 0.05, 0.3); !status) {
            return status;
        }
    }
    return m_text.rewind();
}

Status TableImport::openSink()
{
    const auto &attributes = m_parser.settleTypes();
    for (const AttributeDefinition &attribute : attributes) {
        m_report.attributes.push_back({attribute.name, attribute.type, attribute.personal, 0});
    }
    if (m_options.dryRun) {
        m_sink = makeDryTableSink(m_plan.contents);
        return Done{};
    }
    auto writer = EntityWriter::open(m_project, m_record);
    if (!writer) {
        return writer.error();
    }
    m_record.id = writer->source();
    m_writer.emplace(std::move(*writer));
    auto sink = makeProjectTableSink(*m_writer, m_plan.contents, attributes);
    if (!sink) {
        return sink.error();
    }
    m_sink = std::move(*sink);
    return Done{};
}

Status TableImport::readRows()
{
    RecordReader reader(m_text, m_plan);
    for (std::int64_t row = 0;; ++row) {
        const auto record = reader.next();
        if (!record) {
            return record.error();
        }
        if (!*record) {
            break;
        }
        m_bytes = reader.byte();
        m_lines = reader.line();
        if (auto status = enter(**record); !status) {
            return status;
        }
        if (auto status = watch(row, 0.35, 0.6); !status) {
            return status;
        }
    }
    return Done{};
}

Status TableImport::enter(const Record &record)
{
    ++m_report.totals.read.rows;
    TableRowParser::Outcome outcome = m_parser.parse(record);
    if (outcome.reason != RowReason::None) {
        return reject(record, outcome.reason, outcome.column);
    }
    if (m_options.pseudonyms && !outcome.row.user.empty()) {
        outcome.row.user = m_options.pseudonyms->pseudonym(outcome.row.user);
    }
    const bool fresh = m_seen.insert(rowHash(record.raw, m_hashKey));
    const auto added = fresh ? m_sink->add(outcome.row) : Result<bool>(false);
    if (!added) {
        return added.error();
    }
    if (*added) {
        ++m_report.totals.stored.rows;
        m_report.ambiguousTimes += outcome.twice ? 1 : 0;
        for (const auto &[place, value] : outcome.row.values) {
            ++m_report.attributes[place].values;
        }
        return Done{};
    }
    const bool describes = hasAttributes(m_plan.contents) || m_plan.contents == Contents::Campaigns;
    if (fresh && describes) {
        return reject(record, RowReason::RepeatedKey, {});
    }
    ++m_report.totals.duplicate.rows;
    return Done{};
}

Status TableImport::reject(const Record &record, RowReason reason, const std::string &column)
{
    ++m_report.totals.rejected.rows;
    ++m_report.reasons[std::string(reasonCode(reason))];
    ++m_report.outByColumn[columnPlace(m_plan, column)];
    RejectedRow row = keptRow(m_plan, record.line, reason, column, record.raw);
    if (m_report.firstRejected.size() < kFirstRejected) {
        m_report.firstRejected.push_back(row);
    }
    m_rejected.push_back(std::move(row));
    return m_rejected.size() < kRejectedAtOnce ? Status(Done{}) : writeRejected();
}

/// Also logs what is done so far; in the writer's transaction.
Status TableImport::writeRejected()
{
    ImportChunk chunk;
    chunk.committedBytes = m_bytes;
    chunk.committedLines = m_lines;
    chunk.totals = m_report.totals;
    chunk.rejected = std::move(m_rejected);
    m_rejected.clear();
    return m_options.dryRun ? Status(Done{}) : logChunk(m_project, m_record.id, chunk);
}

Status TableImport::finish()
{
    if (auto status = checkUsable(m_text, m_report, m_where); !status) {
        return status;
    }
    if (auto status = writeRejected(); !status || m_options.dryRun) {
        return status;
    }
    if (auto status = finishSource(m_project, m_record.id, m_task.part(0.96, 1.0)); !status) {
        return status;
    }
    m_sink.reset();
    if (auto status = m_writer->commit(); !status) {
        return status;
    }
    m_task.progress(1.0, "importing");
    return emptyLog(m_project);
}

} // namespace

Result<ImportReport> importTable(Project &project, ImportFile file, const ImportOptions &options,
                                 const Task &task)
{
    return TableImport(project, std::move(file), options, task).run();
}

} // namespace perennial
