#pragma once

#include "core/base/money.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

inline constexpr int kTasteDimensions = 6;
using TasteVector = std::array<float, kTasteDimensions>;

/// One thing on sale. Items of a product line stand next to each other in the catalog.
struct CatalogItem {
    std::string key, name;
    int category = 0; ///< into Catalog::categories
    int line = 0;     ///< into Catalog::lines
    Money price = 0;
};

/// What the sample shop sells, and what its shoppers' tastes respond to. Column by column where the
/// choice of an item runs over all of them.
struct Catalog {
    /// Items [first, last) of one product line, such as all desk lamps.
    struct Line {
        int first = 0, last = 0;
    };
    std::vector<std::string_view> categories;
    std::vector<Line> lines;
    std::vector<CatalogItem> items;
    std::array<std::vector<float>, kTasteDimensions> taste; ///< latent vector per item
    std::vector<float> popularity;                          ///< log scale, about N(0, 0.8)
    std::vector<float> dearness; ///< log(price / usual price of its category)
    std::vector<double> price;   ///< currency units
    /// Centres of the taste clusters: what draws a kind of shopper.
    std::vector<TasteVector> clusters;
};

/// @param items 20 … 20 000: 20 categories, up to 120 product lines.
Catalog makeCatalog(std::uint64_t seed, int items);

} // namespace perennial
