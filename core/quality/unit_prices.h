#pragma once

#include "core/project/quality_store.h"

#include <array>
#include <vector>

namespace perennial {

/// Prices of one unit by item, and whether some are in another unit of money (cents among units,
/// thousands among units): 100 or 1 000 times, within 20 %, the item's usual price or a part of it.
/// Usual is the median of an item's first prices; an item with fewer than five says nothing.
class UnitPrices {
public:
    enum class Look { Alike, Mixed };

    void add(const ScannedEvent &purchase);
    /// Whether any item has a price far enough from its usual one for a second walk to pay.
    Look look() const;
    bool inOtherUnit(const ScannedEvent &event) const;

private:
    static constexpr std::size_t kMostPrices = 15, kFewestPrices = 5;
    struct Item {
        std::array<float, kMostPrices> first{};
        std::size_t prices = 0;
        float least = 0, most = 0;
    };
    float usual(const Item &item) const; ///< 0 where the item says nothing

    std::vector<Item> m_items;
};

} // namespace perennial
