#pragma once

#include "core/project/audit.h"
#include "core/project/event_writer.h"
#include "core/project/import_store.h"
#include "core/project/project.h"

#include <QTemporaryDir>

#include <optional>
#include <string>
#include <vector>

namespace perennial::test {

/// One event as a test writes it.
struct PlainEvent {
    std::string user;
    std::string item;
    EventKind kind = EventKind::Purchase;
    UtcSecond at = 0;
    double amount = 0; ///< currency units
    std::string order;
};

/// A project in a folder of its own, gone with the fixture.
class ProjectFixture {
public:
    ProjectFixture() : m_project(Project::create(folder() / "test.perennial").value()) {}

    std::filesystem::path folder() const { return m_folder.path().toStdString(); }
    Project &project() { return *m_project; }
    /// Lets go of the project and its lock; the fixture can't be used for more than `folder` then.
    void close() { m_project.reset(); }

    /// Stores events as one finished source with balanced totals. @return its id.
    std::int64_t add(const std::vector<PlainEvent> &events)
    {
        SourceRecord source;
        source.name = "test";
        source.hash = hashOf(events);
        const std::int64_t id = *beginSource(*m_project, source);
        auto writer = EventWriter::open(*m_project, id);
        ImportChunk chunk;
        check(writer->begin());
        for (const PlainEvent &event : events) {
            EventRow row;
            row.user = *writer->code(Dictionary::User, event.user);
            row.item = *writer->code(Dictionary::Item, event.item);
            row.order = *writer->code(Dictionary::Order, event.order);
            row.kind = event.kind;
            row.at = event.at;
            row.amount = moneyFromUnits(event.amount);
            check(writer->add(row));
            chunk.totals.read.rows += 1;
            chunk.totals.read.amount += row.amount;
        }
        chunk.totals.stored = chunk.totals.read;
        check(writer->log(chunk));
        check(writer->commit());
        check(buildEventIndexes(*m_project));
        check(finishSource(*m_project, id));
        return id;
    }

private:
    static void check(const Status &status)
    {
        if (!status) {
            qFatal("fixture: error %d %s", static_cast<int>(status.error().code),
                   status.error().detail.c_str());
        }
    }
    static std::string hashOf(const std::vector<PlainEvent> &events)
    {
        return std::to_string(events.size());
    }

    QTemporaryDir m_folder;
    std::optional<Project> m_project;
};

} // namespace perennial::test
