#include "core/ingest/item_describer.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr std::uint8_t kName = 1;
constexpr std::uint8_t kCategory = 2;
constexpr std::uint8_t kPrice = 4;

std::uint8_t flags(bool name, bool category, bool price) noexcept
{
    return static_cast<std::uint8_t>((name ? kName : 0) | (category ? kCategory : 0) |
                                     (price ? kPrice : 0));
}

} // namespace

ItemDescriber::ItemDescriber(const ImportPlan &plan, const std::vector<ItemRecord> &known)
    : m_wanted(flags(plan.role(Role::ItemName).mapped(), plan.role(Role::Category).mapped(),
                     plan.role(Role::Price).mapped()))
{
    m_lastKnown = known.empty() ? 0 : known.back().id;
    m_have.resize(static_cast<std::size_t>(m_lastKnown) + 1);
    for (const ItemRecord &item : known) {
        m_have[static_cast<std::size_t>(item.id)] =
            flags(!item.name.empty(), !item.category.empty(), item.price.has_value());
    }
}

Status ItemDescriber::describe(EventSink &sink, std::int64_t item, const ParsedRow &row, bool later)
{
    const auto index = static_cast<std::size_t>(item);
    if (m_wanted == 0 || item == 0) {
        return Done{};
    }
    if (index >= m_have.size()) {
        m_have.resize(std::max(index + 1, m_have.size() * 2));
    }
    const auto missing = static_cast<std::uint8_t>(m_wanted & ~m_have[index]);
    const auto found = static_cast<std::uint8_t>(
        missing & flags(!row.itemName.empty(), !row.category.empty(), row.price > 0));
    if (found == 0) {
        return Done{};
    }
    m_have[index] = static_cast<std::uint8_t>(m_have[index] | found);
    ItemAttributes attributes;
    attributes.name = found & kName ? row.itemName : std::string_view();
    attributes.category = found & kCategory ? row.category : std::string_view();
    attributes.price = found & kPrice ? std::optional(row.price) : std::nullopt;
    if (!later && item > m_lastKnown) {
        return sink.describeItem(item, attributes);
    }
    Waiting &waiting = m_waiting[item];
    if (found & kName) {
        waiting.name = attributes.name;
    }
    if (found & kCategory) {
        waiting.category = attributes.category;
    }
    if (found & kPrice) {
        waiting.price = attributes.price;
    }
    return Done{};
}

Status ItemDescriber::finish(EventSink &sink)
{
    for (const auto &[item, waiting] : m_waiting) {
        if (auto status = sink.describeItem(item, {waiting.name, waiting.category, waiting.price});
            !status) {
            return status;
        }
    }
    m_waiting.clear();
    return Done{};
}

} // namespace perennial
