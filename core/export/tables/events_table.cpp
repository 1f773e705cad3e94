#include "core/export/tables/tables_list.h"
#include "core/project/event_pages.h"
#include "core/project/event_store.h"

namespace perennial {

namespace {

Status write(const Project &project, const ExportRequest &, CsvWriter &out, const Task &task)
{
    constexpr std::int64_t kPage = 20'000;
    const auto counts = readCounts(project);
    if (!counts) {
        return counts.error();
    }
    for (std::int64_t last = 0;;) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const auto events = readEventPage(project, last, kPage);
        if (!events) {
            return events.error();
        }
        if (events->empty()) {
            return Done{};
        }
        for (const NamedEvent &event : *events) {
            out.text(event.user);
            out.timestamp(event.at);
            out.text(eventKindName(event.kind));
            out.text(event.item);
            out.text(event.order);
            out.number(event.quantity);
            out.money(event.amount);
            out.text(event.device);
            out.text(event.place);
            out.text(event.channel);
            out.integer(event.source);
            out.endRow();
        }
        last = events->back().id;
        task.progress(static_cast<double>(out.rows()) /
                          static_cast<double>(std::max<std::int64_t>(1, counts->events)),
                      "exporting");
    }
}

} // namespace

/// In order of arrival; `source` is the id in the table "sources".
TableSource eventsTable()
{
    return {{"events",
             {"user", "at", "kind", "item", "order", "quantity", "amount", "device", "place",
              "channel", "source"},
             true},
            &write};
}

} // namespace perennial
