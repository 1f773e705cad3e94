#include "core/project/event_selection.h"

#include "core/project/cleaning_find.h"
#include "core/project/interruptible.h"
#include "core/project/visible.h"

namespace perennial {

namespace {

/// Fills found_event with the events of a query.
struct Find {
    Database &database;
    const Task &task;

    void operator()(const CleaningRule &rule) const { findEvents(database, rule, task); }

    void operator()(const SingleEventUsers &) const
    {
        fill("user_id IN (SELECT user_id FROM event WHERE " + visible() +
             " GROUP BY user_id HAVING count(*) = 1)")
            .run();
    }

    void operator()(const ColdItems &cold) const
    {
        Statement statement =
            fill("item_id <> 0 AND item_id NOT IN (SELECT item_id FROM event WHERE kind = 4 AND " +
                 visible() + " GROUP BY item_id HAVING count(DISTINCT user_id) >= ?)");
        statement.bindAll(cold.buyers);
        statement.run();
    }

    void operator()(const TimeWindows &times) const
    {
        if (times.windows.size() > kMostTimeWindows) {
            throw SqlFailure(ErrorCode::InvalidArgument, std::to_string(times.windows.size()));
        }
        Statement statement = fill("at >= ? AND at < ?", "INSERT OR IGNORE");
        for (const auto &[from, to] : times.windows) {
            statement.bindAll(from, to);
            statement.run();
        }
    }

    void operator()(const ListedEvents &listed) const
    {
        prepare();
        Statement insert(database, "INSERT OR IGNORE INTO found_event VALUES (?)");
        for (const std::int64_t id : listed.ids) {
            insert.bindAll(id);
            insert.run();
        }
    }

private:
    std::string visible() const { return visibleRows(database).events; }

    void prepare() const
    {
        database.execute("CREATE TEMP TABLE IF NOT EXISTS found_event(id INTEGER PRIMARY KEY);"
                         "DELETE FROM found_event");
    }

    Statement fill(const std::string &condition, const char *insert = "INSERT") const
    {
        prepare();
        return Statement(database, std::string(insert) +
                                       " INTO found_event SELECT id FROM event "
                                       "WHERE " +
                                       visible() + " AND " + condition);
    }
};

} // namespace

struct EventSelection::Impl {
    Impl(Project connection, const EventQuery &query, const Task &task)
        : project(std::move(connection)), page(prepare(project.database(), query, task)),
          count(project.database().integer("SELECT count(*) FROM selected_event"))
    {
    }

    // Numbers the events, so that any page is a look-up, before the statement that needs the table.
    static Statement prepare(Database &database, const EventQuery &query, const Task &task)
    {
        Interruptible interruptible(database, task);
        ReadSnapshot snapshot(database);
        std::visit(Find{database, task}, query);
        database.execute("CREATE TEMP TABLE selected_event(number INTEGER PRIMARY KEY, "
                         "event_id INTEGER NOT NULL);"
                         "INSERT INTO selected_event(event_id) SELECT id FROM found_event "
                         "ORDER BY id; DROP TABLE found_event");
        return Statement(database, selectedEventSql("selected_event"));
    }

    Project project;
    Statement page;
    std::int64_t count;
};

EventSelection::EventSelection(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
EventSelection::~EventSelection() = default;
EventSelection::EventSelection(EventSelection &&) noexcept = default;
EventSelection &EventSelection::operator=(EventSelection &&) noexcept = default;

Result<EventSelection> EventSelection::open(const Project &project, const EventQuery &query,
                                            const Task &task)
{
    if (const auto *rule = std::get_if<CleaningRule>(&query)) {
        if (const auto checked = checkCleaningRule(*rule); !checked) {
            return checked.error();
        }
    }
    auto connection = project.connect();
    if (!connection) {
        return connection.error();
    }
    return guarded(project.path().string(), [&]() -> Result<EventSelection> {
        return EventSelection(std::make_unique<Impl>(std::move(*connection), query, task));
    });
}

std::int64_t EventSelection::count() const noexcept
{
    return m_impl->count;
}

Result<std::vector<SelectedEvent>> EventSelection::rows(std::int64_t offset, std::int64_t limit)
{
    return guarded(m_impl->project.path().string(), [&]() -> Result<std::vector<SelectedEvent>> {
        m_impl->page.bindAll(offset, limit);
        std::vector<SelectedEvent> rows;
        while (m_impl->page.step()) {
            rows.push_back(selectedEventRow(m_impl->page));
        }
        m_impl->page.reset();
        return rows;
    });
}

} // namespace perennial
