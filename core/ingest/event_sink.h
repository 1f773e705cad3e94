#pragma once

#include "core/ingest/row_parser.h"
#include "core/project/event_writer.h"
#include "core/project/import_store.h"

#include <memory>

namespace perennial {

/// Where an import's rows go: into a project, or, for a dry run, nowhere.
class EventSink {
public:
    virtual ~EventSink() = default;
    virtual Status begin() = 0;
    /// The id of a key, dense from 1; 0 for an empty one. Only in an open chunk.
    virtual Result<std::int64_t> code(Dictionary dictionary, std::string_view key) = 0;
    /// As EventWriter::expect.
    virtual void expect(Dictionary, std::string_view) {}
    virtual Status describeItem(std::int64_t item, const ItemAttributes &attributes) = 0;
    virtual Status add(const EventRow &event) = 0;
    /// In the open chunk, so that it is committed with its events or not at all.
    virtual Status log(const ImportChunk &chunk) = 0;
    virtual Status commit() = 0;
    virtual Status rollback() = 0;
};

/// Writes through an EventWriter. The project outlives the sink.
Result<std::unique_ptr<EventSink>> makeProjectSink(Project &project, std::int64_t source);
/// Numbers keys and forgets everything else.
std::unique_ptr<EventSink> makeDrySink();

} // namespace perennial
