#include "core/recommend/item_worth.h"

#include "core/project/attribute_store.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace perennial {

namespace {

constexpr std::int64_t kEnoughPurchases = 5;

struct Paid {
    double amount = 0, pieces = 0;
    std::int64_t purchases = 0;
};

std::vector<Paid> paidById(const EventTable &events, Day until, std::size_t size)
{
    std::vector<Paid> paid(size);
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto id = static_cast<std::size_t>(std::max(events.item[i], 0));
        if (id == 0 || id >= size || events.kind[i] != EventKind::Purchase ||
            dayOf(events.at[i]) > until) {
            continue;
        }
        paid[id].amount += toUnits(events.amount[i]);
        paid[id].pieces += std::max(static_cast<double>(events.quantity[i]), 0.0);
        ++paid[id].purchases;
    }
    return paid;
}

struct Mean {
    double sum = 0;
    std::int64_t count = 0;
    void add(double value)
    {
        sum += value;
        ++count;
    }
    double value() const { return sum / static_cast<double>(count); }
};

std::optional<ItemWorth> ownWorth(const ItemRecord &item, const Paid &paid)
{
    if (paid.purchases >= kEnoughPurchases && paid.amount > 0) {
        return ItemWorth{paid.amount / static_cast<double>(paid.purchases), WorthSource::Paid, 1};
    }
    if (item.price && *item.price > 0) {
        return ItemWorth{toUnits(*item.price), WorthSource::Price, 1};
    }
    if (paid.amount > 0) { // few, but its own
        return ItemWorth{paid.amount / static_cast<double>(paid.purchases), WorthSource::Paid, 1};
    }
    return std::nullopt;
}

double marginOf(const ItemRecord &item, const Paid &paid, std::optional<double> cost, double margin)
{
    const double price = item.price && *item.price > 0 ? toUnits(*item.price)
                         : paid.pieces > 0             ? paid.amount / paid.pieces
                                                       : 0.0;
    return cost && price > 0 ? 1 - *cost / price : margin;
}

} // namespace

std::vector<std::optional<ItemWorth>> itemWorths(const EventTable &events,
                                                 const std::vector<ItemRecord> &items, Day until,
                                                 double margin,
                                                 std::span<const std::optional<double>> cost)
{
    std::int64_t most = 0;
    for (const ItemRecord &item : items) {
        most = std::max(most, item.id);
    }
    const auto size = static_cast<std::size_t>(most) + 1;
    const std::vector<Paid> paid = paidById(events, until, size);
    std::vector<std::optional<ItemWorth>> worths(size);
    std::map<std::string, Mean> ofCategory;
    Mean ofAll;
    for (const ItemRecord &item : items) {
        const auto id = static_cast<std::size_t>(item.id);
        worths[id] = ownWorth(item, paid[id]);
        if (worths[id]) {
            ofAll.add(worths[id]->revenue);
            if (!item.category.empty()) {
                ofCategory[item.category].add(worths[id]->revenue);
            }
        }
    }
    for (const ItemRecord &item : items) {
        const auto id = static_cast<std::size_t>(item.id);
        if (!worths[id] && ofAll.count > 0) {
            const auto found = ofCategory.find(item.category);
            worths[id] = found != ofCategory.end()
                             ? ItemWorth{found->second.value(), WorthSource::Category, 1}
                             : ItemWorth{ofAll.value(), WorthSource::All, 1};
        }
        if (worths[id]) {
            worths[id]->margin =
                marginOf(item, paid[id], id < cost.size() ? cost[id] : std::nullopt, margin);
        }
    }
    return worths;
}

Result<std::vector<std::optional<double>>> itemCosts(const Project &project)
{
    const auto attributes = readAttributes(project, Entity::Item);
    if (!attributes) {
        return attributes.error();
    }
    std::vector<std::optional<double>> costs;
    for (const Attribute &attribute : *attributes) {
        if (attribute.type != AttributeType::Number ||
            (attribute.name != "cost" && attribute.name != "unit_cost")) {
            continue;
        }
        const auto column = readAttributeColumn(project, attribute);
        if (!column) {
            return column.error();
        }
        for (std::size_t k = 0; k < column->ids.size(); ++k) {
            const double *value = std::get_if<double>(&column->values[k]);
            const auto id = static_cast<std::size_t>(std::max<std::int64_t>(column->ids[k], 0));
            if (value != nullptr && std::isfinite(*value) && *value >= 0) {
                costs.resize(std::max(costs.size(), id + 1));
                costs[id] = *value;
            }
        }
    }
    return costs;
}

} // namespace perennial
