#pragma once

#include "core/base/task.h"
#include "core/project/attribute_store.h"
#include "core/project/project.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

struct OfferedValue {
    std::string text; ///< as a condition names it
    std::int64_t users = 0;
};
/// An attribute that a condition may ask for.
struct OfferedAttribute {
    std::string name;
    AttributeType type = AttributeType::Text;
    std::int64_t known = 0; ///< users who have a value
    /// The commonest first, ties by text; at most kMostOfferedValues of them.
    std::vector<OfferedValue> values;
    std::int64_t distinct = 0;
    std::optional<double> least, most; ///< of numbers, and of dates as days since 1970
};
inline constexpr std::size_t kMostOfferedValues = 500;

struct OfferedCampaign {
    std::string key;
    std::int64_t users = 0; ///< addressed
};

/// What a project has that a rule may name.
struct SegmentOffer {
    std::vector<OfferedAttribute>
        attributes; ///< channel, region, device, signup, then the imported
    std::vector<OfferedCampaign> campaigns;
    std::vector<std::string> categories;  ///< of items, in alphabetical order
    std::optional<Day> firstDay, lastDay; ///< of events
};

/// Personal attributes are not in it, nor ones that nobody has a value for. @error Cancelled.
/// Cost: all attributes' values once.
Result<SegmentOffer> readSegmentOffer(const Project &project, const Task &task);

} // namespace perennial
