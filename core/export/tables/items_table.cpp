#include "core/export/tables/tables_list.h"
#include "core/project/event_store.h"

namespace perennial {

namespace {

Status write(const Project &project, const ExportRequest &, CsvWriter &out, const Task &)
{
    const auto items = readItems(project);
    if (!items) {
        return items.error();
    }
    for (const ItemRecord &item : *items) {
        out.text(item.key);
        out.text(item.name);
        out.text(item.category);
        item.price ? out.money(*item.price) : out.empty();
        out.endRow();
    }
    return Done{};
}

} // namespace

TableSource itemsTable()
{
    return {{"items", {"item", "name", "category", "price"}}, &write};
}

} // namespace perennial
