#include "core/quality/unit_prices.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr float kSlack = 1.2F;

/// 0 where there is none.
float unitPrice(const ScannedEvent &event)
{
    if (event.kind != EventKind::Purchase || event.amount <= 0 || !(event.quantity > 0)) {
        return 0;
    }
    return static_cast<float>(static_cast<double>(event.amount) / event.quantity);
}

bool near(float ratio, float factor)
{
    return ratio > factor / kSlack && ratio < factor * kSlack;
}

bool isOtherUnit(float price, float usual)
{
    const float ratio = price > usual ? price / usual : usual / price;
    return near(ratio, 100) || near(ratio, 1000);
}

} // namespace

void UnitPrices::add(const ScannedEvent &purchase)
{
    const float price = unitPrice(purchase);
    if (!(price > 0)) {
        return;
    }
    const auto index = static_cast<std::size_t>(purchase.item);
    if (index >= m_items.size()) {
        m_items.resize(std::max(index + 1, m_items.size() * 2));
    }
    Item &item = m_items[index];
    item.least = item.prices == 0 ? price : std::min(item.least, price);
    item.most = std::max(item.most, price);
    if (item.prices < kMostPrices) {
        item.first[item.prices++] = price;
    }
}

float UnitPrices::usual(const Item &item) const
{
    if (item.prices < kFewestPrices) {
        return 0;
    }
    std::array<float, kMostPrices> prices = item.first;
    const auto middle = prices.begin() + static_cast<std::ptrdiff_t>(item.prices / 2);
    std::nth_element(prices.begin(), middle,
                     prices.begin() + static_cast<std::ptrdiff_t>(item.prices));
    return *middle;
}

UnitPrices::Look UnitPrices::look() const
{
    const bool mixed = std::ranges::any_of(m_items, [this](const Item &item) {
        const float price = usual(item);
        return price > 0 && (item.most / price > 100 / kSlack || price / item.least > 100 / kSlack);
    });
    return mixed ? Look::Mixed : Look::Alike;
}

bool UnitPrices::inOtherUnit(const ScannedEvent &event) const
{
    const float price = unitPrice(event);
    const auto index = static_cast<std::size_t>(event.item);
    if (!(price > 0) || event.item == 0 || index >= m_items.size()) {
        return false;
    }
    const float usualPrice = usual(m_items[index]);
    return usualPrice > 0 && isOtherUnit(price, usualPrice);
}

} // namespace perennial
