#pragma once

#include "core/ingest/import_plan.h"
#include "core/project/entity_writer.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace perennial {

/// A row of a file that is not one of events, as typed values. Views live as long as the row's
/// text.
struct TableRow {
    std::string user, item, campaign, coupon;
    std::string_view campaignType;
    std::optional<Day> start, end;
    UtcSecond at = 0;
    /// Attributes by their place in the definitions given to the sink; missing ones left out.
    std::vector<std::pair<std::size_t, AttributeValue>> values;
};

struct AttributeDefinition {
    std::string name;
    AttributeType type = AttributeType::Text;
    bool personal = false;
};

/// Where the rows of a table go: into a project, or, for a dry run, nowhere.
class TableSink {
public:
    virtual ~TableSink() = default;
    /// @return false where the file has said something of the same one before; nothing is written.
    virtual Result<bool> add(const TableRow &row) = 0;
};

/// @param writer outlives the sink.
Result<std::unique_ptr<TableSink>>
makeProjectTableSink(EntityWriter &writer, Contents contents,
                     const std::vector<AttributeDefinition> &attributes);
std::unique_ptr<TableSink> makeDryTableSink(Contents contents);

} // namespace perennial
