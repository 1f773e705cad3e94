#pragma once

#include "core/ingest/attribute_types.h"
#include "core/ingest/row_parser.h"
#include "core/ingest/table_sink.h"

namespace perennial {

/// Turns records of a table into typed rows by a plan. The first thing that is wrong in the order
/// of structure, keys, dates, attributes is a row's reason.
class TableRowParser {
public:
    /// Finds no types yet: see `look`.
    explicit TableRowParser(const ImportPlan &plan);

    /// Whether some attribute's type is to be told by its values.
    bool findsTypes() const noexcept;
    /// First pass: what the record says of the attributes' types.
    void look(const Record &record);
    /// After the first pass: the attributes, those of roles among them, with their types.
    const std::vector<AttributeDefinition> &settleTypes();

    struct Outcome {
        TableRow row;
        RowReason reason = RowReason::None;
        std::string column; ///< the one at fault, may be empty
        bool twice = false; ///< clocks showed the row's time twice; the first is taken
    };
    Outcome parse(const Record &record) const;

private:
    /// An attribute and where its text comes from: a column of its own, or a role's.
    struct Source {
        AttributeSource column;
        std::optional<Role> role;
        AttributeTypeFinder finder;
        AttributeType type = AttributeType::Text; ///< of its text, once settled
    };
    std::string_view textOf(const Record &record, const Source &source) const;
    void readKeys(const Record &record, Outcome &outcome) const;
    void readDates(const Record &record, Outcome &outcome) const;
    void readAttributes(const Record &record, Outcome &outcome) const;

    const ImportPlan &m_plan;
    RowParser m_rows;
    std::vector<Source> m_sources;
    std::vector<AttributeDefinition> m_attributes;
};

} // namespace perennial
