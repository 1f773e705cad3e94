#pragma once

#include "core/ingest/event_sink.h"
#include "core/ingest/import_plan.h"
#include "core/project/event_store.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// Gives items the name, category and price that a file has for them: the first that is not empty,
/// and only what the project does not know yet. What concerns items of other imports waits for
/// `finish`, so that an import that is taken out leaves them as they were.
class ItemDescriber {
public:
    /// @param known the project's items before this import (or when it is resumed).
    ItemDescriber(const ImportPlan &plan, const std::vector<ItemRecord> &known);

    /// @param later the row is only counted again after an interruption: nothing is written.
    Status describe(EventSink &sink, std::int64_t item, const ParsedRow &row, bool later);
    /// In the last chunk's transaction.
    Status finish(EventSink &sink);

private:
    struct Waiting {
        std::string name, category;
        std::optional<Money> price;
    };

    std::uint8_t m_wanted = 0; ///< attributes that the plan maps
    std::int64_t m_lastKnown = 0;
    std::vector<std::uint8_t> m_have; ///< by item id
    std::map<std::int64_t, Waiting> m_waiting;
};

} // namespace perennial
